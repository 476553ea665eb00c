"""January: last year's duties go on, linked, with last year's words beside them."""

import datetime as dt

import pytest

from tests.cast import Cast
from tests.plans.levels import first_duty, given, own_plan, sent_to
from tests.plans.works import report
from xinhuo.core.errors import BadInputError, DeniedError
from xinhuo.flows.enums import Verdict
from xinhuo.plans.actions.carrying import NEW, carry_into, start_next_year
from xinhuo.plans.actions.checking import import_plan, publish_plan
from xinhuo.plans.actions.reports import decide_report, prepare_rows
from xinhuo.plans.carrying import Item, a_year_later, draft_text
from xinhuo.plans.enums import CallKind
from xinhuo.plans.models import Duty, Plan, Report
from xinhuo.plans.queries.pages import page_view
from xinhuo.plans.queries.years import carry_lines, earlier_of


def _finished(cast: Cast) -> Plan:
    """黔西南州's plan; 兴义市 reported 46 and was accepted, 安龙县 said nothing."""
    plan = own_plan(cast)
    decide_report(report(cast, "xingyi", "46", "已建46所。"), Verdict.ACCEPT, by=cast.qianxinan_officer)
    return plan


def test_the_draft_is_written_in_the_form_the_reader_knows() -> None:
    text, places = draft_text(
        "某州2027年工作要点", [Item(1, "组织", "建会"), Item(2, "组织", "开会。"), Item(3, "活动", "读书")]
    )

    assert text == "某州2027年工作要点\n\n一、组织\n1.建会。\n2.开会。\n二、活动\n3.读书。\n"
    assert text[slice(*places[2])] == "2.开会。\n"


def test_the_last_day_of_february_is_found_every_year() -> None:
    assert a_year_later(dt.date(2028, 2, 29)) == dt.date(2029, 2, 28)


def test_standing_duties_are_proposed_and_unfinished_ones_marked(cast: Cast) -> None:
    plan = _finished(cast)
    second = plan.duties.order_by("position")[1]
    Duty.objects.filter(pk=second.pk).update(standing=True)

    lines = carry_lines(plan, None)

    assert [(line.proposed, line.unfinished, line.accepted, line.expected) for line in lines] == [
        (False, True, 1, 2),
        (True, True, 0, 2),
    ]


def test_chosen_duties_become_next_years_draft_with_what_was_decided(cast: Cast) -> None:
    plan = _finished(cast)
    old = first_duty(plan)
    Duty.objects.filter(pk=old.pk).update(due=dt.date(2026, 11, 30), leads="州教育局")

    fresh = start_next_year(plan, [old.pk], by=cast.qianxinan_officer)

    new = fresh.duties.get(removed=False)
    assert (fresh.year, fresh.state) == (2027, "checking")
    assert new.carried_from_id == old.pk
    assert (new.target_unit, new.leads, new.due) == ("所", "州教育局", dt.date(2027, 11, 30))
    assert new.scope["kinds"] == old.scope["kinds"]
    assert not new.confirmed


def test_duties_go_into_a_draft_that_is_there_already_once(cast: Cast) -> None:
    plan = _finished(cast)
    first, second = plan.duties.order_by("position")
    text = "黔西南州2027年工作要点\n\n一、组织建设\n1.继续推动各县（市）校点联合建立关工委。\n"
    into = import_plan(by=cast.qianxinan_officer, text=text).plan
    assert into is not None
    target = into.duties.get()
    match = carry_lines(plan, into)[0].match
    assert match is not None
    assert match.key == target.pk
    choices = {first.pk: target.pk, second.pk: NEW}

    assert carry_into(plan, into, choices, by=cast.qianxinan_officer) == 2
    assert carry_into(plan, into, choices, by=cast.qianxinan_officer) == 0

    target.refresh_from_db()
    assert target.carried_from_id == first.pk
    added = into.duties.get(carried_from=second, removed=False)
    assert (added.title, added.node.text) == (second.title, second.text)
    assert into.duties.filter(removed=False).count() == 2


def test_one_duty_of_this_year_goes_on_with_one_of_last_year(cast: Cast) -> None:
    plan = _finished(cast)
    into = start_next_year(plan, [first_duty(plan).pk], by=cast.qianxinan_officer)
    taken = into.duties.get(removed=False)
    second = plan.duties.order_by("position")[1]

    with pytest.raises(BadInputError, match="只能接着"):
        carry_into(plan, into, {second.pk: taken.pk}, by=cast.qianxinan_officer)
    with pytest.raises(DeniedError):
        start_next_year(plan, [second.pk], by=cast.guiyang_officer)


def test_last_years_words_stand_beside_this_years_field(cast: Cast) -> None:
    plan = _finished(cast)
    fresh = start_next_year(plan, [first_duty(plan).pk], by=cast.qianxinan_officer)
    publish_plan(fresh, version=fresh.version, by=cast.qianxinan_officer)
    sent_to(cast, "qianxinan", fresh, to={"kinds": ["county"]})
    page = Report.objects.get(org=cast.orgs["xingyi"], call__kind=CallKind.HALF, call__year=2027)

    row = page_view(page, prepare_rows(page, by=cast.xingyi_officer), cast.xingyi_officer).rows[0]

    assert row.earlier is not None
    assert (row.earlier.year, row.earlier.number, row.earlier.sentence) == (2026, 46, "已建46所。")
    assert (row.number, row.sentence) == ("", "")  # last year's words are shown, never counted
    silent = given(fresh.duties.get(), cast, "anlong")
    assert earlier_of([silent])[silent.pk].is_silent


def test_a_plan_of_the_same_year_takes_nothing_over(cast: Cast) -> None:
    plan = _finished(cast)
    same = import_plan(by=cast.qianxinan_officer, text="黔西南州2026年补充要点\n\n1.再办一次活动。\n").plan
    assert same is not None

    with pytest.raises(BadInputError, match="以后年度"):
        carry_into(plan, same, {first_duty(plan).pk: NEW}, by=cast.qianxinan_officer)
