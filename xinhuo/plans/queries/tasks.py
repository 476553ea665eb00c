"""What a unit gave to those below, each with its light: the list behind every figure of steering."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import CharField, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Concat
from django.urls import reverse

from xinhuo.core import clock
from xinhuo.core.contracts import PanelLine

from ..enums import DelayCause
from ..lights import Light, State
from ..models import Assignment, Delay
from .lights import Lamps

WEEK_DAYS = 7


@dataclass(frozen=True, slots=True)
class Task:
    """One duty of one unit with its light."""

    item: Assignment
    light: Light

    @property
    def cause(self) -> str:
        """Why it is late, as recorded last, in words."""
        return cause_words(getattr(self.item, "cause", None))

    @property
    def late_days(self) -> int:
        """The frozen days late; nothing accepted late is none."""
        return self.item.accepted_late_days or 0


def week_start() -> dt.datetime:
    """“This week” is the last seven days."""
    return clock.now() - dt.timedelta(days=WEEK_DAYS)


def _this_week(moment: dt.datetime | None) -> bool:
    return moment is not None and moment >= week_start()


SHOWS: Mapping[str, tuple[str, Callable[[Task], bool]]] = {
    "attention": ("只看需要注意的", lambda task: task.light.trouble > 0),
    "red": ("◆ 已超期", lambda task: task.light.state == State.RED),
    "amber": ("▲ 进展较慢", lambda task: task.light.state == State.AMBER),
    "green": ("● 正常", lambda task: task.light.state == State.GREEN),
    "idle": ("○ 未到时、未开始", lambda task: task.light.state == State.IDLE),
    "done": ("✓ 办结", lambda task: task.light.state == State.DONE),
    "late": ("报晚了的", lambda task: task.late_days > 0),
    "sent": ("这一周报来的", lambda task: _this_week(task.item.sent_at)),
    "accepted": ("这一周审核的", lambda task: _this_week(task.item.accepted_at)),
    "closed": ("这一周办结的", lambda task: _this_week(task.item.closed_at)),
}
"""How the list can be narrowed; every figure of the leader's page is one of these."""


def cause_words(coded: str | None) -> str:
    """疫情（停课） from ``epidemic|停课``; nothing from nothing."""
    if not coded:
        return ""
    cause, _, words = coded.partition("|")
    label = str(DelayCause(cause).label)
    return f"{label}（{words}）" if words else label


def latest_cause(**link: str) -> Subquery:
    """The cause that holds, coded as ``cause_words`` reads it; ``link`` says for what (``assignment="pk"``)."""
    newest = Delay.objects.filter(**{name: OuterRef(field) for name, field in link.items()}).order_by("-pk")
    coded = newest.annotate(coded=Concat(F("cause"), Value("|"), F("words"), output_field=CharField()))
    return Subquery(coded.values("coded")[:1])


def given_by(org_id: int) -> QuerySet[Assignment]:
    """What a unit gave to others in plans that count, with everything a line of the list shows."""
    found = Assignment.objects.complete().filter(by_org_id=org_id, duty__removed=False, cancelled_by=None)
    return listed(found.exclude(org_id=org_id))


def held_by(org_id: int) -> QuerySet[Assignment]:
    """What a unit has to do itself."""
    return listed(Assignment.objects.complete().filter(org_id=org_id, duty__removed=False, cancelled_by=None))


def listed(found: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """With duty, unit, receipt and cause at hand, by unit and in the order of the text."""
    related = found.select_related("duty__node", "duty__plan", "org", "delivery")
    return related.annotate(cause=latest_cause(assignment="pk")).order_by(
        "org__path", "-duty__plan__year", "duty__position"
    )


def with_lights(items: Iterable[Assignment], lamps: Lamps | None = None) -> list[Task]:
    """Each with its light, as the items come."""
    lamps = lamps or Lamps()
    return [Task(item, lamps.of(item)) for item in items]


def narrowed(tasks: Iterable[Task], show: str) -> list[Task]:
    """Those a choice of ``SHOWS`` keeps; an unknown choice keeps all."""
    if show not in SHOWS:
        return list(tasks)
    keep = SHOWS[show][1]
    return [task for task in tasks if keep(task)]


def counted(tasks: Iterable[Task]) -> dict[str, int]:
    """How many each choice of ``SHOWS`` would keep."""
    found = list(tasks)
    return {show: len(narrowed(found, show)) for show in SHOWS}


def unit_lights(org_id: int) -> list[PanelLine]:
    """What a unit has to do, in sum, for its page: a line for each light that is on; one query."""
    counts = counted(with_lights(held_by(org_id)))
    address = f"{reverse('plans:task_list')}?unit={org_id}"
    lights = [(show, label) for show, (label, _) in SHOWS.items() if show in set(State)]
    return [
        PanelLine(label, f"{address}&show={show}", f"{counts[show]} 项")
        for show, label in lights
        if counts[show]
    ]
