"""How a sending becomes work: dates of what is passed on, how many queries it takes, what counts when."""

import datetime as dt

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from xinhuo.core.errors import BadInputError
from xinhuo.documents.actions import receive
from xinhuo.documents.models import Dispatch
from xinhuo.flows.enums import Wait
from xinhuo.flows.models import Todo
from xinhuo.orgs.enums import Kind
from xinhuo.plans.actions.assigning import assign_on_delivery, list_near_pages
from xinhuo.plans.actions.reports import prepare_rows
from xinhuo.plans.actions.sending import ReportDates, forward_plan, send_plan
from xinhuo.plans.models import Assignment, Plan, ReportCall
from xinhuo.plans.queries.matrix import build_matrix

from .works import delivery_of, fixed_plan, forwarded_plan, later, page_of, sent_plan

pytestmark = pytest.mark.django_db


def _pass_on(cast: Cast, plan: Plan, *units: str, **dates: dt.date) -> Dispatch:
    delivery = delivery_of(cast, plan, "qianxinan")
    if delivery.received_at is None:
        receive(delivery, by=cast.qianxinan_officer)
    return forward_plan(
        delivery,
        number="州教关〔2026〕3号",
        title="转发2026年工作要点",
        remark="",
        to={"ids": [cast.orgs[unit].pk for unit in units]},
        to_label="选定的县",
        dates=ReportDates(**dates),
        duty_ids=[duty.pk for duty in plan.duties.all()],
        by=cast.qianxinan_officer,
    )


def test_asking_only_for_the_half_year_does_not_move_the_duties_dates(cast: Cast) -> None:
    plan = sent_plan(cast)

    _pass_on(cast, plan, "xingyi", half=later(20))

    assert Assignment.objects.get(duty__key="d1", org=cast.orgs["xingyi"]).due == later(90)


def _queries(dispatch: Dispatch, cast: Cast, *units: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assign_on_delivery(dispatch.pk, [cast.orgs[unit].pk for unit in units], cast.qianxinan_officer)
    return len(seen)


def test_assigning_takes_as_many_queries_for_two_units_as_for_one(cast: Cast) -> None:
    plan = forwarded_plan(cast)
    dispatch = Dispatch.objects.get(document__root=plan.document)

    assert _queries(dispatch, cast, "xingyi") == _queries(dispatch, cast, "xingyi", "anlong")


def test_a_sending_that_still_runs_does_not_count_yet(cast: Cast) -> None:
    plan = forwarded_plan(cast)
    Dispatch.objects.filter(document__root=plan.document).update(state="running")

    matrix = build_matrix(plan, cast.orgs["qianxinan"])
    rows = prepare_rows(page_of(cast, "xingyi"), by=cast.xingyi_officer)

    assert (matrix.columns, rows) == ([], [])


def test_further_units_report_by_the_date_that_was_set_first(cast: Cast) -> None:
    plan = sent_plan(cast)
    _pass_on(cast, plan, "xingyi", year=later(50))

    with pytest.raises(BadInputError, match="全年进展已定在"):
        _pass_on(cast, plan, "anlong", year=later(40))
    _pass_on(cast, plan, "anlong", half=later(10), year=later(50))

    dues = ReportCall.objects.filter(issuer=cast.orgs["qianxinan"]).values_list("kind", "due")
    assert dict(dues) == {"half": later(10), "year": later(50)}


def test_the_plan_goes_to_further_units_by_the_same_dates(cast: Cast) -> None:
    plan = fixed_plan(cast)
    first, second = {"kinds": [Kind.PREFECTURE]}, {"kinds": [Kind.UNIVERSITY]}
    by = cast.province_officer
    send_plan(plan, to=first, to_label="市州", dates=ReportDates(year=later(60)), by=by)

    with pytest.raises(BadInputError, match="已定在"):
        send_plan(plan, to=second, to_label="高校", dates=ReportDates(year=later(70)), by=by)
    send_plan(plan, to=second, to_label="高校", dates=ReportDates(year=later(60)), by=by)

    assert page_of(cast, "university", "year").call.due == later(60)


def test_a_page_due_within_a_month_comes_up_even_if_the_one_before_was_never_sent(
    cast: Cast, settings: LazySettings
) -> None:
    sent_plan(cast)
    guiyang = Todo.objects.open().filter(wait=Wait.FILL, org=cast.orgs["guiyang"])
    before = [todo.title for todo in guiyang]

    settings.CLOCK_SHIFT = dt.timedelta(days=40)
    list_near_pages()
    list_near_pages()

    assert before == ["报送2026年上半年进展"]
    assert sorted(todo.title for todo in guiyang.all()) == ["报送2026年上半年进展", "报送2026年全年进展"]
