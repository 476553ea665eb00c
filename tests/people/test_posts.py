"""People and posts: who may give and end them, and what follows."""

import datetime as dt

import pytest

from tests.people.conftest import Hold, Tree
from xinhuo.core import clock
from xinhuo.core.actor import Actor, Role
from xinhuo.core.errors import BadInputError, DeniedError, NotNowError
from xinhuo.journal.models import Entry
from xinhuo.people.actions import Post, add_person, appoint, change_person, end_appointment
from xinhuo.people.models import Appointment, Person


def sentences(verb: str) -> list[str]:
    return list(Entry.objects.filter(verb=verb).values_list("sentence", flat=True))


def test_an_administrator_adds_people_below_and_the_journal_says_so(tree: Tree, chen: Actor) -> None:
    person = add_person(Post(tree.school, Role.OFFICER, "德育主任"), " 周老师 ", "13911112222", by=chen)

    post = Appointment.objects.get(person=person)
    assert (person.name, person.phone) == ("周老师", "13911112222")
    assert (post.org, post.role, post.title, post.valid_from) == (
        tree.school,
        "officer",
        "德育主任",
        clock.today(),
    )
    assert sentences("people.added") == ["新增人员周老师，任盘州市第一小学德育主任"]


@pytest.mark.parametrize(
    ("who", "where", "reason"),
    [
        ("chen", "province", "只能管理本单位和下级单位的账号。"),
        ("chen", "other", "只能管理本单位和下级单位的账号。"),
        ("liu", "prefecture", "只能管理本单位和下级单位的账号。"),
        (
            "officer",
            "county",
            "账号由管理员管理。需要开通或者修改的话，请找本单位或者上级单位的管理员。",
        ),
        (
            "officer",
            "school",
            "账号由管理员管理。需要开通或者修改的话，请找本单位或者上级单位的管理员。",
        ),
    ],
)
def test_nobody_adds_people_above_beside_or_without_the_role(
    tree: Tree, who: str, where: str, reason: str, request: pytest.FixtureRequest
) -> None:
    actor = request.getfixturevalue(who)
    before = Person.objects.count()

    with pytest.raises(DeniedError) as refusal:
        add_person(Post(getattr(tree, where), Role.OBSERVER), "外人", by=actor)

    assert refusal.value.reason == reason
    assert Person.objects.count() == before


def test_a_closed_unit_takes_nobody(tree: Tree, liu: Actor) -> None:
    tree.school.closed = True
    tree.school.save()

    with pytest.raises(NotNowError) as refusal:
        add_person(Post(tree.school, Role.OFFICER), "周老师", by=liu)

    assert refusal.value.reason == "盘州市第一小学已经撤并，不能再加人。"


@pytest.mark.parametrize(
    ("post", "name", "reason"),
    [
        ({"role": "officer"}, "  ", "请填写姓名。"),
        ({"role": "king"}, "周老师", "请选择角色。"),
    ],
)
def test_a_person_needs_a_name_and_a_known_role(
    tree: Tree, liu: Actor, post: dict[str, str], name: str, reason: str
) -> None:
    with pytest.raises(BadInputError) as refusal:
        add_person(Post(tree.school, **post), name, by=liu)

    assert refusal.value.reason == reason


def test_a_post_cannot_begin_tomorrow(tree: Tree, liu: Actor) -> None:
    tomorrow = clock.today() + dt.timedelta(days=1)

    with pytest.raises(BadInputError) as refusal:
        add_person(Post(tree.school, Role.OFFICER, since=tomorrow), "周老师", by=liu)

    day = clock.today()
    assert refusal.value.reason == f"任职日期不能晚于今天（{day.year}年{day.month}月{day.day}日）。"


def test_a_second_post_is_given_once(tree: Tree, liu: Actor, hold: Hold) -> None:
    person = hold(tree.county, Role.OFFICER, "欧经办", "ou").person

    appoint(person, Post(tree.school, Role.LEADER), by=liu)
    with pytest.raises(NotNowError) as refusal:
        appoint(person, Post(tree.school, Role.LEADER), by=liu)

    tree.school.refresh_from_db()
    assert refusal.value.reason == "欧经办已经是盘州市第一小学的负责人，不用再加。"
    assert person.appointments.current().count() == 2
    assert tree.school.has_accounts is True
    assert sentences("people.appointed") == ["请欧经办任盘州市第一小学负责人"]


def test_nobody_gives_or_ends_a_post_of_his_own(tree: Tree, liu: Actor) -> None:
    me = Person.objects.get(pk=liu.person_id)

    with pytest.raises(DeniedError) as giving:
        appoint(me, Post(tree.county, Role.LEADER), by=liu)
    with pytest.raises(DeniedError) as ending:
        end_appointment(me.appointments.get(), by=liu)

    assert giving.value.reason == "不能给自己加岗位，请找本单位的另一位管理员或者上级单位的管理员办理。"
    assert ending.value.reason == "不能结束自己的岗位，请找本单位的另一位管理员或者上级单位的管理员办理。"


def test_the_last_post_ends_and_the_unit_has_no_account_left(tree: Tree, liu: Actor, hold: Hold) -> None:
    post = hold(tree.school, Role.OFFICER, "周老师", "zhou")

    end_appointment(post, by=liu)

    post.refresh_from_db()
    tree.school.refresh_from_db()
    assert post.valid_to == clock.today()
    assert list(post.person.appointments.current()) == []
    assert tree.school.has_accounts is False
    assert sentences("people.appointment_ended") == ["周老师不再任盘州市第一小学经办人"]


def test_an_ended_post_cannot_be_ended_again(tree: Tree, liu: Actor, hold: Hold) -> None:
    post = hold(tree.school, Role.OFFICER, "周老师", "zhou")
    end_appointment(post, by=liu)

    with pytest.raises(NotNowError) as refusal:
        end_appointment(post, by=liu)

    assert refusal.value.reason == "这个岗位已经结束了。"


def test_a_correction_names_the_fields_and_not_the_number(tree: Tree, liu: Actor, hold: Hold) -> None:
    person = hold(tree.school, Role.OFFICER, "周老帅").person

    change_person(person, "周老师", "13933334444", by=liu)

    person.refresh_from_db()
    entry = Entry.objects.get(verb="people.changed")
    assert (person.name, person.phone) == ("周老师", "13933334444")
    assert entry.sentence == "修改周老帅（改为周老师）的姓名、手机"
    assert entry.fields == ["name", "phone"]


def test_a_person_who_also_serves_elsewhere_is_out_of_reach(tree: Tree, liu: Actor, hold: Hold) -> None:
    post = hold(tree.school, Role.OFFICER, "周老师", "zhou")
    Appointment.objects.create(
        person=post.person, org=tree.prefecture, role=Role.LEADER, valid_from=clock.today()
    )

    with pytest.raises(DeniedError) as refusal:
        change_person(post.person, "别名", "", by=liu)

    assert refusal.value.reason == "他还在您管理范围以外的单位任职，账号要请那边的管理员办理。"


def test_people_are_seen_from_their_unit_and_above(
    tree: Tree, mei: Actor, liu: Actor, chen: Actor, hold: Hold
) -> None:
    zhou = hold(tree.school, Role.OFFICER, "周老师").person
    wang = hold(tree.other, Role.OFFICER, "王兴义").person

    def names(actor: Actor) -> list[str]:
        return sorted(Person.objects.visible_to(actor).values_list("name", flat=True))

    assert names(mei) == sorted(["梅省", "陈市", "刘县", zhou.name, wang.name])
    assert names(chen) == sorted(["陈市", "刘县", zhou.name])
    assert names(liu) == sorted(["刘县", zhou.name])
