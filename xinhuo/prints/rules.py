"""Who sees a print and may lay its sealed scan beside it."""

from xinhuo.core.actor import Actor
from xinhuo.core.answer import ALLOWED, Answer, denied
from xinhuo.core.contracts import Subject, by_kind

from .models import PrintMark


def can_see_mark(actor: Actor, mark: PrintMark) -> bool:
    """The unit that printed it, and units above it that see the subject itself."""
    if mark.org_id == actor.org_id:
        return True
    subject: Subject | None = by_kind("subjects").get(mark.kind)
    return subject is not None and actor.covers(mark.org.path) and subject.can_see(actor, mark.subject_id)


def can_keep_scan(actor: Actor, mark: PrintMark) -> Answer:
    """Working posts of the unit that printed it."""
    if mark.org_id != actor.org_id:
        return denied(f"盖章件由打印的单位（{mark.org.name}）自己传。")
    return ALLOWED if actor.works else denied("您的岗位只能查看。盖章件请本单位的经办人传。")
