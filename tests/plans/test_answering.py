"""A duty of a unit's own plan answers one from above: one report serves both, and counts once."""

import pytest

from tests.cast import Cast
from tests.plans.levels import OWN_TEXT, first_duty, given, own_plan
from tests.plans.works import forwarded_plan, page_of, report, sent_plan
from xinhuo.core.errors import BadInputError, DeniedError, NotNowError
from xinhuo.flows.enums import Verdict
from xinhuo.plans.actions.answering import answer_duty, answer_many
from xinhuo.plans.actions.checking import edit_plan, import_plan, reread_plan
from xinhuo.plans.actions.reports import decide_report, prepare_rows, submit_report
from xinhuo.plans.models import Duty, Plan
from xinhuo.plans.queries.answering import answer_lines, received_duties
from xinhuo.plans.queries.duties import duty_view
from xinhuo.plans.queries.integrity import total_faults
from xinhuo.plans.queries.matrix import build_matrix
from xinhuo.plans.queries.work import children_tallies

NOT_PASSED_ON, PASSED_ON = sent_plan, forwarded_plan


def _linked(cast: Cast, plan: Plan) -> tuple[Duty, Duty]:
    """The upper duty and the own one that answers it."""
    own = first_duty(own_plan(cast))
    upper = plan.duties.get(key="d1")
    return upper, answer_duty(own, upper, by=cast.qianxinan_officer)


def _accepted(cast: Cast, unit: str, number: str, sentence: str, above: str = "qianxinan") -> None:
    page = report(cast, unit, number, sentence)
    decide_report(page, Verdict.ACCEPT, by=cast.actors[f"{above}_officer"])


def test_the_words_propose_what_a_duty_answers_and_say_why(cast: Cast) -> None:
    plan = sent_plan(cast)
    own = own_plan(cast)

    lines = answer_lines(own, list(received_duties(cast.orgs["qianxinan"].pk, 2026)))

    match = lines[0].match
    assert match is not None
    assert match.key == plan.duties.get(key="d1").pk
    assert "校点联合建立关工委" in match.reason
    assert lines[1].match is None


def test_what_the_counties_reported_counts_for_the_duty_above(cast: Cast) -> None:
    upper, _ = _linked(cast, sent_plan(cast))
    _accepted(cast, "xingyi", "46", "已建46所")

    tally = children_tallies([given(upper, cast, "qianxinan").pk])[given(upper, cast, "qianxinan").pk]

    assert (tally.reported, tally.expected, tally.total) == (1, 2, 46)


def test_the_row_for_the_level_above_is_filled_with_what_was_accepted(cast: Cast) -> None:
    _linked(cast, sent_plan(cast))
    _accepted(cast, "xingyi", "46", "已建46所。")
    _accepted(cast, "anlong", "12", "已建12所。")
    page = page_of(cast, "qianxinan")

    row = prepare_rows(page, by=cast.qianxinan_officer)[0]

    assert row.sentence == "兴义市：已建46所。\n安龙县：已建12所。"
    assert row.number is None  # the counties' numbers are added up by themselves
    submit_report(page, by=cast.qianxinan_officer)
    page.refresh_from_db()
    decide_report(page, Verdict.ACCEPT, by=cast.province_officer)
    plan = Plan.objects.get(document__issuer=cast.orgs["province"])
    line = next(line for block in build_matrix(plan, cast.orgs["province"]).blocks for line in block.lines)
    assert line.tally.total == 58


def test_words_a_person_typed_are_not_filled_over(cast: Cast) -> None:
    _linked(cast, sent_plan(cast))
    page = report(cast, "qianxinan", "1", "本级建1所")
    decide_report(page, Verdict.RETURN, reason="请补充", by=cast.province_officer)
    _accepted(cast, "xingyi", "46", "已建46所。")
    page.refresh_from_db()

    assert prepare_rows(page, by=cast.qianxinan_officer)[0].sentence == "本级建1所"


def test_a_county_that_got_both_writes_once_and_counts_once(cast: Cast) -> None:
    upper, own = _linked(cast, forwarded_plan(cast))
    page = page_of(cast, "xingyi")

    rows = prepare_rows(page, by=cast.xingyi_officer)
    _accepted(cast, "xingyi", "46", "已建46所")

    assert {row.assignment.duty.plan_id for row in rows} == {own.plan_id}
    assert given(upper, cast, "xingyi").accepted_number == 46
    assert given(own, cast, "xingyi").accepted_number == 46
    above = given(upper, cast, "qianxinan").pk
    tally = children_tallies([above])[above]
    assert (tally.reported, tally.expected, tally.total) == (1, 2, 46)
    assert total_faults() == []


def test_what_was_typed_before_the_link_moves_to_the_row_that_stays(cast: Cast) -> None:
    plan = forwarded_plan(cast)
    page = report(cast, "xingyi", "46", "已建46所")
    decide_report(page, Verdict.ACCEPT, by=cast.qianxinan_officer)
    _linked(cast, plan)
    page = page_of(cast, "xingyi", "year")

    row = prepare_rows(page, by=cast.xingyi_officer)[0]

    assert (row.number, row.sentence) == (46, "已建46所")


def test_a_link_counts_what_was_accepted_before_it_and_stops_when_it_ends(cast: Cast) -> None:
    plan = forwarded_plan(cast)
    own = first_duty(own_plan(cast))
    upper = plan.duties.get(key="d1")
    page = page_of(cast, "xingyi")
    by = cast.xingyi_officer
    rows = {row.assignment.duty_id: row for row in prepare_rows(page, by=by)}
    from xinhuo.plans.actions.reports import RowInput, save_rows, stamp  # noqa: PLC0415

    save_rows(page, [RowInput(rows[own.pk].pk, None, "已开展", stamp(rows[own.pk]))], by=by)
    submit_report(page, by=by)
    page.refresh_from_db()
    decide_report(page, Verdict.ACCEPT, by=cast.qianxinan_officer)
    assert given(upper, cast, "xingyi").accepted_revision is None

    answer_duty(own, upper, by=cast.qianxinan_officer)
    assert given(upper, cast, "xingyi").accepted_sentence == "已开展"

    answer_duty(own, None, by=cast.qianxinan_officer)
    assert given(upper, cast, "xingyi").accepted_revision is None
    assert given(own, cast, "xingyi").accepted_sentence == "已开展"


def test_numbers_of_another_kind_are_not_added(cast: Cast) -> None:
    upper, own = _linked(cast, sent_plan(cast))
    Duty.objects.filter(pk=own.pk).update(target_unit="人")
    _accepted(cast, "xingyi", "46", "46人参加")

    above = given(upper, cast, "qianxinan").pk
    tally = children_tallies([above])[above]

    assert (tally.reported, tally.total) == (1, None)


def test_only_one_own_duty_answers_the_same_duty_above(cast: Cast) -> None:
    upper, own = _linked(cast, sent_plan(cast))
    second = own.plan.duties.exclude(pk=own.pk).get()

    with pytest.raises(BadInputError, match="已经由"):
        answer_duty(second, upper, by=cast.qianxinan_officer)
    assert (
        answer_many(
            own.plan, {own.pk: None, second.pk: upper.pk}, {own.pk: upper.pk}, by=cast.qianxinan_officer
        )
        == 2
    )
    second.refresh_from_db()
    assert second.answers_id == upper.pk


def test_only_what_was_given_to_the_unit_can_be_answered_and_only_by_it(cast: Cast) -> None:
    plan = sent_plan(cast)
    own = first_duty(own_plan(cast))

    with pytest.raises(BadInputError, match="没有布置给您单位"):
        answer_duty(own, plan.duties.get(key="d2"), by=cast.qianxinan_officer)
    with pytest.raises(DeniedError):
        answer_duty(own, plan.duties.get(key="d1"), by=cast.guiyang_officer)


def test_of_two_people_the_slower_one_is_told(cast: Cast) -> None:
    upper, own = _linked(cast, sent_plan(cast))

    with pytest.raises(NotNowError, match="同事刚改过"):
        answer_many(own.plan, {own.pk: None}, {own.pk: None} | {own.pk: 0}, by=cast.qianxinan_officer)
    own.refresh_from_db()
    assert own.answers_id == upper.pk


def test_a_duty_without_a_number_takes_over_what_is_counted_above(cast: Cast) -> None:
    plan = sent_plan(cast)
    own = own_plan(cast).duties.order_by("position")[1]
    assert own.target_unit == ""

    answer_duty(own, plan.duties.get(key="d1"), by=cast.qianxinan_officer)

    own.refresh_from_db()
    assert (own.target_kind, own.target_unit) == ("number", "所")


def test_while_a_plan_is_checked_the_take_over_is_a_step_like_any_other(cast: Cast) -> None:
    plan = sent_plan(cast)
    own = import_plan(by=cast.qianxinan_officer, text=OWN_TEXT).plan
    assert own is not None
    duty = first_duty(own)

    answer_duty(duty, plan.duties.get(key="d1"), by=cast.qianxinan_officer)

    own.refresh_from_db()
    assert own.version == 1
    edit_plan(own, "confirm_duty", {"duty": duty.key}, version=1, by=cast.qianxinan_officer)
    duty.refresh_from_db()
    assert (duty.target_unit, duty.answers_id) == ("所", plan.duties.get(key="d1").pk)


def test_a_duty_that_counts_something_else_leaves_the_upper_one_on_the_page(cast: Cast) -> None:
    plan = forwarded_plan(cast)
    own = first_duty(own_plan(cast))
    Duty.objects.filter(pk=own.pk).update(target_unit="人")
    own.refresh_from_db()
    upper = answer_duty(own, plan.duties.get(key="d1"), by=cast.qianxinan_officer).answers

    rows = prepare_rows(page_of(cast, "xingyi"), by=cast.xingyi_officer)

    assert upper is not None
    assert upper.pk in {row.assignment.duty_id for row in rows}


def test_the_prefecture_sees_its_counties_under_the_duty_above(cast: Cast) -> None:
    upper, own = _linked(cast, sent_plan(cast))
    _accepted(cast, "xingyi", "46", "已建46所")
    unit = cast.orgs["qianxinan"]

    view = duty_view(upper, cast.qianxinan_officer)
    blocks = build_matrix(upper.plan, unit).blocks
    line = next(line for block in blocks for line in block.lines if line.duty.pk == upper.pk)

    assert (view.tally.fraction, view.tally.total) == ("1/2", 46)
    assert [item.via for item in view.lines] == ["", own.title, own.title]
    assert (line.tally.fraction, line.tally.total) == ("1/2", 46)


def test_a_county_with_both_stands_once_under_the_duty_above(cast: Cast) -> None:
    upper, _ = _linked(cast, forwarded_plan(cast))
    _accepted(cast, "xingyi", "46", "已建46所")
    unit = cast.orgs["qianxinan"]

    view = duty_view(upper, cast.qianxinan_officer)
    line = build_matrix(upper.plan, unit).blocks[1].lines[0]

    assert (view.tally.fraction, view.tally.total) == ("1/2", 46)
    assert (line.tally.fraction, line.tally.total) == ("1/2", 46)


def test_a_link_does_not_pass_to_other_words_when_the_text_is_read_again(cast: Cast) -> None:
    plan = sent_plan(cast)
    own = import_plan(by=cast.qianxinan_officer, text=OWN_TEXT).plan
    assert own is not None
    duty = answer_duty(first_duty(own), plan.duties.get(key="d1"), by=cast.qianxinan_officer)
    own.document.text = OWN_TEXT.replace("推动各县（市）校点联合建立关工委", "慰问困难老同志")
    own.document.save()
    own.refresh_from_db()

    reread_plan(own, version=own.version, by=cast.qianxinan_officer)

    duty.refresh_from_db()
    assert duty.answers_id is None
