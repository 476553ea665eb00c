"""Pages that are signed inside a unit, the issuer's own part, and taking back a change of what was accepted."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from xinhuo.core.actor import Role
from xinhuo.flows.actions import decide, set_route
from xinhuo.flows.enums import ProcessState, Verdict
from xinhuo.flows.models import Process, Todo
from xinhuo.flows.queries import open_process
from xinhuo.plans.actions.reports import (
    RowInput,
    decide_report,
    prepare_rows,
    recall_report,
    save_rows,
    stamp,
    submit_report,
)
from xinhuo.plans.actions.sending import ReportDates, send_plan
from xinhuo.plans.enums import ReportState
from xinhuo.plans.models import Assignment, Duty, Plan, Report
from xinhuo.plans.queries.duties import duty_view
from xinhuo.plans.queries.ledger import HEADINGS, ledger_rows
from xinhuo.plans.queries.matrix import DutyLine, build_matrix
from xinhuo.plans.queries.pages import call_lines
from xinhuo.plans.tally import Tally

from .works import DIRECT, fixed_plan, forwarded_plan, later, page_of, report, sent_plan

pytestmark = pytest.mark.django_db


def climb(page: Report) -> Process:
    found = open_process("plans.report", page.pk)
    assert found is not None
    return found


def change(page: Report, cast: Cast, who: str, number: str) -> None:
    """Write another number and send the page again."""
    by = cast.actors[who]
    row = prepare_rows(page, by=by)[0]
    save_rows(page, [RowInput(row.pk, Decimal(number), row.sentence, stamp(row))], by=by)
    submit_report(page, by=by)
    page.refresh_from_db()


def html(cast: Cast, who: str, name: str, pk: int, **query: str) -> str:
    client = Client()
    client.force_login(cast.users[who])
    return client.get(reverse(f"plans:{name}", args=[pk]), query).content.decode()


# -- the own page of the issuer ------------------------------------------------------------------------------------


def test_the_last_signature_inside_is_the_acceptance_of_the_own_page(cast: Cast) -> None:
    sent_plan(cast)
    set_route(cast.orgs["province"].pk, [Role.SECRETARY, Role.LEADER], by=cast.province_leader)
    page = report(cast, "province", "1", "已办")
    assert page.state == ReportState.SUBMITTED
    assert [step.role for step in climb(page).steps.all()] == ["secretary", "leader"]

    decide(climb(page), Verdict.ACCEPT, by=cast.province_secretary)
    done = decide(climb(page), Verdict.ACCEPT, by=cast.province_leader)

    page.refresh_from_db()
    assert done.state == ProcessState.ACCEPTED
    assert (page.state, page.state_above) == (ReportState.ACCEPTED, ReportState.ACCEPTED)
    assert page.first_sent_at is not None
    assert Assignment.objects.get(duty__key="d3").accepted_number == Decimal(1)
    assert not Todo.objects.open().filter(kind="plans.report", subject_id=page.pk).exists()


def test_a_leaders_own_page_needs_nobody_else(cast: Cast) -> None:
    sent_plan(cast)
    set_route(cast.orgs["province"].pk, [Role.LEADER], by=cast.province_leader)
    page = page_of(cast, "province")
    row = prepare_rows(page, by=cast.province_leader)[0]
    save_rows(page, [RowInput(row.pk, Decimal(1), "", stamp(row))], by=cast.province_leader)

    assert submit_report(page, by=cast.province_leader).state == ProcessState.ACCEPTED


def test_what_is_asked_inside_comes_back_to_the_own_page(cast: Cast) -> None:
    sent_plan(cast)
    set_route(cast.orgs["province"].pk, [Role.LEADER], by=cast.province_leader)
    page = report(cast, "province", "1", "已办")

    decide(climb(page), Verdict.RETURN, reason="请核对", by=cast.province_leader)

    page.refresh_from_db()
    assert (page.state, page.state_above) == (ReportState.RETURNED, ReportState.DRAFT)


# -- who counts ----------------------------------------------------------------------------------------------------


def line_of(plan: Plan, cast: Cast, unit: str, key: str) -> DutyLine:
    blocks = build_matrix(plan, cast.orgs[unit]).blocks
    return next(line for block in blocks for line in block.lines if line.duty.key == key)


def test_the_own_number_is_in_the_sum_wherever_the_sum_is_shown(cast: Cast) -> None:
    plan = fixed_plan(cast)
    duty = plan.duties.get(key="d1")
    Duty.objects.filter(pk=duty.pk).update(scope={**duty.scope, "own": True})
    plan = sent_by(cast, plan)
    decide_report(report(cast, "guiyang", "5"), Verdict.ACCEPT, by=cast.province_officer)
    report(cast, "province", "2")  # noted at once

    line = line_of(plan, cast, "province", "d1")
    drawer = duty_view(duty, cast.province_officer)
    ledger = [row for row in ledger_rows(plan, cast.province_officer) if row[1] == duty.title]

    assert line.tally == drawer.tally == Tally(2, 3, Decimal(7))
    place = [label for label, _ in HEADINGS].index("数量")
    assert sum(number for row in ledger if isinstance(number := row[place], float)) == 7
    assert len(ledger) == 3
    page = html(cast, "province_officer", "plan_detail", plan.pk)
    assert '7 所<br><span class="xh-meta">含本级已审</span>' in page
    assert "2/3" in page
    assert "已审核 2/3 个单位，合计 7 所" in html(cast, "province_officer", "duty_detail", duty.pk)
    [call] = [item for item in call_lines(cast.province_officer) if item.call.kind == "half"]
    assert (call.sent, call.accepted, call.expected) == (2, 2, 5)  # two prefectures, two colleges, 本级
    assert "贵州省教育厅</a>（本级）" in html(cast, "province_officer", "call_detail", call.call.pk)


def sent_by(cast: Cast, plan: Plan) -> Plan:
    dates = ReportDates(half=later(30), year=later(60))
    send_plan(plan, to=DIRECT, to_label="各市（州）和高校", dates=dates, by=cast.province_officer)
    return plan


def test_an_own_duty_alone_counts_as_one_of_one(cast: Cast) -> None:
    plan = sent_plan(cast)
    before = line_of(plan, cast, "province", "d3")
    report(cast, "province", "1", "已办")
    after = line_of(plan, cast, "province", "d3")

    assert (before.tally, after.tally) == (Tally(0, 1, None), Tally(1, 1, Decimal(1)))
    assert build_matrix(plan, cast.orgs["province"]).counts["full"] == 1
    assert "<span>本级</span>" in html(cast, "province_officer", "plan_detail", plan.pk)


def test_what_a_unit_owes_to_the_one_above_is_not_in_its_own_sum(cast: Cast) -> None:
    plan = forwarded_plan(cast)
    decide_report(report(cast, "xingyi", "46"), Verdict.ACCEPT, by=cast.qianxinan_officer)
    decide_report(report(cast, "qianxinan", "2"), Verdict.ACCEPT, by=cast.province_officer)

    assert line_of(plan, cast, "qianxinan", "d1").tally == Tally(1, 2, Decimal(46))
    assert line_of(plan, cast, "province", "d1").tally.total == Decimal(48)


# -- taking back ---------------------------------------------------------------------------------------------------


def test_a_change_of_an_accepted_page_that_is_taken_back_leaves_it_accepted(cast: Cast) -> None:
    forwarded_plan(cast)
    page = report(cast, "xingyi", "46")
    decide_report(page, Verdict.ACCEPT, by=cast.qianxinan_officer)
    change(page, cast, "xingyi_officer", "50")
    assert page.state_above == ReportState.SUBMITTED

    recall_report(page, by=cast.xingyi_officer)

    page.refresh_from_db()
    item = Assignment.objects.get(duty__key="d1", org=cast.orgs["xingyi"])
    assert (page.state, page.state_above) == (ReportState.ACCEPTED, ReportState.ACCEPTED)
    assert (item.accepted_number, item.sent_number) == (Decimal(46), Decimal(46))
    assert not Todo.objects.open().filter(kind="plans.report", subject_id=page.pk).exists()
    assert prepare_rows(page, by=cast.xingyi_officer)[0].number == Decimal(50)  # nothing typed is lost
    change(page, cast, "xingyi_officer", "51")
    decide_report(page, Verdict.ACCEPT, by=cast.qianxinan_officer)
    item.refresh_from_db()
    assert item.accepted_number == Decimal(51)


def test_a_first_page_that_is_taken_back_is_asked_for_again(cast: Cast) -> None:
    forwarded_plan(cast)
    page = report(cast, "xingyi", "46")

    recall_report(page, by=cast.xingyi_officer)

    page.refresh_from_db()
    assert (page.state, page.words_above) == (ReportState.DRAFT, "已撤回")
    assert Todo.objects.open().filter(kind="plans.report", subject_id=page.pk).exists()


# -- not sent yet --------------------------------------------------------------------------------------------------


@pytest.fixture
def signed_inside(cast: Cast) -> Report:
    """兴义市's page, which its leader has to sign before it leaves."""
    forwarded_plan(cast)
    set_route(cast.orgs["xingyi"].pk, [Role.LEADER], by=cast.xingyi_officer)
    return report(cast, "xingyi", "46")


def test_a_page_on_an_inner_desk_is_not_reported_yet_for_the_unit_above(
    cast: Cast, signed_inside: Report
) -> None:
    page = signed_inside
    call = call_lines(cast.qianxinan_officer, call=page.call)[0]

    assert (page.state, page.state_above, page.words_above) == (
        ReportState.SUBMITTED,
        ReportState.DRAFT,
        "还没报",
    )
    assert (call.sent, call.counts) == (0, {"draft": 2})
    listed = html(cast, "qianxinan_officer", "call_detail", page.call_id)
    assert "去审核" not in listed
    assert "兴义市" not in html(cast, "qianxinan_officer", "call_detail", page.call_id, state="submitted")


def test_once_signed_it_waits_above(cast: Cast, signed_inside: Report) -> None:
    page = signed_inside

    decide(climb(page), Verdict.ACCEPT, by=cast.xingyi_officer, on_behalf_of="刘主任", scan_later=True)

    page.refresh_from_db()
    assert page.state_above == ReportState.SUBMITTED
    assert call_lines(cast.qianxinan_officer, call=page.call)[0].sent == 1


def test_a_change_on_an_inner_desk_leaves_the_accepted_page_as_it_stands_above(
    cast: Cast, signed_inside: Report
) -> None:
    page = signed_inside
    decide(climb(page), Verdict.ACCEPT, by=cast.xingyi_officer, on_behalf_of="刘主任", scan_later=True)
    decide_report(page, Verdict.ACCEPT, by=cast.qianxinan_officer)
    page.refresh_from_db()

    change(page, cast, "xingyi_officer", "50")

    assert (page.state, page.state_above) == (ReportState.SUBMITTED, ReportState.ACCEPTED)
    assert "已审核" in html(cast, "qianxinan_officer", "report_detail", page.pk)
    assert "待审核" in html(cast, "xingyi_officer", "report_detail", page.pk)
    recall_report(page, by=cast.xingyi_officer)
    page.refresh_from_db()
    assert (page.state, page.state_above) == (ReportState.ACCEPTED, ReportState.ACCEPTED)
