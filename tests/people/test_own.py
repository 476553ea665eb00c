"""One's own account: passwords, links, where one is signed in, and changing the post."""

import datetime as dt
import re

import pytest
from django.test import Client

from tests.people.conftest import PASSWORD, Hold, SignInAs, Tree
from xinhuo.core import clock
from xinhuo.core.actor import Actor, Role
from xinhuo.journal.models import Entry
from xinhuo.people import actions
from xinhuo.people.models import Invitation, SignIn, User

NEW = "Xinmima-2026"


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", answer.content.decode()))


def test_the_slip_password_must_be_changed_before_anything_else(
    client: Client, tree: Tree, liu: Actor, hold: Hold, sign_in: SignInAs
) -> None:
    person = hold(tree.school, Role.OFFICER, "周老师").person
    key = actions.open_with_password(person, "zhou", by=liu)

    first = client.post("/login/", {"username": "zhou", "password": key.password, "next": "/me/"})
    page = client.get("/me/")
    part = client.get("/me/", headers={"HX-Request": "true"})
    same = client.post("/password/first/", {"new_password": key.password, "again": key.password})
    done = client.post("/password/first/", {"new_password": NEW, "again": NEW})

    assert first.headers["Location"] == "/password/first/"
    assert page.headers["Location"] == "/password/first/"
    assert (part.status_code, part.headers["HX-Redirect"]) == (204, "/password/first/")
    assert same.context["form"].errors == {"new_password": ["新密码和现在的一样，请换一个。"]}
    assert (done.status_code, done.headers["Location"]) == (302, "/")
    user = User.objects.get(username="zhou")
    assert (user.check_password(NEW), user.must_change_password) == (True, False)
    assert client.get("/me/").status_code == 200


@pytest.mark.parametrize(
    ("new", "again", "errors"),
    [
        ("short1", "short1", {"new_password": ["密码至少要有 8 位。"]}),
        ("19570101195", "19570101195", {"new_password": ["密码不能全是数字，请加上字母。"]}),
        ("password1", "password1", {"new_password": ["这个密码太常见，容易被猜到，请换一个。"]}),
        ("liuchanggeng", "liuchanggeng", {"new_password": ["密码和登录名太像了，请换一个。"]}),
        (NEW, "Xinmima-2027", {"again": ["两遍输入的密码不一样，请再输一遍。"]}),
        (
            "x" * 129,
            "x" * 129,
            {"new_password": ["新密码最多 128 位。"], "again": ["再输一遍新密码最多 128 位。"]},
        ),
    ],
)
def test_weak_passwords_are_refused_with_their_reason(
    tree: Tree, hold: Hold, sign_in: SignInAs, new: str, again: str, errors: dict[str, list[str]]
) -> None:
    hold(tree.county, Role.ADMIN, "刘长庚", "liuchanggeng1")
    client = sign_in("liuchanggeng1")

    answer = client.post("/me/password/", {"old_password": PASSWORD, "new_password": new, "again": again})

    assert (answer.status_code, answer.context["form"].errors) == (422, errors)
    assert User.objects.get().check_password(PASSWORD) is True


def test_ones_own_password_changes_here_and_signs_out_elsewhere(liu: Actor, sign_in: SignInAs) -> None:
    elsewhere = Client()
    elsewhere.post("/login/", {"username": "liu", "password": PASSWORD})
    here = sign_in("liu")
    before = here.session.session_key

    wrong = here.post("/me/password/", {"old_password": "x", "new_password": NEW, "again": NEW})
    answer = here.post("/me/password/", {"old_password": PASSWORD, "new_password": NEW, "again": NEW})

    assert wrong.context["form"].errors == {"old_password": ["现在的密码不对。忘了的话，请管理员重设。"]}
    assert (answer.status_code, answer.headers["Location"]) == (302, "/me/")
    assert here.get("/me/").status_code == 200
    assert elsewhere.get("/me/").headers["Location"] == "/login/?next=%2Fme%2F"
    assert here.session.session_key != before
    assert [row.session_key for row in SignIn.objects.all()] == [here.session.session_key]


def test_the_account_page_shows_where_one_is_in_and_signs_out_elsewhere(
    liu: Actor, sign_in: SignInAs
) -> None:
    elsewhere = Client(headers={"User-Agent": "Mozilla/5.0 (Linux; Android 10) MicroMessenger/8.0"})
    elsewhere.post("/login/", {"username": "liu", "password": PASSWORD})
    here = sign_in("liu")
    seen = [row.device for row in here.get("/me/").context["sign_ins"]]

    answer = here.post("/me/sign-out-others/")

    assert sorted(seen) == ["不认识的设备", "安卓手机（微信）"]
    assert answer.headers["Location"] == "/me/"
    assert elsewhere.get("/me/").status_code == 302
    assert [row.device for row in here.get("/me/").context["sign_ins"]] == ["不认识的设备"]


def test_an_invitation_leads_straight_in(client: Client, tree: Tree, liu: Actor, hold: Hold) -> None:
    key = actions.invite(hold(tree.school, Role.OFFICER, "周老师").person, "520281-01", by=liu)
    address = f"/welcome/{key.token}/"

    page = client.get(address)
    bad = client.post(address, {"username": "liu", "new_password": NEW, "again": NEW})
    done = client.post(address, {"username": "Zhou", "new_password": NEW, "again": NEW})
    again = client.get(address)

    assert "欢迎您，周老师同志" in text_of(page)
    assert bad.context["form"].errors == {"username": ["登录名“liu”已经有人用了，请换一个。"]}
    assert bad.status_code == 200  # a 4xx would write the address, which is the key, into the log
    assert (done.status_code, done.headers["Location"]) == (302, "/")
    assert client.get("/me/").context["login"].username == "zhou"
    assert again.status_code == 409
    assert Invitation.objects.get().used_at is not None


@pytest.mark.parametrize("token", ["x", "A" * 22, "a%00b"])
def test_an_unknown_link_says_what_to_do(client: Client, db: None, token: str) -> None:
    answer = client.get(f"/welcome/{token}/")

    assert answer.status_code == 409
    assert "这个链接不完整，或者已经换过新的。请重新完整地复制一遍，或者请管理员再发一个。" in text_of(answer)


def test_a_link_opened_where_somebody_else_is_in_changes_the_person(
    tree: Tree, liu: Actor, hold: Hold, sign_in: SignInAs
) -> None:
    client = sign_in("liu")
    key = actions.invite(hold(tree.school, Role.OFFICER, "周老师").person, "zhou", by=liu)
    address = f"/welcome/{key.token}/"

    page = client.get(address)
    client.post(address, {"username": "zhou", "new_password": NEW, "again": NEW})

    assert "您现在是用 刘县 的账号登录的。设好密码以后，会换成 周老师 的账号。" in text_of(page)
    assert client.get("/me/").context["login"].username == "zhou"
    assert SignIn.objects.get(user__username="zhou").session_key == client.session.session_key


def test_posts_are_switched_by_one_click_and_only_among_ones_own(
    tree: Tree, liu: Actor, chen: Actor, sign_in: SignInAs
) -> None:
    second = actions.appoint(
        User.objects.get(username="liu").person, actions.Post(tree.school, Role.LEADER, "名誉校长"), by=chen
    )
    client = sign_in("liu")

    foreign = client.post("/posts/switch/", {"post": chen.appointment_id})
    nonsense = client.post("/posts/switch/", {"post": "²"})
    answer = client.post("/posts/switch/", {"post": second.pk})

    assert (foreign.status_code, nonsense.status_code) == (404, 404)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert client.get("/me/").context["actor"].org_name == "盘州市第一小学"
    entry = Entry.objects.get(verb="people.switched")
    assert entry.sentence == "从盘州市教育局管理员换到盘州市第一小学名誉校长"


def test_a_form_of_the_other_post_is_refused(tree: Tree, liu: Actor, chen: Actor, sign_in: SignInAs) -> None:
    second = actions.appoint(
        User.objects.get(username="liu").person, actions.Post(tree.school, Role.LEADER), by=chen
    )
    client = sign_in("liu")
    client.post("/posts/switch/", {"post": second.pk})

    stale = client.post("/me/sign-out-others/", {"as_post": liu.appointment_id})
    ended = client.post("/me/sign-out-others/", headers={"X-As-Post": "0"})
    right = client.post("/me/sign-out-others/", {"as_post": second.pk})

    assert (stale.status_code, ended.status_code, right.status_code) == (409, 409, 302)
    assert "您在另一个窗口换了岗位，这一页是按原来的岗位打开的。" in text_of(stale)
    assert "打开这一页时用的岗位已经结束了，不能再用它提交。" in text_of(ended)


def test_the_help_line_is_the_unit_above_and_at_the_top_ones_own(tree: Tree, liu: Actor, mei: Actor) -> None:
    lines = []
    for login in ("liu", "mei"):
        client = Client()
        client.post("/login/", {"username": login, "password": PASSWORD})
        lines.append(client.get("/me/").context["help_line"])

    assert [(line.name, line.number) for line in lines] == [
        ("六盘水市联系人", "0851-520200"),
        ("省教育厅联系人", "0851-520000"),
    ]


def test_the_session_is_touched_at_most_every_five_minutes(
    liu: Actor, sign_in: SignInAs, django_assert_num_queries
) -> None:
    client = sign_in("liu")
    long_ago = clock.now() - dt.timedelta(minutes=6)
    SignIn.objects.update(seen_at=long_ago)

    client.get("/me/")
    untouched = SignIn.objects.get().seen_at
    session = client.session
    session["touched"] -= 301
    session.save()
    client.get("/me/")

    assert untouched == long_ago
    assert SignIn.objects.get().seen_at > long_ago
