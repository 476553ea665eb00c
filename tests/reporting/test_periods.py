"""Periods: every day lies in exactly one of a kind, and a key gives its period back."""

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinhuo.reporting import periods
from xinhuo.reporting.periods import Period

DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2100, 12, 31))
KINDS: list[Callable[[dt.date], Period]] = [
    periods.year_of,
    periods.half_year_of,
    periods.school_year_of,
    periods.month_of,
]


@given(day=DAYS, kind=st.sampled_from(KINDS))
def test_a_day_lies_in_its_period_and_so_do_both_ends(
    day: dt.date, kind: Callable[[dt.date], Period]
) -> None:
    period = kind(day)

    assert day in period
    assert kind(period.start) == kind(period.end) == period


@given(day=DAYS, kind=st.sampled_from(KINDS))
def test_periods_touch_without_gap_or_overlap(day: dt.date, kind: Callable[[dt.date], Period]) -> None:
    period = kind(day)
    after = kind(period.end + dt.timedelta(days=1))

    assert after.start == period.end + dt.timedelta(days=1)
    assert period < after
    assert after.start not in period
    assert period.days == (after.start - period.start).days


@given(day=DAYS, kind=st.sampled_from(KINDS))
def test_a_key_gives_its_period_back(day: dt.date, kind: Callable[[dt.date], Period]) -> None:
    period = kind(day)

    assert periods.parse(period.key) == period


@given(day=DAYS)
def test_two_halves_make_the_year_and_twelve_months_too(day: dt.date) -> None:
    year = periods.year_of(day)
    halves = [periods.half_year(day.year, half) for half in (1, 2)]
    months = [periods.month(day.year, month) for month in range(1, 13)]

    for parts in (halves, months):
        assert (parts[0].start, parts[-1].end) == (year.start, year.end)
        assert sum(part.days for part in parts) == year.days


@given(text=st.text(max_size=8))
def test_anything_else_is_no_period(text: str) -> None:
    try:
        assert periods.parse(text).key == text
    except ValueError:
        assert True


@pytest.mark.parametrize(
    ("period", "key", "label", "start", "end"),
    [
        (periods.year(2020), "2020", "2020年", dt.date(2020, 1, 1), dt.date(2020, 12, 31)),
        (periods.half_year(2020, 1), "2020H1", "2020年上半年", dt.date(2020, 1, 1), dt.date(2020, 6, 30)),
        (periods.half_year(2020, 2), "2020H2", "2020年下半年", dt.date(2020, 7, 1), dt.date(2020, 12, 31)),
        (periods.school_year(2020), "2020S", "2020—2021学年", dt.date(2020, 9, 1), dt.date(2021, 8, 31)),
        (periods.month(2020, 2), "2020-02", "2020年2月", dt.date(2020, 2, 1), dt.date(2020, 2, 29)),
    ],
)
def test_periods_by_hand(period: Period, key: str, label: str, start: dt.date, end: dt.date) -> None:
    assert (period.key, period.label, period.start, period.end) == (key, label, start, end)


@pytest.mark.parametrize(
    "key", ["", "20", "2020H3", "2020H", "2020-13", "2020-1", "0000", "２０２０", "2020S "]
)
def test_wrong_keys_are_refused(key: str) -> None:
    with pytest.raises(ValueError, match=r"period|year|month|half"):
        periods.parse(key)


def test_a_year_has_two_halves() -> None:
    with pytest.raises(ValueError, match="two halves"):
        periods.half_year(2020, 3)


def test_the_school_year_turns_in_september() -> None:
    assert periods.school_year_of(dt.date(2020, 8, 31)).key == "2019S"
    assert periods.school_year_of(dt.date(2020, 9, 1)).key == "2020S"


def test_only_days_lie_in_a_period() -> None:
    assert "2020-01-01" not in periods.year(2020)
