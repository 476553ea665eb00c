"""From accepted markers to nodes: ranges, own words, parents, ids."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from .grammar import signs_before
from .layout import Layout
from .lines import BLANK
from .markers import Place
from .model import Node, PartKind
from .search import Chosen

CLOSERS = frozenset(
    {
        PartKind.SIGNATURE,
        PartKind.ATTACHMENTS,
        PartKind.FOOTER,
        PartKind.NOISE,
        PartKind.ANNEX,
        PartKind.TITLE,
    }
)
SKIPPED = CLOSERS | {PartKind.TABLE}
LEADING = BLANK + "：:，,、.．\r\n"


@dataclass(slots=True)
class _Draft:
    chosen: Chosen
    parent: int
    depth: int
    end: int = 0
    key: str = ""
    first_child: int = 0


def build_nodes(layout: Layout, chosen: Sequence[Chosen]) -> tuple[Node, ...]:
    """Nodes in the order of the text. The parent is the nearest open marker of a higher class."""
    drafts = _nest(chosen)
    _set_ends(layout, drafts)
    _set_keys(drafts)
    return tuple(_node(layout, drafts, draft) for draft in drafts)


def _nest(chosen: Sequence[Chosen]) -> list[_Draft]:
    drafts: list[_Draft] = []
    stack: list[int] = []
    segment = 0
    for index, item in enumerate(chosen):
        if item.segment != segment:
            stack, segment = [], item.segment
        while stack and chosen[stack[-1]].sense.level >= item.sense.level:
            stack.pop()
        parent = stack[-1] if stack else -1
        drafts.append(_Draft(item, parent, len(stack) + 1))
        if parent >= 0 and not drafts[parent].first_child:
            drafts[parent].first_child = index
        stack.append(index)
    return drafts


def _set_ends(layout: Layout, drafts: list[_Draft]) -> None:
    """A node ends where the next one that is not below it starts, or where its document's text ends."""
    text, end, segment = layout.lines.text, 0, -1
    following: list[tuple[int, int]] = []  # (depth, start) of later nodes, nearest last
    for index in range(len(drafts) - 1, -1, -1):
        draft = drafts[index]
        if draft.chosen.segment != segment:
            segment, following = draft.chosen.segment, []
            end = _text_end(layout, draft)
        while following and following[-1][0] > draft.depth:
            following.pop()
        stop = following[-1][1] if following else end
        start = draft.chosen.occurrence.start
        draft.end = start + len(
            text[start : max(stop, draft.chosen.sense.end)].rstrip(BLANK + "\r\n\x0b\x0c\x85\u2028\u2029")
        )
        following.append((draft.depth, start))


def _text_end(layout: Layout, last: _Draft) -> int:
    """The end of a document's last node: before its signature, list of attachments, or page."""
    segment = layout.segments[min(last.chosen.segment, len(layout.segments) - 1)]
    row = layout.lines.index_at(last.chosen.occurrence.start) + 1
    while row < segment.last and layout.roles[row] not in CLOSERS:
        row += 1
    return layout.lines.rows[row - 1].end


def _set_keys(drafts: list[_Draft]) -> None:
    """Ids are the way from the root: the printed number, or the place among its siblings if none is printed."""
    places: dict[int, int] = {}
    used: dict[str, int] = {}
    for draft in drafts:
        places[draft.parent] = places.get(draft.parent, 0) + 1
        number = draft.chosen.sense.ordinal
        own = str(places[draft.parent] if number is None else number)
        base = f"{drafts[draft.parent].key}.{own}" if draft.parent >= 0 else own
        again = used.get(base, 0) + 1
        used[base] = again
        draft.key = base if again == 1 else f"{base}-{again}"


def _node(layout: Layout, drafts: list[_Draft], draft: _Draft) -> Node:
    chosen = draft.chosen
    start, sense = chosen.occurrence.start, chosen.sense
    words_end = drafts[draft.first_child].chosen.occurrence.start if draft.first_child else draft.end
    codes = list(chosen.codes)
    if chosen.occurrence.place in {Place.GLUED, Place.COMMA} and sense.shape not in SPOKEN_SHAPES:
        codes.append("marker_glued")
    return Node(
        id=draft.key,
        parent=drafts[draft.parent].key if draft.parent >= 0 else None,
        depth=draft.depth,
        marker=layout.lines.text[start : sense.end].strip(BLANK),
        ordinal=sense.ordinal,
        text=own_words(layout, sense.end, words_end),
        start=start,
        end=draft.end,
        warnings=tuple(codes),
        level=sense.level.label,
    )


SPOKEN_SHAPES = frozenset({"一是", "一要", "第一，", "其一，", "①"})


def own_words(layout: Layout, start: int, end: int) -> str:
    """The words in a range without page, table and signature rows; lines cut by the margin are joined."""
    rows, text = layout.lines.rows, layout.lines.text
    result = ""
    index = max(0, bisect_right(layout.lines.starts, start) - 1)
    while index < len(rows) and rows[index].start < end:
        row = rows[index]
        counter = layout.counters.get(row.start, row.start)
        piece = text[max(counter, start) : min(row.end, end)]
        if end < row.end and row.start < end <= row.start + signs_before(row.text):
            piece = ""  # a sign in front of the next node's marker
        if row.end > start and layout.roles[index] not in SKIPPED and piece:
            goes_on = counter > row.start or layout.lines.wrapped_before(index)
            joiner = "" if not result else " " if row.soft else "" if goes_on else "\n"
            result += joiner + piece
        index += 1
    return result.strip(LEADING[: len(BLANK)] + "\r\n").lstrip(LEADING)
