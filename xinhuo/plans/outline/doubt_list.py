"""The table of doubts: what stands where, what is proposed, what a person may do about it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .doubts import acceptable, fillable, node_at
from .doubts import doubts as all_doubts
from .marks import Segment, marked
from .rows import cite_of
from .state import Outline, Settled

TOGETHER = frozenset({"numeral_lost", "noise_dropped", "table_dropped", "annex_dropped"})
PLACES = {
    "document_number_damaged": "文号",
    "document_number_brackets": "文号",
    "title_missing": "标题",
    "signed_on_doubtful": "落款日期",
    "halfwidth_punctuation": "全文标点",
    "noise_dropped": "网页杂质",
    "table_dropped": "表格",
    "annex_dropped": "附件",
    "unreadable": "全文",
}
AROUND = 8  # characters shown before and after a doubtful place
MOST = 60  # a longer place is only begun
BEGINNING = 18


@dataclass(slots=True)
class DoubtRow:
    """One line of the table; several doubts of one kind may share it. ``fill`` names what can be filled in.

    ``edit`` is the number of the step that settled it, ``typed`` what a refused form had in its field.
    """

    position: int
    numbers: Sequence[int]
    place: str
    original: Sequence[Segment]
    more: int
    advice: str
    proposal: str
    can_accept: bool
    fill: str
    settled: Settled | None
    edit: int = 0
    typed: str | None = None

    @property
    def joined(self) -> str:
        """The numbers as a form carries them."""
        return ",".join(str(number) for number in self.numbers)


def doubt_rows(outline: Outline) -> list[DoubtRow]:
    """All doubts but the notes, in the order of the text, the wordless ones of a kind together."""
    groups: dict[Any, list[tuple[int, Mapping[str, Any]]]] = {}
    for number, doubt in enumerate(all_doubts(outline)):
        if doubt.get("note"):
            continue
        settled = outline.settled.get(number)
        code = doubt["code"]
        group = (code, settled.choice if settled else "") if code in TOGETHER else number
        groups.setdefault(group, []).append((number, doubt))
    return [_row(outline, position, group) for position, group in enumerate(groups.values(), start=1)]


def _row(outline: Outline, position: int, group: Sequence[tuple[int, Mapping[str, Any]]]) -> DoubtRow:
    number, first = group[0]
    together = len(group) > 1
    proposals = [str(doubt["proposal"]) for _, doubt in group]
    return DoubtRow(
        position=position,
        numbers=[item for item, _ in group],
        place=_place(outline, first),
        original=_original(outline, first),
        more=len(group),
        advice=_together(outline, group) if together else str(first["message"]),
        proposal="、".join(item.rstrip("、") for item in proposals if item),
        can_accept=all(acceptable(doubt) or first["code"] in TOGETHER for _, doubt in group),
        fill="" if together else fillable(first),
        settled=outline.settled.get(number),
    )


def _together(outline: Outline, group: Sequence[tuple[int, Mapping[str, Any]]]) -> str:
    if group[0][1]["code"] == "numeral_lost":
        return f"{len(group)} 处序号丢了，可按先后补上。系统不替您补，请核对原件。"
    lines = sum(_lines(outline.source[doubt["start"] : doubt["end"]]) for _, doubt in group)
    name = PLACES[group[0][1]["code"]]
    return f"{name}共 {lines} 行，没有放进条目，随时可以找回。"


def _lines(text: str) -> int:
    return sum(bool(line.strip()) for line in text.splitlines())


def _place(outline: Outline, doubt: Mapping[str, Any]) -> str:
    if doubt["code"] in PLACES:
        return PLACES[doubt["code"]]
    node = node_at(outline, doubt["start"])
    if node:
        return cite_of(outline, node.key) or "序号"
    names = {"preamble": "导语", "title": "标题", "signature": "落款", "number": "文号", "addressee": "主送"}
    for kind, start, end in outline.reading.get("parts", ()):
        if start <= doubt["start"] < end:
            return names.get(kind, "正文外")
    return "全文"


def _original(outline: Outline, doubt: Mapping[str, Any]) -> list[Segment]:
    start, end = doubt["start"], doubt["end"]
    if doubt["code"] == "halfwidth_punctuation":
        return [Segment(", ; : ( )")]
    if end - start > MOST:
        return [Segment(" ".join(outline.source[start:end].split())[:BEGINNING] + "……")]
    if doubt["code"] in {"document_number_damaged", "document_number_brackets", "signed_on_doubtful"}:
        return marked(outline.source, [(start, end)], [doubt], {})
    first = max(outline.source.rfind("\n", 0, start) + 1, start - AROUND)
    stop = outline.source.find("\n", end)
    last = min(len(outline.source) if stop < 0 else stop, end + AROUND)
    return [
        item if item.kind in {"doubt", "gap"} else Segment(item.text)
        for item in marked(outline.source, [(first, last)], [doubt], {})
    ]
