"""Packages for a body outside the tree: which files, what they are called there, what became of them."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import transaction

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.core.answer import denied, not_now, require
from xinhuo.core.errors import BadInputError
from xinhuo.files.names import split_ending
from xinhuo.journal.actions import journal

from ..kinds import PACKAGE
from ..models import Package, PackageItem
from ..naming import pattern_error
from ..queries.materials import accepted_work, files_of, readable
from ..rules.year import can_close_year


@transaction.atomic
def create_package(*, title: str, to_name: str, pattern: str, year: int, by: Actor) -> Package:
    """Start a package; its files are chosen on its page."""
    require(can_close_year(by))
    _require_pattern(pattern)
    moment = clock.now()
    package = Package.objects.create(
        org_id=by.org_id,
        year=year,
        title=title,
        to_name=to_name,
        pattern=pattern,
        created_at=moment,
        updated_at=moment,
    )
    journal(by, "plans.packaged", f"建了给{to_name}的《{title}》", kind=PACKAGE, subject_id=package.pk)
    return package


def _require_pattern(pattern: str) -> None:
    if error := pattern_error(pattern):
        raise BadInputError(error)


def _locked(package: Package, by: Actor) -> Package:
    require(can_close_year(by))
    locked = Package.objects.select_for_update(of=("self",)).get(pk=package.pk)
    if locked.org_id != by.org_id:
        require(denied("这份材料由别的单位整理。"))
    return locked


@transaction.atomic
def choose_files(package: Package, keys: Sequence[tuple[int, int]], *, by: Actor) -> int:
    """Make the package hold exactly these accepted files (assignment, file); returns how many.

    A file with a registered result stays: what was sent away cannot be taken back. Titles given earlier stay too.
    """
    package = _locked(package, by)
    allowed = {
        (item.assignment.pk, file.pk): (item, file)
        for item, file in readable(files_of(accepted_work(by.org_id, package.year)), by)
    }
    wanted = [key for key in dict.fromkeys(keys) if key in allowed]
    there = {(item.assignment_id, item.file_id): item for item in package.items.all()}
    for key, item in there.items():
        if key not in wanted and not item.result:
            item.delete()
    taken = {file for _, file in there}
    for key in wanted:
        if key in there or key[1] in taken:
            continue
        taken.add(key[1])
        material, file = allowed[key]
        PackageItem.objects.create(
            package=package,
            assignment=material.assignment,
            file=file,
            position=0,
            title=split_ending(file.name)[0][:120],
        )
    number = _number(package)
    _touch(package)
    journal(
        by, "plans.packaged", f"《{package.title}》选了{number}份材料", kind=PACKAGE, subject_id=package.pk
    )
    return number


def _number(package: Package) -> int:
    rows = list(package.items.order_by("assignment__org__path", "assignment__duty__position", "pk"))
    for place, row in enumerate(rows, start=1):
        row.position = place
    PackageItem.objects.bulk_update(rows, ["position"])
    return len(rows)


def _touch(package: Package) -> None:
    package.updated_at = clock.now()
    package.save(update_fields=["updated_at"])


@transaction.atomic
def name_items(package: Package, pattern: str, titles: Mapping[int, str], *, seen: str, by: Actor) -> Package:
    """Keep the rule and the titles; ``seen`` is the package's stamp on the page, an older one is refused."""
    package = _locked(package, by)
    _require_pattern(pattern)
    if seen != package_stamp(package):
        require(not_now("同事刚改过这份材料，您的没有写进去。请刷新页面看过，再改一次。"))
    package.pattern = pattern
    rows = [row for row in package.items.all() if row.pk in titles]
    for row in rows:
        row.title = titles[row.pk].strip()[:120] or row.title
    PackageItem.objects.bulk_update(rows, ["title"])
    package.save(update_fields=["pattern"])
    _touch(package)
    return package


def package_stamp(package: Package) -> str:
    """Changes with every save."""
    return f"{package.updated_at.timestamp():.6f}"


@transaction.atomic
def register_result(item: PackageItem, result: str, day: dt.date | None, *, by: Actor) -> PackageItem:
    """Note what became of one file above: 一等奖, 入选, 未入选."""
    package = _locked(item.package, by)
    item = package.items.select_for_update().get(pk=item.pk)
    item.result, item.result_on, item.result_by = result.strip()[:120], day, by.person_name
    item.save(update_fields=["result", "result_on", "result_by"])
    words = f"登记“{item.title}”的结果：{item.result or '（清空）'}"
    journal(by, "plans.result", words, kind=PACKAGE, subject_id=package.pk)
    return item
