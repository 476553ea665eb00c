"""The opened paragraph: every node and duty in it as fields, with the reasons of what is proposed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..enums import Basis, Stance, TargetKind
from ..outline import Duty, Node, Outline
from ..outline.desk import Line, Row, slug
from ..outline.rows import cite_of
from ..outline.scopes import Choice, choice_of, choices
from ..outline.state import ROOT
from ..outline.work import values_of
from .checking import CHOICE_FIELDS, TEXT_FIELDS

CLAUSE_ENDS = "。；;！!？，,："
AROUND = 8
MOST_CUTS = 60
LINE = 30  # characters in a line of the text box
MOST_LINES = 12
STANCES = Stance.choices
TARGETS = TargetKind.choices
BASES = Basis.choices


@dataclass(frozen=True)
class Cut:
    """A place where words may be cut, with the words around it."""

    at: int
    words: str


def cuts(text: str) -> list[Cut]:
    """Where a text may be cut: behind each clause."""
    ends = [
        at
        for at in range(1, len(text))
        if text[at - 1] in CLAUSE_ENDS and text[at] not in CLAUSE_ENDS and text[at:].strip()
    ]
    return [
        Cut(at, f"…{text[max(at - AROUND, 0) : at]}｜{text[at : at + AROUND]}…") for at in ends[:MOST_CUTS]
    ]


class DutyPanel:
    """One duty's fields. What was just typed (``data``) stands before what is stored."""

    def __init__(self, outline: Outline, duty: Duty, place: int, data: Mapping[str, Any] | None) -> None:
        """Take the values from the form that was refused, else from the duty."""
        self.duty = duty
        self.id = f"duty-{slug(duty.key)}"
        self.place = place
        self.issuer: Mapping[str, Any] = outline.reading["issuer_unit"]
        stored = values_of(duty)
        self.typed = data if data is not None and f"{self.id}-title" in data else None
        names = (*TEXT_FIELDS, *CHOICE_FIELDS)
        source: Mapping[str, Any] = self.typed or {}
        self.values = {name: source.get(f"{self.id}-{name}", stored[name]) for name in names}

    @property
    def standing(self) -> bool:
        """Whether 常态 is ticked."""
        return f"{self.id}-standing" in self.typed if self.typed is not None else self.duty.standing

    @property
    def confirmed(self) -> bool:
        """Whether 已核对 is ticked."""
        return f"{self.id}-confirmed" in self.typed if self.typed is not None else self.duty.confirmed

    @property
    def choices(self) -> list[Choice]:
        """The audiences to choose from."""
        return choices(self.issuer)

    @property
    def chosen(self) -> str:
        """The audience chosen now; empty for one that is in no list."""
        typed = self.typed.get(f"{self.id}-scope") if self.typed is not None else None
        return str(typed) if typed is not None else choice_of(self.duty.scope, self.issuer)

    @property
    def units(self) -> list[tuple[int, str, bool]]:
        """Units that may be named: id, name, ticked."""
        found: dict[int, str] = {}
        for name, unit in self.issuer.get("places", {}).items():
            found.setdefault(unit, name)
        ticked = set(self.duty.scope.get("ids", ()))
        return [(unit, name, unit in ticked) for unit, name in found.items()]

    @property
    def reasons(self) -> dict[str, str]:
        """The reasons of what is proposed, by field."""
        return {reason.field: reason.reason for reason in self.duty.reasons}

    @property
    def cuts(self) -> list[Cut]:
        """Where the duty may be cut by hand."""
        return cuts(self.duty.text)

    @property
    def parts(self) -> int:
        """Into how many duties the rules would cut it."""
        return len(self.duty.proposal)


@dataclass(frozen=True)
class NodePanel:
    """One node's fields and what can be done with it where it stands."""

    node: Node
    id: str
    depth: int
    name: str
    text: str
    marker: str
    lines: int
    cuts: Sequence[Cut]
    duties: Sequence[DutyPanel]
    gone: Sequence[Duty]
    can_promote: bool
    can_demote: bool
    can_go_up: bool
    can_go_down: bool

    @property
    def can_merge(self) -> bool:
        """Whether there is something before it that it can be joined to."""
        return self.can_demote or self.can_promote


def open_panel(outline: Outline, row: Row | None, data: Mapping[str, Any] | None) -> list[NodePanel]:
    """The panels of a row's nodes; ``data`` is the form that was refused, if any."""
    if row is None:
        return []
    typed = data if data is not None and data.get("panel") else None
    return [_node_panel(outline, line, typed) for line in row.lines]


def _node_panel(outline: Outline, line: Line, typed: Mapping[str, Any] | None) -> NodePanel:
    node = line.node
    name = f"node-{slug(node.key)}"
    source: Mapping[str, Any] = typed or {}
    text = str(source.get(f"{name}-text", node.text))
    siblings = outline.kids(node.parent)
    return NodePanel(
        node=node,
        id=name,
        depth=line.depth,
        name=cite_of(outline, node.key) or "这一条",
        text=text,
        marker=str(source.get(f"{name}-marker", node.marker)),
        lines=min(max(len(text) // LINE + 1, 2), MOST_LINES),
        cuts=cuts(node.text),
        duties=[DutyPanel(outline, duty, place, typed) for place, duty in enumerate(line.duties)],
        gone=line.gone,
        can_promote=node.parent != ROOT,
        can_demote=outline.previous(node) is not None,
        can_go_up=siblings[0].key != node.key,
        can_go_down=siblings[-1].key != node.key,
    )


__all__ = ["BASES", "STANCES", "TARGETS", "DutyPanel", "NodePanel", "cuts", "open_panel"]
