"""The one audience: from criteria to units, frozen when it is used."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q

from xinhuo.core import clock
from xinhuo.core.errors import BadInputError
from xinhuo.core.fields import PathRange

from .enums import Kind, Line
from .models import Org, OrgLine, OrgQuerySet, Selection

CRITERIA = frozenset({"kinds", "under", "children_of", "ids", "ownership", "locality", "line", "without_ids"})


def matching(criteria: Mapping[str, Any], *, within: Org) -> OrgQuerySet:
    """Open units that fit every one of ``criteria``, below ``within`` or answering to it by a second line.

    Keys: ``kinds`` (list), ``under`` (unit ids: each with its subtree and its second line), ``children_of``
    (unit id: direct children and its second line), ``ids`` (exact units), ``ownership``, ``locality``,
    ``line`` (a ``Line``: units of that line, and those that answer to ``within`` by it), ``without_ids``.
    A key left out, None or "" does not narrow; an empty list finds nothing. Raises BadInputError on an unknown
    key, so that neither a misspelt nor an empty filter ever widens an audience.
    """
    unknown = set(criteria) - CRITERIA
    if unknown:
        raise BadInputError(f"不认识的筛选条件：{'、'.join(sorted(unknown))}。")
    given = {key: value for key, value in criteria.items() if value is not None and value != ""}
    found = Org.objects.open().filter(_below_any([within.pk])).exclude(pk=within.pk)
    if "kinds" in given:
        found = found.filter(kind__in=given["kinds"])
    if "children_of" in given:
        found = found.filter(Q(parent_id=given["children_of"]) | _second_line_to([given["children_of"]]))
    if "under" in given:
        found = found.filter(_below_any(given["under"]))
    if "ids" in given:
        found = found.filter(pk__in=given["ids"])
    if "line" in given:
        found = found.filter(_in_line(given["line"], within))
    for key in ("ownership", "locality"):
        if key in given:
            found = found.filter(**{key: given[key]})
    return found.exclude(pk__in=given.get("without_ids", ())).order_by("path")


def _second_line_to(superiors: Iterable[int], **more: str) -> Q:
    lines = OrgLine.objects.on(clock.today()).filter(superior__in=list(superiors), **more)
    return Q(pk__in=lines.values("org_id"))


def _below_any(ids: Iterable[int]) -> Q:
    tops = list(ids)
    wanted = _second_line_to(tops)
    for path in Org.objects.filter(pk__in=tops).values_list("path", flat=True):
        wanted |= PathRange.under("path", path)
    return wanted


def _in_line(line: str, within: Org) -> Q:
    colleges = Q(kind__in=(*Kind.COLLEGES, Kind.SUBCOLLEGE))
    own = colleges if line == Line.COLLEGE else ~colleges
    crossing = OrgLine.objects.on(clock.today()).filter(superior=within).exclude(line=line)
    return (own & ~Q(pk__in=crossing.values("org_id"))) | _second_line_to([within.pk], line=line)


def make_selection(owner: Org, label: str, criteria: Mapping[str, Any]) -> Selection:
    """Store an audience and freeze the units it means today, in tree order."""
    ids = list(matching(criteria, within=owner).values_list("pk", flat=True))
    return Selection.objects.create(
        owner=owner, label=label, criteria=dict(criteria), org_ids=ids, frozen_at=clock.now()
    )
