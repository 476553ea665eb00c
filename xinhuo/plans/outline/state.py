"""The outline itself: nodes in a tree, duties on nodes, the document's head, settled doubts.

Ranges index the source and are half open. A node owns *pieces* of the source (marker and own words, without its
children); the pieces of all nodes are disjoint and no operation ever drops one. ``Outline.span`` is the range of
a subtree, so a child's range always lies within its parent's.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from .errors import OutlineError

Piece = tuple[int, int]
ROOT = ""


@dataclass(frozen=True, slots=True)
class Node:
    """A numbered piece of the text. ``text`` is its own words as they shall read, without the marker."""

    key: str
    parent: str
    marker: str
    ordinal: int | None
    text: str
    pieces: tuple[Piece, ...]
    level: str = ""
    warnings: tuple[str, ...] = ()
    removed: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a value was proposed: the field, one Chinese sentence, and the words that led to it."""

    field: str
    reason: str
    start: int = 0
    end: int = 0
    value: str = ""


@dataclass(frozen=True, slots=True)
class Duty:
    """What somebody has to do (落实点). ``proposal`` holds the ranges into which the rules would split it.

    ``scope`` is ``{"own", "kinds", "ids", "label"}``, ``time_points`` a list of ``{"label", "due", "basis",
    "share"}`` with ISO dates, ``target_value`` a decimal in writing or empty.
    """

    key: str
    node: str
    title: str
    text: str
    start: int
    end: int
    stance: str = "lead"
    leads: str = ""
    cooperators: str = ""
    standing: bool = False
    target_kind: str = "paragraph"
    target_value: str = ""
    target_unit: str = ""
    deliverable: str = ""
    scope: Mapping[str, Any] = field(default_factory=dict)
    time_points: tuple[Mapping[str, Any], ...] = ()
    due: str = ""
    due_basis: str = ""
    reasons: tuple[Reason, ...] = ()
    proposal: tuple[Piece, ...] = ()
    confirmed: bool = False
    removed: bool = False

    @property
    def due_on(self) -> dt.date | None:
        """The due date as a date."""
        return dt.date.fromisoformat(self.due) if self.due else None


@dataclass(frozen=True, slots=True)
class Settled:
    """What a person decided about a doubt: ``accept``, ``keep`` or ``fill`` with an own value."""

    choice: str
    value: str = ""


@dataclass(slots=True)
class Outline:
    """All of it. Treated as a value: operations work on a copy (``copy``), never on what they were given."""

    source: str
    reading: Mapping[str, Any]
    nodes: dict[str, Node] = field(default_factory=dict)
    children: dict[str, tuple[str, ...]] = field(default_factory=lambda: {ROOT: ()})
    duties: dict[str, Duty] = field(default_factory=dict)
    duty_order: dict[str, tuple[str, ...]] = field(default_factory=dict)
    header: dict[str, str] = field(default_factory=dict)
    settled: dict[int, Settled] = field(default_factory=dict)

    def copy(self) -> "Outline":
        """An outline that may be changed without touching this one (nodes and duties are frozen)."""
        return Outline(
            self.source,
            self.reading,
            dict(self.nodes),
            dict(self.children),
            dict(self.duties),
            dict(self.duty_order),
            dict(self.header),
            dict(self.settled),
        )

    # -- looking ----------------------------------------------------------------------------------------------

    def node(self, key: object) -> Node:
        """The node with this key. Raises OutlineError when there is none."""
        found = self.nodes.get(key) if isinstance(key, str) else None
        if found is None:
            raise OutlineError("没有找到这一条，可能刚被同事改过。请刷新页面再试。")
        return found

    def duty(self, key: object) -> Duty:
        """The duty with this key. Raises OutlineError when there is none."""
        found = self.duties.get(key) if isinstance(key, str) else None
        if found is None:
            raise OutlineError("没有找到这个落实点，可能刚被同事改过。请刷新页面再试。")
        return found

    def kids(self, key: str, *, removed: bool = False) -> list[Node]:
        """A node's children in order (``ROOT`` for the top); removed ones only when asked for."""
        found = (self.nodes[child] for child in self.children.get(key, ()))
        return [node for node in found if removed or not node.removed]

    def duties_of(self, key: str, *, removed: bool = False) -> list[Duty]:
        """A node's duties in order."""
        found = (self.duties[duty] for duty in self.duty_order.get(key, ()))
        return [duty for duty in found if removed or not duty.removed]

    def walk(self, key: str = ROOT, *, removed: bool = False) -> Iterator[tuple[Node, int]]:
        """All nodes below ``key`` in order with their depth (1 = top)."""
        stack = [(node, 1) for node in reversed(self.kids(key, removed=removed))]
        while stack:
            node, depth = stack.pop()
            yield node, depth
            stack.extend((kid, depth + 1) for kid in reversed(self.kids(node.key, removed=removed)))

    def path(self, key: str) -> list[Node]:
        """The nodes from the top down to ``key`` itself."""
        found: list[Node] = []
        while key != ROOT:
            node = self.nodes[key]
            found.append(node)
            key = node.parent
        return found[::-1]

    def span(self, key: str) -> Piece:
        """The range of the node's whole subtree, removed parts included."""
        pieces = list(self.nodes[key].pieces)
        for node, _ in self.walk(key, removed=True):
            pieces.extend(node.pieces)
        return min(start for start, _ in pieces), max(end for _, end in pieces)

    def spans(self) -> dict[str, Piece]:
        """``span`` of every node, in one pass."""
        found: dict[str, Piece] = {}
        for node, _ in reversed(list(self.walk(removed=True))):
            ranges = [*node.pieces, *(found[kid] for kid in self.children.get(node.key, ()))]
            found[node.key] = min(start for start, _ in ranges), max(end for _, end in ranges)
        return found

    def previous(self, node: Node) -> Node | None:
        """The sibling before, skipping removed ones."""
        before = None
        for sibling in self.kids(node.parent):
            if sibling.key == node.key:
                return before
            before = sibling
        return None

    def following(self, node: Node) -> list[Node]:
        """The siblings after, removed ones included (they stay where they stand in the text)."""
        keys = self.children[node.parent]
        return [self.nodes[key] for key in keys[keys.index(node.key) + 1 :]]
