"""A small tree and people in it: Mei keeps accounts at the province, Chen at a prefecture, Liu at a county."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client

from xinhuo.core import clock
from xinhuo.core.actor import Actor, Role
from xinhuo.orgs.enums import Kind
from xinhuo.orgs.models import Org
from xinhuo.people.models import Appointment, Person, User

PASSWORD = "Shanqing-2026"


@dataclass
class Tree:
    """Units used by the tests of people."""

    province: Org
    prefecture: Org
    county: Org
    school: Org
    other: Org


@pytest.fixture
def tree(db: None) -> Tree:
    def unit(parent: Org | None, step: str, name: str, short: str, kind: str, code: str) -> Org:
        return Org.objects.create(
            parent=parent,
            path=(parent.path if parent else "") + step,
            name=name,
            short_name=short,
            kind=kind,
            code=code,
            contact_name=f"{short}联系人",
            contact_phone=f"0851-{code}",
        )

    province = unit(None, "000", "贵州省教育厅", "省教育厅", Kind.PROVINCE, "520000")
    prefecture = unit(province, "000", "六盘水市教育局", "六盘水市", Kind.PREFECTURE, "520200")
    county = unit(prefecture, "000", "盘州市教育局", "盘州市", Kind.COUNTY, "520281")
    school = unit(county, "000", "盘州市第一小学", "第一小学", Kind.PRIMARY, "")
    other = unit(province, "001", "黔西南州教育局", "黔西南州", Kind.PREFECTURE, "522300")
    return Tree(province, prefecture, county, school, other)


Hold = Callable[..., Appointment]


@pytest.fixture
def hold(tree: Tree) -> Hold:
    """Makes a person with a post; with ``login`` also an open account whose password is PASSWORD."""

    def make(org: Org, role: str, name: str, login: str = "", title: str = "") -> Appointment:
        person = Person.objects.create(name=name, phone="13800000000")
        if login:
            User.objects.create(person=person, username=login, password=make_password(PASSWORD))
            Org.objects.filter(pk=org.pk).update(has_accounts=True)
            org.has_accounts = True
        since = clock.today() - dt.timedelta(days=30)
        return Appointment.objects.create(person=person, org=org, role=role, title=title, valid_from=since)

    return make


@pytest.fixture
def mei(tree: Tree, hold: Hold) -> Actor:
    return hold(tree.province, Role.ADMIN, "梅省", "mei").as_actor(origin="10.0.0.1")


@pytest.fixture
def chen(tree: Tree, hold: Hold) -> Actor:
    return hold(tree.prefecture, Role.ADMIN, "陈市", "chen").as_actor(origin="10.0.0.2")


@pytest.fixture
def liu(tree: Tree, hold: Hold) -> Actor:
    return hold(tree.county, Role.ADMIN, "刘县", "liu").as_actor(origin="10.0.0.3")


@pytest.fixture
def officer(tree: Tree, hold: Hold) -> Actor:
    return hold(tree.county, Role.OFFICER, "欧经办", "ou").as_actor(origin="10.0.0.4")


@pytest.fixture
def sign_in(client: Client) -> Callable[[str], Client]:
    """Signs the client in through the login page itself."""

    def go(login: str, password: str = PASSWORD) -> Client:
        answer = client.post("/login/", {"username": login, "password": password})
        assert answer.status_code == 302, answer.content.decode()
        return client

    return go


SignInAs = Callable[..., Client]
