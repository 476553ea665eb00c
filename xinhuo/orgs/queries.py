"""Named reads of the tree."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, Q
from django.db.models.functions import Length, Substr

from xinhuo.core import clock
from xinhuo.core.actor import Actor

from . import paths
from .enums import Kind
from .models import Org, OrgLine, OrgQuerySet, Tenure, TenureQuerySet


@dataclass(frozen=True, slots=True)
class Branch:
    """A unit with the number of open units anywhere below it."""

    org: Org
    below: int


def counts_by_kind(path: str) -> dict[Kind, int]:
    """Open units strictly below ``path``, counted by kind, in the order of the kinds; kinds without one are left out."""
    rows = Org.objects.under(path).open().exclude(path=path).order_by().values("kind").annotate(n=Count("pk"))
    found = {row["kind"]: row["n"] for row in rows}
    return {kind: found[kind] for kind in Kind if kind in found}


def below_counts(orgs: Iterable[Org]) -> dict[int, int]:
    """For each of ``orgs`` (all on one level) the number of open units anywhere below it, by one query."""
    by_path = {org.path: org.pk for org in orgs}
    if not by_path:
        return {}
    width = len(next(iter(by_path)))
    spans = Q(path__gte=min(by_path), path__lt=max(by_path) + "Z")
    rows = (
        Org.objects.open()
        .filter(spans)
        .annotate(top=Substr("path", 1, width), size=Length("path"))
        .filter(size__gt=width)
        .order_by()
        .values("top")
        .annotate(n=Count("pk"))
    )
    found = {row["top"]: row["n"] for row in rows}
    return {pk: found.get(path, 0) for path, pk in by_path.items()}


def children_with_counts(org: Org) -> list[Branch]:
    """The open units directly below ``org``, in tree order, each with the number below it; two queries."""
    children = list(Org.objects.open().filter(parent=org).order_by("path"))
    below = below_counts(children)
    return [Branch(child, below[child.pk]) for child in children]


def ancestors(org: Org) -> list[Org]:
    """The superior chain from the root down to the unit's direct superior."""
    return list(Org.objects.filter(path__in=paths.ancestors(org.path)[:-1]).order_by("path"))


def tree_on(date: dt.date, path: str = "") -> TenureQuerySet:
    """The rows in force on ``date`` of the units in the subtree ``path`` of today's tree, in tree order.

    Each row carries the name, kind and parent that held on that day, and its ``org``.
    """
    return (
        Tenure.objects.on(date)
        .filter(org__path__gte=path, org__path__lt=path + "Z")
        .select_related("org")
        .order_by("org__path")
    )


def children_on(org: Org, date: dt.date) -> TenureQuerySet:
    """The rows of the units that stood directly below ``org`` on ``date``."""
    return Tenure.objects.on(date).filter(parent=org).select_related("org").order_by("org__path")


def named_on(org: Org, date: dt.date) -> Tenure | None:
    """What ``org`` was on ``date``; None when it did not exist or nothing is recorded for that day."""
    return org.tenures.on(date).first()


def answering_to(org: Org, date: dt.date | None = None) -> OrgQuerySet:
    """Units that answer to ``org`` by a second line on ``date`` (default today)."""
    lines = OrgLine.objects.on(date or clock.today()).filter(superior=org)
    return Org.objects.filter(pk__in=lines.values("org_id"))


def former_names(org_ids: Iterable[int]) -> dict[int, list[str]]:
    """Names that the units bore before, oldest first, where they differ from today's; by one query."""
    found: dict[int, list[str]] = {}
    rows = (
        Tenure.objects.filter(org_id__in=list(org_ids), valid_to__isnull=False)
        .exclude(name=F("org__name"))
        .order_by("org_id", "valid_from")
        .values_list("org_id", "name")
    )
    for pk, name in rows:
        found.setdefault(pk, []).append(name)
    return found


def list_of_units(actor: Actor, criteria: dict[str, str]) -> OrgQuerySet:
    """Open units the actor sees, narrowed by ``q``, ``kind``, ``ownership``, ``locality`` and ``parent`` (an id).

    ``parent`` means that unit's whole subtree. Values that are unknown or out of the actor's sight find nothing.
    """
    found = Org.objects.visible_to(actor).open()
    for key in ("kind", "ownership", "locality"):
        if value := criteria.get(key):
            found = found.filter(**{key: value})
    if parent := criteria.get("parent"):
        top = Org.objects.visible_to(actor).filter(pk=int(parent) if parent.isdecimal() else 0).first()
        found = found.under(top.path) if top else found.none()
    if words := criteria.get("q", "").strip():
        found = found.searched(words)
    return found.order_by("path")
