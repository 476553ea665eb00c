"""Coming in and going out, as a browser sees it."""

import datetime as dt
import re

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.sessions.models import Session
from django.test import Client, override_settings

from tests.people.conftest import PASSWORD, Hold, SignInAs, Tree
from xinhuo.core import clock
from xinhuo.core.actor import Actor, Role
from xinhuo.journal.models import Entry
from xinhuo.people import actions
from xinhuo.people.models import Appointment, Invitation, SignIn, User

NEW = "Xinmima-2026"


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", answer.content.decode()))


def notes_of(answer) -> list[str]:
    found = re.findall(r'<p class="xh-note big"[^>]*>(.*?)</p>', answer.content.decode(), re.DOTALL)
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", note)).strip() for note in found]


def test_signing_in_opens_a_new_session_and_writes_it_down(client: Client, liu: Actor) -> None:
    client.get("/login/")
    client.session["before"] = 1
    session = client.session
    session["before"] = 1
    session.save()
    before = session.session_key

    answer = client.post(
        "/login/",
        {"username": " LIU ", "password": PASSWORD, "next": "/me/"},
        headers={"User-Agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/109.0 Safari/537.36"},
    )

    assert (answer.status_code, answer.headers["Location"]) == (302, "/me/")
    row = SignIn.objects.get()
    assert row.session_key == client.session.session_key != before
    assert (row.user.username, row.device, row.origin) == ("liu", "Windows 电脑（Chrome）", "127.0.0.1")
    assert Session.objects.filter(session_key=before).exists() is False
    entry = Entry.objects.get()
    assert (entry.sentence, entry.person_name, entry.org_name) == (
        "登录（Windows 电脑（Chrome））",
        "刘县",
        "盘州市教育局",
    )


@pytest.mark.parametrize("remember", [True, False])
def test_the_cookie_ends_with_the_browser_unless_asked_otherwise(
    client: Client, liu: Actor, remember: bool
) -> None:
    data = {"username": "liu", "password": PASSWORD} | ({"remember": "on"} if remember else {})

    client.post("/login/", data)

    age = client.cookies[settings.SESSION_COOKIE_NAME]["max-age"]
    assert age == (30 * 24 * 3600 if remember else "")


@pytest.mark.parametrize(
    "where",
    ["https://example.com/", "//example.com", "javascript:alert(1)", "/\\example.com", "https:example.com"],
)
def test_the_way_on_never_leaves_the_site(client: Client, liu: Actor, where: str) -> None:
    answer = client.post("/login/", {"username": "liu", "password": PASSWORD, "next": where})

    assert (answer.status_code, answer.headers["Location"]) == (302, "/")


@pytest.mark.parametrize("name", ["liu", "nobody"])
def test_a_wrong_password_and_an_unknown_name_read_the_same(client: Client, liu: Actor, name: str) -> None:
    answer = client.post("/login/", {"username": name, "password": "wrong"})

    assert answer.status_code == 422
    assert notes_of(answer) == ["登录名或者密码不对。请看看有没有输错，密码要分大小写。还可以试 4 次。"]
    assert f'value="{name}"' in answer.content.decode()
    assert "wrong" not in answer.content.decode()


@override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.PBKDF2PasswordHasher"])
def test_an_unknown_name_costs_as_much_hashing_as_a_known_one(
    client: Client, tree: Tree, hold: Hold, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold(tree.county, Role.ADMIN, "刘县", "liu")
    done: list[str] = []
    encode = PBKDF2PasswordHasher.encode

    def counted(self, password, salt, iterations=None):
        done.append(password)
        return encode(self, password, salt, iterations)

    monkeypatch.setattr(PBKDF2PasswordHasher, "encode", counted)
    work = []
    for name in ("liu", "nobody"):
        done.clear()
        client.post("/login/", {"username": name, "password": "wrong"})
        work.append(list(done))

    assert work == [["wrong"], ["wrong"]]


@pytest.mark.parametrize("name", ["liu", "nobody"])
def test_five_failures_lock_the_name_even_for_the_right_password(
    client: Client, liu: Actor, mei: Actor, name: str
) -> None:
    for spelling in (name, name.upper(), f" {name}", name.title()):
        client.post("/login/", {"username": spelling, "password": "wrong"})

    fifth = client.post("/login/", {"username": name, "password": "wrong"})
    right = client.post("/login/", {"username": name, "password": PASSWORD})

    assert (fifth.status_code, right.status_code) == (429, 429)
    assert notes_of(fifth) == ["密码连续输错了 5 次。为了安全，这个登录名在这台电脑上要等 15 分钟才能再试。"]
    assert notes_of(right) == notes_of(fifth)
    assert "省教育厅联系人 0851-520000" in text_of(fifth)
    entry = Entry.objects.get(verb="people.locked_out")
    assert entry.sentence == "连续输错密码，登录锁定 15 分钟"
    known = (entry.person_name, entry.org_name)
    assert known == (("刘县", "盘州市教育局") if name == "liu" else ("未知登录名", "贵州省教育厅"))


def test_a_reset_by_the_administrator_lifts_the_lock(
    client: Client, tree: Tree, liu: Actor, chen: Actor, sign_in: SignInAs
) -> None:
    for _ in range(5):
        client.post("/login/", {"username": "liu", "password": "wrong"})
    assert AccessAttempt.objects.count() == 1

    person = User.objects.get(username="liu").person
    key = actions.reset_password(person, by=chen, on_paper=True)

    assert AccessAttempt.objects.count() == 0
    assert sign_in("liu", key.password).get("/me/").status_code == 302  # first a password of his own


def test_the_lock_ends_by_itself(client: Client, liu: Actor) -> None:
    for _ in range(5):
        client.post("/login/", {"username": "liu", "password": "wrong"})
    AccessAttempt.objects.update(attempt_time=clock.now() - dt.timedelta(minutes=16))

    answer = client.post("/login/", {"username": "liu", "password": PASSWORD})

    assert answer.status_code == 302


def test_missing_fields_are_named(client: Client, db: None) -> None:
    answer = client.post("/login/", {"username": "", "password": ""})

    assert answer.status_code == 422
    assert answer.context["form"].errors == {
        "username": ["请填写登录名。"],
        "password": ["请填写密码。"],
    }


def test_whoever_has_no_post_is_told_whom_to_ask(client: Client, liu: Actor) -> None:
    Appointment.objects.update(valid_to=clock.today())

    answer = client.post("/login/", {"username": "liu", "password": PASSWORD})

    assert answer.context["form"].non_field_errors() == [
        "您现在没有岗位，进不去。请给本单位或者上级单位的管理员打电话。"
    ]
    assert SignIn.objects.count() == 0


def test_a_closed_account_reads_like_a_wrong_password(client: Client, liu: Actor) -> None:
    User.objects.update(is_active=False)

    answer = client.post("/login/", {"username": "liu", "password": PASSWORD})

    assert answer.context["form"].non_field_errors() == ["登录名或者密码不对。"]


def test_signing_out_needs_post_and_ends_the_session(liu: Actor, sign_in: SignInAs) -> None:
    client = sign_in("liu")
    key = client.session.session_key

    asked = client.get("/logout/")
    answer = client.post("/logout/")

    assert asked.status_code == 405
    assert (answer.status_code, answer.headers["Location"]) == (302, "/login/")
    assert Session.objects.filter(session_key=key).exists() is False
    assert SignIn.objects.count() == 0
    assert client.get("/me/").headers["Location"] == "/login/?next=/me/"


def test_closing_the_account_puts_out_whoever_is_in(liu: Actor, chen: Actor, sign_in: SignInAs) -> None:
    client = sign_in("liu")
    assert client.get("/me/").status_code == 200

    actions.close_account(User.objects.get(username="liu").person, "工作调动", by=chen)

    assert client.get("/me/").headers["Location"] == "/login/?next=/me/"


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
    assert elsewhere.get("/me/").headers["Location"] == "/login/?next=/me/"
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
