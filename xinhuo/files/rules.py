"""Who may hand in files, and who may read them."""

from xinhuo.core.actor import Actor, Role
from xinhuo.core.answer import ALLOWED, Answer, denied
from xinhuo.core.contracts import Subject, by_kind

from .models import StoredFile


def can_upload(actor: Actor) -> Answer:
    """Posts that work for their unit, and those who keep its accounts (they hand in lists)."""
    if actor.works or actor.has_role(Role.ADMIN):
        return ALLOWED
    return denied("您的岗位只能查看，不能上传附件。")


def can_see_file(actor: Actor, file: StoredFile) -> Answer:
    """Those who may see a subject the file is attached to; before that, the unit that uploaded it."""
    ties = list(file.attachments.values_list("kind", "subject_id", "removed_at"))
    attached = [(kind, subject_id) for kind, subject_id, removed_at in ties if removed_at is None]
    if file.org_id == actor.org_id and not attached:
        return ALLOWED
    subjects = by_kind("subjects")
    for kind, subject_id in {(kind, subject_id) for kind, subject_id, _ in ties}:
        subject: Subject | None = subjects.get(kind)
        if subject is None:
            continue
        if subject.can_see_file is not None:
            seen = subject.can_see_file(actor, subject_id, file.sha256)
        else:
            seen = (kind, subject_id) in attached and subject.can_see(actor, subject_id)
        if seen:
            return ALLOWED
    return denied("您看不到这个附件。")
