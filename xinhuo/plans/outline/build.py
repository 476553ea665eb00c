"""The outline as it stands before anybody has touched it."""

from collections.abc import Mapping, Sequence
from typing import Any

from .propose import propose_duty
from .state import ROOT, Node, Outline, Piece


def from_reading(reading: Mapping[str, Any], source: str) -> Outline:
    """One node per node read, and one proposed, unconfirmed duty per node without children.

    ``reading`` is the reader's dictionary, with ``year`` and ``issuer_unit`` (see ``scopes``) added and a
    ``level`` on each node; ``source`` is the text its ranges index. Lists joined by semicolons stay proposals on
    the duty; they never become nodes.
    """
    outline = Outline(source, reading)
    rows: Sequence[Mapping[str, Any]] = reading["nodes"]
    kids: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        kids.setdefault(row["parent"] or ROOT, []).append(row)
    for row in rows:
        outline.nodes[row["id"]] = _node(source, row, kids.get(row["id"], ()))
    for key in (ROOT, *outline.nodes):
        outline.children[key] = tuple(row["id"] for row in kids.get(key, ()))
    for key, node in outline.nodes.items():
        if not outline.children[key]:
            duty = propose_duty(outline, key, f"{key}-0", node.pieces, text=node.text)
            outline.duties[duty.key] = duty
            outline.duty_order[key] = (duty.key,)
    outline.header = _header(reading)
    return outline


def _node(source: str, row: Mapping[str, Any], kids: Sequence[Mapping[str, Any]]) -> Node:
    return Node(
        key=row["id"],
        parent=row["parent"] or ROOT,
        marker=row["marker"],
        ordinal=row["ordinal"],
        text=row["text"],
        pieces=_own_pieces(source, row["start"], row["end"], [(kid["start"], kid["end"]) for kid in kids]),
        level=row.get("level", ""),
        warnings=tuple(row["warnings"]),
    )


def _own_pieces(source: str, start: int, end: int, kids: Sequence[Piece]) -> tuple[Piece, ...]:
    """What is left of a node's range without its children; blanks between children belong to nobody."""
    edges = sorted([*kids, (end, end)])
    pieces = []
    at = start
    for first, last in edges:
        if source[at:first].strip():
            pieces.append((at, first))
        at = max(at, last)
    return tuple(pieces) or ((start, start),)


def _header(reading: Mapping[str, Any]) -> dict[str, str]:
    """The head as printed; a damaged number stays a doubt and is left blank."""
    damaged = any(doubt["code"].startswith("document_number") for doubt in reading["warnings"])
    return {
        "title": reading["title"] or "",
        "number": "" if damaged else reading["document_number"] or "",
        "signed_on": reading["signed_on"] or "",
    }
