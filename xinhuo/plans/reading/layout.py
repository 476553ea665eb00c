"""Where the documents in a text begin and end, and which lines hold no markers."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from .lines import Lines
from .look import Look
from .model import PartKind


@dataclass(slots=True)
class Segment:
    """One document of the file, as row numbers (end exclusive); ``signature`` is the range of its last rows."""

    first: int
    last: int
    signature: tuple[int, int] | None = None
    is_document: bool = True


@dataclass(slots=True)
class Layout:
    """Rows, their looks, what each row is, and the documents they form. ``body`` is the first row of text."""

    lines: Lines
    looks: Sequence[Look]
    roles: list[PartKind]
    body: int = 0
    end: int = 0
    segments: list[Segment] = field(default_factory=list)
    named: int | None = None  # the row that says what the page calls itself
    labelled: tuple[int, int] | None = None  # the characters behind 标题：
    counters: dict[int, int] = field(default_factory=dict)  # page numbers inside the text: start and end

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The characters of rows ``first`` to ``last`` (exclusive)."""
        return self.lines.rows[first].start, self.lines.rows[last - 1].end

    def runs(self) -> list[tuple[PartKind, int, int]]:
        """Consecutive rows of one role, as row ranges."""
        found: list[tuple[PartKind, int, int]] = []
        for row, role in enumerate(self.roles):
            if found and found[-1][0] is role:
                found[-1] = (role, found[-1][1], row + 1)
            else:
                found.append((role, row, row + 1))
        return found

    def closed_spans(self) -> list[tuple[int, int]]:
        """Character ranges in which no marker counts."""
        spans = [self.span(a, b) for role, a, b in self.runs() if role in CLOSED]
        inside = [
            (a, b) for a, b in self.counters.items() if self.roles[self.lines.index_at(a)] not in CLOSED
        ]
        return spans + inside

    def breaks(self) -> list[int]:
        """Where another document starts."""
        return [self.lines.rows[segment.first].start for segment in self.segments[1:]]

    def mark(self, role: PartKind, first: int, last: int) -> None:
        """Give rows a role, unless they have one already."""
        for row in range(first, last):
            if self.roles[row] is PartKind.BODY:
                self.roles[row] = role


CLOSED = frozenset(PartKind) - {PartKind.BODY, PartKind.PREAMBLE, PartKind.ADDRESSEE}
