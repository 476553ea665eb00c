"""The signed page of a decision recorded from paper (代录批示): brought at once, or promised and brought later."""

from django.db import transaction

from xinhuo.core.actor import Actor
from xinhuo.core.answer import denied, require
from xinhuo.files.actions import attach
from xinhuo.files.queries import visible_file
from xinhuo.journal.actions import journal

from ..enums import Wait
from ..kinds import DECISION
from ..models import Decision
from ..rules import can_add_scan
from ..todos import close_todos, open_todo


def keep_scan(decision: Decision, *, by: Actor) -> None:
    """Hang the uploaded page on the decision; a promised one goes on the list of the unit that recorded it."""
    if decision.scan_id is not None:
        file = visible_file(by, decision.scan_id)
        if file is None:
            require(denied("找不到签字页，请重新上传。"))
        else:
            attach(file, DECISION, decision.pk, by=by, label="签字页")
    elif decision.awaits_scan:
        open_todo(
            org_id=by.org_id,
            wait=Wait.ATTACH,
            kind=DECISION,
            subject_id=decision.pk,
            title=f"补传签字件：{decision.step.process.title}",
            detail=f"已代录{decision.on_behalf_of}的批示，还缺签字页的照片或扫描件。",
        )


@transaction.atomic
def add_scan(decision: Decision, scan_id: int, *, by: Actor) -> Decision:
    """Bring the promised page. Raises NotNowError when a colleague was faster."""
    rows = Decision.objects.select_for_update(of=("self",)).select_related("step__org", "step__process")
    decision = rows.get(pk=decision.pk)
    require(can_add_scan(by, decision))
    decision.scan_id = scan_id
    decision.save(update_fields=["scan_id"])
    keep_scan(decision, by=by)
    close_todos(DECISION, decision.pk, Wait.ATTACH)
    process = decision.step.process
    sentence = f"补传了{decision.on_behalf_of}批示《{process.title}》的签字页"
    journal(by, "flows.scan_added", sentence, kind=process.kind, subject_id=process.subject_id)
    return decision
