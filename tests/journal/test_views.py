"""The journal's page: who reads it, how it is narrowed, and that it stays quick."""

import datetime as dt
import re
from collections.abc import Callable
from io import BytesIO

import openpyxl
import pytest
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from xinhuo.core import clock
from xinhuo.core.actor import Actor, Role
from xinhuo.journal.actions import journal
from xinhuo.journal.models import Entry
from xinhuo.orgs.models import Org
from xinhuo.people.models import Appointment, Person, User

Come = Callable[[str, str], tuple[Client, Actor]]


@pytest.fixture
def come(db: None) -> Come:
    """Signs somebody with a role in at a unit of a small tree."""
    root = Org.objects.create(path="000", name="贵州省教育厅", short_name="省教育厅", kind="province")
    for step, name in (("000", "盘州市教育局"), ("001", "水城区教育局")):
        Org.objects.create(parent=root, path=f"000{step}", name=name, short_name=name[:3], kind="prefecture")

    def make(unit: str, role: str) -> tuple[Client, Actor]:
        person = Person.objects.create(name=f"{unit[:2]}{Role(role).label}")
        login = f"p{person.pk}-user"
        User.objects.create(person=person, username=login, password=make_password("Shanqing-2026"))
        post = Appointment.objects.create(
            person=person, org=Org.objects.get(name=unit), role=role, valid_from=clock.today()
        )
        client = Client()
        client.force_login(person.user, backend="django.contrib.auth.backends.ModelBackend")
        return client, post.as_actor(origin="10.0.0.9")

    return make


def lines(answer) -> list[str]:
    found = re.findall(r"<li><span class=\"xh-meta\">(.*?)</li>", answer.content.decode(), re.DOTALL)
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", line)).strip() for line in found]


def test_an_entry_reads_as_a_sentence(come: Come) -> None:
    client, actor = come("盘州市教育局", Role.ADMIN)
    entry = journal(actor, "people.added", "新增人员周老师")
    Entry.objects.filter(pk=entry.pk).update(at=dt.datetime(2020, 9, 24, 9, 40, tzinfo=clock.SHANGHAI))

    assert lines(client.get("/journal/")) == [
        "2020年9月24日 09:40 · 来自 10.0.0.9盘州管理员（盘州市教育局 管理员）· 新增人员周老师"
    ]


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.ADMIN, 200), (Role.LEADER, 200), (Role.OFFICER, 403), (Role.SECRETARY, 403), (Role.OBSERVER, 403)],
)
def test_administrators_and_leaders_read_it(come: Come, role: str, status: int) -> None:
    client, _ = come("盘州市教育局", role)

    assert client.get("/journal/").status_code == status


def test_each_unit_reads_its_own_part(come: Come) -> None:
    seen = {}
    for unit in ("贵州省教育厅", "盘州市教育局", "水城区教育局"):
        client, actor = come(unit, Role.ADMIN)
        journal(actor, "people.added", f"{unit}办事")
        seen[unit] = client
    sentences = {
        unit: [entry.sentence for entry in client.get("/journal/").context["found"]]
        for unit, client in seen.items()
    }

    assert sentences == {
        "贵州省教育厅": ["水城区教育局办事", "盘州市教育局办事", "贵州省教育厅办事"],
        "盘州市教育局": ["盘州市教育局办事"],
        "水城区教育局": ["水城区教育局办事"],
    }


def test_it_is_narrowed_by_its_address_and_says_what_it_cannot_read(come: Come) -> None:
    client, actor = come("盘州市教育局", Role.ADMIN)
    journal(actor, "people.added", "新增人员周老师")
    journal(actor, "people.signed_in", "登录（Chrome）")

    def found(query: str) -> list[str]:
        return [entry.sentence for entry in client.get(f"/journal/?{query}").context["found"]]

    today = clock.today().isoformat()
    assert found("verb=people.added") == ["新增人员周老师"]
    assert found("words=Chrome") == ["登录（Chrome）"]
    assert found(f"start={today}&end={today}&person=盘州&unit=教育局") == ["登录（Chrome）", "新增人员周老师"]
    assert found("end=2020-01-01") == []
    answer = client.get("/journal/?start=2026-13-01&verb=people.flown&words=人员")
    assert [entry.sentence for entry in answer.context["found"]] == ["新增人员周老师"]
    assert answer.context["form"].errors == {
        "start": ["日期请写成 2020-09-24 或者 2020年9月24日。"],
        "verb": ["没有您选的这一项，可能刚被别人改过。请重新选择。"],
    }
    assert 'value="2026-13-01"' in answer.content.decode()
    backwards = client.get("/journal/?start=2026-02-02&end=2026-02-01")
    assert backwards.context["form"].errors == {"end": ["“到哪天”不能早于“从哪天”。"]}


def test_pages_follow_one_another_and_keep_the_filter(come: Come) -> None:
    client, actor = come("盘州市教育局", Role.ADMIN)
    for number in range(60):
        journal(actor, "people.added", f"第{number}件")
    journal(actor, "people.signed_in", "登录")

    first = client.get("/journal/?verb=people.added")
    address = re.search(r'href="(\?verb=people.added&amp;after=[\w-]+)"', first.content.decode())
    assert address is not None
    second = client.get("/journal/" + address.group(1).replace("&amp;", "&"))

    shown = [entry.sentence for answer in (first, second) for entry in answer.context["found"]]
    assert shown == [f"第{number}件" for number in reversed(range(60))]
    assert len(first.context["found"].rows) == 50


def test_it_costs_the_same_queries_however_long_it_is(come: Come) -> None:
    client, actor = come("盘州市教育局", Role.ADMIN)
    client.get("/journal/")
    counts = []
    for _ in range(2):
        journal(actor, "people.added", "一件")
        with CaptureQueriesContext(connection) as queries:
            client.get("/journal/")
        counts.append(len(queries))
        Entry.objects.bulk_create(
            [Entry(at=clock.now(), verb="x", sentence=str(n), org_path=actor.path) for n in range(99)]
        )

    assert counts[0] == counts[1] <= 12


def test_the_workbook_is_the_administrators(come: Come) -> None:
    client, actor = come("盘州市教育局", Role.ADMIN)
    leader, _ = come("盘州市教育局", Role.LEADER)
    entry = journal(actor, "people.added", "=1+1")
    Entry.objects.filter(pk=entry.pk).update(at=dt.datetime(2026, 9, 24, 9, 40, tzinfo=clock.SHANGHAI))

    refused = leader.get("/journal/?export=xlsx")
    answer = client.get("/journal/?export=xlsx")

    book = openpyxl.load_workbook(BytesIO(answer.getvalue()))
    assert refused.status_code == 403
    assert [[cell.value for cell in row] for row in book.active.iter_rows()] == [
        ["时间", "姓名", "单位", "职务", "事项", "内容", "来自"],
        ["2026-09-24 09:40:00", "盘州管理员", "盘州市教育局", "管理员", "新增人员", "=1+1", "10.0.0.9"],
    ]
    assert book.active["F2"].data_type == "s"
    assert "导出表格" not in leader.get("/journal/").content.decode()
