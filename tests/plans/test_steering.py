"""Causes, more time, targets, time points; and lateness that is frozen when it is accepted."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.cast import Cast
from xinhuo.core.errors import BadInputError, DeniedError, NotNowError
from xinhuo.documents.actions import receive
from xinhuo.flows.models import Todo
from xinhuo.journal.models import Entry
from xinhuo.plans import holidays
from xinhuo.plans.actions.reports import prepare_rows
from xinhuo.plans.actions.sending import ReportDates, forward_plan
from xinhuo.plans.actions.steering import (
    ask_extension,
    decide_extension,
    explain,
    explain_page,
    set_points,
    set_target,
)
from xinhuo.plans.enums import ExtensionState
from xinhuo.plans.lights import Pause
from xinhuo.plans.models import Assignment, Delay, Timeliness
from xinhuo.plans.queries.closing import causes_of, punctuality
from xinhuo.plans.queries.matrix import build_matrix
from xinhuo.plans.queries.steering import pages_owed

from .steers import light, pass_days, reported, task
from .works import delivery_of, forwarded_plan, later, page_of, report, sent_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(cast: Cast) -> Cast:
    """The plan was sent to all and 黔西南州 and 贵阳市 have signed for it; its duties are due in 90 days."""
    plan = sent_plan(cast)
    for unit in ("qianxinan", "guiyang"):
        receive(delivery_of(cast, plan, unit), by=cast.actors[f"{unit}_officer"])
    return cast


def test_a_unit_that_did_not_sign_is_not_late_and_one_that_did_is(sent: Cast, settings: Any) -> None:
    pass_days(settings, 100)

    assert light(sent, "university", "d2").rule == "not_received"
    assert light(sent, "guiyang").rule == "over_silent"
    assert "已超期 10 天" in light(sent, "guiyang").why


def test_a_share_is_judged_against_the_units_own_target_at_the_time_point(sent: Cast, settings: Any) -> None:
    duty = task(sent, "guiyang").duty
    set_points(duty, [(later(40), 40)], by=sent.province_officer)
    set_target(task(sent, "guiyang"), Decimal(100), by=sent.province_officer)
    report(sent, "guiyang", "20")
    before = light(sent, "guiyang").rule
    pass_days(settings, 41)

    slow = light(sent, "guiyang")

    assert before == "early"
    assert (slow.rule, slow.share) == ("slow_share", Decimal("0.2"))
    assert "前完成 40%，现报 20%，进展较慢。" in slow.why


def test_without_a_target_of_its_own_a_unit_is_never_measured_by_the_sum_of_all(
    sent: Cast, settings: Any
) -> None:
    duty = task(sent, "guiyang").duty
    duty.target_value = Decimal(1000)
    duty.save()
    for unit in ("guiyang", "qianxinan"):
        report(sent, unit, "10")
    pass_days(settings, 91)

    matrix = build_matrix(duty.plan, sent.orgs["province"])
    line = next(line for block in matrix.blocks for line in block.lines if line.duty.key == "d1")

    assert light(sent, "guiyang").word == "正常"
    assert line.total is not None
    assert (line.total.rule, line.state) == ("over_share", "red")


def test_the_points_stand_in_order_and_only_the_issuer_sets_them(sent: Cast) -> None:
    duty = task(sent, "guiyang").duty

    with pytest.raises(BadInputError, match="一个比一个晚"):
        set_points(duty, [(later(40), 40), (later(30), 60)], by=sent.province_officer)
    with pytest.raises(BadInputError, match="一个比一个晚"):
        set_points(duty, [(later(95), 40)], by=sent.province_officer)
    with pytest.raises(DeniedError):
        set_points(duty, [(later(30), 40)], by=sent.qianxinan_officer)
    with pytest.raises(DeniedError):
        set_target(task(sent, "guiyang"), Decimal(3), by=sent.guiyang_officer)


def test_more_time_moves_the_date_of_one_unit_and_the_old_date_stays(sent: Cast, settings: Any) -> None:
    item = task(sent, "guiyang")
    old, others = item.due, task(sent, "qianxinan").due
    assert old is not None
    pass_days(settings, 91)
    extension = ask_extension(item, old + dt.timedelta(days=20), "换届", by=sent.guiyang_officer)
    waiting = light(sent, "guiyang").word
    decide_extension(extension, grant=True, answer="", by=sent.province_officer)

    moved = task(sent, "guiyang")

    assert (moved.due, moved.first_due) == (old + dt.timedelta(days=20), old)
    assert task(sent, "qianxinan").due == others
    assert (waiting, light(sent, "guiyang").word) == ("已超期", "未到时")
    assert not Todo.objects.open().filter(kind="plans.extension").exists()
    assert Entry.objects.filter(verb="plans.extension_decided").count() == 1


def test_a_refused_extension_says_why_and_moves_nothing(sent: Cast) -> None:
    item = task(sent, "guiyang")
    extension = ask_extension(item, later(120), "人手不够", by=sent.guiyang_officer)

    with pytest.raises(BadInputError, match="写一句理由"):
        decide_extension(extension, grant=False, answer="", by=sent.province_officer)
    with pytest.raises(NotNowError):
        ask_extension(item, later(130), "再申请", by=sent.guiyang_officer)
    with pytest.raises(DeniedError):
        decide_extension(extension, grant=True, answer="", by=sent.guiyang_officer)
    refused = decide_extension(extension, grant=False, answer="请按时完成", by=sent.province_officer)

    assert refused.state == ExtensionState.REFUSED
    assert task(sent, "guiyang").due == item.due
    with pytest.raises(NotNowError):
        decide_extension(extension, grant=True, answer="", by=sent.province_officer)


def test_an_extension_is_later_than_the_date_and_not_past(sent: Cast) -> None:
    item = task(sent, "guiyang")

    with pytest.raises(BadInputError, match="在原来的时限以后"):
        ask_extension(item, later(10), "早了", by=sent.guiyang_officer)
    with pytest.raises(DeniedError):
        ask_extension(item, later(200), "不是我的", by=sent.qianxinan_officer)


def test_days_late_stay_when_words_are_corrected_later(sent: Cast, settings: Any) -> None:
    pass_days(settings, 33)
    reported(sent, "guiyang")
    first = task(sent, "guiyang").accepted_late_days
    pass_days(settings, 10)

    reported(sent, "guiyang", "9")

    assert first == 3
    assert task(sent, "guiyang").accepted_late_days == 3
    assert Timeliness.objects.get(assignment=task(sent, "guiyang")).days == 3


def test_a_page_in_time_for_the_next_date_does_not_wipe_out_what_was_late_before(
    sent: Cast, settings: Any
) -> None:
    pass_days(settings, 33)
    reported(sent, "guiyang")

    reported(sent, "guiyang", "9", kind="year")

    assert task(sent, "guiyang").accepted_late_days == 3
    assert [row.days for row in Timeliness.objects.filter(org=sent.orgs["guiyang"])] == [3, 0]


def test_who_was_given_more_time_is_not_late_within_it(sent: Cast, settings: Any) -> None:
    Assignment.objects.filter(duty__key="d1").update(due=later(20))  # due before the half-year page
    item = task(sent, "guiyang")
    extension = ask_extension(item, later(45), "疫情", by=sent.guiyang_officer)
    decide_extension(extension, grant=True, answer="", by=sent.province_officer)
    pass_days(settings, 40)

    for unit in ("guiyang", "qianxinan"):
        reported(sent, unit)

    assert task(sent, "guiyang").accepted_late_days == 0
    assert task(sent, "qianxinan").accepted_late_days == 10


def _passed_to_the_school(cast: Cast) -> None:
    plan = forwarded_plan(cast)
    delivery = delivery_of(cast, plan, "xingyi")
    receive(delivery, by=cast.xingyi_officer)
    forward_plan(
        delivery,
        number="兴教关〔2026〕1号",
        title="转发2026年工作要点",
        remark="",
        to={"ids": [cast.orgs["school"].pk]},
        to_label="兴义一小",
        dates=ReportDates(half=later(10)),
        duty_ids=[duty.pk for duty in plan.duties.all()],
        by=cast.xingyi_officer,
    )


def test_days_of_the_school_holidays_do_not_make_a_school_late(
    cast: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    _passed_to_the_school(cast)
    rest = (Pause(later(5), later(25), "假期"),)
    monkeypatch.setattr(holidays, "all_pauses", lambda: (replace(rest[0], kinds=frozenset({"schools"})),))
    holidays.pauses_for.cache_clear()
    pass_days(settings, 28)

    reported(cast, "school", above="xingyi_officer")
    holidays.pauses_for.cache_clear()

    frozen = Timeliness.objects.get(org=cast.orgs["school"])
    assert (frozen.due, frozen.days) == (later(-2), 2)


def test_the_cause_of_a_page_holds_for_its_duties_and_the_newest_words_hold(
    sent: Cast, settings: Any
) -> None:
    page = page_of(sent, "guiyang")
    prepare_rows(page, by=sent.guiyang_officer)
    pass_days(settings, 35)

    explain_page(page, "epidemic", "学校停课", by=sent.guiyang_officer)
    explain(task(sent, "guiyang"), "adjusted", "", by=sent.province_officer)

    assert [str(delay) for delay in Delay.objects.filter(assignment=task(sent, "guiyang"))] == [
        "疫情（学校停课）",
        "上级调整",
    ]
    assert causes_of([task(sent, "guiyang").pk]) == {task(sent, "guiyang").pk: "上级调整"}


def test_another_cause_needs_words_and_a_neighbour_cannot_tell(sent: Cast) -> None:
    with pytest.raises(BadInputError, match="请写一句"):
        explain(task(sent, "guiyang"), "other", " ", by=sent.guiyang_officer)
    with pytest.raises(DeniedError):
        explain(task(sent, "guiyang"), "staff", "", by=sent.qianxinan_officer)


def test_how_many_pages_came_in_time(sent: Cast, settings: Any) -> None:
    reported(sent, "guiyang")
    pass_days(settings, 33)
    reported(sent, "qianxinan")
    province = sent.orgs["province"].pk
    found = punctuality(province, pages_owed(province))

    names = {sent.orgs[key].pk: key for key in sent.orgs}
    assert {names[pk]: rate for pk, rate in found.items()} == {
        "guiyang": (1, 1),
        "qianxinan": (0, 1),
        "university": (0, 1),
        "polytechnic": (0, 1),
    }
