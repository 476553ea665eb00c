"""Reads a text: lines, zones, markers, the most consistent tree, and everything that stayed doubtful."""

from .doubts import all_doubts, told_by_layout
from .extracted import Extracted
from .lines import split_lines
from .markers import find_occurrences
from .metadata import read_metadata
from .model import Doubt, PartKind, Reading
from .parts import all_parts
from .search import most_consistent
from .tree import build_nodes
from .zones import Known, lay_out


def read(text: str, encoding: str) -> Reading:
    """Read a decoded text. Never fails."""
    return _read(text, encoding, Extracted(text, encoding), extracted=False)


def read_extracted(found: Extracted) -> Reading:
    """Read a text taken out of another format, with what its layout told."""
    return _read(found.text, found.encoding, found, extracted=True)


def _read(text: str, encoding: str, found: Extracted, *, extracted: bool) -> Reading:
    lines = split_lines(text, wrapped=found.wrapped)
    known: list[Known] = [(PartKind.TABLE, a, b) for a, b in found.tables]
    known += [
        (PartKind.NOISE if code == "noise_dropped" else PartKind.FOOTER, a, b)
        for code, _, a, b in found.notes
        if b > a
    ]
    layout = lay_out(lines, known, found.name)
    data = read_metadata(layout)
    occurrences = find_occurrences(lines, layout.closed_spans())
    outcome = most_consistent(occurrences, layout.breaks())
    nodes = build_nodes(layout, outcome.chosen)
    parts = all_parts(layout, nodes)
    doubts = all_doubts(layout, data, outcome, nodes, parts)
    return Reading(
        title=data.title.text,
        document_number=data.number.printed if data.number else "",
        issuer=data.issuer,
        signed_on=data.signed.day if data.signed else None,
        year=data.year,
        addressees=data.addressees,
        nodes=nodes,
        warnings=told_by_layout(doubts, found.notes),
        text=text,
        encoding=encoding,
        posted_on=data.posted_on,
        parts=parts,
        extracted=extracted,
    )


def unreadable(message: str) -> Reading:
    """An empty reading that says why there is nothing to read."""
    return Reading("", "", "", None, None, (), (), (Doubt("unreadable", message, 0, 0),), "", "")
