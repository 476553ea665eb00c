"""A second version of a document: what was done stays, what is new is given, both versions can be read."""

import pytest

from tests.cast import Cast
from tests.plans.levels import given, published, sent_to
from tests.plans.works import delivery_of, later, page_of, report
from xinhuo.core.errors import BadInputError, DeniedError, NotNowError
from xinhuo.documents.actions import receive
from xinhuo.documents.enums import DocumentState
from xinhuo.flows.enums import Verdict
from xinhuo.flows.models import Todo
from xinhuo.plans.actions.editions import (
    Added,
    adopt_version,
    hand_on_added,
    note_version,
    stage_version,
)
from xinhuo.plans.actions.reports import decide_report, prepare_rows, submit_report
from xinhuo.plans.actions.sending import ReportDates, forward_plan
from xinhuo.plans.editions import OldDuty, OldNode, lay_out
from xinhuo.plans.kinds import VERSION
from xinhuo.plans.models import Assignment, Plan, PlanVersion
from xinhuo.plans.queries.editions import changes_of_duty
from xinhuo.plans.queries.matrix import build_matrix
from xinhuo.plans.reading import read_text

FIRST = (
    "贵州省教育厅关工委2026年工作要点\n\n一、组织建设\n1.推动校点联合建立关工委，年内建成一百所。\n"
    "2.办好全省读书活动，组织学生写读后感。\n3.开展老校长下乡活动，选派老校长到薄弱学校。\n"
)
SECOND = (
    "贵州省教育厅关工委2026年工作要点（修订）\n\n一、组织建设\n1.开展老校长下乡活动，选派老校长到薄弱学校。\n"
    "2.推动校点联合建立关工委，年内建成一百五十所。\n3.每季度走访一次困难学生家庭，送去书籍。\n"
)
DIRECT: dict[str, object] = {"kinds": ["prefecture", "university"]}


def _sent(cast: Cast) -> Plan:
    return sent_to(cast, "province", published(cast, "province", FIRST), to=DIRECT, half=30, year=60)


def _staged(cast: Cast, plan: Plan, text: str = SECOND) -> PlanVersion:
    return stage_version(plan, read_text(text), by=cast.province_officer)


def _all_added(version: PlanVersion) -> dict[str, Added]:
    from xinhuo.plans.queries.editions import layout_of  # noqa: PLC0415

    rows = layout_of(version).proposals
    return {row["key"]: Added(row["title"], row["scope"], later(80)) for row in rows}


def _adopted(cast: Cast, plan: Plan, text: str = SECOND) -> PlanVersion:
    version = _staged(cast, plan, text)
    return adopt_version(version, _all_added(version), by=cast.province_officer)


def test_a_duty_follows_its_words_through_a_changed_item() -> None:
    old = [OldNode("1", None, 1, "1.", "甲校建会，并报名单。乙校读书，并写体会。")]
    duties = [OldDuty("a", "1", "甲校建会，并报名单。"), OldDuty("b", "1", "乙校读书，并写体会。")]
    new = read_text("标题\n\n1.甲校先建会，并报名单。各校开会。\n")

    edition = lay_out(old, duties, new, 2)

    assert edition.kept["a"].text.startswith("甲校先建会，并报名单")
    assert edition.gone == ["b"]


def test_renumbered_items_keep_their_duties_and_reports(cast: Cast) -> None:
    plan = _sent(cast)
    duties = {duty.title[:4]: duty for duty in plan.duties.all()}
    decide_report(report(cast, "qianxinan", "46", "已建46所"), Verdict.ACCEPT, by=cast.province_officer)

    _adopted(cast, plan)

    plan.refresh_from_db()
    assert plan.edition == 2
    first = plan.duties.get(pk=duties["推动校点"].pk)
    assert (first.node.marker, first.node.ordinal, first.position) == ("2.", 2, 1)
    assert "一百五十所" in first.text
    assert plan.text[first.start : first.end] == first.text
    assert given(first, cast, "qianxinan").accepted_number == 46
    moved = plan.duties.get(pk=duties["开展老校"].pk)
    assert (moved.node.ordinal, moved.position, moved.removed) == (1, 0, False)


def test_a_removed_duty_owes_nothing_and_keeps_what_was_said(cast: Cast) -> None:
    plan = _sent(cast)
    reading = plan.duties.get(title__startswith="办好全省")
    page = page_of(cast, "guiyang")
    rows = prepare_rows(page, by=cast.guiyang_officer)
    assert reading.pk in {row.assignment.duty_id for row in rows}

    _adopted(cast, plan)

    reading.refresh_from_db()
    assert (reading.removed, reading.removed_in) == (True, 2)
    rows = prepare_rows(page, by=cast.guiyang_officer)
    assert reading.pk not in {row.assignment.duty_id for row in rows}
    matrix = build_matrix(plan, cast.orgs["province"])
    assert reading.pk not in {line.duty.pk for block in matrix.blocks for line in block.lines}
    assert Assignment.objects.filter(duty=reading).exists()


def test_what_was_accepted_about_a_removed_duty_survives_the_next_page(cast: Cast) -> None:
    plan = _sent(cast)
    first = plan.duties.get(title__startswith="推动校点")
    decide_report(report(cast, "qianxinan", "46", "已建46所"), Verdict.ACCEPT, by=cast.province_officer)
    _adopted(cast, plan, SECOND.replace("2.推动校点联合建立关工委，年内建成一百五十所。\n3.", "2."))
    first.refresh_from_db()
    assert first.removed

    page = page_of(cast, "qianxinan")
    from xinhuo.plans.actions.reports import RowInput, save_rows, stamp  # noqa: PLC0415

    row = prepare_rows(page, by=cast.qianxinan_officer)[0]
    save_rows(page, [RowInput(row.pk, None, "已走访", stamp(row))], by=cast.qianxinan_officer)
    submit_report(page, by=cast.qianxinan_officer)
    page.refresh_from_db()
    decide_report(page, Verdict.ACCEPT, by=cast.province_officer)

    assert given(first, cast, "qianxinan").accepted_number == 46


def test_an_added_duty_reaches_the_units_it_concerns_and_their_pages(cast: Cast) -> None:
    plan = _sent(cast)

    _adopted(cast, plan)

    added = plan.duties.get(title__startswith="每季度走访")
    assert added.key.startswith("v2-")
    units = set(Assignment.objects.filter(duty=added).values_list("org__short_name", flat=True))
    assert units == {"黔西南州", "贵阳市"}
    rows = prepare_rows(page_of(cast, "qianxinan"), by=cast.qianxinan_officer)
    assert added.pk in {row.assignment.duty_id for row in rows}


def test_everybody_who_has_the_document_is_told_once(cast: Cast) -> None:
    version = _adopted(cast, _sent(cast))

    waiting = Todo.objects.open().filter(kind=VERSION, subject_id=version.pk)
    assert set(waiting.values_list("org__short_name", flat=True)) == {"黔西南州", "贵阳市", "贵州大学"}
    note_version(version, by=cast.guiyang_officer)
    assert waiting.count() == 2
    with pytest.raises(NotNowError):
        note_version(version, by=cast.guiyang_officer)


def test_both_versions_stay_readable_and_a_changed_duty_shows_old_and_new_words(cast: Cast) -> None:
    plan = _sent(cast)
    _adopted(cast, plan)

    texts = dict(PlanVersion.objects.filter(plan=plan).values_list("number", "text"))
    assert "一百所" in texts[1]
    assert "一百五十所" in texts[2]
    plan.refresh_from_db()
    duty = plan.duties.get(title__startswith="推动校点")
    number, change = changes_of_duty(plan, duty.key)[0]
    assert number == 2
    assert ["insert", "五十"] in change["pieces"]
    plan.document.refresh_from_db()
    assert "一百所" in plan.document.text  # the document stays as it was sent


def test_a_unit_that_passed_the_plan_on_hands_the_new_duty_down_too(cast: Cast) -> None:
    plan = _sent(cast)
    delivery = delivery_of(cast, plan, "qianxinan")
    receive(delivery, by=cast.qianxinan_officer)
    forward_plan(
        delivery,
        number="1号",
        title="转发",
        remark="",
        to={"kinds": ["county"]},
        to_label="各县",
        dates=ReportDates(half=later(20), year=later(50)),
        duty_ids=[duty.pk for duty in plan.duties.all()],
        by=cast.qianxinan_officer,
    )
    version = _adopted(cast, plan)
    added = plan.duties.get(title__startswith="每季度走访")

    assert hand_on_added(version, [added.pk], by=cast.qianxinan_officer) == 2

    below = given(added, cast, "xingyi")
    assert below.upstream_id == given(added, cast, "qianxinan").pk
    with pytest.raises(NotNowError):
        hand_on_added(version, [added.pk], by=cast.qianxinan_officer)


def test_of_two_people_one_adopts_and_the_other_is_told(cast: Cast) -> None:
    plan = _sent(cast)
    version = _staged(cast, plan)
    again = _staged(cast, plan, SECOND.replace("每季度", "每月"))

    with pytest.raises(NotNowError, match="后来又传了一份"):
        adopt_version(version, {}, by=cast.province_officer)
    adopt_version(again, {}, by=cast.province_officer)
    with pytest.raises(NotNowError, match="已经采用"):
        adopt_version(again, {}, by=cast.province_officer)
    assert plan.duties.filter(removed=False).count() == 2  # an added item nobody ticked is only text


def test_only_the_issuer_corrects_and_only_when_something_differs(cast: Cast) -> None:
    plan = _sent(cast)

    with pytest.raises(DeniedError):
        stage_version(plan, read_text(SECOND), by=cast.qianxinan_officer)
    with pytest.raises(BadInputError, match="一字不差"):
        _staged(cast, plan, FIRST)


def test_a_third_version_is_compared_with_the_second(cast: Cast) -> None:
    plan = _sent(cast)
    _adopted(cast, plan)
    plan.refresh_from_db()

    third = _adopted(cast, plan, SECOND.replace("每季度", "每月"))

    assert third.number == 3
    assert [change["word"] for change in third.changes] == ["改动"]
    assert plan.duties.filter(removed=False).count() == 3


def test_a_text_that_is_being_signed_is_not_changed_under_the_signers_hands(cast: Cast) -> None:
    plan = published(cast, "province", FIRST)
    plan.document.state = DocumentState.ASKED
    plan.document.save(update_fields=["state"])

    with pytest.raises(NotNowError, match="正在本单位审签"):
        _staged(cast, plan)
