"""Loading many units at once."""

import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.orgs.conftest import START, MakeActor
from xinhuo.core.errors import BadInputError, DeniedError
from xinhuo.journal.models import Entry
from xinhuo.orgs.actions import create_unit
from xinhuo.orgs.bulk import SLICE, bulk_create_units
from xinhuo.orgs.facts import Former, UnitFacts, UnitSpec
from xinhuo.orgs.models import Org, Tenure

Tree = dict[str, Org]


def primary(key: str, parent: int | str, name: str = "") -> UnitSpec:
    return UnitSpec(key, parent, UnitFacts(name or f"小学{key}", key, "primary", "public", "rural"), START)


def point(key: str, parent: int | str) -> UnitSpec:
    return UnitSpec(key, parent, UnitFacts(f"教学点{key}", key, "teaching_point"), START, is_synthetic=True)


def test_a_parent_may_come_from_the_same_load(tree: Tree, act: MakeActor) -> None:
    specs = [primary("a", tree["大方"].pk), point("a1", "a"), point("a2", "a"), primary("b", tree["大方"].pk)]
    made = bulk_create_units(specs, by=act(tree["毕节"]), sentence="载入学校")
    assert made["a1"].parent == made["a"]
    assert made["a2"].path == made["a"].path + "001"
    assert made["b"].path > made["a"].path > tree["金太阳"].path
    assert made["a1"].is_synthetic
    assert not made["a"].is_synthetic
    assert Entry.objects.get(verb="orgs.loaded").sentence == "载入学校，共 4 个单位"


def test_what_was_before_becomes_dated_rows(tree: Tree, act: MakeActor) -> None:
    day = dt.date(2017, 4, 10)
    spec = UnitSpec(
        "x",
        tree["毕节"].pk,
        UnitFacts("新局", "新", "county"),
        START,
        basis="建档",
        former=(Former(UnitFacts("旧局", "旧", "county"), day, "批复"),),
    )
    org = bulk_create_units([spec], by=act(tree["毕节"]), sentence="载入")["x"]
    assert list(org.tenures.values_list("name", "valid_from", "valid_to", "basis")) == [
        ("旧局", START, day, "建档"),
        ("新局", day, None, "批复"),
    ]
    assert org.name == "新局"


def test_single_and_bulk_units_share_one_numbering(tree: Tree, act: MakeActor) -> None:
    by = act(tree["大方"])
    first = bulk_create_units([primary("a", tree["大方"].pk)], by=by, sentence="载入")["a"]
    second = create_unit(tree["大方"], UnitFacts("甲校", "甲", "special"), by=by, since=START)
    third = bulk_create_units([primary("b", tree["大方"].pk)], by=by, sentence="载入")["b"]
    assert first.path < second.path < third.path


def test_queries_grow_with_slices_not_with_rows(
    tree: Tree, act: MakeActor, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    seen: list[int] = []
    specs = [primary(str(number), tree["大方"].pk) for number in range(SLICE + 20)]
    with django_assert_max_num_queries(40):
        bulk_create_units(specs, by=act(tree["大方"]), sentence="载入", progress=seen.append)
    assert seen == [SLICE, SLICE + 20]
    assert Tenure.objects.count() == Org.objects.count()


def test_a_load_stays_inside_the_loaders_subtree(tree: Tree, act: MakeActor) -> None:
    with pytest.raises(DeniedError):
        bulk_create_units([primary("a", tree["湄潭"].pk)], by=act(tree["毕节"]), sentence="载入")


@pytest.mark.parametrize(
    ("specs", "reason"),
    [
        ([point("a1", "a")], "没有找到"),
        ([primary("a", 1 << 40)], "没有找到"),
        ([primary("a", 0), primary("a", 0)], "出现了两次"),
    ],
)
def test_a_load_that_does_not_hold_together_is_refused(
    tree: Tree, act: MakeActor, specs: list[UnitSpec], reason: str
) -> None:
    with pytest.raises(BadInputError, match=reason):
        bulk_create_units(specs, by=act(tree["毕节"]), sentence="载入")
    assert not Org.objects.filter(name__startswith="小学").exists()
