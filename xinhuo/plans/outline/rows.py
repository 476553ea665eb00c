"""The outline as rows for the database: what stands where, what it is called when cited."""

from dataclasses import asdict, dataclass
from typing import Any

from .fields import MAX_TITLE
from .state import ROOT, Node, Outline
from .work import values_of

ITEM = frozenset({"article", "digit"})  # the classes whose members are called 第n条
HEADINGS = frozenset({"part", "chapter", "section", "han"})  # not said once an item below them is named
MAX_CITE = 80


@dataclass(frozen=True, slots=True)
class NodeRow:
    """A live node with its place: ``position`` in the whole text, ``start``..``end`` of its subtree."""

    key: str
    parent: str
    position: int
    depth: int
    marker: str
    ordinal: int | None
    text: str
    start: int
    end: int
    cite: str


def node_rows(outline: Outline, word: str) -> list[NodeRow]:
    """All live nodes in order. ``word`` is what the document is called in a citation (要点, 通知)."""
    spans = outline.spans()
    cites: dict[str, str] = {ROOT: word}
    rows = []
    for position, (node, depth) in enumerate(outline.walk()):
        cites[node.key] = _cite(outline, node, cites, word)
        start, end = spans[node.key]
        rows.append(
            NodeRow(
                node.key,
                node.parent,
                position,
                depth,
                node.marker,
                node.ordinal,
                node.text,
                start,
                end,
                cites[node.key][:MAX_CITE],
            )
        )
    return rows


def _cite(outline: Outline, node: Node, cites: dict[str, str], word: str) -> str:
    """要点第11条三是①: from the item on, markers as they are printed. Without a marker: that of the place before."""
    if not node.marker or (node.ordinal is None and not _has_word(node.marker)):
        before = outline.previous(node)
        return cites[before.key] if before else cites[node.parent]
    if node.level in ITEM and node.ordinal is not None:
        return f"{word}第{node.ordinal}条"
    if node.level in HEADINGS and node.ordinal is not None and cites[node.parent] == word:
        return f"{word}第{_han(node.ordinal)}部分"
    return f"{cites[node.parent]}{node.marker.rstrip('、.．，, ')}"


def cite_of(outline: Outline, key: str) -> str:
    """A single node's citation without the document's word; empty where nothing is printed to cite."""
    cites = {ROOT: ""}
    for step in outline.path(key):
        for node in outline.kids(step.parent, removed=True):
            if node.key not in cites:
                cites[node.key] = _cite(outline, node, cites, "")
            if node.key == step.key:
                break
    return cites[key]


def _has_word(marker: str) -> bool:
    return any(character.isalnum() for character in marker)


def _han(number: int) -> str:
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    if number < 10:  # noqa: PLR2004  a numeral
        return digits[number]
    if tens >= 10:  # noqa: PLR2004  as above
        return str(number)
    return f"{digits[tens] if tens > 1 else ''}十{digits[ones] if ones else ''}"


def duty_rows(outline: Outline) -> list[dict[str, Any]]:
    """All live duties in order, with the fields of the database."""
    rows: list[dict[str, Any]] = []
    for node, _ in outline.walk():
        for duty in outline.duties_of(node.key):
            row = values_of(duty)
            row |= {"key": duty.key, "node": node.key, "position": len(rows)}
            row |= {"start": duty.start, "end": duty.end, "confirmed": duty.confirmed}
            row["title"] = duty.title[:MAX_TITLE]
            row["hints"] = [asdict(reason) for reason in duty.reasons]
            rows.append(row)
    return rows
