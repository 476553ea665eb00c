"""Logins: links that work once, slips, resets, closing — and the sessions that end with them."""

import datetime as dt
from importlib import import_module

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError

from tests.people.conftest import PASSWORD, Hold, Tree
from xinhuo.core import clock
from xinhuo.core.actor import Actor, Role
from xinhuo.core.errors import BadInputError, DeniedError, NotNowError
from xinhuo.journal.models import Entry
from xinhuo.orgs.models import Org
from xinhuo.people import actions
from xinhuo.people.logins import digest
from xinhuo.people.models import Appointment, Invitation, Person, SignIn, User


def open_session(user: User) -> str:
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store.create()
    SignIn.objects.create(
        user=user, session_key=store.session_key, started_at=clock.now(), seen_at=clock.now()
    )
    return str(store.session_key)


def test_an_invitation_keeps_no_token_and_works_once(tree: Tree, liu: Actor, hold: Hold) -> None:
    person = hold(tree.school, Role.OFFICER, "周老师").person

    key = actions.invite(person, " Zhou.Laoshi ", by=liu)
    kept = Invitation.objects.get(person=person)
    user, _ = actions.accept_invitation(key.token, PASSWORD, origin="10.1.1.1")

    assert (key.username, user.username) == ("zhou.laoshi", "zhou.laoshi")
    assert kept.digest == digest(key.token)
    assert key.token not in kept.digest
    assert len(key.token) == 22  # 128 bits
    assert kept.expires_at - kept.created_at > dt.timedelta(days=6, hours=23)
    assert user.check_password(PASSWORD) is True
    assert Org.objects.get(pk=tree.school.pk).has_accounts is True
    with pytest.raises(NotNowError) as again:
        actions.accept_invitation(key.token, "Bieren-2027x")
    assert again.value.reason == "这个链接已经用过了。请直接登录；忘了密码的话，请管理员重设。"
    assert [entry.sentence for entry in Entry.objects.order_by("id")] == [
        "给周老师发出开通账号的链接，登录名zhou.laoshi",
        "设置密码，账号zhou.laoshi开始使用",
    ]


def test_until_the_link_is_used_the_unit_counts_as_without_account(
    tree: Tree, liu: Actor, hold: Hold
) -> None:
    person = hold(tree.school, Role.OFFICER, "周老师").person

    actions.invite(person, "zhou", by=liu)
    actions.appoint(person, actions.Post(tree.school, Role.LEADER), by=liu)

    assert Org.objects.get(pk=tree.school.pk).has_accounts is False


def test_a_new_link_kills_the_old_one(tree: Tree, liu: Actor, hold: Hold) -> None:
    person = hold(tree.school, Role.OFFICER, "周老师").person
    first = actions.invite(person, "zhou", by=liu)

    second = actions.invite(person, "zhou2", by=liu)

    with pytest.raises(NotNowError) as dead:
        actions.usable_invitation(first.token)
    assert dead.value.reason == "这个链接已经过期，或者后来又发过新的。请管理员再发一个。"
    assert actions.usable_invitation(second.token).person == person
    assert person.user.username == "zhou2"


def test_a_link_ends_after_seven_days(tree: Tree, liu: Actor, hold: Hold) -> None:
    key = actions.invite(hold(tree.school, Role.OFFICER, "周老师").person, "zhou", by=liu)
    Invitation.objects.update(expires_at=clock.now())

    with pytest.raises(NotNowError) as dead:
        actions.accept_invitation(key.token, PASSWORD)

    assert dead.value.reason == "这个链接已经过期，或者后来又发过新的。请管理员再发一个。"


def test_the_invited_may_choose_another_login_name_but_no_taken_one(
    tree: Tree, liu: Actor, hold: Hold
) -> None:
    key = actions.invite(hold(tree.school, Role.OFFICER, "周老师").person, "520281-01", by=liu)

    with pytest.raises(BadInputError) as taken:
        actions.accept_invitation(key.token, PASSWORD, "LIU")
    user, _ = actions.accept_invitation(key.token, PASSWORD, "Zhou")

    assert taken.value.reason == "登录名“liu”已经有人用了，请换一个。"
    assert user.username == "zhou"


@pytest.mark.parametrize(
    ("login", "reason"),
    [
        ("ab", "登录名要有 3 到 40 个字符，现在是 2 个。"),
        ("周老师一", "登录名只能用英文字母、数字和 . _ @ -，并且以字母或者数字开头。"),
        ("-abc", "登录名只能用英文字母、数字和 . _ @ -，并且以字母或者数字开头。"),
        ("ＬＩＵ", "登录名“liu”已经有人用了，请换一个。"),
    ],
)
def test_login_names_are_checked(tree: Tree, liu: Actor, hold: Hold, login: str, reason: str) -> None:
    person = hold(tree.school, Role.OFFICER, "周老师").person

    with pytest.raises(BadInputError) as refusal:
        actions.invite(person, login, by=liu)

    assert refusal.value.reason == reason
    assert User.objects.filter(person=person).exists() is False


def test_a_weak_password_is_refused_and_the_link_lives_on(tree: Tree, liu: Actor, hold: Hold) -> None:
    key = actions.invite(hold(tree.school, Role.OFFICER, "周老师").person, "zhou", by=liu)

    with pytest.raises(ValidationError):
        actions.accept_invitation(key.token, "12345678")

    assert actions.usable_invitation(key.token).used_at is None


def test_a_slip_opens_the_account_with_a_password_that_must_be_changed(
    tree: Tree, liu: Actor, hold: Hold
) -> None:
    person = hold(tree.school, Role.OFFICER, "周老师").person

    key = actions.open_with_password(person, "zhou", by=liu)

    user = User.objects.get(person=person)
    assert user.check_password(key.password) is True
    assert (user.must_change_password, user.is_demo) == (True, False)
    assert [len(group) for group in key.password.split("-")] == [4, 4, 4]
    assert Org.objects.get(pk=tree.school.pk).has_accounts is True


def test_a_reset_voids_the_password_and_ends_every_session(tree: Tree, chen: Actor, hold: Hold) -> None:
    person = hold(tree.county, Role.OFFICER, "周老师", "zhou").person
    session = open_session(person.user)

    key = actions.reset_password(person, by=chen)

    user = User.objects.get(person=person)
    assert user.check_password(PASSWORD) is False
    assert Session.objects.filter(session_key=session).exists() is False
    assert SignIn.objects.filter(user=user).exists() is False
    assert Org.objects.get(pk=tree.county.pk).has_accounts is True
    assert actions.accept_invitation(key.token, "Xinmima-2026")[0].check_password("Xinmima-2026") is True


def test_a_reset_link_does_not_rename_the_login(tree: Tree, chen: Actor, hold: Hold) -> None:
    key = actions.reset_password(hold(tree.county, Role.OFFICER, "周老师", "zhou").person, by=chen)

    assert actions.accept_invitation(key.token, PASSWORD, "someone-else")[0].username == "zhou"


def test_a_reset_on_paper_gives_a_first_password(tree: Tree, liu: Actor, hold: Hold) -> None:
    person = hold(tree.county, Role.OFFICER, "周老师", "zhou").person

    key = actions.reset_password(person, by=liu, on_paper=True)

    user = User.objects.get(person=person)
    assert (key.token, user.check_password(key.password), user.must_change_password) == ("", True, True)
    assert Entry.objects.get().sentence == "重设周老师的密码，新的初始密码印在账号条上"


@pytest.mark.parametrize("verb", ["invite", "reset", "close", "open", "slip"])
def test_an_officer_and_a_neighbour_keep_no_accounts(
    tree: Tree, officer: Actor, hold: Hold, verb: str
) -> None:
    post = hold(tree.school, Role.OFFICER, "周老师", "zhou")
    neighbour = hold(tree.other, Role.ADMIN, "王兴义", "wang").as_actor()
    calls = {
        "invite": lambda by: actions.invite(post.person, "zhou2", by=by),
        "reset": lambda by: actions.reset_password(post.person, by=by),
        "close": lambda by: actions.close_account(post.person, "调动", by=by),
        "open": lambda by: actions.open_account(post.person, by=by),
        "slip": lambda by: actions.open_with_password(post.person, "zhou2", by=by),
    }

    reasons = []
    for actor in (officer, neighbour):
        with pytest.raises(DeniedError) as refusal:
            calls[verb](actor)
        reasons.append(refusal.value.reason)

    assert reasons == [
        "账号由管理员管理。需要开通或者修改的话，请找本单位或者上级单位的管理员。",
        "他还在您管理范围以外的单位任职，账号要请那边的管理员办理。",
    ]


def test_a_county_cannot_take_over_a_login_that_opens_the_prefecture(
    tree: Tree, liu: Actor, chen: Actor, hold: Hold
) -> None:
    post = hold(tree.county, Role.OFFICER, "周老师", "zhou")
    Appointment.objects.create(
        person=post.person, org=tree.prefecture, role=Role.ADMIN, valid_from=clock.today()
    )

    with pytest.raises(DeniedError) as refusal:
        actions.reset_password(post.person, by=liu)

    assert refusal.value.reason == "他还在您管理范围以外的单位任职，账号要请那边的管理员办理。"
    assert actions.reset_password(post.person, by=chen).username == "zhou"


def test_closing_ends_sessions_and_links_and_opening_gives_the_old_password_back(
    tree: Tree, liu: Actor, hold: Hold
) -> None:
    person = hold(tree.school, Role.OFFICER, "周老师", "zhou").person
    session = open_session(person.user)

    actions.close_account(person, "工作调动", by=liu)

    assert User.objects.get(person=person).is_active is False
    assert Session.objects.filter(session_key=session).exists() is False
    assert Org.objects.get(pk=tree.school.pk).has_accounts is False
    with pytest.raises(NotNowError) as again:
        actions.close_account(person, "工作调动", by=liu)
    assert again.value.reason == "账号已经停用，或者还没有开通。"

    actions.open_account(person, by=liu)

    user = User.objects.get(person=person)
    assert (user.is_active, user.check_password(PASSWORD)) == (True, True)
    assert Org.objects.get(pk=tree.school.pk).has_accounts is True
    assert list(Entry.objects.order_by("id").values_list("sentence", flat=True)) == [
        "停用周老师的账号：工作调动",
        "恢复周老师的账号",
    ]


def test_closing_needs_a_reason(tree: Tree, liu: Actor, hold: Hold) -> None:
    person = hold(tree.school, Role.OFFICER, "周老师", "zhou").person

    with pytest.raises(BadInputError) as refusal:
        actions.close_account(person, " ", by=liu)

    assert refusal.value.reason == "请写明停用的原因，例如：工作调动。"
    assert User.objects.get(person=person).is_active is True


def test_the_last_post_takes_the_sessions_with_it(tree: Tree, liu: Actor, hold: Hold) -> None:
    post = hold(tree.school, Role.OFFICER, "周老师", "zhou")
    second = Appointment.objects.create(
        person=post.person, org=tree.county, role=Role.OBSERVER, valid_from=clock.today()
    )
    session = open_session(post.person.user)

    actions.end_appointment(post, by=liu)
    still_there = Session.objects.filter(session_key=session).exists()
    actions.end_appointment(second, by=liu)

    assert still_there is True
    assert Session.objects.filter(session_key=session).exists() is False


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(tree: Tree, liu: Actor) -> None:
    user = User.objects.get(username="liu")
    here, there = open_session(user), open_session(user)

    actions.change_password("Xinmima-2026", by=liu, keep=here)

    assert User.objects.get(username="liu").check_password("Xinmima-2026") is True
    assert list(Session.objects.values_list("session_key", flat=True)) == [here]
    assert Entry.objects.get().sentence == "修改自己的密码，其他 1 处登录已退出"
    assert there != here


def test_nobody_keeps_his_own_account(tree: Tree, liu: Actor) -> None:
    me = Person.objects.get(pk=liu.person_id)

    with pytest.raises(DeniedError) as refusal:
        actions.close_account(me, "玩笑", by=liu)

    assert refusal.value.reason == "自己的账号请在“我的账号”里办理。"
