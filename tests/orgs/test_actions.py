"""Verbs on units: the dated rows are the truth, today's row is mirrored."""

import datetime as dt

import pytest
from django.conf import LazySettings

from tests.orgs.conftest import MakeActor
from xinhuo.core import clock
from xinhuo.core.actor import Role
from xinhuo.core.contracts import collect
from xinhuo.core.errors import BadInputError, DeniedError, NotNowError
from xinhuo.journal.models import Entry
from xinhuo.orgs import queries
from xinhuo.orgs.actions import (
    change_unit,
    create_root,
    create_unit,
    end_second_line,
    facts_of,
    mirror_due,
    set_contact,
    set_second_line,
)
from xinhuo.orgs.facts import UnitFacts
from xinhuo.orgs.models import Org, OrgLine, Tenure

Tree = dict[str, Org]
CITY = UnitFacts("黔西市教育局", "黔西市", "county", code="520581")
CHANGE_DAY = dt.date(2021, 3, 18)


def mirrored() -> bool:
    """Whether every unit shows what its row in force today says."""
    rows = Tenure.objects.on(clock.today()).select_related("org")
    names = ("parent_id", "name", "short_name", "kind", "ownership", "locality", "code")
    return rows.count() == Org.objects.count() and all(
        getattr(row, name) == getattr(row.org, name) for row in rows for name in names
    )


def test_a_new_unit_stands_below_its_superior_with_one_open_row(tree: Tree, act: MakeActor) -> None:
    org = create_unit(
        tree["毕节"],
        UnitFacts("织金县教育局", "织金县", "county", code="520524"),
        by=act(tree["毕节"]),
        since=CHANGE_DAY,
    )
    assert org.path.startswith(tree["毕节"].path)
    assert org.path > tree["大方"].path
    row = org.tenures.get()
    assert (row.valid_from, row.valid_to, row.parent) == (CHANGE_DAY, None, tree["毕节"])
    entry = Entry.objects.get(verb="orgs.created", subject_id=org.pk)
    assert entry.sentence == "新增单位“织金县教育局”，上级是毕节市教育局"
    assert mirrored()


def test_a_change_closes_the_old_row_and_shows_at_once(tree: Tree, act: MakeActor) -> None:
    change_unit(tree["黔西"], CITY, by=act(tree["毕节"]), since=CHANGE_DAY, basis="撤县设市")
    old, new = tree["黔西"].tenures.order_by("valid_from")
    assert (old.name, old.valid_to) == ("黔西县教育局", CHANGE_DAY)
    assert (new.name, new.valid_to, new.basis) == ("黔西市教育局", None, "撤县设市")
    tree["黔西"].refresh_from_db()
    assert (tree["黔西"].name, tree["黔西"].code) == ("黔西市教育局", "520581")
    assert mirrored()
    entry = Entry.objects.get(verb="orgs.changed")
    assert entry.fields == ["name", "short_name", "code"]


def test_the_day_of_the_change_belongs_to_the_new_row(tree: Tree, act: MakeActor) -> None:
    change_unit(tree["黔西"], CITY, by=act(tree["毕节"]), since=CHANGE_DAY)
    names = [queries.named_on(tree["黔西"], CHANGE_DAY + dt.timedelta(days=days)) for days in (-1, 0)]
    assert [row.name for row in names if row] == ["黔西县教育局", "黔西市教育局"]


def test_a_change_of_the_same_day_corrects_the_row(tree: Tree, act: MakeActor) -> None:
    by = act(tree["毕节"])
    change_unit(tree["黔西"], CITY, by=by, since=CHANGE_DAY)
    change_unit(
        tree["黔西"],
        UnitFacts("黔西市教育科技局", "黔西市", "county", code="520581"),
        by=by,
        since=CHANGE_DAY,
    )
    assert list(tree["黔西"].tenures.values_list("name", flat=True)) == ["黔西县教育局", "黔西市教育科技局"]
    assert mirrored()


def test_a_change_to_come_waits_for_its_day(tree: Tree, act: MakeActor, settings: LazySettings) -> None:
    by = act(tree["省"])
    change_unit(tree["黔西"], CITY, by=by, since=clock.today() + dt.timedelta(days=30))
    tree["黔西"].refresh_from_db()
    assert tree["黔西"].name == "黔西县教育局"
    assert mirror_due(by=by) == 0
    settings.CLOCK_SHIFT = dt.timedelta(days=30)
    assert mirror_due(by=by) == 1
    tree["黔西"].refresh_from_db()
    assert tree["黔西"].name == "黔西市教育局"
    assert mirrored()


def test_the_schedule_lets_a_change_take_effect_on_its_day(
    tree: Tree, act: MakeActor, settings: LazySettings
) -> None:
    by = act(tree["毕节"])
    change_unit(tree["黔西"], CITY, by=by, since=clock.today() + dt.timedelta(days=30))
    settings.CLOCK_SHIFT = dt.timedelta(days=30)

    for schedule in collect("schedules"):
        schedule.run()

    tree["黔西"].refresh_from_db()
    assert tree["黔西"].name == "黔西市教育局"
    assert Entry.objects.filter(person_name="系统", org_path=Org.objects.get(parent=None).path).count() == 1


def test_a_change_before_the_last_one_is_refused(tree: Tree, act: MakeActor) -> None:
    by = act(tree["毕节"])
    change_unit(tree["黔西"], CITY, by=by, since=CHANGE_DAY)
    with pytest.raises(BadInputError, match="不能早于"):
        change_unit(
            tree["黔西"], UnitFacts("甲局", "甲", "county"), by=by, since=CHANGE_DAY - dt.timedelta(days=1)
        )


def test_who_was_faster_is_told(tree: Tree, act: MakeActor) -> None:
    by = act(tree["毕节"])
    seen = facts_of(tree["黔西"].tenures.get()).digest
    change_unit(tree["黔西"], CITY, by=by, since=CHANGE_DAY, seen=seen)
    with pytest.raises(NotNowError, match="别人已经改过"):
        change_unit(tree["黔西"], UnitFacts("乙局", "乙", "county"), by=by, since=clock.today(), seen=seen)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (UnitFacts("", "甲", "county"), "请填写名称"),
        (UnitFacts("甲" * 121, "甲", "county"), "最多 120 个字"),
        (UnitFacts("甲\x00局", "甲", "county"), "看不见的字符"),
        (UnitFacts("甲局", "甲", "village"), "没有“village”这个类别"),
        (UnitFacts("甲局", "甲", "county", ownership="public"), "只有学校"),
        (UnitFacts("甲局", "甲", "county", locality="town"), "只有中小学"),
        (UnitFacts("甲局", "甲", "county", code="五二〇"), "代码只用"),
        (UnitFacts("甲厅", "甲", "province"), "下面不能设“省级教育部门”"),
        (UnitFacts("黔西县教育局", "甲", "county"), "下面已经有"),
        (UnitFacts("甲局", "甲", "county", code="520328"), "已由“湄潭县教育局”使用"),
    ],
)
def test_facts_that_do_not_hold_are_refused(
    tree: Tree, act: MakeActor, facts: UnitFacts, reason: str
) -> None:
    before = Org.objects.count()
    with pytest.raises(BadInputError, match=reason):
        create_unit(tree["毕节"], facts, by=act(tree["毕节"]), since=CHANGE_DAY)
    assert Org.objects.count() == before


@pytest.mark.parametrize("day", [dt.date(202, 1, 1), dt.date(2999, 1, 1)])
def test_a_mistyped_date_is_refused(tree: Tree, act: MakeActor, day: dt.date) -> None:
    with pytest.raises(BadInputError, match="起始日期"):
        create_unit(tree["毕节"], UnitFacts("甲局", "甲", "county"), by=act(tree["毕节"]), since=day)


@pytest.mark.parametrize(
    ("unit", "role", "parent", "allowed"),
    [
        ("毕节", Role.ADMIN, "毕节", True),
        ("毕节", Role.OFFICER, "黔西", True),
        ("省", Role.ADMIN, "黔西", True),
        ("毕节", Role.LEADER, "毕节", False),
        ("毕节", Role.OBSERVER, "毕节", False),
        ("毕节", Role.ADMIN, "湄潭", False),
        ("黔西", Role.ADMIN, "毕节", False),
        ("黔西", Role.ADMIN, "大方", False),
        ("贵大", Role.ADMIN, "职院", False),
    ],
)
def test_who_may_add_units(
    tree: Tree, act: MakeActor, unit: str, role: str, parent: str, *, allowed: bool
) -> None:
    kind = "subcollege" if parent == "职院" else "special"
    facts = UnitFacts("甲单位", "甲", kind)
    if allowed:
        assert (
            create_unit(tree[parent], facts, by=act(tree[unit], role), since=CHANGE_DAY).parent
            == tree[parent]
        )
    else:
        with pytest.raises(DeniedError):
            create_unit(tree[parent], facts, by=act(tree[unit], role), since=CHANGE_DAY)


def test_a_unit_does_not_rename_itself_but_the_root_does(tree: Tree, act: MakeActor) -> None:
    with pytest.raises(DeniedError, match="由上级单位修改"):
        change_unit(tree["黔西"], CITY, by=act(tree["黔西"]), since=CHANGE_DAY)
    renamed = UnitFacts("贵州省教育委员会", "省教委", "province", code="520000")
    assert change_unit(tree["省"], renamed, by=act(tree["省"]), since=CHANGE_DAY).name == "贵州省教育委员会"


def test_a_kindergarten_holds_nothing(tree: Tree, act: MakeActor) -> None:
    with pytest.raises(NotNowError, match="不再设单位"):
        create_unit(
            tree["金太阳"], UnitFacts("甲", "甲", "teaching_point"), by=act(tree["大方"]), since=CHANGE_DAY
        )


def test_a_unit_keeps_a_kind_that_can_hold_what_is_below(tree: Tree, act: MakeActor) -> None:
    facts = UnitFacts("黔西县素朴镇中心幼儿园", "素朴幼儿园", "kindergarten", "public", "rural")
    with pytest.raises(BadInputError, match="下面还有教学点"):
        change_unit(tree["中心校"], facts, by=act(tree["黔西"]), since=CHANGE_DAY)


def test_there_is_one_root_made_from_outside(tree: Tree, act: MakeActor) -> None:
    facts = UnitFacts("乙省教育厅", "乙省", "province")
    with pytest.raises(NotNowError, match="只有一个"):
        create_root(facts, by=act(None), since=CHANGE_DAY)
    with pytest.raises(DeniedError):
        create_root(facts, by=act(tree["省"]), since=CHANGE_DAY)


def test_a_second_line_is_dated_and_can_end(tree: Tree, act: MakeActor) -> None:
    by = act(tree["省"])
    with pytest.raises(NotNowError, match="已经设了"):
        set_second_line(tree["职院"], tree["毕节"], by=by, since=CHANGE_DAY)
    line = OrgLine.objects.get()
    end_second_line(line, by=by, until=CHANGE_DAY)
    assert list(queries.answering_to(tree["毕节"], CHANGE_DAY - dt.timedelta(days=1))) == [tree["职院"]]
    assert list(queries.answering_to(tree["毕节"], CHANGE_DAY)) == []
    with pytest.raises(NotNowError, match="已经在"):
        end_second_line(line, by=by, until=CHANGE_DAY)
    again = set_second_line(tree["职院"], tree["毕节"], by=by, since=CHANGE_DAY)
    assert again.line == "bureau"


def test_a_second_line_needs_somebody_above_both_and_two_branches(tree: Tree, act: MakeActor) -> None:
    with pytest.raises(DeniedError, match="共同的上级"):
        set_second_line(tree["职院"], tree["遵义"], by=act(tree["遵义"]), since=CHANGE_DAY)
    with pytest.raises(NotNowError, match="同一条线"):
        set_second_line(tree["黔西"], tree["毕节"], by=act(tree["省"]), since=CHANGE_DAY)


def test_a_unit_names_its_own_contact_and_the_journal_keeps_no_number(tree: Tree, act: MakeActor) -> None:
    org = set_contact(tree["黔西"], name="陈芳", phone="0857-1234567", by=act(tree["黔西"], Role.OFFICER))
    assert (org.contact_name, org.contact_phone) == ("陈芳", "0857-1234567")
    entry = Entry.objects.get(verb="orgs.contact")
    assert "0857" not in entry.sentence + str(entry.fields)
    with pytest.raises(BadInputError, match="一起填写"):
        set_contact(tree["黔西"], name="陈芳", phone="", by=act(tree["黔西"]))
    with pytest.raises(DeniedError):
        set_contact(tree["黔西"], name="陈芳", phone="1", by=act(tree["大方"]))
