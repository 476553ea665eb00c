"""The time points of a duty as they hold for one unit: its own date moves them all by as many days."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from .pauses import Pause, moved


@dataclass(frozen=True, slots=True)
class Point:
    """By when how much is expected; without a share any progress will do (at the last point: all of it)."""

    due: dt.date
    share: Decimal | None = None


def schedule(
    raw: Iterable[Mapping[str, Any]],
    *,
    duty_due: dt.date | None,
    due: dt.date | None,
    pauses: Iterable[Pause] = (),
) -> tuple[Point, ...]:
    """The points of ``Duty.time_points`` for a unit whose date is ``due``, in order, the last one on that date.

    A unit asked for earlier than the duty says, or given more time, has every point as much earlier or later.
    """
    kept = tuple(pauses)
    if due is None:
        return ()
    shift = due - duty_due if duty_due else dt.timedelta()
    points: dict[dt.date, Decimal | None] = {}
    final: Decimal | None = None
    for item in raw:
        day, share = _day(item.get("due")), _share(item.get("share"))
        if day is None:
            continue
        if day + shift < due:
            points[day + shift] = share
        else:
            final = share
    ordered = [Point(moved(day, kept), share) for day, share in sorted(points.items())]
    return (*ordered, Point(moved(due, kept), final or Decimal(1)))


def _day(value: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError:
        return None


def _share(value: object) -> Decimal | None:
    """0.4 from 0.4, "0.4" or 40 (percent); nothing from what is no share."""
    if value in (None, ""):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    if not number.is_finite() or number <= 0:
        return None
    return min(number if number <= 1 else number / 100, Decimal(1))
