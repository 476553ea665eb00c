"""Every printed line belongs to exactly one part, so nothing can be dropped without being told."""

from collections.abc import Sequence

from .layout import Layout
from .model import Node, Part, PartKind


def all_parts(layout: Layout, nodes: Sequence[Node]) -> tuple[Part, ...]:
    """The parts of a text in order; lines of text above the first node of a document are its preamble."""
    _mark_preambles(layout, nodes)
    return tuple(Part(kind, *layout.span(first, last)) for kind, first, last in _by_kind(layout))


def _by_kind(layout: Layout) -> list[tuple[PartKind, int, int]]:
    """Runs of rows; a table or number inside a run of page noise does not split words from words."""
    return layout.runs()


def _mark_preambles(layout: Layout, nodes: Sequence[Node]) -> None:
    roots = [node.start for node in nodes if node.parent is None]
    at = 0
    for segment in layout.segments:
        begin = layout.lines.rows[segment.first].start
        limit = layout.lines.rows[segment.last - 1].end
        while at < len(roots) and roots[at] < begin:
            at += 1
        first_node = roots[at] if at < len(roots) and roots[at] < limit else limit
        for row in range(segment.first, segment.last):
            line = layout.lines.rows[row]
            if line.start >= first_node:
                break
            if layout.roles[row] is PartKind.BODY and line.end <= first_node:
                layout.roles[row] = PartKind.PREAMBLE
