"""Reads a text: lines, zones, markers, the most consistent tree, and everything that stayed doubtful."""

from collections.abc import Sequence

from .doubts import all_doubts
from .lines import split_lines
from .markers import find_occurrences
from .metadata import read_metadata
from .model import Reading
from .parts import all_parts
from .search import most_consistent
from .tree import build_nodes
from .zones import lay_out


def read(
    text: str, encoding: str, *, tables: Sequence[tuple[int, int]] = (), extracted: bool = False
) -> Reading:
    """Read a decoded text. ``tables`` are character ranges known to be tables; never fails."""
    lines = split_lines(text)
    known = [(lines.index_at(a), lines.index_at(max(a, b - 1)) + 1) for a, b in tables] if lines.rows else []
    layout = lay_out(lines, known)
    data = read_metadata(layout)
    occurrences = find_occurrences(lines, layout.closed_spans())
    outcome = most_consistent(occurrences, layout.breaks())
    nodes = build_nodes(layout, outcome.chosen)
    parts = all_parts(layout, nodes)
    return Reading(
        title=data.title.text,
        document_number=data.number.printed if data.number else "",
        issuer=data.issuer,
        signed_on=data.signed.day if data.signed else None,
        year=data.year,
        addressees=data.addressees,
        nodes=nodes,
        warnings=all_doubts(layout, data, outcome, nodes, parts),
        text=text,
        encoding=encoding,
        posted_on=data.posted_on,
        parts=parts,
        extracted=extracted,
    )
