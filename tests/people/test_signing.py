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
from xinhuo.people.models import Appointment, SignIn, User

NEW = "Xinmima-2026"


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", answer.content.decode()))


def notes_of(answer) -> list[str]:
    found = re.findall(r'<p class="xh-note big"[^>]*>(.*?)</p>', answer.content.decode(), re.DOTALL)
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", note)).strip() for note in found]


def test_signing_in_opens_a_new_session_and_writes_it_down(client: Client, liu: Actor) -> None:
    client.get("/login/")
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


@pytest.mark.parametrize(("ticked", "age"), [({"remember": "on"}, 30 * 24 * 3600), ({}, "")])
def test_the_cookie_ends_with_the_browser_unless_asked_otherwise(
    client: Client, liu: Actor, ticked: dict[str, str], age: int | str
) -> None:
    client.post("/login/", {"username": "liu", "password": PASSWORD} | ticked)

    assert client.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == age


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
    assert client.get("/me/").headers["Location"] == "/login/?next=%2Fme%2F"


def test_closing_the_account_puts_out_whoever_is_in(liu: Actor, chen: Actor, sign_in: SignInAs) -> None:
    client = sign_in("liu")
    assert client.get("/me/").status_code == 200

    actions.close_account(User.objects.get(username="liu").person, "工作调动", by=chen)

    assert client.get("/me/").headers["Location"] == "/login/?next=%2Fme%2F"
