"""Two readings of one document: which nodes were added, changed, removed or moved.

Nodes are paired by their words first (equal, then alike), by their place last; so a renumbered node is moved,
not removed and added.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from .model import Node, Reading

ALIKE = 0.6  # share of common words above which two nodes are versions of each other
MOST_WORK = 9_000_000  # pairs of characters compared for one difference
MOST_PAIRS = 250_000  # pairs of nodes compared; beyond that only neighbours are
NEAR = 30
CANDIDATES = 12  # nodes compared in full for each node without an equal
_TOKEN = re.compile(r"[A-Za-z0-9]+|.", re.DOTALL)


class ChangeKind(StrEnum):
    """What happened to a node between two versions."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"  # other words
    MOVED = "moved"  # same words under another parent or in another order


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of words: ``op`` is equal, insert or delete."""

    op: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. ``old`` and ``new`` are node ids; ``pieces`` show the words of a changed node."""

    kind: ChangeKind
    old: str | None
    new: str | None
    pieces: tuple[Piece, ...] = ()
    moved: bool = False  # a changed node that also stands elsewhere


def pairs(before: Reading, after: Reading) -> dict[str, str]:
    """Which node of the new text each node of the old one went on as."""
    return _pair(before.nodes, after.nodes)


def compare(before: Reading, after: Reading) -> tuple[Change, ...]:
    """All differences, in the order of the new text; removed nodes stand where they were."""
    paired = pairs(before, after)
    old_of = {new: old for old, new in paired.items()}
    moved = _moved(before, after, paired)
    changes = [
        _change(before.node(old_of[n.id]), n, moved) if n.id in old_of else _added(n) for n in after.nodes
    ]
    found = [change for change in changes if change is not None]
    removed = [
        Change(ChangeKind.REMOVED, n.id, None, (Piece("delete", n.text),))
        for n in before.nodes
        if n.id not in paired
    ]
    return (*found, *removed)


def _added(node: Node) -> Change:
    return Change(ChangeKind.ADDED, None, node.id, (Piece("insert", node.text),))


def _change(old: Node, new: Node, moved: set[str]) -> Change | None:
    elsewhere = new.id in moved
    if _plain(old.text) != _plain(new.text):
        return Change(ChangeKind.CHANGED, old.id, new.id, word_difference(old.text, new.text), elsewhere)
    return Change(ChangeKind.MOVED, old.id, new.id, moved=True) if elsewhere else None


def word_difference(old: str, new: str) -> tuple[Piece, ...]:
    """What was taken out and put in, by character, numbers and Latin words as a whole."""
    a, b = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(a) * len(b) > MOST_WORK:
        return Piece("delete", old), Piece("insert", new)
    pieces: list[Piece] = []
    for op, i1, i2, j1, j2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if op == "equal":
            pieces.append(Piece("equal", "".join(a[i1:i2])))
            continue
        if i2 > i1:
            pieces.append(Piece("delete", "".join(a[i1:i2])))
        if j2 > j1:
            pieces.append(Piece("insert", "".join(b[j1:j2])))
    return tuple(pieces)


def _plain(text: str) -> str:
    """Words without blanks, with half-width punctuation as full-width: not every retyping is a change."""
    return re.sub(r"\s+", "", text).translate(_WIDE)


_WIDE = str.maketrans(",;:()?!", "，；：（）？！")


def _pair(before: Sequence[Node], after: Sequence[Node]) -> dict[str, str]:
    """Old id → new id."""
    pairs: dict[str, str] = {}
    waiting: dict[str, list[Node]] = {}
    for node in after:
        waiting.setdefault(_plain(node.text), []).append(node)
    rest: list[Node] = []
    for node in before:
        same = waiting.get(_plain(node.text))
        if same:
            best = next((n for n in same if n.id == node.id), same[0])
            same.remove(best)
            pairs[node.id] = best.id
        else:
            rest.append(node)
    free = {node.id for nodes in waiting.values() for node in nodes}
    left = [node for node in after if node.id in free]
    for old, new in _alike(rest, left):
        if old.id not in pairs and new.id in free:
            pairs[old.id] = new.id
            free.remove(new.id)
    return pairs


def _alike(old: Sequence[Node], new: Sequence[Node]) -> Iterator[tuple[Node, Node]]:
    """Pairs that are versions of each other, the most alike first."""
    grams = {node.id: _grams(node.text) for node in new}
    scored: list[tuple[float, int, Node, Node]] = []
    few = len(old) * len(new) <= MOST_PAIRS
    for place, node in enumerate(old):
        own = _grams(node.text)
        around = new if few else new[max(0, place - NEAR) : place + NEAR]
        near = sorted(around, key=lambda n: -_share(own, grams[n.id]))[:CANDIDATES]
        for candidate in near:
            same_place = candidate.id == node.id
            ratio = _share(own, grams[candidate.id])
            if ratio >= ALIKE or (same_place and ratio >= ALIKE / 2):
                scored.append((ratio + 0.1 * same_place, len(scored), node, candidate))
    scored.sort(key=lambda item: (-item[0], item[1]))
    yield from ((a, b) for _, _, a, b in scored)


def _grams(text: str) -> frozenset[str]:
    plain = _plain(text)
    return frozenset(plain[i : i + 2] for i in range(max(1, len(plain) - 1)))


def _share(a: frozenset[str], b: frozenset[str]) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 1.0


def _moved(before: Reading, after: Reading, pairs: dict[str, str]) -> set[str]:
    """New ids of paired nodes with another parent, or out of order among the children that stayed."""
    moved: set[str] = set()
    for old in before.nodes:
        new_id = pairs.get(old.id)
        if new_id is None:
            continue
        parent = pairs.get(old.parent) if old.parent is not None else None
        gone = old.parent is not None and old.parent not in pairs
        if not gone and after.node(new_id).parent != parent:
            moved.add(new_id)
    places = {node.id: index for index, node in enumerate(after.nodes)}
    families: dict[str | None, list[str]] = {}
    for old in before.nodes:
        new_id = pairs.get(old.id)
        if new_id is not None and new_id not in moved:
            families.setdefault(after.node(new_id).parent, []).append(new_id)
    for children in families.values():
        kept = _longest_rising([places[child] for child in children])
        moved |= {child for index, child in enumerate(children) if index not in kept}
    return moved


def _longest_rising(values: Sequence[int]) -> set[int]:
    """Indexes of a longest rising run: the nodes that kept their order."""
    best: list[tuple[int, int]] = []  # (length, index before)
    for i, value in enumerate(values):
        chains = ((best[j][0], j) for j in range(max(0, i - 400), i) if values[j] < value)
        length, before = max(chains, default=(0, -1))
        best.append((length + 1, before))
    if not best:
        return set()
    at = max(range(len(best)), key=lambda i: best[i][0])
    kept: set[int] = set()
    while at >= 0:
        kept.add(at)
        at = best[at][1]
    return kept
