"""The one audience, with second lines."""

import datetime as dt

import pytest

from tests.orgs.conftest import MakeActor
from xinhuo.core import clock
from xinhuo.core.errors import BadInputError
from xinhuo.orgs.actions import end_second_line, set_second_line
from xinhuo.orgs.models import Org, OrgLine
from xinhuo.orgs.selections import make_selection, matching

Tree = dict[str, Org]


def named(tree: Tree, within: str, **criteria: object) -> set[str]:
    keys = {org.pk: key for key, org in tree.items()}
    return {keys[org.pk] for org in matching(criteria, within=tree[within])}


def test_kinds_reach_the_whole_subtree(tree: Tree) -> None:
    assert named(tree, "省", kinds=["prefecture"]) == {"毕节", "遵义"}
    assert named(tree, "省", kinds=["county"]) == {"黔西", "大方", "湄潭"}
    assert named(tree, "毕节", kinds=["county"]) == {"黔西", "大方"}
    assert named(tree, "省", kinds=["university", "vocational_college"]) == {"贵大", "职院"}


def test_nobody_sends_to_itself_or_sideways(tree: Tree) -> None:
    assert named(tree, "毕节") == {"黔西", "大方", "一小", "中心校", "教学点", "金太阳", "职院"}
    assert named(tree, "毕节", ids=[tree["毕节"].pk, tree["湄潭"].pk, tree["大方"].pk]) == {"大方"}


def test_a_second_line_counts_for_its_superior_only(tree: Tree) -> None:
    assert named(tree, "毕节", children_of=tree["毕节"].pk) == {"黔西", "大方", "职院"}
    assert named(tree, "毕节", children_of=tree["黔西"].pk) == {"一小", "中心校"}
    assert named(tree, "遵义", children_of=tree["遵义"].pk) == {"湄潭"}
    assert named(tree, "省", children_of=tree["省"].pk) == {"毕节", "遵义", "贵大", "职院"}


def test_a_second_line_counts_between_its_dates(tree: Tree, act: MakeActor) -> None:
    by = act(tree["省"])
    end_second_line(OrgLine.objects.get(), by=by, until=clock.today() + dt.timedelta(days=1))
    assert "职院" in named(tree, "毕节")
    set_second_line(tree["职院"], tree["遵义"], by=by, since=clock.today() + dt.timedelta(days=9))
    assert "职院" not in named(tree, "遵义")


def test_the_line_used_is_named(tree: Tree) -> None:
    assert named(tree, "省", line="college") == {"贵大", "文学院", "职院"}
    assert "职院" not in named(tree, "省", line="bureau")
    assert "职院" in named(tree, "毕节", line="bureau")
    assert named(tree, "毕节", line="college") == set()


def test_under_means_the_unit_and_all_below(tree: Tree) -> None:
    assert named(tree, "省", under=[tree["黔西"].pk]) == {"黔西", "一小", "中心校", "教学点"}
    assert named(tree, "省", under=[tree["毕节"].pk], kinds=["vocational_college"]) == {"职院"}


def test_marks_and_exceptions_narrow(tree: Tree) -> None:
    assert named(tree, "省", ownership="private") == {"金太阳"}
    assert named(tree, "省", locality="rural", kinds=["primary"]) == {"中心校"}
    assert named(tree, "省", kinds=["prefecture"], without_ids=[tree["遵义"].pk]) == {"毕节"}


@pytest.mark.parametrize("key", ["kinds", "under", "ids"])
def test_an_empty_list_finds_nobody(tree: Tree, key: str) -> None:
    assert named(tree, "省", **{key: []}) == set()


def test_a_misspelt_filter_is_refused(tree: Tree) -> None:
    with pytest.raises(BadInputError, match="不认识的筛选条件：kind"):
        matching({"kind": ["county"]}, within=tree["省"])


def test_closed_units_are_left_out(tree: Tree) -> None:
    Org.objects.filter(pk=tree["大方"].pk).update(closed=True)
    assert named(tree, "毕节", kinds=["county"]) == {"黔西"}


def test_a_selection_keeps_the_units_of_its_day(tree: Tree) -> None:
    selection = make_selection(tree["省"], "2 个市（州）", {"kinds": ["prefecture"]})
    assert selection.org_ids == [tree["毕节"].pk, tree["遵义"].pk]
    assert str(selection) == "2 个市（州）"
    assert selection.frozen_at is not None
