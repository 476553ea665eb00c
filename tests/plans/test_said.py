"""Several pages speak about one duty: which of them counts, and who sees what of a page on its way."""

from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from xinhuo.core.actor import Role
from xinhuo.files.actions import attach, store_file
from xinhuo.flows.actions import decide, recall, set_route
from xinhuo.flows.enums import Verdict, Wait
from xinhuo.flows.models import Todo
from xinhuo.flows.queries import open_process
from xinhuo.plans.actions.reports import (
    ROW,
    RowInput,
    accept_many,
    prepare_rows,
    save_rows,
    stamp,
    submit_report,
)
from xinhuo.plans.models import Assignment, Report
from xinhuo.plans.queries.duties import duty_view, standing
from xinhuo.plans.queries.pages import page_view
from xinhuo.plans.tally import Standing

from .works import forwarded_plan, later, page_of, report

pytestmark = pytest.mark.django_db


def _decide(page: Report, verdict: Verdict, cast: Cast, reason: str = "") -> None:
    process = open_process("plans.report", page.pk)
    assert process is not None
    decide(process, verdict, by=cast.qianxinan_officer, reason=reason)


def _accepted(cast: Cast, number: str | None, sentence: str = "", kind: str = "half") -> Report:
    page = report(cast, "xingyi", number, sentence, kind)
    _decide(page, Verdict.ACCEPT, cast)
    return page


def _item(cast: Cast) -> Assignment:
    return Assignment.objects.get(duty__key="d1", org=cast.orgs["xingyi"])


def _standing(cast: Cast) -> Standing:
    return standing(_item(cast))


def test_a_late_correction_of_the_half_year_does_not_cover_the_years_number(cast: Cast) -> None:
    forwarded_plan(cast)
    _accepted(cast, "46")
    _accepted(cast, "60", kind="year")

    _accepted(cast, "47", "更正")

    assert (_item(cast).accepted_number, _standing(cast)) == (Decimal(60), Standing.ACCEPTED)


def test_the_half_year_accepted_after_the_years_page_was_sent_leaves_that_waiting(cast: Cast) -> None:
    forwarded_plan(cast)
    half = report(cast, "xingyi", "46")
    report(cast, "xingyi", "60", kind="year")

    _decide(half, Verdict.ACCEPT, cast)

    item = _item(cast)
    assert (item.accepted_number, item.sent_number) == (Decimal(46), Decimal(60))
    assert _standing(cast) == Standing.CHANGED


def _write(cast: Cast, sentence: str, number: str | None) -> Report:
    """Two duties stand on this page; the second always says something, so that it may be sent."""
    page = page_of(cast, "xingyi")
    first, second = prepare_rows(page, by=cast.xingyi_officer)
    value = None if number is None else Decimal(number)
    entries = [
        RowInput(first.pk, value, sentence, stamp(first)),
        RowInput(second.pk, Decimal(1), "办了", stamp(second)),
    ]
    save_rows(page, entries, by=cast.xingyi_officer)
    submit_report(page, by=cast.xingyi_officer)
    return page


def _second_duty(cast: Cast) -> None:
    """One more duty for 兴义, so that a page may say something although one row is empty."""
    given = _item(cast)
    Assignment.objects.create(
        duty=given.duty.plan.duties.get(key="d2"),
        org=given.org,
        by_org=given.by_org,
        created_at=given.created_at,
    )


def test_a_number_that_was_withdrawn_and_accepted_so_stops_counting(cast: Cast) -> None:
    forwarded_plan(cast)
    _second_duty(cast)
    _decide(_write(cast, "建了", "46"), Verdict.ACCEPT, cast)

    page = _write(cast, "", None)
    while_waiting = (_item(cast).accepted_number, _standing(cast))
    _decide(page, Verdict.ACCEPT, cast)

    assert while_waiting == (Decimal(46), Standing.CHANGED)
    assert (_item(cast).accepted_number, _standing(cast)) == (None, Standing.MISSING)


def test_a_correction_after_the_date_makes_nothing_late_that_came_in_time(cast: Cast) -> None:
    forwarded_plan(cast)
    _second_duty(cast)
    _decide(_write(cast, "建了", "46"), Verdict.ACCEPT, cast)
    call = page_of(cast, "xingyi").call
    call.due = later(-3)
    call.save()

    _decide(_write(cast, "又建了", "50"), Verdict.ACCEPT, cast)

    late = dict(
        Assignment.objects.filter(org=cast.orgs["xingyi"]).values_list("duty__key", "accepted_late_days")
    )
    assert late == {"d1": 0, "d2": 0}


def test_a_change_taken_back_leaves_what_was_accepted(cast: Cast) -> None:
    forwarded_plan(cast)
    _accepted(cast, "46")
    page = report(cast, "xingyi", "50")

    process = open_process("plans.report", page.pk)
    assert process is not None
    recall(process, by=cast.xingyi_officer)

    item = _item(cast)
    assert (item.accepted_number, item.sent_number) == (Decimal(46), Decimal(46))
    assert _standing(cast) == Standing.ACCEPTED


def test_round_numbers_are_written_out(cast: Cast) -> None:
    forwarded_plan(cast)
    page = report(cast, "xingyi", "1200")

    view = page_view(page, prepare_rows(page, by=cast.qianxinan_officer), cast.qianxinan_officer)

    assert [(row.number, row.total) for row in view.rows] == [("1200", "1200")]


def _rows_seen_above(cast: Cast, page: Report) -> list[str]:
    page.refresh_from_db()
    view = page_view(page, prepare_rows(page, by=cast.qianxinan_officer), cast.qianxinan_officer)
    return [row.number for row in view.rows]


def test_above_nobody_sees_a_change_that_still_lies_on_an_inner_desk(cast: Cast) -> None:
    forwarded_plan(cast)
    _accepted(cast, "46")
    set_route(cast.orgs["xingyi"].pk, [Role.LEADER], by=cast.xingyi_officer)

    page = report(cast, "xingyi", "50")

    view = duty_view(_item(cast).duty, cast.qianxinan_officer)
    assert _rows_seen_above(cast, page) == ["46"]
    assert [process.get_state_display() for process in view.processes] == ["已通过"]


def test_above_nobody_sees_what_was_taken_back(cast: Cast) -> None:
    forwarded_plan(cast)
    page = report(cast, "xingyi", "46")

    process = open_process("plans.report", page.pk)
    assert process is not None
    recall(process, by=cast.xingyi_officer)

    assert _rows_seen_above(cast, page) == []


def test_a_page_on_an_inner_desk_is_not_put_on_the_list_again(cast: Cast) -> None:
    forwarded_plan(cast)
    half = report(cast, "xingyi", "46")
    set_route(cast.orgs["xingyi"].pk, [Role.LEADER], by=cast.xingyi_officer)
    report(cast, "xingyi", "60", kind="year")

    _decide(half, Verdict.ACCEPT, cast)

    assert not Todo.objects.open().filter(org=cast.orgs["xingyi"], wait=Wait.FILL).exists()


def test_the_drawer_shows_no_file_that_was_not_sent_yet(cast: Cast) -> None:
    forwarded_plan(cast)
    page = _accepted(cast, "46")
    row = page.rows.get()
    draft = store_file(ContentFile(b"%PDF-1.4\n%%EOF\n", "draft.pdf"), by=cast.xingyi_officer)
    attach(draft, ROW, row.pk, by=cast.xingyi_officer)

    duty = _item(cast).duty
    own = duty_view(duty, cast.xingyi_officer).files
    above = duty_view(duty, cast.qianxinan_officer).files
    report(cast, "xingyi", "46", "附上材料")

    assert [len(own), len(above)] == [1, 0]
    assert len(duty_view(duty, cast.qianxinan_officer).files) == 1


def test_looking_at_a_page_opens_no_transaction(cast: Cast) -> None:
    forwarded_plan(cast)
    page = _accepted(cast, "46")

    with CaptureQueriesContext(connection) as seen:
        prepare_rows(page, by=cast.xingyi_officer)

    assert [item["sql"] for item in seen if not item["sql"].startswith("SELECT")] == []


def test_accepting_many_leaves_a_page_that_lies_on_an_inner_desk(cast: Cast) -> None:
    forwarded_plan(cast)
    set_route(cast.orgs["xingyi"].pk, [Role.LEADER], by=cast.xingyi_officer)
    pages = [report(cast, "xingyi", "46"), report(cast, "anlong", "20")]

    assert accept_many(pages, by=cast.qianxinan_officer) == 1
