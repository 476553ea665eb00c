"""Every figure of the leader's page equals a recount from raw records, and its link leads to exactly those."""

import datetime as dt
import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.plans.steers import accept, pass_days, reported, task
from tests.plans.works import delivery_of, later, report, sent_plan
from xinhuo.core import clock
from xinhuo.documents.actions import receive
from xinhuo.people.models import Person
from xinhuo.plans.actions.closing import close_task
from xinhuo.plans.actions.steering import ask_extension, decide_extension, explain, set_points, set_target
from xinhuo.plans.models import Assignment, Extension, Report
from xinhuo.portal.leader import leader_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def half_year(cast: Cast, settings: Any) -> Cast:
    """Of four units one is closed, one slow with a cause, one has more time, one never signed; 40 days passed."""
    plan = sent_plan(cast)
    for unit in ("qianxinan", "guiyang", "university"):
        receive(delivery_of(cast, plan, unit), by=cast.actors[f"{unit}_officer"])
    duty = task(cast, "guiyang").duty
    set_points(duty, [(later(35), 40)], by=cast.province_officer)
    set_target(task(cast, "guiyang"), Decimal(100), by=cast.province_officer)
    pass_days(settings, 38)
    report(cast, "guiyang", "20", "建了一部分")
    explain(task(cast, "guiyang"), "staff", "", by=cast.guiyang_officer)
    reported(cast, "qianxinan", "9")
    close_task(task(cast, "qianxinan"), confirmed=True, by=cast.province_officer)
    extension = ask_extension(task(cast, "university", "d2"), later(100), "疫情", by=cast.university_officer)
    decide_extension(extension, grant=True, answer="", by=cast.province_officer)
    Person.objects.filter(pk=cast.university_officer.person_id).update(phone="13800000001")
    pass_days(settings, 2)
    return cast


def _raw_light(item: Assignment) -> str:
    """The light counted again, by hand and without the rules: enough for the states of this half-year."""
    today = clock.today()
    if item.closed_at:
        return "done"
    if item.delivery and item.delivery.received_at is None:
        return "idle"
    assert item.due is not None
    shift = item.due - item.duty.due if item.duty.due else dt.timedelta()
    passed = [
        point
        for point in item.duty.time_points
        if dt.date.fromisoformat(point["due"]) + shift < today and point["share"]
    ]
    silent = item.sent_revision is None
    if item.due < today:
        return "red" if silent else "green"
    if silent:
        return "amber" if passed else "idle"
    short = item.target and item.sent_number is not None and item.sent_number / item.target < Decimal("0.3")
    return "amber" if passed and short else "green"


def _given(cast: Cast) -> list[Assignment]:
    rows = Assignment.objects.filter(by_org=cast.orgs["province"]).exclude(org=cast.orgs["province"])
    return list(rows.select_related("duty", "delivery"))


def _shown(client: Client, url: str) -> int:
    found = re.search(r"共 (\d+) 项", client.get(url).content.decode())
    assert found, url
    return int(found.group(1))


def test_every_light_equals_a_recount_and_its_list(half_year: Cast) -> None:
    client = Client()
    client.force_login(half_year.users["province_leader"])
    view = leader_page(half_year.province_leader)
    recount: dict[str, int] = dict.fromkeys(("red", "amber", "green", "idle", "done"), 0)
    for item in _given(half_year):
        recount[_raw_light(item)] += 1

    figures = {figure.get("light", figure["label"]): figure for figure in view.figures}

    assert {light: figures[light]["value"] for light in recount} == recount
    assert recount == {"red": 0, "amber": 1, "green": 0, "idle": 2, "done": 1}
    assert figures["布置给下级"]["value"] == len(_given(half_year)) == 4
    for light, value in recount.items():
        assert _shown(client, figures[light]["url"]) == value, light
    assert _shown(client, figures["布置给下级"]["url"]) == 4


def test_late_pages_and_the_week_equal_a_recount(half_year: Cast) -> None:
    client = Client()
    client.force_login(half_year.users["province_leader"])
    view = leader_page(half_year.province_leader)
    week = clock.now() - dt.timedelta(days=7)
    given = _given(half_year)
    late = Report.objects.filter(
        to_org=half_year.orgs["province"], state_above__in=("draft", "returned"), call__due__lt=clock.today()
    ).exclude(org=half_year.orgs["province"])

    figures = {figure["label"]: figure for figure in view.figures}
    changed = {item["label"]: item for item in view.week}

    assert figures["超期没报"]["value"] == late.count() == 2
    assert (
        changed["报来进展"]["value"]
        == sum(bool(item.sent_at and item.sent_at >= week) for item in given)
        == 2
    )
    assert (
        changed["审核通过"]["value"]
        == sum(bool(item.accepted_at and item.accepted_at >= week) for item in given)
        == 1
    )
    assert (
        changed["办结"]["value"]
        == sum(bool(item.closed_at and item.closed_at >= week) for item in given)
        == 1
    )
    assert (
        changed["同意延期"]["value"]
        == Extension.objects.filter(state="granted", decided_at__gte=week).count()
        == 1
    )
    for label in ("报来进展", "审核通过", "办结"):
        assert _shown(client, changed[label]["url"]) == changed[label]["value"], label


def test_last_weeks_changes_are_not_this_weeks(half_year: Cast, settings: Any) -> None:
    pass_days(settings, 8)

    view = leader_page(half_year.province_leader)

    assert [item["value"] for item in view.week] == [0, 0, 0, 0]


def test_it_says_what_is_slow_why_and_whom_to_ring(half_year: Cast) -> None:
    view = leader_page(half_year.province_leader)

    slow = [(item.duty.key, item.lights.text, item.names, list(item.causes)) for item in view.slow]
    calls = {line.org.short_name: [contact.phone for contact in line.contacts] for line in view.calls}

    assert slow == [("d1", "▲ 1 个市（州）进展较慢", "贵阳市", ["贵阳市：人手不足"])]
    assert calls == {"贵州大学": ["13800000001"], "黔职院": []}


def test_a_prefectures_leader_sees_the_own_unit_and_nothing_beside(half_year: Cast) -> None:
    client = Client()
    client.force_login(half_year.users["qianxinan_leader"])

    html = client.get(reverse("portal:leader")).content.decode()

    assert "黔西南州教育局关工委工作进展" in html
    assert "贵阳" not in html


def test_the_page_is_for_those_who_lead_and_cannot_change_anything(half_year: Cast) -> None:
    officer, observer = Client(), Client()
    officer.force_login(half_year.users["province_officer"])
    observer.force_login(half_year.users["province_observer"])

    html = observer.get(reverse("portal:leader")).content.decode()

    assert officer.get(reverse("portal:leader")).status_code == 403
    assert 'method="post"' not in html.split("<main", 1)[1].split("</main>", 1)[0]
    assert "一页看全局" in observer.get(reverse("portal:workbench")).content.decode()


def test_accepting_a_page_moves_the_figures_at_once(half_year: Cast) -> None:
    before = leader_page(half_year.province_leader).given["accepted"]
    page = Report.objects.select_related("call", "org", "to_org").get(
        org=half_year.orgs["guiyang"], call__kind="half"
    )

    accept(page, half_year, "province_officer")

    assert leader_page(half_year.province_leader).given["accepted"] == before + 1
