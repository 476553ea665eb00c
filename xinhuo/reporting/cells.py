"""Reading one cell as people type it: full-width digits, 9月3日, 12人. Pure; what cannot be read stays as typed."""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from xinhuo.core.dates_zh import parse_date

from .columns import Column, plain
from .enums import ColumnType

LONGEST = 500
MOST = Decimal(10) ** 11
CENT = Decimal("0.01")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufeff\u200b-\u200f\u2028-\u202e]")
MONTH_DAY = re.compile(r"(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?")
CLOCK_TIME = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2})?$")
BETWEEN_HAN = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")


@dataclass(frozen=True, slots=True)
class Read:
    """A cell's value as it is kept, and what is wrong with it (then the value is what was typed)."""

    value: str
    error: str = ""


def clean(text: str) -> str:
    """Without characters nobody can see and blanks at the ends."""
    return CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def read(column: Column, text: str, *, near: dt.date) -> Read:
    """Read a cell of ``column``. ``near`` gives the year to a date that was written without one.

    Reading what was read before changes nothing. An empty cell is wrong only where something is demanded.
    """
    typed = clean(text)
    if not typed:
        return Read("", f"请填写“{column.label}”。" if column.required else "")
    if len(typed) > LONGEST:
        return Read(typed, f"最多写 {LONGEST} 个字，现在是 {len(typed)} 个字。")
    return _of_type(column, typed, near)


def _of_type(column: Column, typed: str, near: dt.date) -> Read:
    if column.type == ColumnType.NUMBER:
        return _number(column, typed)
    if column.type == ColumnType.DATE:
        return _date(typed, near)
    if column.type == ColumnType.CHOICE:
        return _choice(column, typed)
    if column.type == ColumnType.PERSON:
        return Read(BETWEEN_HAN.sub("", typed))
    return Read(typed)  # telephone numbers and codes keep every digit, the zero in front too


def number_of(text: str) -> Decimal | None:
    """The number a kept cell holds; None where it holds none."""
    try:
        value = Decimal(text) if text else None
    except InvalidOperation:
        return None
    return value if value is not None and value.is_finite() else None


def _number(column: Column, typed: str) -> Read:
    bare = plain(typed).replace(",", "")
    bare = bare.removesuffix(plain(column.unit)) if column.unit else bare
    try:
        value = Decimal(bare)
    except InvalidOperation:
        return Read(typed, f"“{typed[:12]}”不是数。请只填阿拉伯数字，例如 12。")
    if not value.is_finite() or value < 0 or value >= MOST:
        return Read(typed, "数要在 0 到 1000 亿之间。")
    if value != value.quantize(CENT):
        return Read(typed, "最多填两位小数。")
    return Read(_written(value))


def _written(value: Decimal) -> str:
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def _date(typed: str, near: dt.date) -> Read:
    text = CLOCK_TIME.sub("", unicodedata.normalize("NFKC", typed))
    day = parse_date(text)
    if day is None and (found := MONTH_DAY.fullmatch(text)):
        day = _nearest(int(found[1]), int(found[2]), near)
    if day is None:
        return Read(typed, f"“{typed[:16]}”不是日期。请写成 2020-09-03 或 9月3日。")
    return Read(day.isoformat())


def _nearest(month: int, day: int, near: dt.date) -> dt.date | None:
    """The day closest to ``near``: in December 1月5日 means next year."""
    found = []
    for year in (near.year - 1, near.year, near.year + 1):
        try:
            found.append(dt.date(year, month, day))
        except ValueError:
            continue
    return min(found, key=lambda item: abs(item - near), default=None)


def _choice(column: Column, typed: str) -> Read:
    wanted = plain(typed)
    found = next((item for item in column.choices if plain(item) == wanted), None)
    if found is None:
        return Read(typed, f"“{typed[:12]}”不在可选的几项里。请填：{'、'.join(column.choices)}。")
    return Read(found)
