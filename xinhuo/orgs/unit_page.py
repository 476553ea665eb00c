"""What the page of one unit shows, gathered in a fixed number of queries."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.core.answer import Answer
from xinhuo.core.contracts import PanelLine, UnitPanel, collect

from .enums import Kind
from .models import Org, OrgLine, Tenure
from .queries import ancestors, below
from .rules import can_change_unit, can_create_unit, can_set_contact, can_set_second_line
from .tables import figures

SHOWN = 20
"""How many direct children the page lists before it points to the whole list."""


ONE_LINE = (Kind.PROVINCE, Kind.PREFECTURE, Kind.COUNTY)
"""Kinds that answer to one superior only; others may have a second line."""


@dataclass(frozen=True, slots=True)
class Superior:
    """A unit of the superior chain; only those in the actor's sight have a page to go to."""

    pk: int | None
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Line:
    """A second line and whether the actor may end it."""

    row: OrgLine
    may_end: Answer


@dataclass(frozen=True, slots=True)
class Past:
    """A row of the unit's history and when it holds: now, before, or only later."""

    row: Tenure
    state: str


def superiors(actor: Actor, org: Org) -> list[Superior]:
    """The chain from the root down, names of all, addresses of those the actor sees."""
    seen = ((top, actor.covers(top.path)) for top in ancestors(org))
    return [Superior(top.pk if ok else None, top.name, top.url if ok else "") for top, ok in seen]


def history(org: Org) -> list[Past]:
    """The unit's dated rows, newest first."""
    today = clock.today()

    def state(row: Tenure) -> str:
        if row.valid_from > today:
            return "将要生效"
        return "现行" if row.valid_to is None or row.valid_to > today else ""

    return [Past(row, state(row)) for row in org.tenures.order_by("-valid_from")]


def _lines(actor: Actor, org: Org) -> tuple[list[Line], list[tuple[Org, bool]]]:
    """The unit's own second lines, and the units whose second line leads here with whether the actor sees them."""
    found = OrgLine.objects.on(clock.today()).filter(Q(org=org) | Q(superior=org))
    rows = list(found.select_related("org", "superior").order_by("org__path"))
    own = [Line(row, can_set_second_line(actor, org, row.superior)) for row in rows if row.org_id == org.pk]
    return own, [(row.org, actor.covers(row.org.path)) for row in rows if row.superior_id == org.pk]


def _panels(actor: Actor, org: Org) -> list[tuple[UnitPanel, list[PanelLine]]]:
    panels: tuple[UnitPanel, ...] = collect("unit_panels")
    return [(panel, panel.lines(actor, org.pk)) for panel in panels]


def unit_page(actor: Actor, org: Org, list_url: str) -> dict[str, Any]:
    """The template's context; ``list_url`` is the list of everything below this unit."""
    branches, counts = below(org)
    lines, answering = _lines(actor, org)
    past = history(org)
    now = next((item.row for item in past if item.state == "现行"), None)
    return {
        "org": org,
        "chain": superiors(actor, org),
        "lines": lines,
        "answering": answering,
        "history": past,
        "formal_name": now.formal_name if now else "",
        "figures": figures(counts, list_url),
        "total_below": sum(counts.values()),
        "branches": branches[:SHOWN],
        "more_branches": max(0, len(branches) - SHOWN),
        "list_url": list_url,
        "panels": _panels(actor, org),
        "may_create": can_create_unit(actor, org),
        "may_change": can_change_unit(actor, org),
        "may_contact": can_set_contact(actor, org),
        "may_line": org.kind not in ONE_LINE and bool(can_change_unit(actor, org)),
        "nav_key": "orgs",
    }
