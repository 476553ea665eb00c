"""Loads Guizhou: the province, its prefectures, counties and colleges, with what they were called before."""

import datetime as dt
from collections.abc import Iterator

from django.db import transaction

from xinhuo.core.actor import Actor, Role
from xinhuo.orgs.actions import create_root, set_second_line
from xinhuo.orgs.bulk import bulk_create_units
from xinhuo.orgs.enums import Kind, Ownership
from xinhuo.orgs.facts import Former, UnitFacts, UnitSpec
from xinhuo.orgs.models import Org

from .tables import Row, rows

RECORDS_BEGIN = dt.date(2015, 1, 1)
"""The first day this demonstration knows anything about; earlier names are not recorded."""
DIVISIONS = "行政区划名单；2015年以前的沿革未录入"
COLLEGES = "教育部高校名单（截至2025年6月20日）；2015年以前的沿革未录入"
PROVINCE = "520000"
ZONE = "gui-an"
LEVELS = {"本科": Kind.UNIVERSITY, "专科": Kind.VOCATIONAL_COLLEGE, "成人": Kind.ADULT_COLLEGE}
OWNERSHIPS = {"公办": Ownership.PUBLIC, "民办": Ownership.PRIVATE}


def installer() -> Actor:
    """Who acts while a demonstration is loaded: nobody's post, above the whole tree."""
    return Actor(
        person_id=0,
        person_name="演示数据装载",
        user_id=None,
        appointment_id=0,
        org_id=0,
        org_name="",
        path="",
        role=Role.ADMIN,
        origin="命令行",
    )


def everyday_name(division: str, kind: str) -> str:
    """The name in daily use: 黔西南布依族苗族自治州 → 黔西南州, 威宁彝族回族苗族自治县 → 威宁县, others as they are."""
    if not division.endswith(("自治州", "自治县")):
        return division
    row = next(row for row in rows("divisions") if row["name"] == division)
    return row["short_name"] + ("州" if kind == Kind.PREFECTURE else "县")


def bureau(division: str, kind: Kind, code: str) -> UnitFacts:
    """The education bureau of a prefecture, county or zone."""
    short = everyday_name(division, kind)
    formal = f"{division}教育局"
    name = f"{short}教育局"
    return UnitFacts(name, short, kind, code=code, formal_name="" if formal == name else formal)


def _former(code: str) -> Row | None:
    return next((row for row in rows("former_names") if row["code"] == code), None)


def _before(row: Row | None, facts: UnitFacts) -> tuple[Former, ...]:
    if row is None:
        return ()
    doubt = "" if row["precision"] == "day" else "（日期为约数）"
    return (Former(facts, dt.date.fromisoformat(row["until"]), row["basis"] + doubt),)


def _bureaus(root: Org) -> Iterator[UnitSpec]:
    kinds = {"prefecture": Kind.PREFECTURE, "county": Kind.COUNTY}
    for level, kind in kinds.items():
        for row in rows("divisions"):
            if row["level"] == level:
                parent = root.pk if row["parent_code"] == PROVINCE else row["parent_code"]
                old = _former(row["code"])
                before = _before(old, bureau(old["old_name"], kind, old["old_code"])) if old else ()
                facts = bureau(row["name"], kind, row["code"])
                yield UnitSpec(row["code"], parent, facts, RECORDS_BEGIN, DIVISIONS, former=before)
        if kind == Kind.PREFECTURE:
            facts = bureau("贵安新区", Kind.ZONE, "")
            basis = "国函〔2014〕3号设立国家级新区；没有国家统一的行政区划代码"
            yield UnitSpec(ZONE, root.pk, facts, RECORDS_BEGIN, basis)


def _colleges(root: Org) -> Iterator[UnitSpec]:
    for row in rows("colleges"):
        ownership = OWNERSHIPS[row["ownership"]]
        kind = LEVELS[row["level"]]
        facts = UnitFacts(row["name"], row["name"], kind, ownership, code=row["code"])
        old = _former(row["code"])
        before: tuple[Former, ...] = ()
        if old:
            name = old["old_name"]
            before = _before(old, UnitFacts(name, name, old["old_kind"], ownership, code=row["code"]))
        yield UnitSpec(row["code"], root.pk, facts, RECORDS_BEGIN, COLLEGES, former=before)


def _subcolleges() -> Iterator[UnitSpec]:
    codes = {row["name"]: row["code"] for row in rows("colleges")}
    for row in rows("subcolleges"):
        code = codes[row["college"]]
        for number, name in enumerate(row["names"].split(";"), start=1):
            facts = UnitFacts(row["college"] + name, name, Kind.SUBCOLLEGE)
            yield UnitSpec(f"{code}/{number}", code, facts, RECORDS_BEGIN, "演示", is_synthetic=True)


def _all(root: Org) -> Iterator[UnitSpec]:
    yield from _bureaus(root)
    yield from _colleges(root)
    yield from _subcolleges()


@transaction.atomic
def load_guizhou(*, by: Actor) -> dict[str, Org]:
    """Load the whole province on an empty installation, all or nothing; ``by`` stands above the tree.

    Returns the units by national code (``"520000"``, a county's, a college's 10 digits), 贵安新区 as ``ZONE``
    and the made-up second-tier colleges as ``"<college>/<number>"``. NotNowError when there are units already.
    """
    facts = UnitFacts("贵州省教育厅", "省教育厅", Kind.PROVINCE, code=PROVINCE)
    root = create_root(facts, by=by, since=RECORDS_BEGIN, basis=DIVISIONS)
    made = {PROVINCE: root, **bulk_create_units(_all(root), by=by, sentence="载入贵州省的教育部门和高校")}
    for row in rows("second_lines"):
        set_second_line(
            made[row["college_code"]],
            made[row["superior_code"]],
            by=by,
            since=dt.date.fromisoformat(row["since"]),
            basis="演示",
        )
    return made
