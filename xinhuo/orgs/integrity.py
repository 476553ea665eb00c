"""Whether the tree is what it should be: read by ``xinhuo doctor``."""

from collections.abc import Iterable

from xinhuo.core import clock

from . import paths
from .models import Org, Tenure

Row = tuple[int, str, str, int | None]
"""Id, name, path, parent's id."""


def tree_faults() -> list[str]:
    """What is wrong with the tree as sentences; empty where everything fits."""
    rows = list(Org.objects.order_by("path").values_list("pk", "name", "path", "parent_id"))
    return [*path_faults(rows), *_mirror_faults()]


def path_faults(rows: Iterable[Row]) -> list[str]:
    """Units whose path does not lead through their parent, and roots too many. Pure."""
    rows = list(rows)
    path_of = {pk: path for pk, _, path, _ in rows}
    faults = [
        f"{name}的位置和上级对不上"
        for _, name, path, parent in rows
        if parent is not None and paths.parent(path) != path_of.get(parent)
    ]
    roots = [name for _, name, _, parent in rows if parent is None]
    if len(roots) > 1:
        faults.append(f"有 {len(roots)} 个最上级单位：{'、'.join(roots[:3])}")
    return faults


def _mirror_faults() -> list[str]:
    """Units whose row differs from the tenure in force today."""
    today = {row.org_id: row for row in Tenure.objects.on(clock.today()).iterator()}
    faults = []
    for org in Org.objects.filter(closed=False).iterator():
        row = today.get(org.pk)
        if row is None:
            faults.append(f"{org.name}没有现行的沿革记录")
        elif (row.name, row.parent_id, row.kind) != (org.name, org.parent_id, org.kind):
            faults.append(f"{org.name}和现行的沿革记录不一样")
    return faults
