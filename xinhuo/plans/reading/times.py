"""Time words and the day they mean in a given year."""

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from .numerals import han_value

STATED, INFERRED = "stated", "inferred"
_S = r"[ \u3000\xa0]?"
_N = r"\d{1,2}|[一二三四五六七八九十]{1,3}"
_Y = rf"(?:(?P<y>20\d\d){_S}年{_S})?"
_LATER = r"(?:底|末)?(?:之?前|以前|完成)?"


@dataclass(frozen=True, slots=True)
class FoundTime:
    """A time word: where it stands, the last day it allows (None without a year), and why."""

    rule: str
    start: int
    end: int
    due: date | None
    basis: str
    reason: str


def _number(text: str | None) -> int:
    if not text:
        return 0
    return int(text) if text.isdigit() else han_value(text) or 0


def _day(year: int, month: int, day: int = 0) -> date | None:
    """A day, or the last day of a month when ``day`` is 0."""
    if not 1 <= month <= 12 or not 1 <= year <= 9999:  # noqa: PLR2004
        return None
    last = calendar.monthrange(year, month)[1]
    return date(year, month, min(day or last, last))


Resolve = Callable[[re.Match[str], int], date | None]


def _month_day(match: re.Match[str], year: int) -> date | None:
    return _day(year, _number(match["m"]), _number(match["d"]))


def _month_end(match: re.Match[str], year: int) -> date | None:
    return _day(year, _number(match["m"]))


def _third(match: re.Match[str], year: int) -> date | None:
    return _day(year, _number(match["m"]), {"上": 10, "中": 20, "下": 0}[match["t"]])


def _quarter(match: re.Match[str], year: int) -> date | None:
    number = _number(match["q"])
    return _day(year, number * 3) if 1 <= number <= 4 else None  # noqa: PLR2004


def _fixed(month: int, day: int) -> Resolve:
    return lambda _, year: _day(year, month, day)


_RULES: tuple[tuple[str, str, Resolve, str], ...] = (
    ("time.day", rf"{_Y}(?P<m>{_N}){_S}月{_S}(?P<d>{_N}){_S}[日号]{_LATER}", _month_day, STATED),
    ("time.third", rf"{_Y}(?P<m>{_N}){_S}月(?:份)?(?P<t>[上中下])旬{_LATER}", _third, STATED),
    (
        "time.months",
        rf"{_Y}(?:{_N}){_S}月?{_S}[—－\-~至到]+{_S}(?P<m>{_N}){_S}月(?:份)?{_LATER}",
        _month_end,
        STATED,
    ),
    (
        "time.month",
        rf"{_Y}(?P<m>{_N}){_S}月(?:份)?(?!\d|{_S}(?:{_N}){_S}[日号]|[上中下]旬){_LATER}",
        _month_end,
        STATED,
    ),
    ("time.quarter", rf"{_Y}第?(?P<q>[一二三四1-4])季度{_LATER}", _quarter, STATED),
    ("time.half", rf"{_Y}上半年{_LATER}", _fixed(6, 30), STATED),
    ("time.second_half", rf"{_Y}下半年{_LATER}", _fixed(12, 31), STATED),
    ("time.year_end", rf"{_Y}(?:年底|年末|岁末|年内|年终){_LATER}", _fixed(12, 31), STATED),
    ("time.this_year", r"今年(?:内|底)?|本年度?|全年|当年|年度(?!工作要点|计划)", _fixed(12, 31), STATED),
    ("time.spring", r"春季学期|上学期末", _fixed(7, 10), INFERRED),
    ("time.autumn", r"秋季学期", _fixed(12, 31), INFERRED),
    ("time.summer", r"暑假|暑期", _fixed(8, 31), INFERRED),
    ("time.winter", r"寒假", _fixed(2, 28), INFERRED),
    (
        "time.festival.61",
        r"[“\"]?六[·•.]?一[”\"]?(?:国际)?(?:儿童节)?(?=[”\"]|前后|期间|前|儿童节|节)",
        _fixed(6, 1),
        INFERRED,
    ),
    ("time.festival.71", r"[“\"]?七[·•.]?一[”\"]?(?=前后|期间|前)", _fixed(7, 1), INFERRED),
    ("time.festival.54", r"[“\"]?五[·•.]?四[”\"]?(?=前后|期间|前|青年节)", _fixed(5, 4), INFERRED),
    ("time.festival.national", r"国庆(?:节)?(?:前后|期间|前)?", _fixed(10, 1), INFERRED),
    ("time.festival.teachers", r"教师节(?:前后|期间|前)?", _fixed(9, 10), INFERRED),
    ("time.festival.martyrs", r"清明(?:节)?(?:前后|期间|前)?", _fixed(4, 5), INFERRED),
)
_COMPILED = tuple((rule, re.compile(pattern), resolve, basis) for rule, pattern, resolve, basis in _RULES)


def time_hints(text: str, start: int, end: int, year: int | None) -> Iterator[FoundTime]:
    """Time words between ``start`` and ``end``, resolved against the document's year. Longer readings win."""
    taken: list[tuple[int, int]] = []
    for rule, pattern, resolve, basis in _COMPILED:
        for match in pattern.finditer(text, start, end):
            if any(a < match.end() and match.start() < b for a, b in taken):
                continue
            own = match.groupdict().get("y")
            at = int(own) if own else year
            due = resolve(match, at) if at else None
            if at and due is None:
                continue
            taken.append(match.span())
            why = "原文写明" if basis == STATED else "按惯例推定"
            yield FoundTime(rule, *match.span(), due, basis, f"“{match.group()}”，{why}。")
