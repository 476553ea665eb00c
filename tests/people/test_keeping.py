"""Keeping accounts through the pages: who may, what is shown, and that nothing entered is lost."""

import re
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.people.conftest import Hold, SignInAs, Tree
from xinhuo.core.actor import Actor, Role
from xinhuo.people.models import Person, User

NOT_AN_ADMIN = "账号由管理员管理。需要开通或者修改的话，请找本单位或者上级单位的管理员。"


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", answer.content.decode()))


def rows_of(answer) -> list[list[str]]:
    body = answer.content.decode().partition("<tbody>")[2].partition("</tbody>")[0]
    lines = re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
    return [
        [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line, re.DOTALL)]
        for line in lines
    ]


def test_the_list_shows_the_own_unit_and_below(
    tree: Tree, mei: Actor, chen: Actor, liu: Actor, hold: Hold, sign_in: SignInAs
) -> None:
    hold(tree.other, Role.ADMIN, "王兴义", "wang")
    hold(tree.school, Role.OFFICER, "周老师", title="德育主任")

    rows = rows_of(sign_in("chen").get("/people/"))

    assert [row[:6] for row in rows] == [
        ["陈市", "六盘水市教育局", "管理员", "管理员", "chen", "使用中"],
        ["刘县", "盘州市教育局", "管理员", "管理员", "liu", "使用中"],
        ["周老师", "盘州市第一小学", "德育主任", "经办人", "—", "没有账号"],
    ]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("q=第一 周", ["周老师"]),
        ("q=LIU", ["刘县"]),
        ("role=officer", ["周老师", "吴老师"]),
        ("state=none", ["周老师"]),
        ("state=first", ["吴老师"]),
        ("state=waiting", ["郑老师"]),
        ("state=closed", ["冯老师"]),
        ("state=open", ["陈市", "刘县"]),
        ("state=nonsense", ["陈市", "刘县", "周老师", "吴老师", "郑老师", "冯老师"]),
    ],
)
def test_the_list_is_searched_and_filtered(
    tree: Tree, chen: Actor, liu: Actor, hold: Hold, sign_in: SignInAs, query: str, names: list[str]
) -> None:
    hold(tree.school, Role.OFFICER, "周老师")
    hold(tree.school, Role.OFFICER, "吴老师", "wu")
    User.objects.filter(username="wu").update(must_change_password=True)
    hold(tree.school, Role.LEADER, "郑老师", "zheng")
    user = User.objects.get(username="zheng")
    user.set_unusable_password()
    user.save()
    hold(tree.school, Role.OBSERVER, "冯老师", "feng")
    User.objects.filter(username="feng").update(is_active=False)

    rows = rows_of(sign_in("chen").get(f"/people/?{query}"))

    assert [row[0] for row in rows] == names


def test_the_workbook_holds_the_list_and_no_secrets(
    tree: Tree, liu: Actor, hold: Hold, sign_in: SignInAs
) -> None:
    hold(tree.school, Role.OFFICER, "周老师", "zhou")

    answer = sign_in("liu").get("/people/?export=xlsx")

    book = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))
    rows = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert rows[0] == ["姓名", "单位", "职务", "角色", "登录名", "账号", "最近登录"]
    assert rows[2][:6] == ["周老师", "盘州市第一小学", "经办人", "经办人", "zhou", "使用中"]
    assert "13800000000" not in str(rows)


def test_the_list_costs_the_same_queries_for_many_rows(
    tree: Tree, liu: Actor, hold: Hold, sign_in: SignInAs
) -> None:
    client = sign_in("liu")
    counts = []
    for number in range(2):
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/people/").status_code == 200
        counts.append(len(queries))
        for n in range(20):
            hold(tree.school, Role.OFFICER, f"老师{number}{n}", f"teacher{number}-{n}")

    assert counts[0] == counts[1] <= 12


@pytest.mark.parametrize(
    "address",
    [
        "/people/",
        "/people/add/",
        "/people/units/",
        "/people/import/",
        "/people/import/template/",
        "/people/{pk}/",
        "/people/{pk}/change/",
        "/people/{pk}/appoint/",
        "/people/{pk}/account/",
        "/people/{pk}/reset/",
        "/people/{pk}/close/",
        "/people/posts/{post}/end/",
    ],
)
def test_an_officer_gets_the_reason_and_a_stranger_gets_nothing(
    tree: Tree, officer: Actor, hold: Hold, client, sign_in: SignInAs, address: str
) -> None:
    here = hold(tree.school, Role.OFFICER, "周老师", "zhou")
    there = hold(tree.other, Role.OFFICER, "王兴义", "wang")
    anonymous = client.get(address.format(pk=here.person_id, post=here.pk))
    sign_in("ou")

    refused = client.get(address.format(pk=here.person_id, post=here.pk))
    unseen = client.get(address.format(pk=there.person_id, post=there.pk))

    assert anonymous.status_code == 302
    assert anonymous.headers["Location"].startswith("/login/?next=")
    assert refused.status_code == 403
    assert NOT_AN_ADMIN in text_of(refused)
    assert unseen.status_code == (404 if "{" in address else 403)


def test_adding_by_link_shows_the_link_once_and_stores_only_its_digest(
    tree: Tree, liu: Actor, sign_in: SignInAs, client
) -> None:
    sign_in("liu")
    data = {"name": "周 老师", "phone": "", "unit": "第一小学", "role": "officer", "title": "德育主任"}

    answer = client.post("/people/add/", data | {"opening": "link", "username": ""})

    link = re.search(r"http://testserver/welcome/[\w-]{22}/", answer.content.decode())
    assert link is not None
    assert answer.headers["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    person = Person.objects.get(name="周老师")
    post = person.appointments.get()
    assert (post.org, post.role, post.title) == (tree.school, "officer", "德育主任")
    assert person.user.username == f"dw{tree.school.pk}-01"
    client.post("/logout/")
    assert "欢迎您，周老师同志" in text_of(client.get(link.group()))


def test_adding_with_a_slip_prints_a_password_that_works_once(
    tree: Tree, liu: Actor, sign_in: SignInAs, client
) -> None:
    sign_in("liu")
    data = {"name": "周老师", "unit": "盘州市", "role": "officer", "opening": "slip", "username": "Zhou"}

    answer = client.post("/people/add/", data)

    words = re.findall(r'<dd class="xh-slip-code">(.*?)</dd>', answer.content.decode())
    assert words[:2] == ["http://testserver/login/", "zhou"]
    client.post("/logout/")
    entered = client.post("/login/", {"username": "zhou", "password": words[2]})
    assert entered.headers["Location"] == "/password/first/"


def test_what_was_entered_stays_when_something_is_wrong(tree: Tree, liu: Actor, sign_in: SignInAs) -> None:
    data = {
        "name": "周老师",
        "phone": "微信",
        "unit": "黔西南州",
        "role": "king",
        "title": "德育主任",
        "since": "2099-01-01",
        "opening": "pigeon",
        "username": "刘",
    }
    people = Person.objects.count()

    answer = sign_in("liu").post("/people/add/", data)

    assert answer.status_code == 422
    assert answer.context["form"].errors == {
        "phone": ["电话“微信”不像电话号码。请写手机号，或者带区号的座机号。"],
        "unit": ["在您管理的范围里没有找到“黔西南州”。请写单位的全称或者简称，已撤并的单位不能用。"],
        "role": ["请从列出的角色里选择。"],
        "since": ["任职日期不能晚于今天。"],
        "opening": ["请从列出的办法里选择。"],
        "username": ["登录名要有 3 到 40 个字符，现在是 1 个。"],
    }
    shown = answer.content.decode()
    kept = ("周老师", "微信", "黔西南州", "德育主任", "2099-01-01", "刘")
    assert [value for value in kept if f'value="{value}"' not in shown] == []
    assert Person.objects.count() == people


def test_a_namesake_is_doubted_and_may_be_confirmed(
    tree: Tree, liu: Actor, hold: Hold, sign_in: SignInAs, client
) -> None:
    hold(tree.school, Role.OFFICER, "周老师")
    sign_in("liu")
    data = {"name": "周老师", "unit": "第一小学", "role": "officer", "opening": "none"}

    asked = client.post("/people/add/", data)
    form = asked.context["form"]
    confirmed = client.post("/people/add/", data | {"confirm_warnings": form.warnings_digest})

    assert asked.status_code == 422
    assert form.warnings == [
        "盘州市第一小学已经登记了一位周老师。如果是同一个人，请到他的页面加岗位，不要再登记。"
    ]
    assert confirmed.status_code == 302
    assert Person.objects.filter(name="周老师").count() == 2


def test_units_are_proposed_while_typing(tree: Tree, chen: Actor, sign_in: SignInAs) -> None:
    client = sign_in("chen")

    found = client.get("/people/units/", {"unit": "一小"})
    nothing = client.get("/people/units/", {"unit": "西南"})

    assert re.findall(r'value="(.*?)"', found.content.decode()) == ["盘州市/盘州市第一小学"]
    assert re.findall(r'value="(.*?)"', nothing.content.decode()) == []
