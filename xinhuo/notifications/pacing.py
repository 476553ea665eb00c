"""When something may leave: tokens, quiet hours, waiting longer after each failure. Pure."""

import datetime as dt
from dataclasses import dataclass

from xinhuo.core.dates_zh import local


@dataclass(frozen=True, slots=True)
class Pace:
    """At most ``size`` at once, then ``per_minute``; in any minute never more than their sum."""

    size: float
    per_minute: float


ROBOT = Pace(5, 15)
"""Group robots take 20 a minute and shut up for ten when there are more."""

MAIL = Pace(30, 60)


@dataclass(frozen=True, slots=True)
class Tokens:
    """How many may go, as counted at a moment."""

    left: float
    at: dt.datetime


def full(pace: Pace, moment: dt.datetime) -> Tokens:
    """A bucket nothing was taken from yet."""
    return Tokens(pace.size, moment)


def take(tokens: Tokens, pace: Pace, moment: dt.datetime) -> tuple[bool, Tokens]:
    """Whether one may go now, and what is left. A clock set back fills nothing."""
    seconds = max(0.0, (moment - tokens.at).total_seconds())
    left = min(pace.size, tokens.left + seconds * pace.per_minute / 60)
    latest = max(moment, tokens.at)
    if left < 1:
        return False, Tokens(left, latest)
    return True, Tokens(left - 1, latest)


def is_quiet(moment: dt.datetime, start: dt.time, end: dt.time) -> bool:
    """Whether ``moment`` lies in the quiet hours from ``start`` until before ``end``; equal ends mean none."""
    now = local(moment).time()
    if start <= end:
        return start <= now < end
    return now >= start or now < end


def after_quiet(moment: dt.datetime, start: dt.time, end: dt.time) -> dt.datetime:
    """``moment`` itself, or the end of the quiet hours it lies in."""
    if not is_quiet(moment, start, end):
        return moment
    here = local(moment)
    day = here.date() if here.time() < end else here.date() + dt.timedelta(days=1)
    return dt.datetime.combine(day, end, tzinfo=here.tzinfo)


BACK_OFF = (dt.timedelta(minutes=1), dt.timedelta(minutes=5), dt.timedelta(minutes=30), dt.timedelta(hours=2))


def next_try(moment: dt.datetime, failures: int) -> dt.datetime:
    """When to try again after so many failures (1, 2, …): later each time."""
    return moment + BACK_OFF[min(max(failures, 1), len(BACK_OFF)) - 1]
