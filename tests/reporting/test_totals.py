"""Totals over the tree, and the arithmetic behind them."""

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest
from django.apps import apps
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import Cast
from xinhuo.core.contracts import Measure, by_kind, collect
from xinhuo.reporting import periods
from xinhuo.reporting.registry import measure, measures, total
from xinhuo.reporting.rollup import Total, over_time, over_units

YEAR = periods.year(2020)
ROWS = st.lists(st.tuples(st.integers(1, 8), st.integers(-1000, 1000)), max_size=40)


class Counted:
    """What the units of a test reported: key of the unit and value, in time order."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.rows: list[tuple[str, int]] = []
        self.owing: list[str] = []
        self.asked: list[tuple[dt.date, dt.date]] = []

    def given(self, start: dt.date, end: dt.date) -> Iterator[tuple[int, int]]:
        self.asked.append((start, end))
        return ((self.cast.orgs[key].pk, value) for key, value in self.rows)

    def expected(self, _start: dt.date, _end: dt.date) -> Iterator[int]:
        return (self.cast.orgs[key].pk for key in self.owing)

    def total(self, key: str, unit: str) -> Total:
        return total(key, self.cast.orgs[unit], YEAR.start, YEAR.end)


@pytest.fixture
def counted(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Iterator[Counted]:
    made = Counted(cast)
    wanted: dict[str, Any] = {"label": "活动", "unit": "场", "rows": made.given}
    listed = (
        Measure("tests.held", **wanted),
        Measure("tests.owed", **wanted, expected=made.expected),
        Measure("tests.average", **wanted, over_units="average", over_time="average"),
        Measure("tests.stock", **wanted, over_time="last"),
        Measure("tests.newest", **wanted, over_units="last", over_time="last"),
        Measure("tests.own", **wanted, over_units="none", over_time="none", expected=made.expected),
    )
    monkeypatch.setattr(apps.get_app_config("config"), "measures", listed, raising=False)
    for cached in (collect, by_kind):
        cached.cache_clear()
    yield made
    for cached in (collect, by_kind):
        cached.cache_clear()


def test_measures_are_found_where_apps_list_them(counted: Counted) -> None:
    assert measure("tests.held") in measures()
    assert measure("tests.held").label == "活动"
    with pytest.raises(KeyError):
        measure("tests.unknown")


def test_a_total_holds_the_unit_and_everything_below_and_nothing_beside(counted: Counted) -> None:
    counted.rows = [
        ("xingyi", 3),
        ("school", 4),
        ("anlong", 5),
        ("huaxi", 100),
        ("province", 1),
        ("school", 2),
    ]

    assert counted.total("tests.held", "qianxinan") == Total(14, 3)
    assert counted.total("tests.held", "xingyi") == Total(9, 2)
    assert counted.total("tests.held", "province") == Total(115, 5)
    assert counted.asked[0] == (YEAR.start, YEAR.end)


def test_missing_is_never_zero(counted: Counted) -> None:
    assert counted.total("tests.held", "qianxinan").value is None
    counted.rows = [("anlong", 0)]
    assert counted.total("tests.held", "qianxinan") == Total(0, 1)


def test_n_of_m_travels_with_the_sum(counted: Counted) -> None:
    counted.owing = ["xingyi", "anlong", "huaxi"]
    counted.rows = [("xingyi", 3), ("school", 1)]

    found = counted.total("tests.owed", "qianxinan")

    assert (found.value, found.reporters, found.expected, found.missing) == (4, 2, 3, 1)
    assert counted.total("tests.held", "qianxinan").missing is None


def test_an_average_is_over_those_who_reported(counted: Counted) -> None:
    counted.rows = [("xingyi", 1), ("xingyi", 2), ("anlong", 4)]

    assert counted.total("tests.average", "qianxinan") == Total(Fraction(11, 4), 2)


def test_a_stock_takes_each_units_newest_value(counted: Counted) -> None:
    counted.rows = [("xingyi", 10), ("anlong", 5), ("xingyi", 12)]

    assert counted.total("tests.stock", "qianxinan") == Total(17, 2)
    assert counted.total("tests.newest", "qianxinan") == Total(12, 2)


def test_what_does_not_climb_is_the_units_own(counted: Counted) -> None:
    counted.rows = [("xingyi", 10), ("school", 5)]
    counted.owing = ["qianxinan", "xingyi"]

    assert counted.total("tests.own", "xingyi") == Total(10, 1, 1)
    assert counted.total("tests.own", "qianxinan") == Total(None, 0, 1)


def test_a_total_costs_one_query_of_its_own(counted: Counted, django_assert_num_queries: Any) -> None:
    counted.rows = [("xingyi", 10)]
    with django_assert_num_queries(1):
        counted.total("tests.held", "province")


@given(rows=ROWS)
def test_sums_agree_with_adding_up_the_raw_rows(rows: list[tuple[int, int]]) -> None:
    found = over_units(over_time(rows, "sum"), range(1, 6), 1, "sum")

    inside = [(org, value) for org, value in rows if org <= 5]
    assert found.reporters == len({org for org, _ in inside})
    assert found.value == (sum(value for _, value in inside) if inside else None)


@given(rows=ROWS)
def test_last_is_the_newest_row(rows: list[tuple[int, int]]) -> None:
    values = over_time(rows, "last")

    assert values == dict(rows)
    newest = over_units(values, range(1, 9), 1, "last").value
    assert newest == (rows[-1][1] if rows else None)


@given(rows=ROWS)
def test_an_average_lies_between_the_ends(rows: list[tuple[int, int]]) -> None:
    found = over_units(over_time(rows, "average"), range(1, 9), 1, "average").value

    values = [value for _, value in rows]
    assert found is None if not rows else min(values) <= found <= max(values)  # type: ignore[operator]  # never None here


@pytest.mark.parametrize("way", ["median", ""])
def test_an_unknown_way_is_refused(way: str) -> None:
    with pytest.raises(ValueError, match="values combine"):
        over_time([], way)
    with pytest.raises(ValueError, match="values combine"):
        over_units({}, [], 1, way)


def test_a_second_value_where_one_is_allowed_is_refused() -> None:
    assert over_time([(1, 2), (2, 3)], "none") == {1: 2, 2: 3}
    with pytest.raises(ValueError, match="two values"):
        over_time([(1, 2), (1, 3)], "none")
