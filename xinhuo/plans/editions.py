"""What a second version of a text means for the nodes and duties that are there already. Pure.

Nodes are paired by their words (``reading.compare``), so a renumbered node keeps its key, and with it its duties,
assignments and reports.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from .reading import Node, Reading
from .reading.compare import Change, compare, pairs

KEPT_SHARE = 0.5  # of a duty's characters that have to be found again in a changed item


@dataclass(frozen=True, slots=True)
class OldNode:
    """A node as it stands in the plan now."""

    key: str
    parent: str | None
    depth: int
    marker: str
    text: str


@dataclass(frozen=True, slots=True)
class OldDuty:
    """A duty as it stands in the plan now."""

    key: str
    node: str
    text: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A duty that goes on: its words in the new version and where they stand in the new text."""

    key: str
    text: str
    start: int
    end: int
    changed: bool


@dataclass(frozen=True, slots=True)
class Edition:
    """All that changes. ``keys`` give the stable key of each node of the new reading."""

    keys: Mapping[str, str]
    changes: Sequence[Change]
    kept: Mapping[str, Kept]
    gone: Sequence[str]
    added: Sequence[str]


def lay_out(nodes: Sequence[OldNode], duties: Iterable[OldDuty], new: Reading, number: int) -> Edition:
    """Compare what is there with the new reading; ``number`` is the edition the new one becomes."""
    before = _as_reading(nodes)
    pair = pairs(before, new)
    old_of = {to: old for old, to in pair.items()}
    keys = {node.id: old_of.get(node.id, f"v{number}-{node.id}"[:40]) for node in new.nodes}
    texts = {node.key: node.text for node in nodes}
    kept: dict[str, Kept] = {}
    gone: list[str] = []
    listed = list(duties)
    for duty in listed:
        to = pair.get(duty.node)
        alone = sum(other.node == duty.node for other in listed) == 1
        found = _carried(duty, texts[duty.node], new.node(to), new.text, alone=alone) if to else None
        if found is None:
            gone.append(duty.key)
        else:
            kept[duty.key] = found
    parents = {node.parent for node in new.nodes}
    added = [node.id for node in new.nodes if node.id not in old_of and node.id not in parents]
    return Edition(keys, compare(before, new), kept, gone, added)


def _as_reading(nodes: Sequence[OldNode]) -> Reading:
    found = tuple(
        Node(item.key, item.parent, item.depth, item.marker, None, item.text, 0, 0) for item in nodes
    )
    return Reading("", "", "", None, None, (), found, (), "", "")


def _carried(duty: OldDuty, old_text: str, node: Node, source: str, *, alone: bool) -> Kept | None:
    """The duty's words in the new version of its item; None when they are no longer there."""
    if alone:
        text = node.text
    elif duty.text in node.text:
        text = duty.text
    else:
        place = _mapped(old_text, node.text, duty.text)
        text = node.text[slice(*place)].strip() if place else ""
    if not text.strip():
        return None
    at = source.find(text, node.start, node.end)
    start, end = (at, at + len(text)) if at >= 0 else (node.start, node.end)
    return Kept(duty.key, text, start, end, text != duty.text)


def _mapped(old: str, new: str, words: str) -> tuple[int, int] | None:
    """Where ``words`` of the old text went in the new one."""
    first = old.find(words)
    if first < 0:
        return None
    last = first + len(words)
    found: list[tuple[int, int]] = []
    for a, b, size in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        start, end = max(a, first), min(a + size, last)
        if start < end:
            found.append((b + start - a, b + end - a))
    if sum(end - start for start, end in found) < KEPT_SHARE * len(words):
        return None
    start = 0 if first == 0 else found[0][0]
    return start, len(new) if last == len(old) else found[-1][1]
