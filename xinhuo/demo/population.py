"""A believable school population of any size for Guizhou. Everything in it is made up and marked so.

Proportions come from ``data/``: kinds from the province's counts of 2020, prefectures from the estimates by
population, counties by their number of townships. What no source gives (who runs a school, which schools are
central) is the editor's estimate and stands in the constants below.
"""

import random
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from xinhuo.core.actor import Actor
from xinhuo.core.answer import not_now, require
from xinhuo.orgs import paths
from xinhuo.orgs.bulk import bulk_create_units
from xinhuo.orgs.enums import Kind, Ownership
from xinhuo.orgs.facts import UnitFacts, UnitSpec
from xinhuo.orgs.models import Org

from .apportion import apportion
from .school_kinds import County, label_for
from .school_names import TRADES, Label, Namer, Township
from .tables import rows
from .units import PROVINCE, RECORDS_BEGIN, everyday_name

PRIVATE_SHARE = {
    Kind.KINDERGARTEN: 0.45,
    Kind.PRIMARY: 0.02,
    Kind.JUNIOR: 0.02,
    Kind.NINE_YEAR: 0.12,
    Kind.SENIOR: 0.2,
    Kind.VOCATIONAL: 0.2,
}
CENTRAL_SHARE = 0.35
"""At most this part of a county's primary schools leads a township."""
PREFECTURE_COLUMNS = {  # also the order in which a county's schools stand; 第一中学 goes to a senior school
    Kind.SENIOR: "est_senior_secondary_regular",
    Kind.JUNIOR: "est_junior_secondary",
    Kind.NINE_YEAR: "est_junior_secondary",
    Kind.VOCATIONAL: "est_secondary_vocational",
    Kind.SPECIAL: "est_special_education",
    Kind.PRIMARY: "est_primary",
    Kind.KINDERGARTEN: "est_kindergarten",
}
POINTS_COUNTED_IN = ("522600", "2024")
"""The only prefecture and year with a count of teaching points beside primary schools."""


Taken = Mapping[str, Collection[str]]
NONE_TAKEN: Taken = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class School:
    """A made-up school. ``parent`` is a county's or prefecture's code, or the ``key`` of its central school."""

    key: str
    parent: str
    name: str
    short_name: str
    kind: str
    ownership: str
    locality: str


def _count(stage: str, indicator: str, region: str = PROVINCE, year: str = "2020") -> int:
    wanted = (region, year, stage, indicator)
    keys = ("region_code", "year", "stage", "indicator")
    found = (row for row in rows("school_counts") if tuple(row[key] for key in keys) == wanted)
    return int(next(found)["value"])


def kind_weights() -> dict[Kind, float]:
    """How many schools of each kind the province had in 2020; teaching points by the ratio of one prefecture."""
    primary = _count("primary", "schools")
    nine_year = _count("junior_secondary", "nine_year_schools")
    region, year = POINTS_COUNTED_IN
    points = _count("primary", "teaching_points", region, year) / _count("primary", "schools", region, year)
    return {
        Kind.KINDERGARTEN: _count("kindergarten", "schools"),
        Kind.PRIMARY: primary,
        Kind.TEACHING_POINT: primary * points,
        Kind.JUNIOR: _count("junior_secondary", "schools") - nine_year,
        Kind.NINE_YEAR: nine_year,
        Kind.SENIOR: _count("senior_secondary_regular", "schools"),
        Kind.VOCATIONAL: _count("secondary_vocational", "schools"),
        Kind.SPECIAL: _count("special_education", "schools"),
    }


def prefecture_share_of_vocational() -> float:
    """Which part of the vocational schools answers to a prefecture: all but the vocational high schools."""
    high = _count("secondary_vocational/职业高中", "schools")
    return 1 - high / _count("secondary_vocational", "schools")


def _counties(seed: int, taken: Taken) -> list[County]:
    townships: dict[str, list[Township]] = {}
    for row in rows("townships"):
        townships.setdefault(row["county_code"], []).append(Township(row["name"], row["type"]))
    return [
        County(
            row["code"],
            row["parent_code"],
            Namer(
                everyday_name(row["name"], Kind.COUNTY),
                row["type"] in {"市辖区", "县级市"},
                tuple(townships[row["code"]]),
                random.Random(f"{seed}:{row['code']}"),  # noqa: S311  nothing secret: names of a demonstration
                set(taken.get(row["code"], ())),
            ),
        )
        for row in rows("divisions")
        if row["level"] == "county"
    ]


def _share_out(n: int, counties: list[County]) -> dict[str, int]:
    """Fill every county's quota; returns how many vocational schools each prefecture keeps for itself."""
    weights = kind_weights()
    totals = dict(zip(weights, apportion(n, list(weights.values())), strict=True))
    prefectures = rows("region_weights")
    kept: dict[str, int] = {}
    for kind, column in PREFECTURE_COLUMNS.items():
        parts = apportion(totals[kind], [float(row[column]) for row in prefectures])
        for row, part in zip(prefectures, parts, strict=True):
            code = row["prefecture_code"]
            own = round(part * prefecture_share_of_vocational()) if kind == Kind.VOCATIONAL else 0
            kept[code] = kept.get(code, 0) + own
            members = [county for county in counties if county.prefecture == code]
            sizes = [len(county.namer.townships) for county in members]
            for county, quota in zip(members, apportion(part - own, sizes), strict=True):
                county.quota[kind] = quota
    _share_out_points(totals[Kind.TEACHING_POINT], counties)
    return kept


def _share_out_points(points: int, counties: list[County]) -> None:
    """Teaching points go where central schools are; without a single one they become primary schools."""
    for county in counties:
        quota = county.quota[Kind.PRIMARY]
        wanted = max(1, round(quota * CENTRAL_SHARE)) if quota else 0
        county.centrals = min(len(county.rural), wanted)
        county.quota[Kind.TEACHING_POINT] = 0
    if sum(county.centrals for county in counties):
        parts = apportion(points, [county.centrals for county in counties])
        for county, part in zip(counties, parts, strict=True):
            county.quota[Kind.TEACHING_POINT] = part
    else:
        counties[0].quota[Kind.PRIMARY] += points


def generate_schools(n: int, seed: int = 2020, taken: Taken = NONE_TAKEN) -> Iterator[School]:
    """Exactly ``n`` schools, the same for the same ``seed``, every central school before its teaching points.

    Names do not repeat inside a county, nor those that ``taken`` lists by the code of the county or prefecture.
    ValueError for a negative ``n``.
    """
    if n < 0:
        msg = "a population cannot have fewer than no schools"
        raise ValueError(msg)
    counties = _counties(seed, taken)
    kept = _share_out(n, counties)
    for row in rows("region_weights"):
        code = row["prefecture_code"]
        yield from _prefecture_schools(code, kept[code], seed, set(taken.get(code, ())))
    for county in counties:
        yield from _county_schools(county)


def _prefecture_schools(code: str, quota: int, seed: int, used: set[str]) -> Iterator[School]:
    name = next(row["name"] for row in rows("divisions") if row["code"] == code)
    rng = random.Random(f"{seed}:{code}")  # noqa: S311  nothing secret
    namer = Namer(everyday_name(name, Kind.PREFECTURE), is_city=True, townships=(), rng=rng, used=used)
    endings = [f"{trade}职业技术学校" for trade in rng.sample(TRADES, len(TRADES))]
    for number in range(quota):
        label = namer.county_level(*endings, "职业技术学校")
        yield _school(f"{code}-v{number}", code, Kind.VOCATIONAL, label, Ownership.PUBLIC)


def _school(key: str, parent: str, kind: Kind, label: Label, ownership: str) -> School:
    return School(key, parent, label.name, label.short_name, kind, ownership, label.locality)


def _county_schools(county: County) -> Iterator[School]:
    for kind in (*PREFECTURE_COLUMNS, Kind.TEACHING_POINT):
        for number in range(county.quota[kind]):
            central = kind == Kind.PRIMARY and number < county.centrals
            private = county.namer.rng.random() < PRIVATE_SHARE.get(kind, 0.0) and not central
            ownership = Ownership.PRIVATE if private else Ownership.PUBLIC
            key = f"{county.code}-{kind}-{number}"
            parent = county.code
            if kind == Kind.TEACHING_POINT:
                parent = f"{county.code}-{Kind.PRIMARY}-{number % county.centrals}"
            yield _school(key, parent, kind, label_for(county, kind, number, ownership), ownership)


def _specs(schools: Iterator[School], known: dict[str, int]) -> Iterator[UnitSpec]:
    for school in schools:
        facts = UnitFacts(school.name, school.short_name, school.kind, school.ownership, school.locality)
        parent = known.get(school.parent, school.parent)
        yield UnitSpec(school.key, parent, facts, RECORDS_BEGIN, "演示", is_synthetic=True)


def _taken(bureaus: Mapping[str, str]) -> dict[str, set[str]]:
    """Names of the schools already there, by the code of every bureau above them; ``bureaus`` is code by path."""
    found: dict[str, set[str]] = {}
    schools = Org.objects.filter(kind__in=Kind.SCHOOLS).values_list("path", "name")
    for path, name in schools.iterator(chunk_size=2000):
        for step in paths.ancestors(path)[:-1]:
            if step in bureaus:
                found.setdefault(bureaus[step], set()).add(name)
    return found


def load_schools(
    n: int, *, by: Actor, seed: int = 2020, progress: Callable[[int, int], None] | None = None
) -> int:
    """Add ``n`` made-up schools below the bureaus of Guizhou and return how many were added.

    Every 500 are one transaction; ``progress`` gets (done, total). Called again it adds more, under other names.
    Raises NotNowError where the bureaus are not loaded.
    """
    bureaus = list(
        Org.objects.filter(kind__in=Kind.BUREAUS).exclude(code="").values_list("code", "pk", "path")
    )
    known = {code: pk for code, pk, _ in bureaus}
    wanted = {row["code"] for row in rows("divisions")}
    if not wanted <= known.keys():
        require(not_now("这个数据库里没有贵州省的市、县教育局，演示学校没有地方放。请先装入演示数据。"))
    taken = _taken({path: code for code, _, path in bureaus})

    def tell(done: int) -> None:
        if progress is not None:
            progress(done, n)

    specs = _specs(generate_schools(n, seed, taken), known)
    return len(bulk_create_units(specs, by=by, sentence="生成演示学校", progress=tell))
