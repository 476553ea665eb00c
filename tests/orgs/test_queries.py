"""Named reads of the tree."""

import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.orgs.conftest import START, MakeActor
from xinhuo.orgs import queries
from xinhuo.orgs.actions import change_unit
from xinhuo.orgs.enums import Kind
from xinhuo.orgs.facts import UnitFacts
from xinhuo.orgs.models import Org, Tenure
from xinhuo.orgs.tables import units_below

Tree = dict[str, Org]


def test_counts_equal_the_rows(tree: Tree) -> None:
    counts = queries.counts_by_kind(tree["省"].path)
    assert counts[Kind.COUNTY] == 3
    assert sum(counts.values()) == Org.objects.count() - 1
    assert list(counts) == [kind for kind in Kind if kind in counts]
    assert queries.counts_by_kind(tree["教学点"].path) == {}


def test_children_come_with_what_is_below_them(
    tree: Tree, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):
        branches = queries.children_with_counts(tree["省"])
    assert {branch.org.short_name: branch.below for branch in branches} == {
        "毕节市": 6,
        "遵义市": 1,
        "贵州大学": 1,
        "毕节职业技术学院": 0,
    }
    everybody = Org.objects.count() - 1
    assert sum(branch.below + 1 for branch in branches) == everybody
    assert queries.children_with_counts(tree["金太阳"]) == []


def test_closed_units_are_not_counted(tree: Tree) -> None:
    Org.objects.filter(pk=tree["一小"].pk).update(closed=True)
    assert {b.org.pk: b.below for b in queries.children_with_counts(tree["毕节"])}[tree["黔西"].pk] == 2
    assert queries.counts_by_kind(tree["毕节"].path)[Kind.PRIMARY] == 1


def test_the_superior_chain_runs_from_the_root(tree: Tree) -> None:
    assert queries.ancestors(tree["教学点"]) == [tree["省"], tree["毕节"], tree["黔西"], tree["中心校"]]
    assert queries.ancestors(tree["省"]) == []


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("黔西", {"黔西", "一小", "中心校", "教学点"}),
        ("素朴 教学", {"教学点"}),
        ("大", {"大方", "贵大", "文学院", "金太阳"}),
        ("520328", {"湄潭"}),
        ("52032", set()),
        ("没有这个", set()),
    ],
)
def test_words_of_one_or_two_characters_are_found(tree: Tree, words: str, found: set[str]) -> None:
    keys = {org.pk: key for key, org in tree.items()}
    assert {keys[org.pk] for org in Org.objects.searched(words)} == found


def test_a_former_name_leads_to_the_unit(tree: Tree, act: MakeActor) -> None:
    facts = UnitFacts("水西市教育局", "水西市", "county")
    change_unit(tree["黔西"], facts, by=act(tree["毕节"]), since=dt.date(2021, 3, 18))
    assert tree["黔西"] in Org.objects.searched("黔西县教育局")
    assert queries.former_names([tree["黔西"].pk, tree["大方"].pk]) == {tree["黔西"].pk: ["黔西县教育局"]}


def test_the_tree_of_a_day_has_the_names_of_that_day(tree: Tree, act: MakeActor) -> None:
    day = dt.date(2021, 3, 18)
    change_unit(tree["黔西"], UnitFacts("黔西市教育局", "黔西市", "county"), by=act(tree["毕节"]), since=day)
    before = queries.children_on(tree["毕节"], day - dt.timedelta(days=1))
    assert [row.name for row in before] == ["黔西县教育局", "大方县教育局"]
    assert [row.name for row in queries.children_on(tree["毕节"], day)] == ["黔西市教育局", "大方县教育局"]
    assert queries.tree_on(day).count() == Org.objects.count()
    assert queries.tree_on(START - dt.timedelta(days=1)).count() == 0
    assert queries.named_on(tree["黔西"], START - dt.timedelta(days=1)) is None


def test_children_of_a_day_are_counted_on_that_day(tree: Tree) -> None:
    day = dt.date(2020, 5, 14)
    Tenure.objects.filter(org=tree["教学点"]).update(valid_from=day + dt.timedelta(days=1))
    branches = {branch.org.pk: branch for branch in queries.children_with_counts_on(tree["毕节"], day)}
    assert branches[tree["黔西"].pk].below == 2
    assert not branches[tree["黔西"].pk].renamed
    assert {b.org.pk: b.below for b in queries.children_with_counts(tree["毕节"])}[tree["黔西"].pk] == 3


def test_a_second_superior_stands_on_another_branch(tree: Tree, act: MakeActor) -> None:
    found = queries.possible_second_superiors(act(tree["省"]), tree["职院"])
    assert tree["遵义"] in found
    assert {tree["毕节"], tree["省"], tree["职院"]}.isdisjoint(found)


@pytest.mark.parametrize(
    ("criteria", "found"),
    [
        ({"kind": "primary"}, {"一小", "中心校"}),
        ({"ownership": "private"}, {"金太阳"}),
        ({"locality": "rural", "q": "教学"}, {"教学点"}),
        ({"under": "大方"}, {"大方", "金太阳"}),
        ({"under": "湄潭", "kind": "primary"}, {"一小", "中心校"}),
        ({"q": "  "}, {"毕节", "黔西", "大方", "一小", "中心校", "教学点", "金太阳"}),
    ],
)
def test_the_list_narrows_and_never_leaves_the_actors_subtree(
    tree: Tree, act: MakeActor, criteria: dict[str, str], found: set[str]
) -> None:
    keys = {org.pk: key for key, org in tree.items()}
    if criteria.get("under") in tree:
        criteria = {**criteria, "under": str(tree[criteria["under"]].pk)}
    table, counts = units_below(criteria, act(tree["毕节"]), path="/units/")
    assert {keys[org.pk] for org in table.items} == found
    assert sum(counts.values()) == 6
