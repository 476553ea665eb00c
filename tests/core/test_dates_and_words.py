"""Dates, numbers and names as people write them."""

import datetime as dt
from decimal import Decimal

import pytest

from xinhuo.core import dates_zh, text_zh

pytestmark = pytest.mark.usefixtures("thursday")


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (dt.date(2020, 9, 30), "9月30日（还有 6 天）"),
        (dt.date(2020, 9, 25), "9月25日（明天）"),
        (dt.date(2020, 9, 24), "9月24日（今天）"),
        (dt.date(2020, 9, 22), "9月22日（已超期 2 天）"),
        (dt.date(2021, 1, 1), "2021年1月1日（还有 99 天）"),
    ],
)
def test_a_due_date_says_how_long(day: dt.date, expected: str) -> None:
    assert dates_zh.due_date(day) == expected


@pytest.mark.parametrize(
    ("day", "state"),
    [(23, "red"), (24, "amber"), (27, "amber"), (28, "green")],
)
def test_the_light_of_the_time_left(day: int, state: str) -> None:
    assert dates_zh.due_state(dt.date(2020, 9, day)) == state


def test_a_moment_is_shown_in_shanghai_time() -> None:
    assert dates_zh.date_time(dt.datetime(2020, 9, 23, 18, 5, tzinfo=dt.UTC)) == "9月24日 02:05"


@pytest.mark.parametrize(
    "text",
    [
        "2020-09-24",
        "2020.9.24",
        "2020/9/24",
        " 2020年9月24日 ",
        "2020年 9月24",
        "20200924",
        "２０２０年９月２４日",
    ],
)
def test_usual_ways_of_writing_a_date_are_read(text: str) -> None:
    assert dates_zh.parse_date(text) == dt.date(2020, 9, 24)


@pytest.mark.parametrize("text", ["", "去年", "2020-13-01", "2020-2-30", "24.9.2020", "2020", "202009"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert dates_zh.parse_date(text) is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1284, "1,284"),
        (0, "0"),
        (None, "—"),
        (12.5, "12.5"),
        (1200.0, "1,200"),
        (Decimal("0.05"), "0.05"),
        (-1234567, "-1,234,567"),
    ],
)
def test_numbers(value: float | Decimal | None, expected: str) -> None:
    assert text_zh.number(value) == expected


@pytest.mark.parametrize(
    ("name", "masked"), [("陈小雨", "陈*雨"), ("王强", "王*"), ("欧阳小雨", "欧**雨"), ("王", "王"), ("", "")]
)
def test_names_are_masked(name: str, masked: str) -> None:
    assert text_zh.masked_name(name) == masked


def test_only_the_last_four_of_a_number_are_shown() -> None:
    assert text_zh.masked_tail("520201195001010011") == "**************0011"
    assert text_zh.masked_tail("12") == "12"


@pytest.mark.parametrize(
    ("size", "shown"), [(900, "900 字节"), (1536, "1.5 KB"), (851443712, "812 MB"), (3 << 30, "3 GB")]
)
def test_sizes(size: int, shown: str) -> None:
    assert text_zh.file_size(size) == shown
