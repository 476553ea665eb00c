"""Lights of records: gathers the facts, in as few queries as there are lists, and asks the pure rules."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import BooleanField, Case, Count, ExpressionWrapper, F, Q, Value, When

from xinhuo.core import clock
from xinhuo.core.clock import SHANGHAI

from ..dates import due_of
from ..holidays import pauses_for
from ..lights import Facts, Light, Point, State, Summary, judge, noun_for, schedule, summary
from ..models import Assignment, Duty
from ..tally import Tally
from .work import children_tallies

COLUMNS = (
    "pk",
    "duty_id",
    "org_id",
    "by_org_id",
    "due",
    "target",
    "sent_number",
    "sent_revision",
    "accepted_revision",
    "returned_revision",
    "accepted_number",
    "closed_at",
    "cancelled_by_id",
    "accepted_proxy_id",
    "upstream_id",
    "delivery_id",
    "delivery__received_at",
    "delivery__is_copy",
    "org__kind",
)
"""What a row of an assignment has to hold for its light."""

NOBODY = Tally(0, 0, None)
ALIKE = ("due", "kind", "target", "number", "reported", "returned", "received")
"""Units below whose columns agree in these have the same light."""


@dataclass(slots=True)
class Raw:
    """The facts of one assignment, or of several alike, as the database gives them."""

    due: dt.date | None
    kind: str
    target: Decimal | None = None
    number: Decimal | None = None
    reported: bool = False
    returned: bool = False
    received: bool = True
    is_copy: bool = False
    passed_on: bool = False
    closed_at: dt.datetime | None = None
    cancelled: bool = False


def single_target(scope: Mapping[str, Any]) -> bool:
    """Whether a duty's target is one unit's: a sum over several is nobody's own to miss."""
    return len(scope.get("ids") or ()) + bool(scope.get("own")) == 1 and not scope.get("kinds")


@dataclass(slots=True)
class Lamps:
    """Judges many assignments on one day; the schedule of a duty is worked out once per date and kind of unit."""

    today: dt.date = field(default_factory=clock.today)
    _points: dict[tuple[int, dt.date | None, str], tuple[Point, ...]] = field(default_factory=dict)

    def points(self, duty: Duty, due: dt.date | None, kind: str) -> tuple[Point, ...]:
        """The time points as they hold for a unit."""
        key = (duty.pk, due, kind)
        if key not in self._points:
            self._points[key] = schedule(
                duty.time_points, duty_due=duty.due, due=due, pauses=pauses_for(kind)
            )
        return self._points[key]

    def light(self, duty: Duty, raw: Raw) -> Light:
        """The light of one assignment."""
        return judge(self.facts(duty, raw), self.today)

    def facts(self, duty: Duty, raw: Raw) -> Facts:
        """What the rules ask for."""
        target = raw.target
        if target is None and not raw.passed_on and single_target(duty.scope):
            target = duty.target_value
        counted = target is not None and target > 0
        share = raw.number / target if counted and target and raw.number is not None else None
        return Facts(
            points=self.points(duty, raw.due, raw.kind),
            pauses=pauses_for(raw.kind),
            standing=duty.standing,
            owed=not (raw.is_copy or raw.cancelled),
            received=raw.received or raw.reported,
            reported=raw.reported,
            returned=raw.returned,
            counted=counted,
            share=share,
            closed_on=raw.closed_at.astimezone(SHANGHAI).date() if raw.closed_at else None,
        )

    def of(self, item: Assignment) -> Light:
        """The light of an assignment that was read with ``duty``, ``org`` and ``delivery``."""
        return self.light(item.duty, raw_of(item))

    def total(self, duty: Duty, number: Decimal | None, *, reported: bool, kind: str) -> Light | None:
        """The light of all units together against the duty's own target; None where it has none."""
        if duty.target_value is None or single_target(duty.scope) or duty.standing:
            return None
        raw = Raw(duty.due, kind, duty.target_value, number, reported)
        return self.light(duty, raw)


def raw_of(item: Assignment) -> Raw:
    """The facts of a record."""
    delivery = item.delivery
    return Raw(
        due=due_of(item),
        kind=item.org.kind,
        target=item.target,
        number=item.sent_number,
        reported=item.sent_revision is not None,
        returned=item.returned_revision is not None and item.returned_revision == item.sent_revision,
        received=delivery is None or delivery.received_at is not None,
        is_copy=bool(delivery and delivery.is_copy),
        passed_on=item.upstream_id is not None,
        closed_at=item.closed_at,
        cancelled=item.cancelled_by_id is not None,
    )


def raw_from(row: Mapping[str, Any]) -> Raw:
    """The facts of a row of ``COLUMNS``."""
    return Raw(
        due=row["due"],
        kind=row["org__kind"],
        target=row["target"],
        number=row["sent_number"],
        reported=row["sent_revision"] is not None,
        returned=row["returned_revision"] is not None and row["returned_revision"] == row["sent_revision"],
        received=row["delivery_id"] is None or row["delivery__received_at"] is not None,
        is_copy=bool(row["delivery__is_copy"]),
        passed_on=row["upstream_id"] is not None,
        closed_at=row["closed_at"],
        cancelled=row["cancelled_by_id"] is not None,
    )


@dataclass(frozen=True, slots=True)
class Below:
    """The units a duty was passed on to: how many have reported, and their lights in sum."""

    tally: Tally
    lights: Summary


def _flag(condition: Q) -> ExpressionWrapper[Any]:
    return ExpressionWrapper(condition, output_field=BooleanField())


def lights_below(duties: Mapping[int, Duty], lamps: Lamps) -> dict[int, Below]:
    """For each assignment (its id leads to its duty): what became of it below. Two queries: alike ones are counted."""
    same = Case(When(returned_revision=F("sent_revision"), then=Value(True)), default=Value(False))
    received = Q(delivery__isnull=True) | Q(delivery__received_at__isnull=False)
    kept = Case(When(target__isnull=False, then=F("sent_number")))
    rows = (
        Assignment.objects.complete()
        .filter(cancelled_by=None, upstream_id__in=list(duties) or [0])  # one query even for none
        .order_by()
        .annotate(
            reported=_flag(Q(sent_revision__isnull=False)),
            returned=same,
            received=_flag(received),
            number=kept,
            kind=F("org__kind"),
            closed=_flag(Q(closed_at__isnull=False)),
        )
        .values(*ALIKE, "upstream_id", "closed")
        .annotate(units=Count("pk"))
    )
    tallies = children_tallies(duties)
    groups: dict[int, list[Mapping[str, Any]]] = {}
    for row in rows:
        groups.setdefault(row["upstream_id"], []).append(row)
    return {
        pk: Below(tallies.get(pk, NOBODY), _lights(duties[pk], groups.get(pk, []), lamps))
        for pk in groups.keys() | tallies.keys()
    }


def _lights(duty: Duty, rows: list[Mapping[str, Any]], lamps: Lamps) -> Summary:
    states: list[tuple[State, int]] = []
    for row in rows:
        closed_at = clock.now() if row["closed"] else None  # on which day does not change the light
        alike = {name: row[name] for name in ALIKE}
        light = lamps.light(duty, Raw(**alike, passed_on=True, closed_at=closed_at))
        states.append((light.state, row["units"]))
    return summary(states, noun_for(row["kind"] for row in rows))
