"""Dates as documents print them, and the damage they suffer on web pages."""

import re
from dataclasses import dataclass
from datetime import date

from .numerals import HALF_DIGITS, han_value

_Y = r"(?P<y>(?:19|20)\d\d|[一二][九〇○零OＯ0][〇○零OＯ0一二三四五六七八九]{2})"
_P = r"[一二三四五六七八九十元]{1,3}|\d{1,2}"
_S = r"[ \t\u3000\xa0]*"
FULL = re.compile(rf"{_Y}{_S}年{_S}(?P<m>{_P}){_S}月{_S}(?P<d>{_P}){_S}[日号]")
MONTH = re.compile(rf"{_Y}{_S}年{_S}(?P<m>{_P}){_S}月(?!{_S}\d)")
NUMERIC = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<sep>[-./])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})(?!\d)")
_DAMAGED = re.compile(
    r"(?P<y>20\d\d)[ \xa0\u3000年]*(?P<rest>\d{1,4}|\d{1,2}[ \xa0\u3000月]+\d{1,2})[ \xa0\u3000]*[月日]?"
)
_BLANK_DATE = re.compile(
    r"(?:20\d\d|20[xX×*]{2}|[xX×*_]{2,4}){0,1}[ \xa0\u3000_]*年[ \xa0\u3000_xX×*]*月[ \xa0\u3000_xX×*]*日?"
)
PAIR = 2  # digits of a padded month or day
_EDGE = " \t\u3000\xa0（）()【】[]。."
_TAIL = re.compile(r"(?:印发|发布|制定|印制|[（(](?:盖章|公章|印章|章)[）)]?)$")


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date line: the day when it is certain, else what it may mean. ``year`` where at least that is legible."""

    day: date | None
    year: int | None
    proposals: tuple[str, ...] = ()


def make_date(match: re.Match[str]) -> date | None:
    """The day of a match with groups y, m, d; None if there is no such day."""
    year, month, day = (_value(match[name]) for name in ("y", "m", "d"))
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _value(text: str) -> int:
    if text == "元":
        return 1
    return int(text) if text.isdigit() else han_value(text) or 0


def read_date_line(line: str) -> FoundDate | None:
    """A line that holds nothing but a date, whole or damaged; None for any other line."""
    text = _TAIL.sub("", line.translate(HALF_DIGITS).strip(_EDGE)).strip(_EDGE)
    if len(text) > 24 or not text:  # noqa: PLR2004  二〇二〇年十二月二十一日 with blanks is shorter
        return None
    if whole := FULL.fullmatch(text) or NUMERIC.fullmatch(text):
        day = make_date(whole)
        return FoundDate(day, day.year if day else None)
    if month := MONTH.fullmatch(text):
        year = _value(month["y"])
        return FoundDate(None, year, (f"{year}年{_value(month['m'])}月",))
    if damaged := _DAMAGED.fullmatch(text):
        year = int(damaged["y"])
        return FoundDate(None, year, tuple(_guesses(year, damaged["rest"])))
    return FoundDate(None, None) if _BLANK_DATE.fullmatch(text) else None


def _guesses(year: int, rest: str) -> list[str]:
    """All days and months that lost their 年, 月, 日: 2024327 can only be 3月27日, 201912 is 12月 or 1月2日."""
    digits = re.split(r"\D+", rest)
    pairs = [digits[:2]] if len(digits) > 1 else [[rest[:i], rest[i:]] for i in range(len(rest), 0, -1)]
    found = [
        f"{year}年{int(month)}月" + (f"{int(day)}日" if day else "")
        for month, day in pairs
        if (_plausible(month, day) and (_real(year, month, day or "1")))
    ]
    return list(dict.fromkeys(found))


def _plausible(month: str, day: str) -> bool:
    """Either no leading zeros, or both numbers padded to two digits."""
    padded = len(month) == PAIR and len(day) in {0, PAIR}
    plain = len(month) <= PAIR and len(day) <= PAIR and not month.startswith("0") and not day.startswith("0")
    return padded or plain


def _real(year: int, month: str, day: str) -> bool:
    try:
        date(year, int(month), int(day))
    except ValueError:
        return False
    return True
