"""Operations on duties (落实点)."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from .errors import OutlineError
from .propose import new_duty_key, propose_duty, title_of
from .scopes import SCOPE_KEYS
from .state import Duty, Node, Outline, Piece
from .tree import MAX_TEXT, live, words

STANCES = ("lead", "cooperate")
TARGETS = ("number", "deliverable", "paragraph")
BASES = ("stated", "notice", "inferred")
MAX_TITLE = 120
MAX_UNITS = 200
MAX_UNIT_WORD = 20
MAX_LABEL = 60
MAX_TIME_POINTS = 6
MAX_DUTIES = 60
DIGITS = 12


def live_duty(outline: Outline, key: object) -> Duty:
    """The duty with this key, which must not be removed."""
    duty = outline.duty(key)
    live(outline, duty.node)
    if duty.removed:
        raise OutlineError("这个落实点已经去掉了。要改的话请先找回。")
    return duty


def _room(outline: Outline, node: str, more: int) -> None:
    if len(outline.duties_of(node)) + more > MAX_DUTIES:
        raise OutlineError(f"一条里最多 {MAX_DUTIES} 个落实点。")


# -- one into several, several into one ---------------------------------------------------------------------------


def split_duty(outline: Outline, stamp: str, args: dict[str, Any]) -> None:
    """Make several duties of one: as proposed (``accept``), or before the characters ``cuts`` of its words."""
    duty = live_duty(outline, args.get("duty"))
    node = outline.nodes[duty.node]
    if args.get("accept"):
        if len(duty.proposal) < 2:  # noqa: PLR2004  one part is no split
            raise OutlineError("这个落实点没有拆分建议，请自己选拆开的地方。")
        ranges = duty.proposal
        texts = [outline.source[start:end] for start, end in ranges]
    else:
        texts = _cut_text(duty.text, args.get("cuts"))
        ranges = _ranges(outline, duty, texts)
    _room(outline, node.key, len(texts) - 1)
    parts = []
    for number, (piece, text) in enumerate(zip(ranges, texts, strict=True)):
        key = duty.key if number == 0 else new_duty_key(outline, stamp)
        part = propose_duty(outline, node.key, key, (piece,), text=text)
        outline.duties[key] = replace(part, proposal=()) if piece == (duty.start, duty.end) else part
        parts.append(key)
    order = outline.duty_order[node.key]
    place = order.index(duty.key)
    outline.duty_order[node.key] = (*order[:place], *parts, *order[place + 1 :])


def _cut_text(text: str, cuts: object) -> list[str]:
    places = cuts if isinstance(cuts, list) else []
    if not places or not all(isinstance(place, int) and 0 < place < len(text) for place in places):
        raise OutlineError("请先选好从哪里拆开。")
    edges = [0, *sorted(set(places)), len(text)]
    parts = [text[a:b] for a, b in zip(edges, edges[1:], strict=False)]
    if any(not part.strip(" ；;，,。、\u3000") for part in parts):
        raise OutlineError("这里拆不开：前后都要有字。")
    return parts


def _ranges(outline: Outline, duty: Duty, texts: list[str]) -> tuple[Piece, ...]:
    """The parts' places in the source; where the words were changed by hand, each part keeps the whole range."""
    at = outline.source.find(duty.text, duty.start, duty.end)
    if at < 0:
        return tuple((duty.start, duty.end) for _ in texts)
    found = []
    for text in texts:
        found.append((at, at + len(text)))
        at += len(text)
    return tuple(found)


def merge_duty(outline: Outline, stamp: str, args: dict[str, Any]) -> None:  # noqa: ARG001  one signature for all
    """Join a duty to the one before it in the same node (the first one: to the one behind it)."""
    duty = live_duty(outline, args.get("duty"))
    row = outline.duties_of(duty.node)
    place = [item.key for item in row].index(duty.key)
    if len(row) == 1:
        raise OutlineError("这一条只有一个落实点，没有可以并的。")
    first, second = (row[place - 1], duty) if place else (duty, row[1])
    title = title_of(f"{first.text}{second.text}") if first.title == title_of(first.text) else first.title
    outline.duties[first.key] = replace(
        first,
        title=title,
        text=f"{first.text}{second.text}"[:MAX_TEXT],
        start=min(first.start, second.start),
        end=max(first.end, second.end),
        leads=_joined(first.leads, second.leads),
        cooperators=_joined(first.cooperators, second.cooperators),
        reasons=(*first.reasons, *second.reasons),
        proposal=(),
        confirmed=False,
    )
    outline.duty_order[duty.node] = tuple(key for key in outline.duty_order[duty.node] if key != second.key)
    del outline.duties[second.key]


def _joined(first: str, second: str) -> str:
    if not first or not second or second in first:
        return first or second
    return f"{first}、{second}"[:MAX_UNITS]


def add_duty(outline: Outline, stamp: str, args: dict[str, Any]) -> None:
    """Add a duty to a node; it is proposed from the words of its title."""
    node = live(outline, args.get("node"))
    title = words(args.get("title"), "落实点", MAX_TITLE)
    _room(outline, node.key, 1)
    key = new_duty_key(outline, stamp)
    duty = propose_duty(outline, node.key, key, node.pieces, text=title)
    outline.duties[key] = replace(duty, title=title, proposal=())
    outline.duty_order[node.key] = (*outline.duty_order.get(node.key, ()), key)


def remove_duty(outline: Outline, stamp: str, args: dict[str, Any]) -> None:  # noqa: ARG001  as above
    """Take a duty away; it can be brought back. A node may be left without one."""
    duty = live_duty(outline, args.get("duty"))
    outline.duties[duty.key] = replace(duty, removed=True)


def restore_duty(outline: Outline, stamp: str, args: dict[str, Any]) -> None:  # noqa: ARG001  as above
    """Bring a removed duty back."""
    duty = outline.duty(args.get("duty"))
    live(outline, duty.node)
    if not duty.removed:
        raise OutlineError("这个落实点没有去掉，不用找回。")
    outline.duties[duty.key] = replace(duty, removed=False)


# -- what is said about one duty ----------------------------------------------------------------------------------


def set_duty(outline: Outline, stamp: str, args: dict[str, Any]) -> None:  # noqa: ARG001  as above
    """Set fields of a duty (``fields``). Whatever a person sets is no longer called a proposal."""
    duty = live_duty(outline, args.get("duty"))
    fields = args.get("fields")
    if not isinstance(fields, dict) or not fields:
        raise OutlineError("没有要改的内容。")
    changes: dict[str, Any] = {}
    for name, value in fields.items():
        check = _CHECKS.get(name)
        if check is None:
            raise OutlineError(f"落实点没有“{name}”这一栏。")
        changes[name] = check(value)
    changed = replace(duty, **changes, reasons=tuple(item for item in duty.reasons if item.field not in fields))
    if changed.target_kind == "number" and not changed.target_unit:
        raise OutlineError("报数的落实点要写明数的单位，例如“所”“场”“人次”。")
    if changed.due and "time_points" not in fields and "due" in fields:
        changed = replace(changed, time_points=_with_due(changed))
    if not changed.due and "due" in fields:
        changed = replace(changed, time_points=(), due_basis="")
    outline.duties[duty.key] = changed


def _with_due(duty: Duty) -> tuple[Mapping[str, Any], ...]:
    """The time points with the last one on the duty's date; the earlier ones stay."""
    last = {"label": "", "due": duty.due, "basis": duty.due_basis or "notice", "share": None}
    return (*(point for point in duty.time_points[:-1] if point["due"] < duty.due), last)


def confirm_duty(outline: Outline, stamp: str, args: dict[str, Any]) -> None:  # noqa: ARG001  as above
    """Mark a duty as checked by a person, or take the mark off (``on`` false)."""
    duty = live_duty(outline, args.get("duty"))
    outline.duties[duty.key] = replace(duty, confirmed=bool(args.get("on", True)))


def confirm_node(outline: Outline, stamp: str, args: dict[str, Any]) -> None:  # noqa: ARG001  as above
    """Mark all duties of a node and of what stands below it."""
    node = live(outline, args.get("node"))
    on = bool(args.get("on", True))
    for item in (node, *(below for below, _ in outline.walk(node.key))):
        _confirm_all(outline, item, on=on)


def _confirm_all(outline: Outline, node: Node, *, on: bool) -> None:
    for duty in outline.duties_of(node.key):
        outline.duties[duty.key] = replace(duty, confirmed=on)


# -- checks -------------------------------------------------------------------------------------------------------


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


_CHECKS: dict[str, Callable[[object], Any]] = {
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
