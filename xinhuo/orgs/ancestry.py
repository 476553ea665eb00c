"""Ancestors by depth, for the a1, a2, a3 columns of tables that grow (design 3; docs/decisions/002)."""

from collections.abc import Iterable

from . import paths
from .models import Org

DEPTHS = (1, 2, 3)
Ancestry = dict[str, int | None]


def ancestors_of_many(org_ids: Iterable[int]) -> dict[int, Ancestry]:
    """For each unit the ids of its ancestors (or itself) 1, 2 and 3 steps under the root, by two queries."""
    found = dict(Org.objects.filter(pk__in=list(org_ids)).values_list("pk", "path"))
    wanted = {path[: paths.WIDTH * (depth + 1)] for path in found.values() for depth in DEPTHS}
    ids = dict(Org.objects.filter(path__in=wanted).values_list("path", "pk"))
    return {pk: {f"a{depth}": _at(path, depth, ids) for depth in DEPTHS} for pk, path in found.items()}


def _at(path: str, depth: int, ids: dict[str, int]) -> int | None:
    end = paths.WIDTH * (depth + 1)
    return ids.get(path[:end]) if len(path) >= end else None


def ancestors_of(org: Org) -> Ancestry:
    """The same for one unit."""
    return ancestors_of_many([org.pk])[org.pk]
