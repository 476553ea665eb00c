"""The leader's page: every figure is a list that can be opened, read in a fixed number of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse

from xinhuo.core.actor import Actor
from xinhuo.plans.enums import ExtensionState
from xinhuo.plans.lights import Summary, noun_for, summary
from xinhuo.plans.models import Duty, Extension
from xinhuo.plans.queries.lights import Lamps
from xinhuo.plans.queries.steering import (
    Owed,
    UnitLine,
    contacts_of,
    pages_owed,
    unit_lines,
    with_own_contact,
)
from xinhuo.plans.queries.tasks import Task, counted, given_by, held_by, week_start, with_lights

MOST_SLOW, MOST_MOVED, MOST_CALLS = 5, 3, 5
"""So much fits on one sheet; the rest is one link away."""


@dataclass(frozen=True, slots=True)
class SlowDuty:
    """A duty with units that are slow, and the causes they or the office gave."""

    duty: Duty
    lights: Summary
    names: str
    causes: Sequence[str]


@dataclass(frozen=True, slots=True)
class LeaderView:
    """Everything the page shows."""

    own: Mapping[str, int]
    given: Mapping[str, int]
    own_total: int
    given_total: int
    figures: Sequence[Mapping[str, Any]]
    moves: Sequence[Task]
    slow: Sequence[SlowDuty]
    slow_more: int
    calls: Sequence[UnitLine]
    calls_more: int
    own_slow: Sequence[Task]
    late_pages: Sequence[Owed]
    extensions: Sequence[Extension]
    week: Sequence[Mapping[str, Any]]


def leader_page(actor: Actor) -> LeaderView:
    """Read it for the actor's unit. Six queries besides the frame's, whatever the size."""
    lamps = Lamps()
    given = with_lights(given_by(actor.org_id), lamps)
    own = with_lights(held_by(actor.org_id), lamps)
    late = [item for item in pages_owed(actor.org_id) if item.days > 0]
    lines = [line for line in unit_lines(late, given).values() if line.needs_call]
    found = contacts_of(line.org.pk for line in lines[:MOST_CALLS])
    for line in lines[:MOST_CALLS]:
        line.contacts = with_own_contact(line.org, found.get(line.org.pk, []))[:1]
    slow = _slow(given)
    extensions = _extensions(actor)
    counts = counted(given)
    return LeaderView(
        own=counted(own),
        given=counts,
        own_total=len(own),
        given_total=len(given),
        figures=_figures(counts, len(given), len(late)),
        moves=_moves(given),
        slow=slow[:MOST_SLOW],
        slow_more=max(len(slow) - MOST_SLOW, 0),
        calls=lines[:MOST_CALLS],
        calls_more=max(len(lines) - MOST_CALLS, 0),
        own_slow=[task for task in own if task.light.trouble],
        late_pages=late,
        extensions=extensions,
        week=_week(counts, len(extensions)),
    )


def _list(show: str) -> str:
    return f"{reverse('plans:task_list')}?show={show}"


def _figures(counts: Mapping[str, int], total: int, late: int) -> list[dict[str, Any]]:
    words = {"red": "已超期", "amber": "进展较慢", "green": "正常", "idle": "未到时", "done": "办结"}
    lights = [
        {"label": label, "light": light, "value": counts[light], "unit": "项次", "url": _list(light)}
        for light, label in words.items()
    ]
    everything = {
        "label": "布置给下级",
        "value": total,
        "unit": "项次",
        "url": reverse("plans:task_list"),
    }
    pages = {
        "label": "超期没报",
        "value": late,
        "unit": "页",
        "url": reverse("plans:steering") + "#h-units",
    }
    return [everything, *lights, pages]


def _week(counts: Mapping[str, int], extensions: int) -> list[dict[str, Any]]:
    """What changed in the last seven days, each figure with its list."""
    rows = (("sent", "报来进展"), ("accepted", "审核通过"), ("closed", "办结"))
    week = [{"label": label, "value": counts[show], "url": _list(show)} for show, label in rows]
    return [*week, {"label": "同意延期", "value": extensions, "url": "#h-extensions"}]


def _moves(tasks: Sequence[Task]) -> list[Task]:
    """The newest progress that was accepted, one line a unit."""
    said = [task for task in tasks if task.item.accepted_at and task.item.accepted_sentence]
    newest: dict[int, Task] = {}
    for task in sorted(said, key=lambda task: task.item.accepted_at or week_start(), reverse=True):
        newest.setdefault(task.item.org_id, task)
    return list(newest.values())[:MOST_MOVED]


def _slow(tasks: Sequence[Task]) -> list[SlowDuty]:
    """Duties with units that are slow or late, the worst first."""
    by_duty: dict[int, list[Task]] = {}
    for task in tasks:
        if task.light.trouble:
            by_duty.setdefault(task.item.duty_id, []).append(task)
    found = []
    for slow in by_duty.values():
        lights = summary(
            ((task.light.state, 1) for task in slow), noun_for(task.item.org.kind for task in slow)
        )
        causes = sorted({f"{task.item.org.short_name}：{task.cause}" for task in slow if task.cause})
        names = "、".join(task.item.org.short_name for task in slow)
        found.append(SlowDuty(slow[0].item.duty, lights, names, causes))
    weight = {"red": 0, "amber": 1}
    return sorted(found, key=lambda item: (weight[item.lights.state], -item.lights.total, item.duty.position))


def _extensions(actor: Actor) -> list[Extension]:
    """More time granted in the last seven days: by the unit, or to it."""
    mine = Q(assignment__by_org_id=actor.org_id) | Q(assignment__org_id=actor.org_id)
    rows = Extension.objects.filter(mine, state=ExtensionState.GRANTED, decided_at__gte=week_start())
    return list(rows.select_related("assignment__duty", "assignment__org"))
