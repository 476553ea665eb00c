"""From a sent plan to accepted numbers."""

from decimal import Decimal

import pytest

from tests.cast import Cast
from xinhuo.core.errors import BadInputError, DeniedError, NotNowError
from xinhuo.flows.actions import decide
from xinhuo.flows.climbs import climbs
from xinhuo.flows.enums import Verdict, Wait
from xinhuo.flows.models import Todo
from xinhuo.flows.queries import open_process
from xinhuo.plans.actions.assigning import assign_on_delivery
from xinhuo.plans.actions.reports import (
    RowInput,
    accept_many,
    prepare_rows,
    recall_report,
    save_rows,
    stamp,
    submit_report,
)
from xinhuo.plans.actions.sending import ReportDates, call_report, send_plan
from xinhuo.plans.enums import ReportState
from xinhuo.plans.models import Assignment, Plan, Report
from xinhuo.plans.queries.matrix import build_matrix
from xinhuo.plans.queries.work import children_tallies

from .works import DIRECT, fixed_plan, forwarded_plan, later, page_of, report, sent_plan

pytestmark = pytest.mark.django_db


def _decide(page: Report, verdict: Verdict, cast: Cast, who: str, reason: str = "") -> None:
    process = open_process("plans.report", page.pk)
    assert process is not None
    decide(process, verdict, by=cast.actors[who], reason=reason)


def _assigned(plan: Plan) -> set[tuple[str, str]]:
    rows = Assignment.objects.filter(duty__plan=plan).select_related("duty", "org")
    return {(item.duty.key, item.org.short_name) for item in rows}


def test_sending_gives_each_unit_the_duties_whose_scope_names_it(cast: Cast) -> None:
    plan = sent_plan(cast)

    assert _assigned(plan) == {
        ("d1", "黔西南州"),
        ("d1", "贵阳市"),
        ("d2", "贵州大学"),
        ("d2", "黔职院"),
        ("d3", "省教育厅"),
    }


def test_each_unit_has_its_soonest_page_on_its_list(cast: Cast) -> None:
    sent_plan(cast)

    waits = Todo.objects.open().filter(wait=Wait.FILL, org=cast.orgs["guiyang"])
    assert [(todo.title, todo.due) for todo in waits] == [("报送2026年上半年进展", later(30))]


def test_a_plan_that_is_still_checked_cannot_be_sent(cast: Cast) -> None:
    plan = fixed_plan(cast)
    Plan.objects.filter(pk=plan.pk).update(state="checking")

    with pytest.raises(NotNowError, match="还没有定稿"):
        send_plan(plan, to=DIRECT, to_label="", dates=ReportDates(), by=cast.province_officer)


def test_another_unit_cannot_send_it(cast: Cast) -> None:
    with pytest.raises(DeniedError, match="只有发文单位"):
        send_plan(fixed_plan(cast), to=DIRECT, to_label="", dates=ReportDates(), by=cast.qianxinan_officer)


def test_a_chunk_tried_again_changes_nothing(cast: Cast) -> None:
    plan = sent_plan(cast)
    before = (_assigned(plan), Report.objects.count(), Todo.objects.count())
    dispatch = plan.document.dispatches.get()

    assign_on_delivery(dispatch.pk, [cast.orgs["guiyang"].pk], cast.province_officer)

    assert (_assigned(plan), Report.objects.count(), Todo.objects.count()) == before


def test_passing_on_hands_down_the_own_duties_ten_days_earlier(cast: Cast) -> None:
    plan = forwarded_plan(cast)

    counties = Assignment.objects.filter(duty__plan=plan, by_org=cast.orgs["qianxinan"])
    assert {item.org.short_name for item in counties} == {"兴义市", "安龙县"}
    assert {item.duty.key for item in counties} == {"d1"}
    assert {item.due for item in counties} == {later(80)}


def test_a_page_starts_with_a_row_for_every_duty_and_a_blank_is_no_zero(cast: Cast) -> None:
    forwarded_plan(cast)

    rows = prepare_rows(page_of(cast, "xingyi"), by=cast.xingyi_officer)

    assert [(row.assignment.duty.key, row.number, row.sentence) for row in rows] == [("d1", None, "")]


def test_an_empty_page_is_not_sent(cast: Cast) -> None:
    forwarded_plan(cast)
    page = page_of(cast, "xingyi")
    prepare_rows(page, by=cast.xingyi_officer)

    with pytest.raises(BadInputError, match="一项都还没写"):
        submit_report(page, by=cast.xingyi_officer)


def test_a_colleagues_words_are_not_overwritten(cast: Cast) -> None:
    forwarded_plan(cast)
    page = page_of(cast, "xingyi")
    row = prepare_rows(page, by=cast.xingyi_officer)[0]
    save_rows(page, [RowInput(row.pk, Decimal(3), "同事写的", "")], by=cast.xingyi_officer)

    clashes = save_rows(page, [RowInput(row.pk, Decimal(9), "我写的", "")], by=cast.xingyi_officer)

    row.refresh_from_db()
    assert (row.number, row.sentence) == (Decimal(3), "同事写的")
    assert [(clash.number, clash.sentence) for clash in clashes] == [(Decimal(9), "我写的")]


def test_the_page_climbs_one_step_and_its_number_counts_when_accepted(cast: Cast) -> None:
    forwarded_plan(cast)
    page = report(cast, "xingyi", "46", "已建46所")
    upper = Assignment.objects.get(duty__key="d1", org=cast.orgs["qianxinan"])
    waiting = children_tallies([upper.pk])[upper.pk]

    _decide(page, Verdict.ACCEPT, cast, "qianxinan_officer")

    page.refresh_from_db()
    accepted = children_tallies([upper.pk])[upper.pk]
    assert (waiting.reported, waiting.expected, waiting.total) == (0, 2, None)
    assert (accepted.reported, accepted.expected, accepted.total) == (1, 2, Decimal(46))
    assert page.state == ReportState.ACCEPTED
    upper.refresh_from_db()
    assert upper.accepted_revision is None


def test_a_return_lands_with_the_person_who_sent_it_and_is_repaired(cast: Cast) -> None:
    forwarded_plan(cast)
    page = report(cast, "xingyi", "46")

    _decide(page, Verdict.RETURN, cast, "qianxinan_officer", "请附照片")
    todo = Todo.objects.open().get(wait=Wait.CORRECT)
    repaired = report(cast, "xingyi", "47", "补了照片")
    _decide(repaired, Verdict.ACCEPT, cast, "qianxinan_officer")

    item = Assignment.objects.get(duty__key="d1", org=cast.orgs["xingyi"])
    assert (todo.org, todo.person_id, todo.detail) == (
        cast.orgs["xingyi"],
        cast.xingyi_officer.person_id,
        "请附照片",
    )
    assert (item.accepted_number, item.returned_revision) == (Decimal(47), None)


def test_what_was_sent_can_be_taken_back_until_somebody_decided(cast: Cast) -> None:
    forwarded_plan(cast)
    page = report(cast, "xingyi", "46")

    recall_report(page, by=cast.xingyi_officer)
    page.refresh_from_db()
    taken_back = page.state
    sent_again = report(cast, "xingyi", "40")
    _decide(sent_again, Verdict.ACCEPT, cast, "qianxinan_officer")

    assert taken_back == ReportState.DRAFT
    with pytest.raises(NotNowError, match="已经审核过"):
        recall_report(page, by=cast.xingyi_officer)


def test_a_unit_that_passed_on_sees_the_sum_below_and_adds_its_own(cast: Cast) -> None:
    forwarded_plan(cast)
    for unit, number in (("xingyi", "46"), ("anlong", "20")):
        _decide(report(cast, unit, number), Verdict.ACCEPT, cast, "qianxinan_officer")

    page = report(cast, "qianxinan", "2", "州本级2所")
    _decide(page, Verdict.ACCEPT, cast, "province_officer")

    item = Assignment.objects.get(duty__key="d1", org=cast.orgs["qianxinan"])
    row = page_snapshot(page)
    assert item.accepted_number == Decimal(68)
    assert (row["own"], row["children"], row["reported"], row["expected"]) == ("2", "66", 2, 2)


def page_snapshot(page: Report) -> dict[str, object]:
    """The first row of the revision last sent."""
    revision = climbs("plans.report", page.pk).latest
    assert revision is not None
    found: dict[str, object] = revision.snapshot["rows"][0]
    return found


def test_a_change_after_acceptance_shows_as_waiting_and_totals_keep_the_accepted(cast: Cast) -> None:
    plan = forwarded_plan(cast)
    _decide(report(cast, "xingyi", "46"), Verdict.ACCEPT, cast, "qianxinan_officer")

    report(cast, "xingyi", "50", "又建4所")

    item = Assignment.objects.get(duty__key="d1", org=cast.orgs["xingyi"])
    matrix = build_matrix(plan, cast.orgs["qianxinan"])
    cells = {column.label: cell.text for line in matrix.blocks[1].lines for cell, column in line.cells}
    assert (item.accepted_number, item.sent_number) == (Decimal(46), Decimal(50))
    assert cells == {"兴义": "待审", "安龙": "○"}


def test_the_years_page_starts_with_what_was_said_at_half_year(cast: Cast) -> None:
    forwarded_plan(cast)
    _decide(report(cast, "xingyi", "46", "已建46所"), Verdict.ACCEPT, cast, "qianxinan_officer")

    rows = prepare_rows(page_of(cast, "xingyi", "year"), by=cast.xingyi_officer)

    assert [(row.number, row.sentence) for row in rows] == [(Decimal(46), "已建46所")]
    assert (
        Todo.objects.open().filter(org=cast.orgs["xingyi"], wait=Wait.FILL).get().title
        == "报送2026年全年进展"
    )


def test_many_pages_are_accepted_at_once(cast: Cast) -> None:
    forwarded_plan(cast)
    pages = [report(cast, "xingyi", "46"), report(cast, "anlong", "20")]

    done = accept_many(pages, by=cast.qianxinan_officer)
    again = accept_many(pages, by=cast.qianxinan_officer)

    assert (done, again) == (2, 0)
    assert set(Report.objects.filter(pk__in=[page.pk for page in pages]).values_list("state", flat=True)) == {
        ReportState.ACCEPTED
    }


def test_the_own_part_of_the_issuer_is_noted_at_once(cast: Cast) -> None:
    sent_plan(cast)

    page = report(cast, "province", "1", "已办")

    item = Assignment.objects.get(duty__key="d3")
    assert (page.state, item.accepted_number) == (ReportState.ACCEPTED, Decimal(1))


def test_the_provinces_matrix_shows_prefectures_singly_and_colleges_as_one_column(cast: Cast) -> None:
    plan = forwarded_plan(cast)
    _decide(report(cast, "xingyi", "46"), Verdict.ACCEPT, cast, "qianxinan_officer")
    _decide(report(cast, "university", "1"), Verdict.ACCEPT, cast, "province_officer")

    matrix = build_matrix(plan, cast.orgs["province"])

    shown = {
        line.duty.key: [(column.label, cell.text) for cell, column in line.cells]
        for block in matrix.blocks
        for line in block.lines
    }
    assert shown["d1"] == [("黔西南", "1/2"), ("贵阳", "○"), ("高校直报", "·")]
    assert shown["d2"] == [("黔西南", "·"), ("贵阳", "·"), ("高校直报", "1/2")]


def test_a_page_out_of_turn_asks_only_for_the_named_duties(cast: Cast) -> None:
    plan = sent_plan(cast)
    duty = plan.duties.get(key="d2")

    call = call_report(title="9月进展", year=2026, due=later(5), duty_ids=[duty.pk], by=cast.province_officer)

    page = call.reports.get(org=cast.orgs["university"])
    rows = prepare_rows(page, by=cast.university_officer)
    assert {item.org.short_name for item in call.reports.all()} == {"贵州大学", "黔职院"}
    assert [row.assignment.duty.key for row in rows] == ["d2"]


def test_days_late_are_frozen_when_the_page_is_accepted(cast: Cast) -> None:
    forwarded_plan(cast)
    page = page_of(cast, "xingyi")
    page.call.due = later(-4)
    page.call.save()

    _decide(report(cast, "xingyi", "46"), Verdict.ACCEPT, cast, "qianxinan_officer")

    assert Assignment.objects.get(duty__key="d1", org=cast.orgs["xingyi"]).accepted_late_days == 4


def test_a_stamp_follows_every_save(cast: Cast) -> None:
    forwarded_plan(cast)
    page = page_of(cast, "xingyi")
    row = prepare_rows(page, by=cast.xingyi_officer)[0]
    before = stamp(row)

    save_rows(page, [RowInput(row.pk, None, "写了", before)], by=cast.xingyi_officer)

    row.refresh_from_db()
    assert before == ""
    assert stamp(row) != ""
