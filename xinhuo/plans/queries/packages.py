"""A package for a body outside: its files with their new names, its table, its figures."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from xinhuo.core.actor import Actor
from xinhuo.core.workbook import SheetSpec
from xinhuo.files.models import StoredFile
from xinhuo.files.names import split_ending
from xinhuo.orgs.models import Org

from ..models import Package, PackageItem
from ..naming import file_name, province_of
from ..zipping import unique
from .materials import Material, accepted_work, files_of, readable


@dataclass(frozen=True, slots=True)
class Named:
    """One file with the name it gets."""

    item: PackageItem
    name: str


def named_items(package: Package) -> list[Named]:
    """The package's files under the names its rule gives them."""
    rows = list(package.items.select_related("file", "assignment__org", "assignment__duty__node"))
    root = Org.objects.filter(parent__isnull=True).order_by("path").first()
    province = province_of(root.name) if root else ""
    names = unique(
        file_name(
            package.pattern,
            {
                "省份": province,
                "单位": row.assignment.org.name,
                "题名": row.title,
                "序号": f"{row.position:03d}",
                "年度": str(package.year),
            },
            split_ending(row.file.name)[1],
        )
        for row in rows
    )
    return [Named(row, name) for row, name in zip(rows, names, strict=True)]


@dataclass(frozen=True, slots=True)
class Offered:
    """An accepted file that may go into the package."""

    material: Material
    file: StoredFile
    chosen: bool


def offered_files(package: Package, actor: Actor, named: Iterable[Named] | None = None) -> list[Offered]:
    """Every accepted file of the year, and whether it is in (``named``: what is in, where it was read already)."""
    inside = (
        package.items.values_list("file_id", flat=True)
        if named is None
        else (row.item.file_id for row in named)
    )
    there = set(inside)
    found = readable(files_of(accepted_work(package.org_id, package.year)), actor)
    return [Offered(item, file, file.pk in there) for item, file in found]


def table_sheets(named: Iterable[Named]) -> list[SheetSpec]:
    """The information table and the figures."""
    rows = list(named)
    table = SheetSpec(
        "信息表",
        ["序号", "单位", "题名", "文件名", "出处", "结果", "结果日期"],
        [
            (
                row.item.position,
                row.item.assignment.org.name,
                row.item.title,
                row.name,
                f"{row.item.assignment.duty.node.cite} {row.item.assignment.duty.title}",
                row.item.result,
                row.item.result_on,
            )
            for row in rows
        ],
        [8, 26, 40, 50, 40, 14, 12],
    )
    figures = SheetSpec(
        "统计",
        ["单位", "份数", "已有结果"],
        [*_figures(rows), ("合计", len(rows), sum(bool(row.item.result) for row in rows))],
    )
    return [table, figures]


def _figures(rows: Iterable[Named]) -> Iterable[tuple[object, ...]]:
    listed = list(rows)
    counts = Counter(row.item.assignment.org.name for row in listed)
    ended = Counter(row.item.assignment.org.name for row in listed if row.item.result)
    return [(name, number, ended[name]) for name, number in counts.items()]
