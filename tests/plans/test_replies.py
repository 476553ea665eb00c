"""An answer to a notice that does not come is steered like a page that does not come."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.reporting.notices import LI, WANG, answer, notice, return_of, rule
from xinhuo.flows.enums import Verdict
from xinhuo.notifications.models import Message
from xinhuo.plans.actions.reminding import remind
from xinhuo.plans.queries.escalating import REPLY, late_for_long, still_late
from xinhuo.plans.queries.replies import replies_owed
from xinhuo.plans.queries.steerpage import group_text, steer_page
from xinhuo.reporting.actions import move_due
from xinhuo.reporting.models import Return, Round

from .steers import pass_days
from .works import later

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(cast: Cast, settings: Any) -> Cast:
    """黔西南州 has answered, 贵阳市 was asked for more, 贵州大学 is silent; the date is nine days ago."""
    document = notice(cast, "qianxinan", "guiyang", "university")
    answer(cast, return_of(cast, document, "qianxinan"), WANG)
    rule(cast, answer(cast, return_of(cast, document, "guiyang"), LI), Verdict.RETURN, "请补带队领导")
    due = return_of(cast, document, "university").due
    assert due is not None
    pass_days(settings, (due - later(0)).days + 9)
    return cast


def _owed(cast: Cast) -> list[tuple[str, int, bool]]:
    return [(item.org.short_name, item.days, item.asked) for item in replies_owed(cast.orgs["province"].pk)]


def test_who_is_silent_and_who_was_asked_again_is_told_apart(asked: Cast) -> None:
    assert _owed(asked) == [("贵阳市", 9, True), ("贵州大学", 9, False)]


def test_the_page_and_the_group_name_them(asked: Cast, client: Client) -> None:
    view = steer_page(asked.province_officer)
    (about,) = [item for item in view.about if item.kind == "reply"]

    text = group_text(asked.province_officer, "reply", about.pk, "http://short/")

    assert view.late == 2
    assert text is not None
    assert "以下 1 个单位还没回复《关于召开工作会议的通知》" in text.words
    assert "贵州大学。" in text.words
    assert "以下 1 个单位请补充后再报一次：贵阳市。" in text.words
    client.force_login(asked.users["province_officer"])
    page = client.get(reverse("plans:steering")).content.decode()
    assert "请补充的还没来，晚 9 天" in page
    assert group_text(asked.guiyang_officer, "reply", about.pk, "http://short/") is None


def test_each_is_reminded_once_in_a_window(asked: Cast) -> None:
    units = [asked.orgs[key].pk for key in ("guiyang", "university")]

    first, again = remind(units, by=asked.province_officer), remind(units, by=asked.province_leader)

    assert (first[0], again[0]) == (2, 0)
    titles = set(Message.objects.filter(title__contains="工作会议").values_list("title", flat=True))
    assert {title[:3] for title in titles if not title.startswith("请签收")} == {"请补充", "请回复"}


def test_it_is_prepared_for_the_leader_until_it_comes(asked: Cast) -> None:
    late = [item for item in late_for_long() if item.kind == REPLY]
    assert {item.org_id for item in late} == {asked.orgs["guiyang"].pk, asked.orgs["university"].pk}
    items = [item.as_item() for item in late]
    silent = Return.objects.get(org=asked.orgs["university"])

    answer(asked, silent, LI)

    assert still_late(items) == {(REPLY, item.subject_id) for item in late} - {(REPLY, silent.pk)}


def test_a_postponed_notice_makes_nobody_late(asked: Cast) -> None:
    move_due(Round.objects.get(), later(30), by=asked.province_officer)

    assert _owed(asked) == []
    assert [item for item in late_for_long() if item.kind == REPLY] == []
