"""“我替张老师填”: a colleague does what another person of the unit was asked for; it stays visible."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.plans.works import report, sent_plan
from xinhuo.core.errors import DeniedError, NotNowError
from xinhuo.flows.actions import help_with
from xinhuo.flows.enums import Verdict
from xinhuo.flows.models import Process, Todo
from xinhuo.journal.models import Entry
from xinhuo.plans.actions.reports import decide_report, submit_report
from xinhuo.plans.models import Report

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(cast: Cast) -> Report:
    """黔西南州's page was asked back: it waits for 韦州办 by name."""
    sent_plan(cast)
    page = report(cast, "qianxinan", "3", "已开展")
    decide_report(page, Verdict.RETURN, by=cast.province_officer, reason="请补充")
    page.refresh_from_db()
    return page


def _todo(page: Report) -> Todo:
    return Todo.objects.open().get(kind="plans.report", subject_id=page.pk)


def test_a_colleague_helps_and_the_history_says_for_whom(cast: Cast, asked: Report) -> None:
    helper = cast.qianxinan_leader
    assert _todo(asked) not in Todo.objects.open().waiting_for(helper)

    help_with(_todo(asked), by=helper)
    assert _todo(asked) in Todo.objects.open().waiting_for(helper)
    submit_report(asked, by=helper)

    process = Process.objects.order_by("-pk")[0]
    assert (process.by_name, process.for_name) == ("岑主任", "韦州办")
    assert "替韦州办办" in Entry.objects.get(verb="flows.helped").sentence


def test_who_was_asked_needs_no_help_and_others_cannot_give_it(cast: Cast, asked: Report) -> None:
    with pytest.raises(NotNowError, match="直接办"):
        help_with(_todo(asked), by=cast.qianxinan_officer)
    with pytest.raises(DeniedError, match="同一个单位"):
        help_with(_todo(asked), by=cast.guiyang_officer)


def test_the_person_asked_may_still_do_it_himself(cast: Cast, asked: Report) -> None:
    help_with(_todo(asked), by=cast.qianxinan_leader)
    submit_report(asked, by=cast.qianxinan_officer)

    assert Process.objects.order_by("-pk")[0].for_name == ""


def test_the_page_offers_it_to_a_colleague(cast: Cast, asked: Report, client: Client) -> None:
    client.force_login(cast.users["qianxinan_leader"])
    address = reverse("plans:report_detail", args=[asked.pk])
    assert "我替韦州办填" in client.get(address).content.decode()

    client.post(reverse("plans:report_help", args=[asked.pk]))

    assert "您在替韦州办填这一页" in client.get(address).content.decode()
