"""The made-up school population: any size, always the same, never two of a name in one county."""

import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xinhuo.demo.apportion import apportion, chinese_number
from xinhuo.demo.names import COHORTS, synthetic_name
from xinhuo.demo.population import (
    School,
    generate_schools,
    kind_weights,
    prefecture_share_of_vocational,
)
from xinhuo.demo.tables import rows
from xinhuo.orgs.enums import Kind, Locality, Ownership

COUNTIES = {row["code"]: row for row in rows("divisions") if row["level"] == "county"}
PREFECTURES = {row["code"] for row in rows("divisions") if row["level"] == "prefecture"}


def chance(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311  nothing secret


@pytest.fixture(scope="module")
def province() -> list[School]:
    return list(generate_schools(26_000))


@given(st.integers(0, 5000), st.lists(st.floats(0.01, 1e6), min_size=1, max_size=100))
def test_parts_add_up_and_stay_within_one_of_their_share(total: int, weights: list[float]) -> None:
    parts = apportion(total, weights)
    assert sum(parts) == total
    whole = sum(weights)
    assert all(abs(part - total * w / whole) < 1.001 for part, w in zip(parts, weights, strict=True))


def test_nothing_can_be_divided_by_nothing() -> None:
    assert apportion(0, [0, 0]) == [0, 0]
    with pytest.raises(ValueError, match="every weight is zero"):
        apportion(1, [0, 0])


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "一"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (105, "一百零五"),
        (110, "一百一十"),
        (2004, "二千零四"),
    ],
)
def test_numbers_are_written_as_schools_write_them(number: int, text: str) -> None:
    assert chinese_number(number) == text


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 3000), st.integers(0, 99))
def test_any_size_comes_out_exactly_and_holds_together(n: int, seed: int) -> None:
    schools = list(generate_schools(n, seed))
    assert len(schools) == n
    seen: set[str] = set()
    for school in schools:
        assert school.parent in COUNTIES or school.parent in PREFECTURES or school.parent in seen
        seen.add(school.key)
    assert len(seen) == n


def test_the_same_seed_gives_the_same_schools() -> None:
    assert list(generate_schools(500, 7)) == list(generate_schools(500, 7))
    assert list(generate_schools(500, 7)) != list(generate_schools(500, 8))


def test_a_negative_number_is_refused() -> None:
    with pytest.raises(ValueError, match="fewer than no"):
        next(generate_schools(-1))


def test_no_name_comes_twice_in_a_county(province: list[School]) -> None:
    names = Counter((school.key.split("-")[0], school.name) for school in province)
    assert [name for name, times in names.items() if times > 1] == []
    assert max(len(school.name) for school in province) <= 60


def test_names_already_taken_are_not_given_again() -> None:
    first = list(generate_schools(3000))
    taken: dict[str, set[str]] = {}
    for school in first:
        taken.setdefault(school.key.split("-")[0], set()).add(school.name)
    second = list(generate_schools(3000, taken=taken))
    both = Counter((school.key.split("-")[0], school.name) for school in first + second)
    assert max(both.values()) == 1


def test_kinds_stand_in_the_proportions_of_the_province(province: list[School]) -> None:
    weights = kind_weights()
    counts = Counter(school.kind for school in province)
    whole = sum(weights.values())
    for kind, weight in weights.items():
        assert abs(counts[kind] - 26_000 * weight / whole) <= 1
    assert weights[Kind.PRIMARY] == 6855
    assert weights[Kind.JUNIOR] + weights[Kind.NINE_YEAR] == 2020


def test_prefectures_get_their_share_and_every_county_has_schools(province: list[School]) -> None:
    primary = Counter(
        COUNTIES[school.parent]["parent_code"] for school in province if school.kind == Kind.PRIMARY
    )
    column = {row["prefecture_code"]: float(row["est_primary"]) for row in rows("region_weights")}
    whole, made = sum(column.values()), sum(primary.values())
    assert all(abs(primary[code] - made * value / whole) <= 1 for code, value in column.items())
    assert {school.parent for school in province} >= set(COUNTIES)


def test_a_teaching_point_stands_in_the_township_of_its_central_school(province: list[School]) -> None:
    by_key = {school.key: school for school in province}
    points = [school for school in province if school.kind == Kind.TEACHING_POINT]
    assert len(points) > 3000
    for point in points:
        central = by_key[point.parent]
        assert central.kind == Kind.PRIMARY
        assert "中心小学" in central.name
        assert point.short_name.startswith(central.short_name.removesuffix("中心小学"))
        assert point.locality == Locality.RURAL


def test_vocational_schools_stand_under_counties_and_prefectures(province: list[School]) -> None:
    vocational = [school for school in province if school.kind == Kind.VOCATIONAL]
    own = sum(school.parent in PREFECTURES for school in vocational)
    assert abs(own / len(vocational) - prefecture_share_of_vocational()) < 0.05
    assert {school.parent for school in province if school.kind != Kind.VOCATIONAL}.isdisjoint(PREFECTURES)


def test_marks_are_believable(province: list[School]) -> None:
    private = Counter(school.kind for school in province if school.ownership == Ownership.PRIVATE)
    counts = Counter(school.kind for school in province)
    assert 0.4 < private[Kind.KINDERGARTEN] / counts[Kind.KINDERGARTEN] < 0.5
    assert private[Kind.TEACHING_POINT] == private[Kind.SPECIAL] == 0
    assert {school.locality for school in province} == set(Locality.values)
    nanming = {school.locality for school in province if school.parent == "520102" and "街道" in school.name}
    assert nanming == {Locality.URBAN}


def test_people_have_names_of_their_generation_and_the_same_for_the_same_seed() -> None:
    for cohort in COHORTS:
        made = [synthetic_name(chance(seed), cohort) for seed in range(40)]
        assert made == [synthetic_name(chance(seed), cohort) for seed in range(40)]
        assert all(2 <= len(person.name) <= 4 for person in made)
        assert {person.gender for person in made} == {"M", "F"}
    assert synthetic_name(chance(1), "older", "F").gender == "F"
    with pytest.raises(ValueError, match="no given names"):
        synthetic_name(chance(1), "ancient")
