"""Writing the outline into the tables: nodes and duties by key, what is gone is marked, never deleted."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from ..models import Duty, Node, Plan
from ..outline import Outline
from ..outline.rows import NodeRow, duty_rows, node_rows

BATCH = 100
NODE_FIELDS = ("position", "depth", "marker", "ordinal", "text", "start", "end", "cite")
DUTY_FIELDS = (
    "position",
    "title",
    "text",
    "start",
    "end",
    "stance",
    "leads",
    "cooperators",
    "standing",
    "target_kind",
    "target_value",
    "target_unit",
    "deliverable",
    "scope",
    "time_points",
    "due",
    "due_basis",
    "hints",
    "confirmed",
)


def write_rows(plan: Plan, outline: Outline, word: str) -> None:
    """Make the plan's rows say what the outline says. Only rows that differ are written."""
    nodes = write_nodes(plan, node_rows(outline, word))
    _write_duties(plan, duty_rows(outline), nodes)


def _set(row: Any, values: dict[str, Any]) -> bool:
    """Set what differs; whether anything did."""
    changed = False
    for name, value in values.items():
        if getattr(row, name) != value:
            setattr(row, name, value)
            changed = True
    return changed


def write_nodes(plan: Plan, rows: Iterable[NodeRow]) -> dict[str, Node]:
    """Make the plan's nodes these, by key; returns all that were ever there."""
    found = {node.key: node for node in Node.objects.filter(plan=plan)}
    wanted = {row.key: row for row in rows}
    changed, new = [], []
    for key, row in wanted.items():
        values = {name: getattr(row, name) for name in NODE_FIELDS} | {"removed": False}
        if key not in found:
            new.append(Node(plan=plan, key=key, **values))
        elif _set(found[key], values):
            changed.append(found[key])
    changed += [node for key, node in found.items() if key not in wanted and _set(node, {"removed": True})]
    found |= {node.key: node for node in Node.objects.bulk_create(new, batch_size=BATCH)}
    for key, row in wanted.items():  # parents only now: a new node may stand under a new one
        parent = found[row.parent].pk if row.parent else None
        if _set(found[key], {"parent_id": parent}):
            changed.append(found[key])
    unique = list({node.pk: node for node in changed}.values())
    Node.objects.bulk_update(unique, [*NODE_FIELDS, "removed", "parent"], batch_size=BATCH)
    return found


def _write_duties(plan: Plan, rows: Iterable[dict[str, Any]], nodes: dict[str, Node]) -> None:
    found = {duty.key: duty for duty in Duty.objects.filter(plan=plan)}
    wanted = {row["key"]: row for row in rows}
    changed, new = [], []
    for key, row in wanted.items():
        values = {name: row[name] for name in DUTY_FIELDS} | {"removed": False}
        values["node_id"] = nodes[row["node"]].pk
        values["target_value"] = Decimal(row["target_value"]) if row["target_value"] else None
        values["due"] = dt.date.fromisoformat(row["due"]) if row["due"] else None
        if key not in found:
            new.append(Duty(plan=plan, key=key, **values))
        elif _set(found[key], values):
            changed.append(found[key])
    changed += [duty for key, duty in found.items() if key not in wanted and _set(duty, {"removed": True})]
    Duty.objects.bulk_create(new, batch_size=BATCH)
    Duty.objects.bulk_update(changed, [*DUTY_FIELDS, "removed", "node"], batch_size=BATCH)
