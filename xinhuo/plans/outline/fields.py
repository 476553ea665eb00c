"""What may stand in the fields of a duty: each check takes what was typed and returns it clean, or says why not."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from .errors import OutlineError
from .scopes import SCOPE_KEYS
from .tree import MAX_TEXT, words

STANCES = ("lead", "cooperate")
TARGETS = ("number", "deliverable", "paragraph")
BASES = ("stated", "notice", "inferred")
MAX_TITLE = 120
MAX_UNITS = 200
MAX_UNIT_WORD = 20
MAX_LABEL = 60
MAX_TIME_POINTS = 6
DIGITS = 12


def _one_of(allowed: tuple[str, ...], what: str) -> Callable[[object], str]:
    def check(value: object) -> str:
        if value not in allowed:
            raise OutlineError(f"{what}请从给出的几项里选。")
        return str(value)

    return check


def _at_most(limit: int, what: str) -> Callable[[object], str]:
    def check(value: object) -> str:
        text = value.strip() if isinstance(value, str) else ""
        if len(text) > limit:
            raise OutlineError(f"{what}最多 {limit} 个字，现在是 {len(text)} 个字。")
        return text

    return check


def _decimal(value: object) -> str:
    text = str(value or "").strip()
    if not text:
        return ""
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise OutlineError(f"目标数要写成数字，现在是“{text[:20]}”。") from None
    if not number.is_finite() or number < 0 or number >= Decimal(10) ** DIGITS:
        raise OutlineError("目标数要在 0 和一万亿之间。")
    if number != number.quantize(Decimal("0.01")):
        raise OutlineError("目标数最多两位小数。")
    return format(number.normalize(), "f")


def _date(value: object) -> str:
    text = str(value or "").strip()
    if not text:
        return ""
    try:
        return dt.date.fromisoformat(text).isoformat()
    except ValueError:
        raise OutlineError(f"“{text[:20]}”不是一个日期，请写成 2020-12-31 这样。") from None


def _scope(value: object) -> dict[str, Any]:
    if not isinstance(value, dict) or set(value) != SCOPE_KEYS:
        raise OutlineError("责任单位没有选好，请重新选。")
    kinds, ids = value["kinds"], value["ids"]
    plain = isinstance(kinds, list) and all(isinstance(kind, str) for kind in kinds)
    plain = plain and isinstance(ids, list) and all(isinstance(unit, int) for unit in ids)
    if not plain or not (value["own"] or kinds or ids):
        raise OutlineError("请至少选一个责任单位，或者选“本级”。")
    return {"own": bool(value["own"]), "kinds": kinds, "ids": ids, "label": str(value["label"])[:MAX_LABEL]}


def _points(value: object) -> tuple[dict[str, Any], ...]:
    if not isinstance(value, list) or len(value) > MAX_TIME_POINTS:
        raise OutlineError(f"时间点最多 {MAX_TIME_POINTS} 个。")
    return tuple(
        {
            "label": str(point.get("label") or "")[:MAX_LABEL],
            "due": _date(point.get("due")),
            "basis": _one_of(BASES, "时限依据")(point.get("basis")),
            "share": point.get("share"),
        }
        for point in value
    )


CHECKS: dict[str, Callable[[object], Any]] = {
    "title": lambda value: words(value, "落实点", MAX_TITLE),
    "text": lambda value: words(value, "落实点的原文", MAX_TEXT),
    "stance": _one_of(STANCES, "牵头或配合"),
    "leads": _at_most(MAX_UNITS, "牵头单位"),
    "cooperators": _at_most(MAX_UNITS, "配合单位"),
    "standing": bool,
    "target_kind": _one_of(TARGETS, "报送内容"),
    "target_value": _decimal,
    "target_unit": _at_most(MAX_UNIT_WORD, "数的单位"),
    "deliverable": _at_most(MAX_TITLE, "成果"),
    "scope": _scope,
    "time_points": _points,
    "due": _date,
    "due_basis": _one_of((*BASES, ""), "时限依据"),
}
