"""Checking a text step by step, and fixing it. ``importing`` brings it in."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.core.answer import not_now, require
from xinhuo.core.errors import BadInputError, NotNowError
from xinhuo.documents.enums import DocumentState
from xinhuo.documents.models import Document
from xinhuo.flows.todos import close_todos
from xinhuo.journal.actions import journal

from ..enums import PlanState
from ..kinds import PLAN
from ..models import Duty, Plan, PlanEdit
from ..outline import Op, Outline, OutlineError, apply, from_reading, replay
from ..outline.operations import pin
from ..outline.snapshot import snapshot
from ..outline.wording import describe
from ..queries.checking import (
    REDO,
    REREAD,
    UNDO,
    cited_as,
    edits_of,
    issuer_unit,
    last_step,
    operations,
    outline_of,
    taken_back,
)
from ..reading import read_text
from ..rules.checking import can_check, is_current
from .checking_rows import write_rows
from .importing import UNTITLED, create_plan_from_text, import_plan

__all__ = [
    "create_plan_from_text",
    "edit_plan",
    "import_plan",
    "publish_plan",
    "redo_edit",
    "reread_plan",
    "settle_doubt",
    "undo_edit",
]


def _locked(plan: Plan, version: int, *, by: Actor) -> tuple[Plan, list[PlanEdit]]:
    plan = Plan.objects.select_for_update(of=("self",)).select_related("document__issuer").get(pk=plan.pk)
    require(can_check(by, plan))
    edits = edits_of(plan)
    require(is_current(plan, version, edits[-1] if edits else None))
    return plan, edits


def _record(plan: Plan, number: int, op: str, args: Mapping[str, Any], *, by: Actor) -> PlanEdit:
    edit = PlanEdit.objects.create(
        plan=plan,
        number=number,
        op=op,
        args=dict(args),
        by_person_id=by.person_id,
        by_name=by.person_name,
        at=clock.now(),
    )
    plan.version = number
    plan.updated_at = edit.at
    return edit


def _keep(plan: Plan, outline: Outline) -> None:
    """Write what the outline says into the plan's rows and, as long as it is a draft, into the document's head."""
    plan.settled_doubts = {
        str(number): {"choice": item.choice, "value": item.value} for number, item in outline.settled.items()
    }
    plan.save(update_fields=["version", "updated_at", "settled_doubts"])
    write_rows(plan, outline, cited_as(plan))


def _keep_head(document: Document, before: Outline, after: Outline) -> None:
    if before.header == after.header:
        return
    if document.state != DocumentState.DRAFT:
        require(not_now("这份文件已经下发，标题、文号和日期不能再改。"))
    head = after.header
    document.title = head["title"] or UNTITLED
    document.number = head["number"]
    document.signed_on = dt.date.fromisoformat(head["signed_on"]) if head["signed_on"] else None
    document.updated_at = clock.now()
    document.save(update_fields=["title", "number", "signed_on", "updated_at"])


def _journal_once(plan: Plan, edits: list[PlanEdit], *, by: Actor) -> None:
    """One entry when a person begins or goes on after somebody else, not one per key stroke."""
    if not edits or edits[-1].by_person_id != by.person_id:
        journal(by, "plans.checked", f"核对《{plan.document.title}》", kind=PLAN, subject_id=plan.pk)


@transaction.atomic
def edit_plan(plan: Plan, op: str, args: Mapping[str, Any], *, version: int, by: Actor) -> PlanEdit:
    """Apply one operation of ``plans.outline`` (or a ``batch`` of them) to a plan that is being checked.

    ``version`` is the number of the last edit the person saw. Raises NotNowError when somebody saved meanwhile,
    BadInputError (OutlineError) when the operation does not fit; then nothing is written.
    """
    plan, edits = _locked(plan, version, by=by)
    before = outline_of(plan, edits)
    step = pin(before, Op(plan.version + 1, op, args))
    after = apply(before, step)
    _journal_once(plan, edits, by=by)
    said = {"say": describe(before, Op(step.number, op, args))}
    edit = _record(plan, step.number, step.name, {**step.args, **said}, by=by)
    _keep_head(plan.document, before, after)
    _keep(plan, after)
    return edit


@transaction.atomic
def undo_edit(plan: Plan, *, version: int, by: Actor, number: int | None = None) -> PlanEdit:
    """Take back the last step, or step ``number``: the outline is made anew from all others.

    Raises NotNowError when there is nothing to take back, or when later steps rest on it.
    """
    plan, edits = _locked(plan, version, by=by)
    target = last_step(edits) if number is None else _step(edits, number)
    if target is None:
        raise NotNowError("没有可以撤销的步骤，可能已经撤销过了。")
    before = outline_of(plan, edits)
    others = [op for op in operations(edits) if op.number != target.number]
    try:
        after = replay(plan.reading, plan.reading["source"], others)
    except OutlineError:
        raise NotNowError("后面的改动用到了这一步，不能单独撤销。请先撤销后面的步骤。") from None
    return _turn(plan, target, UNDO, before, after, by=by)


def _step(edits: list[PlanEdit], number: int) -> PlanEdit | None:
    return next((edit for edit in edits if edit.number == number and not edit.undone), None)


@transaction.atomic
def redo_edit(plan: Plan, *, version: int, by: Actor) -> PlanEdit:
    """Bring back the step that was taken back a moment ago; anything done since then ends that."""
    plan, edits = _locked(plan, version, by=by)
    target = taken_back(edits)
    if target is None:
        raise NotNowError("没有可以恢复的步骤，可能已经恢复过了。")
    before = outline_of(plan, edits)
    target.undone = False
    return _turn(plan, target, REDO, before, outline_of(plan, edits), by=by)


def _turn(plan: Plan, target: PlanEdit, op: str, before: Outline, after: Outline, *, by: Actor) -> PlanEdit:
    target.undone = op == UNDO
    target.save(update_fields=["undone"])
    word = "撤销" if op == UNDO else "恢复"
    args = {"number": target.number, "say": f"{word}“{target.args.get('say', '')}”"}
    edit = _record(plan, plan.version + 1, op, args, by=by)
    _keep_head(plan.document, before, after)
    _keep(plan, after)
    return edit


def settle_doubt(
    plan: Plan, doubts: list[int], choice: str, *, version: int, by: Actor, value: str = ""
) -> PlanEdit:
    """Decide about doubts by their numbers: ``accept``, ``keep`` or ``fill`` (with ``value``)."""
    args = {"doubts": doubts, "choice": choice, "value": value}
    return edit_plan(plan, "settle", args, version=version, by=by)


@transaction.atomic
def reread_plan(plan: Plan, *, version: int, by: Actor) -> Plan:
    """Read the document's text again after it was changed; all steps made on the old text are taken back."""
    plan, edits = _locked(plan, version, by=by)
    if not plan.document.text.strip():
        raise BadInputError("这份文件现在没有正文，不能识别。")
    reading = read_text(plan.document.text)
    plan.reading = snapshot(reading, issuer_unit(plan.document.issuer), clock.today().year)
    plan.year = plan.reading["year"]
    plan.save(update_fields=["reading", "year"])
    PlanEdit.objects.filter(plan=plan, undone=False).exclude(op__in=(UNDO, REDO, REREAD)).update(undone=True)
    _record(plan, plan.version + 1, REREAD, {"steps": len(operations(edits))}, by=by)
    words = dict(plan.duties.values_list("key", "text"))
    _keep(plan, from_reading(plan.reading, plan.reading["source"]))
    _unlink_changed(plan, words)
    journal(by, "plans.checked", f"重新识别《{plan.document.title}》", kind=PLAN, subject_id=plan.pk)
    return plan


def _unlink_changed(plan: Plan, words: Mapping[str, str]) -> None:
    """A link was chosen for words: where a key now stands for others, it has to be chosen again."""
    linked = plan.duties.filter(Q(answers__isnull=False) | Q(carried_from__isnull=False))
    changed = [duty.pk for duty in linked if words.get(duty.key) != duty.text]
    Duty.objects.filter(pk__in=changed).update(answers=None, carried_from=None)


@transaction.atomic
def publish_plan(plan: Plan, *, version: int, by: Actor) -> Plan:
    """Fix the plan (定稿). Open doubts and unchecked duties do not stand in the way: a person has seen the list."""
    plan, edits = _locked(plan, version, by=by)
    if plan.document.text != plan.reading["source"]:
        require(not_now("正文在识别之后改过。请先重新识别，再定稿。"))
    outline = outline_of(plan, edits)
    if not any(outline.duties_of(node.key) for node, _ in outline.walk()):
        raise BadInputError("里面一个落实点也没有，不能定稿。请先加上落实点。")
    write_rows(plan, outline, cited_as(plan))
    plan.state, plan.published_at, plan.updated_at = PlanState.PUBLISHED, clock.now(), clock.now()
    plan.save(update_fields=["state", "published_at", "updated_at"])
    close_todos(PLAN, plan.pk)
    journal(by, "plans.published", _summary(plan, edits), kind=PLAN, subject_id=plan.pk)
    return plan


def _summary(plan: Plan, edits: list[PlanEdit]) -> str:
    counted = [edit for edit in edits if not edit.undone and edit.op not in (UNDO, REDO, REREAD)]
    steps = Counter(edit.by_name for edit in counted)
    who = "、".join(f"{name} {number} 步" for name, number in steps.most_common(5))
    return f"定稿《{plan.document.title}》" + (
        f"，核对共 {len(counted)} 步（{who}）" if who else "，没有改动"
    )
