"""Verbs of the slip: enter, propose, rule, finish, close; and whether a unit works with slips at all."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.core.answer import not_now, require
from xinhuo.core.errors import BadInputError
from xinhuo.documents.models import Delivery, Document
from xinhuo.files.actions import attach
from xinhuo.files.models import StoredFile
from xinhuo.flows.enums import Wait
from xinhuo.flows.todos import close_todos, open_todo
from xinhuo.journal.actions import journal

from .enums import Stage
from .kinds import SLIP, TASK, USE
from .models import Slip, SlipTask, SlipUse
from .queries import leader_role, names_of, slip_of, uses_slips
from .rules import can_close, can_finish, can_propose, can_rule, can_set_use, can_work_on


@transaction.atomic
def set_use(*, is_on: bool, by: Actor) -> SlipUse:
    """Set whether the actor's unit works with slips. Slips that are there stay."""
    require(can_set_use(by))
    use, _ = SlipUse.objects.update_or_create(org_id=by.org_id, defaults={"is_on": is_on})
    journal(by, "slips.use_set", f"办文设为：{use}", kind=USE, subject_id=use.pk)
    return use


@transaction.atomic
def enter(document: Document, *, by: Actor, delivery: Delivery | None = None) -> Slip:
    """来文登记: the next number of the unit's register, and 拟办 on its list. Entered before: the same slip."""
    use = SlipUse.objects.select_for_update().filter(org_id=by.org_id, is_on=True).first()
    if use is None:
        require(not_now("您单位没有用处理笺。要用的话，请先在办文设置里打开。"))
    if found := slip_of(by.org_id, document.pk):
        return found
    year = clock.today().year
    last = Slip.objects.filter(org_id=by.org_id, year=year).aggregate(last=Max("number"))["last"] or 0
    moment = clock.now()
    slip = Slip(
        org_id=by.org_id,
        document=document,
        delivery=delivery,
        year=year,
        number=last + 1,
        due=delivery.due if delivery else document.due,
        registered_by=by.person_name,
        registered_at=moment,
        updated_at=moment,
    )
    require(can_work_on(by, slip))
    slip.save()
    _ask(slip, Wait.PROPOSE, f"拟办：《{document.title}》", f"{document.sender}来文，{slip.register_number}")
    sentence = f"登记来文《{document.title}》，{slip.register_number}"
    journal(by, "slips.entered", sentence, kind=SLIP, subject_id=slip.pk)
    return slip


def enter_received(delivery_id: int, by: Actor) -> None:
    """The hook: what a unit signs for is entered by itself, where the unit works with slips. Copies are only read."""
    delivery = Delivery.objects.select_related("root__issuer").get(pk=delivery_id)
    if not delivery.is_copy and delivery.org_id == by.org_id and uses_slips(by.org_id):
        enter(delivery.root, delivery=delivery, by=by)


def enter_outside(document_id: int, by: Actor) -> None:
    """The hook: what came from outside the tree is entered by itself too."""
    if uses_slips(by.org_id):
        enter(Document.objects.select_related("issuer").get(pk=document_id), by=by)


@transaction.atomic
def propose(
    slip: Slip, text: str, *, handlers: Sequence[int], needs_ruling: bool, by: Actor, seen: str = ""
) -> Slip:
    """拟办: what should be done and by whom. Without a leader's words being needed it goes straight to 承办.

    Raises BadInputError without words, or without anybody to carry it out where no ruling follows.
    """
    slip = _locked(slip)
    require(can_propose(by, slip))
    _require_seen(slip, seen)
    if not text.strip():
        raise BadInputError("请写上拟办意见。")
    names = names_of(slip.org_id, handlers)
    if not needs_ruling and not names:
        raise BadInputError("不用领导批示的，请选好承办人。")
    slip.proposal, slip.proposed_by, slip.proposed_at = text.strip(), by.person_name, clock.now()
    slip.proposed_handlers = list(names)
    close_todos(SLIP, slip.pk, Wait.PROPOSE, Wait.RULE)
    if needs_ruling:
        if slip.stage == Stage.PROPOSE:
            slip.advance(Stage.RULE)
        title = f"批示：《{slip.document.title}》"
        _ask(
            slip, Wait.RULE, title, f"{by.person_name}拟办，{slip.register_number}", leader_role(slip.org_id)
        )
    else:
        slip.advance(Stage.HANDLE)
        _give_out(slip, names)
    return _saved(slip, "slips.proposed", f"拟办{slip.register_number}《{slip.document.title}》", by=by)


@transaction.atomic
def rule(
    slip: Slip,
    text: str,
    *,
    handlers: Sequence[int],
    by: Actor,
    on_behalf_of: str = "",
    scan: StoredFile | None = None,
    seen: str = "",
) -> Slip:
    """批示: the leader's words and who carries it out; or recorded from paper (代录批示), with the signed slip.

    Raises BadInputError without anybody to carry it out. Two at once: the second is told who was faster.
    """
    slip = _locked(slip)
    require(can_rule(by, slip, on_behalf_of))
    _require_seen(slip, seen)
    names = names_of(slip.org_id, handlers)
    if not names:
        raise BadInputError("请选承办人：由谁去办，谁的待办里就有这件事。")
    on_paper = bool(on_behalf_of.strip())
    slip.ruling, slip.ruled_at = text.strip() or "同意拟办意见。", clock.now()
    slip.ruled_by = on_behalf_of.strip()[:64] if on_paper else by.person_name
    slip.recorded_by = by.person_name if on_paper else ""
    if scan is not None:
        attach(scan, SLIP, slip.pk, by=by, label="签字页")
    close_todos(SLIP, slip.pk, Wait.RULE)
    slip.advance(Stage.HANDLE)
    _give_out(slip, names)
    words = f"代录{slip.ruled_by}批示" if on_paper else "批示"
    return _saved(slip, "slips.ruled", f"{words}{slip.register_number}《{slip.document.title}》", by=by)


@transaction.atomic
def finish(task: SlipTask, note: str, *, by: Actor) -> SlipTask:
    """One of those who carry it out is done; after the last one the unit is asked to close the slip."""
    slip = _locked(task.slip)
    task = slip.tasks.select_related("slip").get(pk=task.pk)
    require(can_finish(by, task))
    task.note, task.done_at = note.strip(), clock.now()
    task.save(update_fields=["note", "done_at"])
    close_todos(TASK, task.pk)
    if not slip.tasks.filter(done_at__isnull=True).exists():
        _ask(
            slip, Wait.CONFIRM, f"办结：《{slip.document.title}》", f"承办人都办好了，{slip.register_number}"
        )
    sentence = f"办好了{slip.register_number}《{slip.document.title}》中自己的一项"
    _saved(slip, "slips.finished", sentence, by=by)
    return task


@transaction.atomic
def close(slip: Slip, outcome: str, *, on: dt.date, by: Actor) -> Slip:
    """办结: what came of it, and on which day. What waited for single persons is closed with it."""
    slip = _locked(slip)
    require(can_close(by, slip))
    if not outcome.strip():
        raise BadInputError("请写一句办结情况，例如“已转发各县并汇总上报”。")
    if on > clock.today():
        raise BadInputError("办结日期还没有到，请写实际办结的那一天。")
    slip.outcome, slip.closed_on, slip.closed_by = outcome.strip(), on, by.person_name
    slip.advance(Stage.CLOSED)
    close_todos(SLIP, slip.pk)
    for pk in slip.tasks.values_list("pk", flat=True):
        close_todos(TASK, pk)
    return _saved(slip, "slips.closed", f"办结{slip.register_number}《{slip.document.title}》", by=by)


def _give_out(slip: Slip, names: dict[int, str]) -> None:
    for person_id, name in names.items():
        task = SlipTask.objects.create(slip=slip, person_id=person_id, person_name=name)
        open_todo(
            org_id=slip.org_id,
            person_id=person_id,
            wait=Wait.HANDLE,
            kind=TASK,
            subject_id=task.pk,
            title=f"承办：《{slip.document.title}》",
            detail=slip.ruling or slip.proposal,
            cite=slip.document.number,
            due=slip.due,
        )


def _ask(slip: Slip, wait: Wait, title: str, detail: str, role: str = "") -> None:
    open_todo(
        org_id=slip.org_id,
        role=role if wait == Wait.RULE else "",
        wait=wait,
        kind=SLIP,
        subject_id=slip.pk,
        title=title,
        detail=detail,
        cite=slip.document.number,
        due=slip.due,
    )


def _locked(slip: Slip) -> Slip:
    rows = Slip.objects.select_for_update(of=("self",)).select_related("document__issuer", "org")
    return rows.get(pk=slip.pk)


def _require_seen(slip: Slip, seen: str) -> None:
    if seen and seen != slip.version:
        who = slip.proposed_by or slip.registered_by
        require(not_now(f"{who}刚刚改过这张处理笺，和您打开时的不一样了。请刷新看过，再办一次。"))


def _saved(slip: Slip, verb: str, sentence: str, *, by: Actor) -> Slip:
    slip.updated_at = clock.now()
    slip.save()
    journal(by, verb, sentence, kind=SLIP, subject_id=slip.pk)
    return slip
