"""The checking desk: original and result side by side, paragraph by paragraph. Pure."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .doubts import doubts as all_doubts
from .marks import Segment, marked
from .propose import title_of
from .state import Duty, Node, Outline, Piece

PART_NAMES = {
    "title": "标题",
    "number": "文号",
    "addressee": "主送",
    "preamble": "导语",
    "signature": "落款",
    "attachments": "附件说明",
    "annex": "附件",
    "table": "表格",
    "footer": "版记",
    "noise": "网页杂质",
}
QUIET = frozenset({"noise"})  # kept under a fold at the end
HEADS = {"title": "title", "number": "number", "signature": "signed_on"}


def slug(key: str) -> str:
    """A key as it may stand in an element's id and in a selector."""
    return key.replace(".", "_")


@dataclass(frozen=True, slots=True)
class Line:
    """A node within a row: how deep it stands there (0 = the paragraph's own), with its duties."""

    node: Node
    depth: int
    duties: Sequence[Duty]
    gone: Sequence[Duty] = ()

    @property
    def is_lost(self) -> bool:
        """Whether the marker is there but its numeral is not."""
        marker = self.node.marker
        return bool(marker) and not any(character.isalnum() for character in marker)

    @property
    def title(self) -> str:
        """What the node is about: its one duty, else its first words."""
        return self.duties[0].title if len(self.duties) == 1 else title_of(self.node.text)


@dataclass(slots=True)
class Row:
    """One paragraph of the original and what was made of it.

    ``kind`` is ``node``, ``heading``, ``added`` (no original words) or a part's kind; ``doubts`` are numbers,
    ``notes`` the rows of the doubt table that belong to them.
    """

    key: str
    kind: str
    name: str
    start: int
    end: int
    original: Sequence[Segment] = ()
    lines: Sequence[Line] = ()
    doubts: list[int] = field(default_factory=list)
    notes: Sequence[Any] = ()

    @property
    def duties(self) -> list[Duty]:
        """All duties of the row's nodes."""
        return [duty for line in self.lines for duty in line.duties]

    @property
    def confirmed(self) -> bool:
        """Whether a person has checked every duty in it."""
        return all(duty.confirmed for duty in self.duties)

    @property
    def counts(self) -> bool:
        """Whether there is something to check in it."""
        return bool(self.duties)

    @property
    def slug(self) -> str:
        """The key as it stands in the element's id."""
        return slug(self.key)

    @property
    def is_single(self) -> bool:
        """Whether it is one node with one duty."""
        return len(self.lines) == 1 and len(self.duties) == 1

    @property
    def proposals(self) -> list[Duty]:
        """Duties which the rules would cut into several."""
        return [duty for duty in self.duties if duty.proposal]

    @property
    def field(self) -> str:
        """The field of the document's head that this paragraph fills, if any."""
        return HEADS.get(self.kind, "")

    def holds(self, key: str) -> bool:
        """Whether a node stands in this row."""
        return any(line.node.key == key for line in self.lines)


@dataclass(slots=True)
class Desk:
    """Everything on the desk: the rows in order, what was set aside, what was taken out."""

    rows: list[Row]
    quiet: list[Row]
    removed: list[Node]

    @property
    def to_check(self) -> int:
        """Rows that hold duties."""
        return sum(row.counts for row in self.rows)

    @property
    def checked(self) -> int:
        """Rows all of whose duties a person has checked."""
        return sum(row.counts and row.confirmed for row in self.rows)


def build_desk(outline: Outline) -> Desk:
    """The rows of the desk: paragraphs with nodes in the order of the outline, the other parts in between.

    The rows come without their original words: ``fill`` puts these in for the rows that are shown.
    """
    taken = sorted(piece for node in outline.nodes.values() for piece in node.pieces if piece[0] < piece[1])
    waiting = [_part_row(part) for part in outline.reading.get("parts", ()) if _is_free(part, taken)]
    rows: list[Row] = []
    quiet: list[Row] = []
    for group in _groups(outline):
        row = _node_row(outline, group)
        while waiting and row.kind != "added" and waiting[0].start < row.start:
            part = waiting.pop(0)
            (quiet if part.kind in QUIET else rows).append(part)
        rows.append(row)
    for row in waiting:
        (quiet if row.kind in QUIET else rows).append(row)
    _place_doubts(outline, rows, taken)
    return Desk(rows, quiet, [node for node, _ in outline.walk(removed=True) if node.removed])


def _is_free(part: Sequence[Any], taken: Sequence[Piece]) -> bool:
    """Whether a part is no body and was not taken in as a node."""
    kind, start, end = part
    after = bisect_left(taken, (start, start))
    near = taken[max(after - 1, 0) : after + 1]
    return kind != "body" and not any(a < end and start < b for a, b in near)


def _groups(outline: Outline) -> Iterator[list[Node]]:
    """Runs of nodes that begin in the same paragraph; a node without source words stands alone."""
    group: list[Node] = []
    paragraph = None
    for node, _ in outline.walk():
        start, end = node.pieces[0]
        here = None if start == end else outline.source.rfind("\n", 0, start)
        if group and (here is None or here != paragraph):
            yield group
            group = []
        group.append(node)
        paragraph = here
    if group:
        yield group


def _node_row(outline: Outline, group: Sequence[Node]) -> Row:
    first = group[0]
    depths = [len(outline.path(node.key)) for node in group]
    lines = [
        Line(
            node,
            depth - min(depths),
            outline.duties_of(node.key),
            [duty for duty in outline.duties_of(node.key, removed=True) if duty.removed],
        )
        for node, depth in zip(group, depths, strict=True)
    ]
    pieces = [piece for node in group for piece in node.pieces if piece[0] < piece[1]]
    if not pieces:
        return Row(first.key, "added", "", *first.pieces[0], lines=lines)
    alone = len(group) == 1 and outline.kids(first.key) and not lines[0].duties
    start, end = min(a for a, _ in pieces), max(b for _, b in pieces)
    return Row(first.key, "heading" if alone else "node", "", start, end, lines=lines)


def _part_row(part: Sequence[Any]) -> Row:
    kind, start, end = part
    return Row(f"part{start}", kind, PART_NAMES.get(kind, "其他文字"), start, end)


def open_doubts(outline: Outline) -> list[tuple[int, Mapping[str, Any]]]:
    """The doubts nobody has decided yet, with their numbers; notes are none."""
    return [
        (number, doubt)
        for number, doubt in enumerate(all_doubts(outline))
        if number not in outline.settled and not doubt.get("note")
    ]


def _place_doubts(outline: Outline, rows: Sequence[Row], taken: Sequence[Piece]) -> None:
    """Hang every open doubt on the row in which it begins; one about the whole text on none."""
    owner = {piece: node.key for node in outline.nodes.values() for piece in node.pieces}
    by_node = {line.node.key: row for row in rows for line in row.lines}
    parts = [row for row in rows if not row.lines]
    for number, doubt in open_doubts(outline):
        start = doubt["start"]
        if doubt["end"] - start > len(outline.source) // 2:
            continue
        at = bisect_right(taken, (start, len(outline.source))) - 1
        if at >= 0 and taken[at][0] <= start < taken[at][1]:
            row = by_node.get(owner[taken[at]])
        else:
            row = next((part for part in parts if part.start <= start < part.end), None)
        if row:
            row.doubts.append(number)


def fill(outline: Outline, rows: Iterable[Row]) -> None:
    """Put the original words into rows, with what the reader noticed in them."""
    doubts = [doubt for _, doubt in open_doubts(outline)]
    for row in rows:
        inside = [doubt for doubt in doubts if row.start <= doubt["start"] <= row.end]
        if row.lines:
            pieces = [piece for line in row.lines for piece in line.node.pieces if piece[0] < piece[1]]
            row.original = marked(outline.source, pieces, inside, outline.reading)
        else:
            row.original = _plain(outline, (row.start, row.end), inside)


def _plain(outline: Outline, piece: Piece, doubts: Iterable[Mapping[str, Any]]) -> list[Segment]:
    """A part's words line by line; only doubts and gaps are marked in them, for nothing becomes work there."""
    found: list[Segment] = []
    at = piece[0]
    inside = list(doubts)
    for line in outline.source[slice(*piece)].splitlines(keepends=True):
        if line.strip():
            if found:
                found.append(Segment("", "break"))
            marks = marked(outline.source, [(at, at + len(line))], inside, {})
            found += [
                item if item.kind in {"doubt", "gap", "break"} else Segment(item.text) for item in marks
            ]
        at += len(line)
    return found
