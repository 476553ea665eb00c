"""Units are found by what people write, and only in the writer's own part of the tree."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.people.conftest import Tree
from xinhuo.orgs.enums import Kind
from xinhuo.orgs.models import Org
from xinhuo.people.finding import find_unit, find_units, suggest_units, written


@pytest.fixture
def twins(tree: Tree) -> list[Org]:
    """Two schools of one name in two counties."""
    second = Org.objects.create(
        parent=tree.prefecture,
        path=tree.prefecture.path + "001",
        name="水城区教育局",
        short_name="水城区",
        kind=Kind.COUNTY,
    )
    return [
        Org.objects.create(
            parent=parent,
            path=parent.path + "009",
            name="实验小学",
            short_name="实验小学",
            kind=Kind.PRIMARY,
        )
        for parent in (tree.county, second)
    ]


@pytest.mark.parametrize(
    "text", ["盘州市教育局", "盘州市", "六盘水市/盘州市", "六盘水市教育局／盘州市教育局"]
)
def test_full_name_short_name_and_the_unit_above_lead_to_one_unit(tree: Tree, text: str) -> None:
    assert find_unit(text, tree.province.path).org == tree.county


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "请填写单位。"),
        ("黔西南州", "在您管理的范围里没有找到“黔西南州”。请写单位的全称或者简称，已撤并的单位不能用。"),
        (
            "黔西南州/盘州市",
            "在您管理的范围里没有找到“黔西南州/盘州市”。请写单位的全称或者简称，已撤并的单位不能用。",
        ),
    ],
)
def test_what_is_not_in_reach_is_not_found(tree: Tree, text: str, problem: str) -> None:
    found = find_unit(text, tree.prefecture.path)

    assert (found.org, found.problem) == (None, problem)


def test_a_name_held_twice_asks_for_the_unit_above(tree: Tree, twins: list[Org]) -> None:
    found = find_unit("实验小学", tree.prefecture.path)

    assert found.org is None
    assert found.problem == (
        "有 2 个单位叫“实验小学”，请连上级单位一起写，例如：盘州市/实验小学、水城区/实验小学。"
    )
    assert [find_unit(written(org), tree.prefecture.path).org for org in twins] == twins


def test_a_closed_unit_is_not_found(tree: Tree, twins: list[Org]) -> None:
    Org.objects.filter(pk=twins[1].pk).update(closed=True)

    assert find_unit("实验小学", tree.prefecture.path).org == twins[0]


def test_many_names_cost_one_query(tree: Tree, twins: list[Org]) -> None:
    texts = ["盘州市", "第一小学", "水城区/实验小学", "没有的单位"]

    with CaptureQueriesContext(
        connection,
    ) as queries:
        found = find_units(texts, tree.province.path)

    assert len(queries) == 1
    assert [found[text].org for text in texts] == [tree.county, tree.school, twins[1], None]


def test_suggestions_can_be_taken_over_as_they_stand(tree: Tree, twins: list[Org]) -> None:
    assert suggest_units("实验", tree.province.path) == ["盘州市/实验小学", "水城区/实验小学"]
    assert suggest_units("水城区/实验", tree.province.path) == ["水城区/实验小学"]
    assert suggest_units("实验", tree.other.path) == []
