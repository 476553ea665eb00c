"""Named reads of the tree."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, Prefetch, Q, QuerySet
from django.db.models.functions import Length, Substr

from xinhuo.core import clock
from xinhuo.core.actor import Actor

from . import paths
from .enums import Kind
from .models import Org, OrgLine, OrgQuerySet, Tenure, TenureQuerySet


@dataclass(frozen=True, slots=True)
class Branch:
    """A unit under the name of a day, with the number of units anywhere below it on that day."""

    org: Org
    name: str
    below: int

    @property
    def renamed(self) -> bool:
        """Whether the unit bears another name today."""
        return self.name != self.org.name


def counts_by_kind(path: str) -> dict[Kind, int]:
    """Open units strictly below ``path`` by kind, in the order of the kinds; kinds without one are left out."""
    rows = Org.objects.under(path).open().exclude(path=path).order_by().values("kind").annotate(n=Count("pk"))
    found = {row["kind"]: row["n"] for row in rows}
    return {kind: found[kind] for kind in Kind if kind in found}


def _below(units: QuerySet[Org], parent: Org) -> dict[str, int]:
    """How many of ``units`` stand below each child of ``parent``, by the child's path; one query."""
    width = len(parent.path) + paths.WIDTH
    rows = (
        units.filter(path__gt=parent.path, path__lt=parent.path + "Z")
        .annotate(top=Substr("path", 1, width), size=Length("path"))
        .filter(size__gt=width)
        .order_by()
        .values_list("top")
        .annotate(n=Count("pk"))
    )
    return dict(rows)


def children_with_counts(org: Org) -> list[Branch]:
    """The open units directly below ``org``, in tree order, each with the number below it; two queries."""
    below = _below(Org.objects.open(), org)
    children = Org.objects.open().filter(parent=org).order_by("path")
    return [Branch(child, child.name, below.get(child.path, 0)) for child in children]


def below(org: Org) -> tuple[list[Branch], dict[Kind, int]]:
    """Both ``children_with_counts`` and ``counts_by_kind`` of a unit, in two queries instead of three."""
    width = len(org.path) + paths.WIDTH
    rows = Org.objects.open().filter(path__gt=org.path, path__lt=org.path + "Z").order_by()
    sums = rows.annotate(top=Substr("path", 1, width)).values_list("top", "kind").annotate(n=Count("pk"))
    by_child: dict[str, int] = {}
    by_kind: dict[str, int] = {}
    for top, kind, number in sums:
        by_child[top] = by_child.get(top, 0) + number
        by_kind[kind] = by_kind.get(kind, 0) + number
    children = Org.objects.open().filter(parent=org).order_by("path")
    branches = [Branch(child, child.name, by_child.get(child.path, 1) - 1) for child in children]
    return branches, {kind: by_kind[kind] for kind in Kind if kind in by_kind}


def children_with_counts_on(org: Org, date: dt.date) -> list[Branch]:
    """The same for a day: the units that then stood below ``org``, under the names they then bore."""
    there = Org.objects.filter(pk__in=Tenure.objects.on(date).values("org_id"))
    below = _below(there, org)
    return [Branch(row.org, row.name, below.get(row.org.path, 0)) for row in children_on(org, date)]


def ancestors(org: Org) -> list[Org]:
    """The superior chain from the root down to the unit's direct superior."""
    return list(Org.objects.filter(path__in=paths.ancestors(org.path)[:-1]).order_by("path"))


def tree_on(date: dt.date, path: str = "") -> TenureQuerySet:
    """The rows in force on ``date`` of the units in the subtree ``path`` of today's tree, in tree order.

    Each row carries the name, kind and parent that held on that day, and its ``org``.
    """
    below = Q(org__path__gte=path, org__path__lt=path + "Z")
    return Tenure.objects.on(date).filter(below).select_related("org").order_by("org__path")


def children_on(org: Org, date: dt.date) -> TenureQuerySet:
    """The rows of the units that stood directly below ``org`` on ``date``."""
    return Tenure.objects.on(date).filter(parent=org).select_related("org").order_by("org__path")


def named_on(org: Org, date: dt.date) -> Tenure | None:
    """What ``org`` was on ``date``; None when it did not exist or nothing is recorded for that day."""
    return org.tenures.on(date).first()


def first_recorded_day() -> dt.date | None:
    """The first day about which anything is recorded; None in an empty tree."""
    return Tenure.objects.order_by("valid_from").values_list("valid_from", flat=True).first()


def answering_to(org: Org, date: dt.date | None = None) -> OrgQuerySet:
    """Units that answer to ``org`` by a second line on ``date`` (default today)."""
    lines = OrgLine.objects.on(date or clock.today()).filter(superior=org)
    return Org.objects.filter(pk__in=lines.values("org_id"))


def former_rows() -> QuerySet[Tenure]:
    """Rows that ended, where the name differs from today's; oldest first."""
    ended = Tenure.objects.filter(valid_to__isnull=False).exclude(name=F("org__name"))
    return ended.order_by("org_id", "valid_from")


def former_names(org_ids: Iterable[int]) -> dict[int, list[str]]:
    """Names that the units bore before, oldest first, where they differ from today's; one query."""
    found: dict[int, list[str]] = {}
    for pk, name in former_rows().filter(org_id__in=list(org_ids)).values_list("org_id", "name"):
        found.setdefault(pk, []).append(name)
    return found


def list_of_units(actor: Actor) -> OrgQuerySet:
    """Open units the actor sees, with superior and former names (``former``) at hand for a list."""
    found = Org.objects.visible_to(actor).open().select_related("parent")
    return found.prefetch_related(Prefetch("tenures", queryset=former_rows(), to_attr="former"))


def possible_second_superiors(actor: Actor, org: Org) -> OrgQuerySet:
    """Bureaus in the actor's sight that ``org`` could also answer to: not on its own line, not yet its superior."""
    lines = OrgLine.objects.filter(org=org, valid_to__isnull=True)
    bureaus = Org.objects.visible_to(actor).open().filter(kind__in=Kind.BUREAUS)
    own = Q(path__in=paths.ancestors(org.path)) | Q(path__gte=org.path, path__lt=org.path + "Z")
    return bureaus.exclude(own).exclude(pk__in=lines.values("superior_id")).order_by("path")
