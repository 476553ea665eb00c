"""Operations on duties (落实点)."""

import itertools
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from .errors import OutlineError
from .fields import CHECKS, MAX_TITLE, MAX_UNITS
from .propose import new_duty_key, propose_duty, title_of
from .state import Duty, Node, Outline, Piece
from .tree import MAX_TEXT, live, words

MAX_DUTIES = 60


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
    """Make several duties of one: as proposed (``accept``), by source ``ranges``, or before the characters ``cuts``."""
    duty = live_duty(outline, args.get("duty"))
    node = outline.nodes[duty.node]
    if args.get("accept") or args.get("ranges"):
        ranges = _given_ranges(duty, args.get("ranges")) if args.get("ranges") else duty.proposal
        if len(ranges) < 2:  # noqa: PLR2004  one part is no split
            raise OutlineError("这个落实点没有拆分建议，请自己选拆开的地方。")
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


def _given_ranges(duty: Duty, value: object) -> tuple[Piece, ...]:
    ranges = tuple((int(pair[0]), int(pair[1])) for pair in value) if isinstance(value, list) else ()
    at = duty.start
    for start, end in ranges:
        if not at <= start < end <= duty.end:
            raise OutlineError("拆开的地方不在这个落实点的原文里。")
        at = end
    return ranges


def _cut_text(text: str, cuts: object) -> list[str]:
    places = cuts if isinstance(cuts, list) else []
    if not places or not all(isinstance(place, int) and 0 < place < len(text) for place in places):
        raise OutlineError("请先选好从哪里拆开。")
    edges = [0, *sorted(set(places)), len(text)]
    parts = [text[a:b] for a, b in itertools.pairwise(edges)]
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
    text = _joined_text(outline, first, second)
    title = title_of(text) if first.title == title_of(first.text) else first.title
    outline.duties[first.key] = replace(
        first,
        title=title,
        text=text[:MAX_TEXT],
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


def _joined_text(outline: Outline, first: Duty, second: Duty) -> str:
    """The words as the source has them, with what stands between; else one after the other."""
    verbatim = all(item.text in outline.source[item.start : item.end] for item in (first, second))
    if verbatim and first.end <= second.start and second.end - first.start <= MAX_TEXT:
        return outline.source[first.start : second.end].strip()
    return f"{first.text}{second.text}"


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
        check = CHECKS.get(name)
        if check is None:
            raise OutlineError(f"落实点没有“{name}”这一栏。")
        changes[name] = check(value)
    changed = replace(
        duty, **changes, reasons=tuple(item for item in duty.reasons if item.field not in fields)
    )
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
    """Mark a duty as checked by a person, or take the mark off (``on`` false).

    ``seen`` are the values the person looked at: they stay, even if the rules would propose others one day.
    """
    duty = live_duty(outline, args.get("duty"))
    seen = args.get("seen") or {}
    changes = {name: CHECKS[name](value) for name, value in seen.items() if name in CHECKS}
    outline.duties[duty.key] = replace(duty, **changes, confirmed=bool(args.get("on", True)))


def values_of(duty: Duty) -> dict[str, Any]:
    """Everything that can be set on a duty, as plain data."""
    plain = {name: getattr(duty, name) for name in CHECKS}
    plain["scope"] = dict(duty.scope)
    plain["time_points"] = [dict(point) for point in duty.time_points]
    return plain


def confirm_node(outline: Outline, stamp: str, args: dict[str, Any]) -> None:  # noqa: ARG001  as above
    """Mark all duties of a node and of what stands below it."""
    node = live(outline, args.get("node"))
    on = bool(args.get("on", True))
    for item in (node, *(below for below, _ in outline.walk(node.key))):
        _confirm_all(outline, item, on=on)


def _confirm_all(outline: Outline, node: Node, *, on: bool) -> None:
    for duty in outline.duties_of(node.key):
        outline.duties[duty.key] = replace(duty, confirmed=on)
