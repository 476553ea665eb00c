"""Where a character of a node's text stands in the source, and the other way round."""

from collections.abc import Iterable
from difflib import SequenceMatcher

from .state import Node, Piece

CAREFUL_UP_TO = 4000  # characters; comparing is quadratic, and no item of a plan is longer
Block = tuple[int, int, int]  # place in the own source words, place in the text, length


def own_words(source: str, pieces: Iterable[Piece]) -> str:
    """The source words that the pieces cover, one after another."""
    return "".join(source[start:end] for start, end in pieces)


def blocks(source: str, node: Node) -> list[Block]:
    """Stretches that the node's text and its own source words have in common, in order."""
    own = own_words(source, node.pieces)
    at = own.find(node.text)
    if at >= 0:
        return [(at, 0, len(node.text))]
    if len(own) > CAREFUL_UP_TO or len(node.text) > CAREFUL_UP_TO:
        return []
    found = SequenceMatcher(None, own, node.text, autojunk=False).get_matching_blocks()
    return [(block.a, block.b, block.size) for block in found if block.size]


def own_offset(source: str, node: Node, offset: int) -> int | None:
    """The place in the own source words of character ``offset`` of the text; None when nothing tells."""
    for a, b, size in blocks(source, node):
        if offset < b + size:
            return a + max(offset - b, 0)
    return None


def source_place(pieces: Iterable[Piece], own: int) -> int:
    """The place in the source of character ``own`` of the own words (the end of the last piece at most)."""
    last = 0
    for start, end in pieces:
        if own < end - start:
            return start + own
        own -= end - start
        last = end
    return last


def text_range(source: str, node: Node, start: int, end: int) -> Piece | None:
    """The range of the text that stands for ``start``..``end`` of the source; None unless all of it is there."""
    passed = 0
    for first, last in node.pieces:
        if first <= start and end <= last:
            own_start, own_end = passed + start - first, passed + end - first
            for a, b, size in blocks(source, node):
                if a <= own_start and own_end <= a + size:
                    return b + own_start - a, b + own_end - a
        passed += last - first
    return None


def cut(pieces: tuple[Piece, ...], own: int) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """The pieces before and from character ``own`` of the own words on; neither side is ever without a piece."""
    before: list[Piece] = []
    after: list[Piece] = []
    passed = 0
    for start, end in pieces:
        middle = min(max(start + own - passed, start), end)
        if middle > start or start == end:
            before.append((start, middle))
        if end > middle:
            after.append((middle, end))
        passed += end - start
    place = pieces[0][0]
    return tuple(before) or ((place, place),), tuple(after) or ((pieces[-1][1], pieces[-1][1]),)
