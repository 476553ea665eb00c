"""From the reader's hints to a proposed duty. Every proposed value keeps its reason; a person decides."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from xinhuo.plans.reading.hints import Hint, hints_in, hints_of
from xinhuo.plans.reading.splitting import short_title, split_proposals

from . import scopes
from .state import Duty, Node, Outline, Piece, Reason

MAX_TITLE = 120
MAX_NAMES = 200
WIDE = str.maketrans({",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "?": "？", "!": "！"})
NOT_TARGETS = ("部门", "届")
_WITH = re.compile(r"与(?P<who>[^，,。；;、]{3,24}?)(?:合作|联合|共同)")
_BLANK = " \t\r\n\u3000\xa0"


def title_of(text: str) -> str:
    """A short title made of the duty's own words, with Chinese punctuation."""
    return short_title(text).translate(WIDE)[:MAX_TITLE]


def retitled(duty: Duty, text: str) -> Duty:
    """The duty with other words; a title nobody has touched follows them."""
    title = title_of(text) if duty.title == title_of(duty.text) else duty.title
    return replace(duty, text=text, title=title, confirmed=False)


def new_duty_key(outline: Outline, stamp: str) -> str:
    """A key that no duty has: built from the number of the edit, so that it never changes."""
    number = 1
    while f"d{stamp}-{number}" in outline.duties:
        number += 1
    return f"d{stamp}-{number}"


def ensure_duty(outline: Outline, key: str, stamp: str) -> None:
    """Give a node without children its one proposed duty, unless it has or had duties already."""
    if outline.kids(key) or outline.duty_order.get(key):
        return
    duty_key = new_duty_key(outline, stamp)
    node = outline.nodes[key]
    outline.duties[duty_key] = propose_duty(outline, key, duty_key, node.pieces, text=node.text)
    outline.duty_order[key] = (duty_key,)


def propose_duty(outline: Outline, node_key: str, key: str, pieces: Sequence[Piece], *, text: str) -> Duty:
    """A duty of ``text`` with everything the rules can say about it; nothing in it is confirmed."""
    node = outline.nodes[node_key]
    words = text.strip(_BLANK) or text
    place = _place(outline.source, pieces, text)
    start, end = place or (pieces[0][0], pieces[-1][1])
    duty = Duty(key=key, node=node_key, title=title_of(words), text=words, start=start, end=end)
    duty = replace(duty, proposal=_split(text, place))
    hints = _hints(outline, text, place)
    duty = _times(outline, duty, hints)
    if duty.proposal:  # several in one: what is said of all of them now is what the first one says
        first = duty.proposal[0]
        words = outline.source[slice(*first)]
        hints = tuple(hint for hint in hints if hint.end <= first[1])
    for part in (_stance, _target, _standing):
        duty = part(duty, hints)
    return _scope(outline, duty, node, words)


def _place(source: str, pieces: Sequence[Piece], text: str) -> Piece | None:
    """Where the words stand in the source; None when they were written by hand."""
    for first, last in pieces:
        at = source.find(text, first, last)
        if at >= 0:
            return at, at + len(text)
    return None


def _split(text: str, place: Piece | None) -> tuple[Piece, ...]:
    if place is None:
        return ()
    return tuple((place[0] + start, place[0] + end) for start, end in split_proposals(text))


def _hints(outline: Outline, text: str, place: Piece | None) -> tuple[Hint, ...]:
    year = outline.reading.get("year")
    units = tuple(outline.reading.get("issuer_unit", {}).get("places", ()))
    if place is None:
        return hints_in(text, year=year, units=units)
    return hints_in(outline.source, *place, year=year, units=units)


def _because(duty: Duty, field: str, hint: Hint) -> tuple[Reason, ...]:
    return (*duty.reasons, Reason(field, hint.reason, hint.start, hint.end, hint.text))


def _stance(duty: Duty, hints: Sequence[Hint]) -> Duty:
    for hint in hints_of("stance", hints):
        if hint.value["stance"] == "cooperate":
            leads = str(hint.value.get("with") or "")[:MAX_NAMES]
            return replace(duty, stance="cooperate", leads=leads, reasons=_because(duty, "stance", hint))
        if hint.rule == "stance.lead_word":
            return replace(duty, reasons=_because(duty, "stance", hint))
    partner = _WITH.search(duty.text)
    if partner is None:
        return replace(duty, reasons=(*duty.reasons, Reason("stance", "没有写“配合”，建议按牵头处理。")))
    reason = Reason("cooperators", f"写明与{partner['who']}合作。", value=partner.group())
    return replace(duty, cooperators=partner["who"], reasons=(*duty.reasons, reason))


def _target(duty: Duty, hints: Sequence[Hint]) -> Duty:
    for hint in hints_of("deliverable", hints):
        what = str(hint.value["deliverable"]).translate(WIDE)[:MAX_TITLE]
        because = _because(duty, "target_kind", hint)
        return replace(duty, target_kind="deliverable", deliverable=what, reasons=because)
    for hint in hints_of("quantity", hints):
        number, unit = str(hint.value["number"]).replace(",", ""), str(hint.value["unit"])
        if number.isascii() and number.isdigit() and not unit.endswith(NOT_TARGETS):
            because = _because(duty, "target_kind", hint)
            return replace(duty, target_kind="number", target_value=number, target_unit=unit, reasons=because)
    reason = Reason("target_kind", "没有写明成果和数量，建议年终报一段话。")
    return replace(duty, reasons=(*duty.reasons, reason))


def _standing(duty: Duty, hints: Sequence[Hint]) -> Duty:
    found = hints_of("standing", hints)
    if not found or duty.target_kind == "deliverable":
        return duty
    return replace(duty, standing=True, reasons=_because(duty, "standing", found[0]))


def _times(outline: Outline, duty: Duty, hints: Sequence[Hint]) -> Duty:
    points: list[dict[str, Any]] = []
    because = duty.reasons
    for hint in hints_of("time", hints):
        day = hint.value.get("due")
        if isinstance(day, dt.date):
            basis = str(hint.value["basis"])
            points.append({"label": hint.text, "due": day.isoformat(), "basis": basis, "share": None})
            because = (*because, Reason("due", hint.reason, hint.start, hint.end, hint.text))
    if points:
        points.sort(key=lambda point: str(point["due"]))
        last = points[-1]
        return replace(
            duty, time_points=tuple(points), due=last["due"], due_basis=last["basis"], reasons=because
        )
    year = outline.reading.get("year")
    if not year:
        return duty
    day = f"{year}-12-31"
    point = {"label": "年底", "due": day, "basis": "inferred", "share": None}
    reason = Reason("due", "原文没有写时限，按年度要点推定为12月31日。")
    return replace(duty, time_points=(point,), due=day, due_basis="inferred", reasons=(*duty.reasons, reason))


def _scope(outline: Outline, duty: Duty, node: Node, words: str) -> Duty:
    issuer: Mapping[str, Any] = outline.reading.get("issuer_unit", {})
    above = [step.text for step in reversed(outline.path(node.key))]
    proposal = scopes.propose(words, above, issuer)
    reason = Reason("scope", proposal.reason, value=proposal.words)
    return replace(duty, scope=proposal.scope, reasons=(*duty.reasons, reason))
