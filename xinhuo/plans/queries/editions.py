"""A second version beside the plan as it stands: what changes, and for which duties."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from xinhuo.core.actor import Actor
from xinhuo.documents.models import Delivery

from ..editions import Edition, OldDuty, OldNode, lay_out
from ..models import Assignment, Duty, Node, Plan, PlanVersion
from ..outline import Outline, from_reading
from ..outline.rows import duty_rows
from ..outline.scopes import Choice, choice_of, choices
from ..reading import Node as ReadNode
from ..reading import Reading
from ..reading.compare import ChangeKind

WORDS = {
    ChangeKind.ADDED: "新增",
    ChangeKind.CHANGED: "改动",
    ChangeKind.REMOVED: "删去",
    ChangeKind.MOVED: "移动",
}


@dataclass(frozen=True, slots=True)
class Layout:
    """The plan, the new reading, and what of the one becomes of the other."""

    reading: Reading
    edition: Edition
    outline: Outline
    nodes: Mapping[str, Node]
    duties: Mapping[str, Duty]

    @property
    def proposals(self) -> list[dict[str, Any]]:
        """The duties the rules propose for added items, in order."""
        added = set(self.edition.added)
        return [row for row in duty_rows(self.outline) if row["node"] in added]


def layout_of(version: PlanVersion) -> Layout:
    """Lay a waiting version over the plan."""
    plan = version.plan
    reading = as_read(version.reading)
    nodes = list(plan.nodes.filter(removed=False).select_related("parent").order_by("position"))
    duties = list(plan.duties.filter(removed=False).select_related("node").order_by("position"))
    old = [
        OldNode(node.key, node.parent.key if node.parent else None, node.depth, node.marker, node.text)
        for node in nodes
    ]
    edition = lay_out(
        old, [OldDuty(duty.key, duty.node.key, duty.text) for duty in duties], reading, version.number
    )
    outline = from_reading(version.reading, version.reading["source"])
    return Layout(
        reading, edition, outline, {node.key: node for node in nodes}, {duty.key: duty for duty in duties}
    )


def as_read(kept: Mapping[str, Any]) -> Reading:
    """The nodes of a kept reading with the text they index."""
    nodes = tuple(
        ReadNode(
            row["id"],
            row["parent"],
            row["depth"],
            row["marker"],
            row["ordinal"],
            row["text"],
            row["start"],
            row["end"],
        )
        for row in kept["nodes"]
    )
    return Reading(kept["title"] or "", "", "", None, None, (), nodes, (), kept["source"], "")


def changes_as_rows(layout: Layout) -> list[dict[str, Any]]:
    """The changes as they are kept with the version and shown to everybody."""
    by_node: dict[str, list[str]] = {}
    for duty in layout.duties.values():
        by_node.setdefault(duty.node.key, []).append(duty.key)
    rows = []
    for change in layout.edition.changes:
        key = layout.edition.keys[change.new] if change.new else str(change.old)
        node = layout.reading.node(change.new) if change.new else None
        word = WORDS[change.kind]
        if change.moved and change.kind == ChangeKind.CHANGED:
            word = "移动并改动"
        rows.append(
            {
                "kind": str(change.kind),
                "word": word,
                "marker": node.marker if node else layout.nodes[key].marker,
                "text": node.text if node else layout.nodes[key].text,
                "pieces": [[piece.op, piece.text] for piece in change.pieces],
                "duties": by_node.get(key, []),
            }
        )
    return rows


@dataclass(frozen=True, slots=True)
class AddedDuty:
    """A proposed duty of an added item with the audiences to choose from."""

    row: Mapping[str, Any]
    node_text: str
    choices: Sequence[Choice]
    chosen: str


def added_duties(layout: Layout, version: PlanVersion) -> list[AddedDuty]:
    """What a person looks at before the version is adopted."""
    issuer = version.reading["issuer_unit"]
    offered = [choice for choice in choices(issuer) if not choice.named]
    return [
        AddedDuty(row, layout.reading.node(row["node"]).text, offered, choice_of(row["scope"], issuer))
        for row in layout.proposals
    ]


def changes_of_duty(plan: Plan, key: str) -> list[tuple[int, Mapping[str, Any]]]:
    """What later versions changed about one duty: edition and change, the newest first."""
    if plan.edition == 1:
        return []
    versions = PlanVersion.objects.filter(plan=plan, state="adopted", number__gt=1).order_by("-number")
    return [
        (version.number, change)
        for version in versions.only("number", "changes")
        for change in version.changes
        if key in change["duties"]
    ]


def versions_of(plan: Plan, actor: Actor) -> QuerySet[PlanVersion]:
    """The versions the actor may read, the newest first."""
    found = PlanVersion.objects.visible_to(actor).filter(plan=plan).exclude(state="dropped")
    return found.defer("text", "reading", "rows").order_by("-number")


def passing_on(version: PlanVersion, org_id: int) -> tuple[list[Duty], int]:
    """Duties this version added for the unit that it has not handed to its units yet, and how many units those are."""
    root = version.plan.document
    below = Delivery.objects.complete().filter(root=root, document__issuer_id=org_id, is_copy=False)
    number = 0 if root.issuer_id == org_id else below.count()
    if not number:
        return [], 0
    mine = Assignment.objects.filter(org_id=org_id, duty__plan=version.plan, duty__removed=False)
    mine = mine.filter(duty__key__startswith=f"v{version.number}-", passed_on__isnull=True)
    return [item.duty for item in mine.select_related("duty").order_by("duty__position")], number
