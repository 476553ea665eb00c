"""What a unit says about itself, and its ancestors by depth."""

import pytest
from django.db import IntegrityError, connection
from pytest_django import DjangoAssertNumQueries

from tests.orgs.conftest import START, MakeActor
from xinhuo.core.contracts import by_kind
from xinhuo.orgs.ancestry import ancestors_of, ancestors_of_many
from xinhuo.orgs.enums import Kind, Line
from xinhuo.orgs.models import Org, Tenure

Tree = dict[str, Org]


def test_a_unit_knows_its_depth_line_and_committee(tree: Tree) -> None:
    assert [tree[key].depth for key in ("省", "毕节", "黔西", "中心校", "教学点")] == [0, 1, 2, 3, 4]
    assert tree["毕节"].line == Line.BUREAU
    assert tree["文学院"].line == tree["职院"].line == Line.COLLEGE
    assert tree["黔西"].committee_name == "黔西县教育局关工委"


def test_a_unit_sees_itself_and_what_is_below(tree: Tree, act: MakeActor) -> None:
    keys = {org.pk: key for key, org in tree.items()}
    seen = {key: {keys[org.pk] for org in Org.objects.visible_to(act(tree[key]))} for key in ("黔西", "贵大")}
    assert seen == {"黔西": {"黔西", "一小", "中心校", "教学点"}, "贵大": {"贵大", "文学院"}}
    can_see = by_kind("subjects")["orgs.org"].can_see
    assert can_see(act(tree["黔西"]), tree["一小"].pk)
    assert not can_see(act(tree["黔西"]), tree["毕节"].pk)


def test_paths_are_compared_byte_by_byte_and_by_an_index(tree: Tree) -> None:
    if connection.vendor == "sqlite":
        assert "USING INDEX" in Org.objects.under(tree["毕节"].path).explain()
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT collation_name FROM information_schema.columns"
            " WHERE table_name = 'orgs_org' AND column_name = 'path'"
        )
        assert cursor.fetchone() == ("C",)


def test_two_open_rows_of_a_unit_cannot_be_stored(tree: Tree) -> None:
    with pytest.raises(IntegrityError):
        Tenure.objects.create(
            org=tree["黔西"], name="甲", short_name="甲", kind="county", valid_from=START, parent=tree["毕节"]
        )


def test_ancestors_stand_by_depth(tree: Tree, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(2):
        found = ancestors_of_many([tree["教学点"].pk, tree["贵大"].pk, tree["省"].pk])
    assert found == {
        tree["教学点"].pk: {"a1": tree["毕节"].pk, "a2": tree["黔西"].pk, "a3": tree["中心校"].pk},
        tree["贵大"].pk: {"a1": tree["贵大"].pk, "a2": None, "a3": None},
        tree["省"].pk: {"a1": None, "a2": None, "a3": None},
    }
    assert ancestors_of(tree["大方"])["a2"] == tree["大方"].pk


def test_every_kind_knows_what_may_stand_below_it() -> None:
    held = {kind for parent in Kind for kind in parent.may_hold}
    assert held == set(Kind) - {Kind.PROVINCE}
    assert Kind.TEACHING_POINT not in Kind.COUNTY.may_hold
