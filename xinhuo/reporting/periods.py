"""Periods people report for: a year, a half-year, a school year, a month. Pure dates, no database."""

import calendar
import datetime as dt
import re
from dataclasses import dataclass

SCHOOL_YEAR_STARTS = 9
HALF = 6


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A span of days, both ends inside. ``key`` is short and can stand in an address; ``label`` is for people."""

    start: dt.date
    end: dt.date
    key: str
    label: str

    def __contains__(self, day: object) -> bool:
        """Whether a date lies in the period."""
        return isinstance(day, dt.date) and self.start <= day <= self.end

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days + 1


def year(number: int) -> Period:
    """A calendar year: ``2026``."""
    return Period(dt.date(number, 1, 1), dt.date(number, 12, 31), f"{number:04d}", f"{number}年")


def half_year(number: int, half: int) -> Period:
    """The first or second half of a calendar year: ``2026H1``. ValueError for another half."""
    if half not in {1, 2}:
        msg = f"a year has two halves, not a {half}th"
        raise ValueError(msg)
    first, words = (1, "上半年") if half == 1 else (HALF + 1, "下半年")
    last = first + HALF - 1
    end = dt.date(number, last, calendar.monthrange(number, last)[1])
    return Period(dt.date(number, first, 1), end, f"{number:04d}H{half}", f"{number}年{words}")


def school_year(number: int) -> Period:
    """The school year that begins in September of ``number``: ``2026S``."""
    start = dt.date(number, SCHOOL_YEAR_STARTS, 1)
    end = dt.date(number + 1, SCHOOL_YEAR_STARTS, 1) - dt.timedelta(days=1)
    return Period(start, end, f"{number:04d}S", f"{number}—{number + 1}学年")


def month(number: int, which: int) -> Period:
    """A calendar month: ``2026-09``. ValueError for a month outside 1 to 12."""
    start = dt.date(number, which, 1)
    end = dt.date(number, which, calendar.monthrange(number, which)[1])
    return Period(start, end, f"{number:04d}-{which:02d}", f"{number}年{which}月")


def parse(key: str) -> Period:
    """The period a key stands for. ValueError for anything else."""
    match = re.fullmatch(r"(\d{4})(?:H([12])|(S)|-(\d{2}))?", key, re.ASCII)
    if match is None:
        msg = f"not a period: {key!r}"
        raise ValueError(msg)
    number, half, school, which = match.groups()
    if half:
        return half_year(int(number), int(half))
    if school:
        return school_year(int(number))
    return month(int(number), int(which)) if which else year(int(number))


def half_year_of(day: dt.date) -> Period:
    """The half-year a date lies in."""
    return half_year(day.year, 1 if day.month <= HALF else 2)


def school_year_of(day: dt.date) -> Period:
    """The school year a date lies in."""
    return school_year(day.year if day.month >= SCHOOL_YEAR_STARTS else day.year - 1)


def year_of(day: dt.date) -> Period:
    """The calendar year a date lies in."""
    return year(day.year)


def month_of(day: dt.date) -> Period:
    """The month a date lies in."""
    return month(day.year, day.month)
