"""A plan's document is changed later: pages, duties and assignments follow, nobody becomes late, what was done stays."""

import datetime as dt

import pytest
from django.conf import LazySettings

from tests.cast import Cast
from xinhuo.core import clock
from xinhuo.core.contracts import Change
from xinhuo.core.errors import BadInputError, NotNowError
from xinhuo.documents.actions import amend_document, set_own_dates
from xinhuo.documents.actions.terms import Terms
from xinhuo.documents.amended import Amendment
from xinhuo.documents.enums import Effect
from xinhuo.documents.models import Delivery, Document
from xinhuo.documents.queries.amendable import amendable_dates, targets_of, touched
from xinhuo.flows.enums import Verdict
from xinhuo.flows.models import Todo
from xinhuo.plans.actions.reports import decide_report, prepare_rows, submit_report
from xinhuo.plans.models import Assignment, Plan, Report, ReportCall
from xinhuo.plans.queries.duties import duty_view
from xinhuo.plans.queries.matrix import build_matrix
from xinhuo.plans.queries.pages import call_lines
from xinhuo.plans.rules.work import can_fill

from .works import forwarded_plan, later, page_of, report, sent_plan

pytestmark = pytest.mark.django_db


def _amend(
    cast: Cast, plan: Plan, terms: Terms, who: str = "province", document: Document | None = None
) -> Amendment:
    return amend_document(
        document or plan.document,
        terms,
        number="黔教关〔2026〕9号",
        title="关于延期报送的通知",
        text="",
        by=cast.actors[f"{who}_officer"],
    )


def _postpone(**days: int) -> Terms:
    return Terms(Effect.POSTPONE, {key: later(number) for key, number in days.items()})


def _call(cast: Cast, unit: str, kind: str = "half") -> ReportCall:
    return ReportCall.objects.get(issuer=cast.orgs[unit], kind=kind)


def test_the_dates_of_pages_move_down_the_whole_cascade(cast: Cast) -> None:
    plan = forwarded_plan(cast)
    made = _amend(cast, plan, _postpone(half=45))

    upper, lower = _call(cast, "province"), _call(cast, "qianxinan")
    assert (upper.due, upper.due_before, upper.amended_by) == (later(45), later(30), made)
    assert (lower.due, lower.due_before) == (later(35), later(20))
    assert _call(cast, "province", "year").due == later(60)
    todo = Todo.objects.open().get(subject_id=page_of(cast, "xingyi").pk, kind="plans.report")
    assert todo.due == later(35)


def test_nobody_is_late_after_the_new_date_was_kept(cast: Cast, settings: LazySettings) -> None:
    plan = sent_plan(cast)
    _amend(cast, plan, _postpone(half=45))

    settings.CLOCK_SHIFT = dt.timedelta(days=40)
    page = report(cast, "guiyang", "7", "已开展")
    decide_report(page, Verdict.ACCEPT, by=cast.province_officer)

    assert Assignment.objects.get(org=cast.orgs["guiyang"]).accepted_late_days == 0


def test_days_late_that_were_frozen_stay(cast: Cast, settings: LazySettings) -> None:
    plan = sent_plan(cast)
    settings.CLOCK_SHIFT = dt.timedelta(days=33)
    page = report(cast, "guiyang", "7", "已开展")
    decide_report(page, Verdict.ACCEPT, by=cast.province_officer)
    _amend(cast, plan, _postpone(half=15))
    item = Assignment.objects.get(org=cast.orgs["guiyang"])

    assert (item.accepted_late_days, item.accepted_number) == (3, 7)
    assert Report.objects.get(pk=page.pk).state == "accepted"


def test_the_document_moves_with_the_page_its_date_was_taken_from(cast: Cast) -> None:
    plan = sent_plan(cast)
    _amend(cast, plan, _postpone(year=80))

    assert Delivery.objects.get(root=plan.document, org=cast.orgs["guiyang"]).due == later(80)


def test_half_year_stays_before_the_end_of_the_year(cast: Cast) -> None:
    with pytest.raises(BadInputError, match="要早于"):
        _amend(cast, sent_plan(cast), _postpone(half=70))


def test_a_duty_moves_at_every_level_and_says_on_which_document(cast: Cast) -> None:
    plan = forwarded_plan(cast)
    duty = plan.duties.get(key="d1")
    before = {item.org_id: item.due for item in duty.assignments.all()}
    made = _amend(cast, plan, Terms(Effect.POSTPONE, {f"duty:{duty.pk}": later(100)}))

    duty.refresh_from_db()
    assert (duty.due, duty.due_before, duty.amended_by) == (later(100), later(90), made)
    assert duty.due_basis == "notice"
    for item in duty.assignments.all():
        old = before[item.org_id]
        assert old is not None
        assert item.due == old + dt.timedelta(days=10)


def test_a_cancelled_duty_is_neither_missing_nor_done(cast: Cast) -> None:
    plan = forwarded_plan(cast)
    duty = plan.duties.get(key="d1")
    _amend(cast, plan, Terms(Effect.CANCEL, cancels=(f"duty:{duty.pk}",)))

    line = next(
        line
        for block in build_matrix(plan, cast.orgs["province"]).blocks
        for line in block.lines
        if line.duty.pk == duty.pk
    )
    assert (line.tally.expected, line.worst) == (0, None)
    assert all(cell.spoken in ("已取消", "不承担") for cell, _ in line.cells)
    assert duty_view(duty, cast.province_officer).shares == []
    page = page_of(cast, "xingyi")
    assert page.cancelled_by is not None
    assert not Todo.objects.open().filter(kind="plans.report", subject_id=page.pk).exists()
    assert can_fill(cast.xingyi_officer, page).is_timing


def test_what_was_accepted_of_a_cancelled_plan_stays(cast: Cast) -> None:
    plan = sent_plan(cast)
    page = report(cast, "guiyang", "7", "已开展")
    decide_report(page, Verdict.ACCEPT, by=cast.province_officer)
    _amend(cast, plan, Terms(Effect.CANCEL))

    item = Assignment.objects.get(org=cast.orgs["guiyang"])
    assert (item.accepted_number, item.cancelled_by is not None) == (7, True)
    assert Report.objects.get(pk=page.pk).cancelled_by is None
    assert page_of(cast, "qianxinan").cancelled_by is not None


def test_a_cancelled_call_counts_nobody_as_missing(cast: Cast) -> None:
    plan = sent_plan(cast)
    report(cast, "guiyang", "7", "已开展")
    _amend(cast, plan, Terms(Effect.CANCEL, cancels=("half",)))

    line = call_lines(cast.province_officer, call=_call(cast, "province"))[0]
    assert (line.sent, line.expected) == (1, 1)
    assert Assignment.objects.filter(cancelled_by__isnull=False).count() == 0


def test_rows_of_a_cancelled_duty_are_not_asked_for_any_more(cast: Cast) -> None:
    plan = sent_plan(cast)
    duty = plan.duties.get(key="d1")
    page = page_of(cast, "guiyang")
    prepare_rows(page, by=cast.guiyang_officer)
    _amend(cast, plan, Terms(Effect.CANCEL, cancels=(f"duty:{duty.pk}",)))

    assert prepare_rows(page_of(cast, "guiyang"), by=cast.guiyang_officer) == []
    with pytest.raises(NotNowError, match="已经取消"):
        submit_report(page, by=cast.guiyang_officer)


def test_who_has_sent_everything_is_not_reminded(cast: Cast) -> None:
    plan = sent_plan(cast)
    for kind in ("half", "year"):
        report(cast, "guiyang", "7", "已开展", kind=kind)
    delivery = Delivery.objects.get(root=plan.document, org=cast.orgs["guiyang"])
    Delivery.objects.filter(pk=delivery.pk).update(received_at=clock.now())

    targets = targets_of(plan.document)

    assert cast.orgs["guiyang"].pk in targets.copies
    assert cast.orgs["qianxinan"].pk in targets.to


def test_the_preview_tells_pages_forwarders_and_what_stays(cast: Cast) -> None:
    plan = forwarded_plan(cast)
    report(cast, "xingyi", "7", "已开展")
    dates = {item.key: item for item in amendable_dates(plan.document)}
    targets = targets_of(plan.document)
    words = touched(plan.document, Change(plan.document_id, None, {"half": 15}), targets.everybody)

    assert dates["half"].due == later(30)
    assert len(targets.forwarders) == 1
    assert "共 7 个单位，6 个还没报的一起顺延 15 天，1 个已经报了的保留不动" in words[0]


def test_a_forwarder_sets_its_own_page_date_again(cast: Cast) -> None:
    plan = forwarded_plan(cast)
    made = _amend(cast, plan, _postpone(half=45))

    assert set_own_dates(made, {"half": later(40)}, by=cast.qianxinan_officer) == 1

    lower = _call(cast, "qianxinan")
    assert (lower.due, lower.due_before) == (later(40), later(20))
    todo = Todo.objects.open().get(subject_id=page_of(cast, "xingyi").pk, kind="plans.report")
    assert todo.due == later(40)
    assert _call(cast, "province").due == later(45)
