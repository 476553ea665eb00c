"""Deciding what climbed, and taking it back before that."""

from collections.abc import Mapping

from django.db import transaction

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.core.answer import require
from xinhuo.core.errors import BadInputError
from xinhuo.journal.actions import journal

from ..enums import ProcessState, Verdict, Wait
from ..models import Decision, Process, Step
from ..queries import accepted_stands
from ..rules import can_decide, can_recall, can_sign_inner, current_step, step_is_current
from ..todos import close_todos, open_todo, task_before
from .desks import close, flow_of, lay_on_desk, locked, short, still_there
from .scans import keep_scan

NO_SCAN = "请上传签字页的照片或扫描件；手头没有的，请勾选“签字件稍后补传”。"


@transaction.atomic
def decide(
    process: Process,
    verdict: Verdict,
    *,
    by: Actor,
    reason: str = "",
    notes: Mapping[str, str] | None = None,
    on_behalf_of: str = "",
    scan_id: int | None = None,
    scan_later: bool = False,
    step_id: int | None = None,
) -> Process:
    """Accept the revision at this desk, or ask for more.

    Two deciders at once: the second gets NotNowError that names the first. ``step_id`` is the desk the person was
    looking at; a page that was opened before never decides the next desk, nor a newer revision. ``on_behalf_of``
    names a leader who signed on paper (代录批示); ``scan_id`` is the uploaded page with the signature, readable from
    then on by those who see the decision; ``scan_later`` promises it and puts it on the list of the unit.
    """
    process = locked(process)
    if step_id is not None:
        require(step_is_current(process, step_id))
    require(can_decide(by, process))
    step = current_step(process)
    if step is None:  # can_decide has refused already; this satisfies the reader
        return process
    decision = Decision(
        step=step,
        revision=process.revision,
        verdict=verdict,
        reason=reason.strip(),
        notes=dict(notes or {}),
        on_behalf_of=on_behalf_of.strip(),
        scan_id=scan_id,
    )
    _check(decision, by=by, scan_later=scan_later)
    _sign(decision, by=by)
    close_todos(process.kind, process.subject_id, Wait.DECIDE)
    _go_on(process, step, decision, by=by)
    return process


def _check(decision: Decision, *, by: Actor, scan_later: bool) -> None:
    """A signature on paper has a name and its page, or the promise of it; a return has its reason."""
    require(can_sign_inner(by, decision.step, decision.on_behalf_of))
    if decision.scan_id is not None and not decision.on_behalf_of:
        raise BadInputError("传了签字页，请同时写明是哪位领导批示的。")
    if decision.awaits_scan and not scan_later:
        raise BadInputError(NO_SCAN)
    if decision.verdict == Verdict.RETURN and not decision.reason:
        raise BadInputError("请写明要补充什么，对方才知道怎么办。")


def _sign(decision: Decision, *, by: Actor) -> None:
    decision.by_person_id, decision.by_name, decision.at = by.person_id, by.person_name, clock.now()
    decision.save()
    keep_scan(decision, by=by)
    decision.step.done_at = decision.at
    decision.step.save(update_fields=["done_at"])


def _go_on(process: Process, step: Step, decision: Decision, *, by: Actor) -> None:
    later = "（签字件稍后补传）" if decision.awaits_scan else ""
    words = f"代录{decision.on_behalf_of}批示{later}：" if decision.on_behalf_of else ""
    if decision.verdict == Verdict.RETURN:
        _return(process, step, reason=decision.reason, by=by, words=words)
    elif current_step(process) is None:
        if step.is_inner:  # the unit's own: it arrives and is accepted with the last signature
            flow_of(process.kind).on_arrive(process.subject_id, process.revision.number, by)
        _accept(process, by=by, words=words)
    else:
        _note(by, "flows.passed_inner", f"{words}同意报送《{process.title}》", process)
        lay_on_desk(process, by=by)


def _note(by: Actor, verb: str, sentence: str, process: Process) -> None:
    journal(by, verb, sentence, kind=process.kind, subject_id=process.subject_id)


def _accept(process: Process, *, by: Actor, words: str) -> None:
    close(process, ProcessState.ACCEPTED)
    flow_of(process.kind).on_accept(process.subject_id, process.revision.number, by)
    _note(by, "flows.accepted", f"{words}通过了{process.org.committee_name}的《{process.title}》", process)


def _return(process: Process, step: Step, *, reason: str, by: Actor, words: str) -> None:
    close(process, ProcessState.RETURNED)
    flow_of(process.kind).on_return(process.subject_id, process.revision.number, by)
    task = task_before(process)
    open_todo(
        org_id=process.org_id,
        person_id=still_there(process.org_id, process.by_person_id),
        wait=Wait.CORRECT,
        kind=process.kind,
        subject_id=process.subject_id,
        title=f"请补充：{process.title}",
        detail=short(reason, 300),
        cite=task.cite if task else "",
        due=task.due if task else None,
    )
    whom = process.by_name if step.is_inner else process.org.committee_name
    _note(by, "flows.returned", f"{words}请{whom}补充《{process.title}》：{reason}", process)


@transaction.atomic
def recall(process: Process, *, by: Actor) -> Process:
    """Take back what was sent, before the receiving unit decided. The task it was sent for is open again.

    A newer revision of what was accepted leaves no task behind: the accepted one stands.
    """
    process = locked(process)
    require(can_recall(by, process))
    close(process, ProcessState.RECALLED)
    close_todos(process.kind, process.subject_id, Wait.DECIDE)
    flow_of(process.kind).on_recall(process.subject_id, process.revision.number, by)
    _note(by, "flows.recalled", f"撤回了《{process.title}》", process)
    if not accepted_stands(process.kind, process.subject_id):
        _ask_again(process)
    return process


def _ask_again(process: Process) -> None:
    task = task_before(process)
    open_todo(
        org_id=process.org_id,
        person_id=still_there(process.org_id, task.person_id) if task else None,
        wait=Wait(task.wait) if task else Wait.FILL,
        kind=process.kind,
        subject_id=process.subject_id,
        title=task.title if task else process.title,
        detail="您撤回了，改好再报。",
        cite=task.cite if task else "",
        due=task.due if task else None,
    )
