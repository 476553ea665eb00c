"""升级: what is late for long is prepared by the schedule, looked at by a person, and only then told to the leader."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction

from xinhuo.core import clock
from xinhuo.core.actor import Actor, Role
from xinhuo.core.answer import require
from xinhuo.core.errors import BadInputError
from xinhuo.flows.enums import Wait
from xinhuo.flows.todos import close_todos, open_todo
from xinhuo.journal.actions import journal

from ..enums import EscalationState
from ..kinds import ESCALATION
from ..models import Escalation
from ..queries.escalating import Late, late_for_long, still_late
from ..rules.steering import can_look_at, can_note
from .telling import page_of, role_or_any, tell

NAMED = 3


def prepare_escalations() -> None:
    """The schedule: put what is late for long before the upper unit's secretary; what was settled since is dropped."""
    for row in Escalation.objects.filter(state=EscalationState.PREPARED):
        if not still_late(row.items):
            _drop(row)
    found: dict[tuple[int, int], list[Late]] = {}
    for item in late_for_long():
        found.setdefault((item.by_org_id, item.org_id), []).append(item)
    known = _known(found)
    for pair, items in found.items():
        fresh = [item for item in items if (item.kind, item.subject_id) not in known.get(pair, set())]
        if fresh:
            _prepare(*pair, fresh)


def _known(pairs: Iterable[tuple[int, int]]) -> dict[tuple[int, int], set[tuple[str, int]]]:
    """What was already brought up between two units, released or not: nobody is told the same twice."""
    known: dict[tuple[int, int], set[tuple[str, int]]] = {}
    rows = Escalation.objects.filter(by_org_id__in={pair[0] for pair in pairs})
    for by_org, org, items in rows.values_list("by_org_id", "org_id", "items"):
        known.setdefault((by_org, org), set()).update((item["kind"], item["id"]) for item in items)
    return known


@transaction.atomic
def _prepare(by_org_id: int, org_id: int, fresh: Sequence[Late]) -> None:
    waiting = Escalation.objects.select_for_update().filter(
        by_org_id=by_org_id, org_id=org_id, state=EscalationState.PREPARED
    )
    row = waiting.first() or Escalation(by_org_id=by_org_id, org_id=org_id, prepared_at=clock.now())
    row.items = [*row.items, *(item.as_item() for item in fresh)]
    row.save()
    open_todo(
        org_id=by_org_id,
        role=role_or_any(by_org_id, Role.SECRETARY),
        wait=Wait.CONFIRM,
        kind=ESCALATION,
        subject_id=row.pk,
        title=f"{row.org.short_name}有 {len(row.items)} 件已超期，要不要告诉他们的负责人",
        detail=_names(row.items),
    )


def _names(items: Sequence[Mapping[str, Any]]) -> str:
    titles = "、".join(str(item["title"]) for item in items[:NAMED])
    return titles + ("等" if len(items) > NAMED else "")


@transaction.atomic
def _drop(row: Escalation) -> None:
    row = Escalation.objects.select_for_update().get(pk=row.pk)
    row.advance(EscalationState.DROPPED)
    row.looked_by, row.looked_at = "系统（都办了）", clock.now()
    row.save()
    close_todos(ESCALATION, row.pk)


def _fresh(row: Escalation) -> Escalation:
    rows = Escalation.objects.select_for_update(of=("self",)).select_related("org", "by_org")
    return rows.get(pk=row.pk)


@transaction.atomic
def release(row: Escalation, *, words: str = "", by: Actor) -> Escalation:
    """Tell the leader of the late unit; where nobody leads, its working posts. Raises BadInputError when all is done."""
    row = _fresh(row)
    require(can_look_at(by, row))
    if not still_late(row.items):
        raise BadInputError("这几件事对方刚刚都办了，不用再送。请点“先不送”。")
    row.advance(EscalationState.RELEASED)
    row.words = words.strip()[:300]
    row.looked_by, row.looked_at = by.person_name, clock.now()
    row.save()
    close_todos(ESCALATION, row.pk)
    role = role_or_any(row.org_id, Role.LEADER)
    title = f"{row.by_org.committee_name}请您过问：{len(row.items)} 件工作已超期"
    open_todo(
        org_id=row.org_id,
        role=role,
        wait=Wait.CONFIRM,
        kind=ESCALATION,
        subject_id=row.pk,
        title=title,
        detail=_names(row.items),
    )
    sentence = f"把{row.org.short_name} {len(row.items)} 件超期的工作送其负责人"
    journal(by, "plans.escalated", sentence, kind=ESCALATION, subject_id=row.pk)
    tell(
        ESCALATION,
        org_id=row.org_id,
        role=role,
        title=title,
        detail=row.words,
        url=page_of("escalation", row.pk),
        window=str(row.pk),
    )
    return row


@transaction.atomic
def hold_back(row: Escalation, *, words: str = "", by: Actor) -> Escalation:
    """Not now: it was looked at and the leader is not told."""
    row = _fresh(row)
    require(can_look_at(by, row))
    row.advance(EscalationState.DROPPED)
    row.words = words.strip()[:300]
    row.looked_by, row.looked_at = by.person_name, clock.now()
    row.save()
    close_todos(ESCALATION, row.pk)
    sentence = f"看过{row.org.short_name}的升级提醒，先不送"
    journal(by, "plans.escalation_held", sentence, kind=ESCALATION, subject_id=row.pk)
    return row


@transaction.atomic
def note(row: Escalation, *, by: Actor) -> Escalation:
    """The leader of the late unit knows."""
    row = _fresh(row)
    require(can_note(by, row))
    row.advance(EscalationState.SEEN)
    row.seen_by, row.seen_at = by.person_name, clock.now()
    row.save()
    close_todos(ESCALATION, row.pk)
    sentence = f"知道了{row.by_org.committee_name}的提醒"
    journal(by, "plans.escalation_seen", sentence, kind=ESCALATION, subject_id=row.pk)
    return row
