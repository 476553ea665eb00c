"""A small province and the people who act in it."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from xinhuo.core.actor import Actor, Role
from xinhuo.orgs.actions import create_root, create_unit, set_second_line
from xinhuo.orgs.facts import UnitFacts
from xinhuo.orgs.models import Org

START = dt.date(2015, 1, 1)
MakeActor = Callable[..., Actor]
ClientOf = Callable[[str], Client]


def actor_of(org: Org | None, role: str = Role.ADMIN) -> Actor:
    """Somebody acting for ``org``; for None, whoever installs the system."""
    return Actor(
        person_id=1,
        person_name="罗文",
        user_id=None,
        appointment_id=1,
        org_id=org.pk if org else 0,
        org_name=org.name if org else "",
        path=org.path if org else "",
        role=role,
    )


@pytest.fixture
def act() -> MakeActor:
    """Makes an actor: ``act(org, Role.OFFICER)``."""
    return actor_of


@pytest.fixture
def tree(db: None) -> dict[str, Org]:
    """省 → 两个市州 → 三个县 → 学校；两所高校，其中一所有二级学院；毕节职院第二条线到毕节。"""
    root = create_root(
        UnitFacts("贵州省教育厅", "省教育厅", "province", code="520000"), by=actor_of(None), since=START
    )
    by = actor_of(root)
    made = {"省": root}

    def add(key: str, parent: str, *facts: str) -> None:
        made[key] = create_unit(made[parent], UnitFacts(*facts), by=by, since=START)

    add("毕节", "省", "毕节市教育局", "毕节市", "prefecture", "", "", "520500")
    add("遵义", "省", "遵义市教育局", "遵义市", "prefecture", "", "", "520300")
    add("黔西", "毕节", "黔西县教育局", "黔西县", "county", "", "", "520522")
    add("大方", "毕节", "大方县教育局", "大方县", "county", "", "", "520521")
    add("湄潭", "遵义", "湄潭县教育局", "湄潭县", "county", "", "", "520328")
    add("贵大", "省", "贵州大学", "贵州大学", "university", "public", "", "4152010657")
    add("职院", "省", "毕节职业技术学院", "毕节职业技术学院", "vocational_college", "public")
    add("文学院", "贵大", "贵州大学文学院", "文学院", "subcollege")
    add("一小", "黔西", "黔西县第一小学", "黔西县第一小学", "primary", "public", "town")
    add("中心校", "黔西", "黔西县素朴镇中心小学", "素朴镇中心小学", "primary", "public", "rural")
    add("教学点", "中心校", "黔西县素朴镇岩脚教学点", "岩脚教学点", "teaching_point", "public", "rural")
    add("金太阳", "大方", "大方县金太阳幼儿园", "金太阳幼儿园", "kindergarten", "private", "town")
    set_second_line(made["职院"], made["毕节"], by=by, since=START, basis="演示")
    return made


@pytest.fixture
def client_of(cast: Cast) -> ClientOf:
    """Signs a post of the cast in."""

    def enter(key: str) -> Client:
        client = Client()
        client.force_login(cast.users[key], backend="django.contrib.auth.backends.ModelBackend")
        client.get(reverse("orgs:org_list"))  # the session's first touch is written here
        return client

    return enter


def text_of(html: str) -> str:
    """The words of a page without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))
