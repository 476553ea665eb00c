"""What the reader hands over: a tree of nodes, what stands around it, and everything it was not sure of."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any


class PartKind(StrEnum):
    """What a stretch of the source is. The parts of a reading cover every printed character once."""

    NOISE = "noise"  # page navigation, footers, counters
    TITLE = "title"
    NUMBER = "number"
    ADDRESSEE = "addressee"
    PREAMBLE = "preamble"  # words before the first node; also the words that introduce a second document
    BODY = "body"  # nodes
    SIGNATURE = "signature"
    ATTACHMENTS = "attachments"  # the list after 附件：
    ANNEX = "annex"  # rosters and forms behind the signature
    TABLE = "table"
    FOOTER = "footer"  # 抄送, 印发, contact lines


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing a person should look at. ``start``/``end`` index the text, end exclusive.

    ``proposal`` is what the reader would write instead, or empty when it has nothing better than the source.
    """

    code: str
    message: str
    start: int
    end: int
    proposal: str = ""

    @property
    def is_note(self) -> bool:
        """Whether this only tells where words went; nothing is left to decide."""
        return self.code in NOTES

    def as_dict(self) -> dict[str, Any]:
        """The doubt as plain data."""
        return {
            "code": self.code,
            "message": self.message,
            "start": self.start,
            "end": self.end,
            "proposal": self.proposal,
        }


NOTES = frozenset(
    {"preamble_kept", "attachments_kept", "second_document", "footer_kept", "note_kept", "page_counter"}
)


@dataclass(frozen=True, slots=True)
class Node:
    """A numbered piece of the text. ``text`` is its own words, ``start``..``end`` its whole subtree.

    ``level`` is the class of its marker (``chapter`` … ``circle``), ``warnings`` the codes of its doubts.
    """

    id: str
    parent: str | None
    depth: int
    marker: str
    ordinal: int | None
    text: str
    start: int
    end: int
    warnings: tuple[str, ...] = ()
    level: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The node as plain data (``level`` stays inside)."""
        return {
            "id": self.id,
            "parent": self.parent,
            "depth": self.depth,
            "marker": self.marker,
            "ordinal": self.ordinal,
            "text": self.text,
            "start": self.start,
            "end": self.end,
            "warnings": list(self.warnings),
        }


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the source and what the reader took it for."""

    kind: PartKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as read. ``text`` is the decoded (or extracted) source that all ranges index.

    ``year`` is the year of the document number, else of the title, else of the signature. ``posted_on`` is the
    day a web page was put up: never the day of signature. ``extracted`` says that ``text`` was made from
    another format, so it has to be shown with the result.
    """

    title: str
    document_number: str
    issuer: str
    signed_on: date | None
    year: int | None
    addressees: tuple[str, ...]
    nodes: tuple[Node, ...]
    warnings: tuple[Doubt, ...]
    text: str
    encoding: str
    posted_on: date | None = None
    parts: tuple[Part, ...] = ()
    extracted: bool = False
    _by_id: dict[str, Node] = field(default_factory=dict, repr=False, compare=False)

    @property
    def unreadable(self) -> str:
        """Why the file could not be read and what to do, in Chinese; empty if it was read."""
        return next((doubt.message for doubt in self.warnings if doubt.code == "unreadable"), "")

    def node(self, key: str) -> Node:
        """The node with this id. Raises KeyError."""
        if not self._by_id:
            self._by_id.update((node.id, node) for node in self.nodes)
        return self._by_id[key]

    def children(self, key: str | None) -> tuple[Node, ...]:
        """The direct children of a node, or the roots for None, in the order of the text."""
        return tuple(node for node in self.nodes if node.parent == key)

    def as_dict(self) -> dict[str, Any]:
        """The reading as plain data, ready for JSON; ``source`` only where the text was extracted."""
        result: dict[str, Any] = {
            "title": self.title,
            "document_number": self.document_number,
            "issuer": self.issuer,
            "signed_on": self.signed_on.isoformat() if self.signed_on else None,
            "nodes": [node.as_dict() for node in self.nodes],
            "warnings": [doubt.as_dict() for doubt in self.warnings],
        }
        if self.extracted:
            result["source"] = self.text
        return result


class UnreadableError(Exception):
    """The file holds no text this reader can take; the message says in Chinese what to do instead."""
