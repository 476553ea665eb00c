"""Settling what the reader was not sure of, and setting the document's head. The source itself never changes."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from xinhuo.plans.reading.numerals import circled_value, digit_value, han_value

from .align import text_range
from .errors import OutlineError
from .propose import title_of
from .state import Node, Outline, Settled
from .tree import MAX_MARKER, MAX_TEXT, words

CHOICES = ("accept", "keep", "fill")
NUMBER = frozenset({"document_number_damaged", "document_number_brackets"})
NUMERAL = frozenset(
    {"numeral_lost", "numeral_duplicate", "numeral_gap", "numeral_backward", "numeral_restart", "class_rise"}
)
WORDING = frozenset({"misplaced_quotes", "double_dash", "illegible"})
HEAD_LIMITS = {"title": 200, "number": 60}
_FULL_DATE = re.compile(r"^(\d{4})年(\d{1,2})月(\d{1,2})日$")
_HALF = re.compile(r"[,;:?!()]")
_WIDE = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}


def doubts(outline: Outline) -> list[Mapping[str, Any]]:
    """The reader's doubts in the order of the text; their place in this list is their number."""
    return list(outline.reading.get("warnings", ()))


def as_date(text: str) -> str:
    """A full date in Chinese or ISO writing as ISO; empty when it is not a day that exists."""
    match = _FULL_DATE.match(text.strip())
    try:
        if match:
            return dt.date(*(int(part) for part in match.groups())).isoformat()
        return dt.date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        return ""


def fillable(doubt: Mapping[str, Any]) -> str:
    """What a person may fill in by hand: ``number``, ``date``, ``title``, ``marker``, ``text``, or empty for nothing."""
    code = doubt["code"]
    if code in NUMBER:
        return "number"
    if code in NUMERAL:
        return "marker"
    if code in WORDING:
        return "text"
    return {"signed_on_doubtful": "date", "title_missing": "title"}.get(code, "")


def acceptable(doubt: Mapping[str, Any]) -> bool:
    """Whether the proposal can be taken as it is. An incomplete date cannot."""
    if doubt["code"] == "signed_on_doubtful":
        return bool(as_date(doubt["proposal"]))
    return bool(doubt["proposal"])


def settle(outline: Outline, stamp: str, args: dict[str, Any]) -> None:  # noqa: ARG001  one signature for all
    """Decide about doubts (their numbers): take the proposal, keep the source, or fill in ``value``."""
    numbers, choice = args.get("doubts"), args.get("choice")
    known = doubts(outline)
    if not isinstance(numbers, list) or not numbers or choice not in CHOICES:
        raise OutlineError("请选“采用建议”“保留原文”或者“我来填”。")
    for number in numbers:
        if not isinstance(number, int) or not 0 <= number < len(known):
            raise OutlineError("没有找到这处疑点，请刷新页面再试。")
        if number in outline.settled:
            raise OutlineError("这处疑点已经定了。要改主意的话，请先撤销原来的决定。")
        value = _value(known[number], str(choice), args.get("value"))
        if choice != "keep":
            _EFFECTS.get(known[number]["code"], _nothing)(outline, known[number], value)
        outline.settled[number] = Settled(str(choice), value)


def _value(doubt: Mapping[str, Any], choice: str, value: object) -> str:
    if choice == "keep":
        return ""
    if choice == "accept":
        if not acceptable(doubt):
            raise OutlineError("这处疑点没有可以直接采用的建议，请选“我来填”或者“保留原文”。")
        return str(doubt["proposal"])
    kind = fillable(doubt)
    if not kind:
        raise OutlineError("这处疑点不用填写，请选“采用建议”或者“保留原文”。")
    if kind == "date":
        day = as_date(str(value or ""))
        if not day:
            raise OutlineError("请把日期填完整，例如 2019年12月31日。")
        return day
    limit = {"marker": MAX_MARKER, "text": MAX_TEXT}.get(kind) or HEAD_LIMITS[kind]
    return words(value, "要填的内容", limit)


def _nothing(outline: Outline, doubt: Mapping[str, Any], value: str) -> None:
    """Nothing follows from this decision but that it was made."""


def _number(outline: Outline, doubt: Mapping[str, Any], value: str) -> None:  # noqa: ARG001  one signature for all
    outline.header["number"] = value


def _title(outline: Outline, doubt: Mapping[str, Any], value: str) -> None:  # noqa: ARG001  as above
    outline.header["title"] = value


def _signed(outline: Outline, doubt: Mapping[str, Any], value: str) -> None:  # noqa: ARG001  as above
    outline.header["signed_on"] = as_date(value)


def node_at(outline: Outline, place: int) -> Node | None:
    """The node whose own words hold a place of the source."""
    for node in outline.nodes.values():
        if any(start <= place < end for start, end in node.pieces):
            return node
    return None


def _marker(outline: Outline, doubt: Mapping[str, Any], value: str) -> None:
    node = node_at(outline, doubt["start"])
    if node:
        outline.nodes[node.key] = replace(node, marker=value, ordinal=ordinal_of(value))


def ordinal_of(marker: str) -> int | None:
    """The number a marker stands for: 一、 1, （三） 3, ⑤ 5, 第12条 12; None when there is none."""
    for match in re.finditer(r"[〇零一二三四五六七八九十百]+|\d+|[①-⑳㈠-㈩⑴-⒇]", marker):
        word = match.group()
        for value in (digit_value, han_value, circled_value):
            number = value(word)
            if number is not None:
                return number
    return None


def _wording(outline: Outline, doubt: Mapping[str, Any], value: str) -> None:
    """Write ``value`` in place of the doubtful words, in the node and in the duties that quote them."""
    node = node_at(outline, doubt["start"])
    where = text_range(outline.source, node, doubt["start"], doubt["end"]) if node else None
    if node is None or where is None:
        return  # the words stand outside the nodes (the preamble): only the decision is kept
    old = node.text[where[0] : where[1]]
    _rewrite(outline, node, node.text[: where[0]] + value + node.text[where[1] :])
    for duty in outline.duties_of(node.key, removed=True):
        if duty.text.count(old) == 1:
            outline.duties[duty.key] = replace(duty, text=duty.text.replace(old, value))


def _rewrite(outline: Outline, node: Node, text: str) -> None:
    for duty in outline.duties_of(node.key, removed=True):
        if duty.text == node.text:
            title = title_of(text) if duty.title == title_of(duty.text) else duty.title
            outline.duties[duty.key] = replace(duty, text=text, title=title)
    outline.nodes[node.key] = replace(node, text=text)


def widen(text: str) -> str:
    """Half-width punctuation as Chinese text has it, but not inside numbers and times (1,284 and 15:02)."""

    def one(match: re.Match[str]) -> str:
        at = match.start()
        inside = match.group() in ",:" and text[:at][-1:].isdigit() and text[at + 1 : at + 2].isdigit()
        return match.group() if inside else _WIDE[match.group()]

    return _HALF.sub(one, text)


def _punctuation(outline: Outline, doubt: Mapping[str, Any], value: str) -> None:  # noqa: ARG001  one signature for all
    for node in list(outline.nodes.values()):
        outline.nodes[node.key] = replace(node, text=widen(node.text))
    for duty in list(outline.duties.values()):
        outline.duties[duty.key] = replace(duty, text=widen(duty.text), title=widen(duty.title))


def set_header(outline: Outline, stamp: str, args: dict[str, Any]) -> None:  # noqa: ARG001  as above
    """Set the title, the number or the day of signature; the latter two may be left empty."""
    name, value = args.get("field"), str(args.get("value") or "").strip()
    if name == "signed_on":
        if value and not as_date(value):
            raise OutlineError("请把日期填完整，例如 2019年12月31日。")
        outline.header["signed_on"] = as_date(value) if value else ""
    elif name == "title":
        outline.header["title"] = words(value, "标题", HEAD_LIMITS["title"])
    elif name == "number":
        outline.header["number"] = words(value, "文号", HEAD_LIMITS["number"]) if value else ""
    else:
        raise OutlineError("只能改标题、文号和成文日期。")


_EFFECTS: dict[str, Callable[[Outline, Mapping[str, Any], str], None]] = {
    **dict.fromkeys(NUMBER, _number),
    **dict.fromkeys(NUMERAL, _marker),
    **dict.fromkeys(WORDING, _wording),
    "signed_on_doubtful": _signed,
    "title_missing": _title,
    "halfwidth_punctuation": _punctuation,
}
