"""Tokens, quiet hours, backing off: arithmetic only."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinhuo.core.clock import SHANGHAI
from xinhuo.notifications.pacing import (
    MAIL,
    ROBOT,
    Pace,
    Tokens,
    after_quiet,
    full,
    is_quiet,
    next_try,
    take,
)

START = dt.datetime(2026, 5, 6, 12, tzinfo=SHANGHAI)
MOMENTS = st.floats(0, 700).map(lambda days: START + dt.timedelta(days=days))
HOURS = st.times().map(lambda time: time.replace(tzinfo=None))
GAPS = st.lists(st.floats(0, 90), min_size=1, max_size=200)


def allowed(pace: Pace, gaps: list[float]) -> list[dt.datetime]:
    moment, tokens, gone = START, full(pace, START), []
    for gap in gaps:
        moment += dt.timedelta(seconds=gap)
        ok, tokens = take(tokens, pace, moment)
        if ok:
            gone.append(moment)
    return gone


@given(GAPS)
def test_a_robot_never_gets_more_than_twenty_in_any_minute(gaps: list[float]) -> None:
    gone = allowed(ROBOT, gaps)

    for first in gone:
        within = [moment for moment in gone if first <= moment < first + dt.timedelta(seconds=60)]
        assert len(within) <= 20


@given(GAPS, st.sampled_from([ROBOT, MAIL]))
def test_tokens_stay_between_nothing_and_full(gaps: list[float], pace: Pace) -> None:
    moment, tokens = START, full(pace, START)
    for gap in gaps:
        moment += dt.timedelta(seconds=gap)
        ok, left = take(tokens, pace, moment)
        assert 0 <= left.left <= pace.size
        assert not (ok and left.left > pace.size - 1)
        tokens = left


def test_who_waits_long_enough_gets_through_again() -> None:
    assert len(allowed(ROBOT, [0] * 10)) == 5
    assert len(allowed(ROBOT, [0] * 10 + [4.1])) == 6


def test_a_clock_set_back_gives_no_tokens() -> None:
    empty = Tokens(0, START)

    ok, left = take(empty, ROBOT, START - dt.timedelta(hours=1))

    assert (ok, left) == (False, empty)


@given(MOMENTS, HOURS, HOURS)
def test_after_the_quiet_hours_it_is_not_quiet_and_never_earlier(
    moment: dt.datetime, start: dt.time, end: dt.time
) -> None:
    opened = after_quiet(moment, start, end)

    assert not is_quiet(opened, start, end)
    assert moment <= opened <= moment + dt.timedelta(days=1)
    assert (opened == moment) == (not is_quiet(moment, start, end))


@given(MOMENTS, HOURS)
def test_equal_ends_mean_no_quiet_hours(moment: dt.datetime, hour: dt.time) -> None:
    assert not is_quiet(moment, hour, hour)


@given(MOMENTS, HOURS, HOURS)
def test_day_and_night_are_each_others_rest(moment: dt.datetime, start: dt.time, end: dt.time) -> None:
    if start != end:
        assert is_quiet(moment, start, end) != is_quiet(moment, end, start)


@pytest.mark.parametrize(
    ("hour", "opens"),
    [(20, (6, 20)), (21, (7, 8)), (23, (7, 8)), (0, (6, 8)), (7, (6, 8)), (8, (6, 8)), (9, (6, 9))],
)
def test_from_nine_in_the_evening_until_eight(hour: int, opens: tuple[int, int]) -> None:
    moment = dt.datetime(2026, 5, 6, hour, tzinfo=SHANGHAI)

    opened = after_quiet(moment, dt.time(21), dt.time(8))

    assert (opened.day, opened.hour) == opens


def test_quiet_hours_are_shanghai_hours() -> None:
    assert is_quiet(dt.datetime(2026, 5, 6, 14, tzinfo=dt.UTC), dt.time(21), dt.time(8))
    assert not is_quiet(dt.datetime(2026, 5, 6, 1, tzinfo=dt.UTC), dt.time(21), dt.time(8))


def test_each_failure_waits_longer() -> None:
    waits = [next_try(START, failures) - START for failures in range(1, 5)]

    assert all(earlier < later for earlier, later in pairwise(waits))
    assert next_try(START, 99) - START == waits[-1]
