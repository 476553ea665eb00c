"""Checking a plan step by step, and fixing it: the verbs."""

import datetime as dt

import pytest

from tests.cast import Cast
from xinhuo.core.errors import BadInputError, DeniedError, NotNowError
from xinhuo.documents.enums import DocumentState
from xinhuo.documents.models import Document
from xinhuo.flows.models import Todo
from xinhuo.journal.models import Entry
from xinhuo.plans.actions.checking import (
    edit_plan,
    publish_plan,
    redo_edit,
    reread_plan,
    settle_doubt,
    undo_edit,
)
from xinhuo.plans.enums import PlanState
from xinhuo.plans.models import Duty, Node, PlanEdit
from xinhuo.plans.queries.checking import edits_of, outline_of

from .checks import codes, imported, live_duties, live_nodes, the_sample
from .small import TEXT

pytestmark = pytest.mark.django_db


def test_a_step_is_recorded_and_written_to_the_rows(cast: Cast) -> None:
    plan = imported(cast)
    before = {node.key: node.pk for node in plan.nodes.all()}

    edit = edit_plan(plan, "split_node", {"node": "1.1", "at": 7}, version=0, by=cast.province_officer)

    plan.refresh_from_db()
    assert (edit.number, plan.version, edit.args["say"]) == (1, 1, "拆开第1条")
    assert live_nodes(plan) == ["1", "1.1", "e1", "1.2", "1.3"]
    assert {key: pk for key, pk in before.items() if key in live_nodes(plan)} == before
    assert Duty.objects.get(plan=plan, key="d1-1").node.key == "e1"


def test_a_merged_node_stays_as_a_removed_row(cast: Cast) -> None:
    plan = imported(cast)

    edit_plan(plan, "merge_node", {"node": "1.2"}, version=0, by=cast.province_officer)

    assert live_nodes(plan) == ["1", "1.1", "1.3"]
    assert Node.objects.get(plan=plan, key="1.2").removed
    assert live_duties(plan) == ["1.1-0", "1.2-0", "1.3-0"]
    assert Duty.objects.get(plan=plan, key="1.2-0").node.key == "1.1"


def test_two_people_at_once_the_second_is_told_who_was_faster(cast: Cast) -> None:
    plan = imported(cast)
    edit_plan(plan, "promote", {"node": "1.2"}, version=0, by=cast.province_officer)

    with pytest.raises(NotNowError, match=r"周敏在\d+点\d\d分先保存"):
        edit_plan(plan, "demote", {"node": "1.3"}, version=0, by=cast.province_secretary)

    assert PlanEdit.objects.filter(plan=plan).count() == 1


def test_a_step_that_does_not_fit_writes_nothing(cast: Cast) -> None:
    plan = imported(cast)

    with pytest.raises(BadInputError, match="最上面一级"):
        edit_plan(plan, "promote", {"node": "1"}, version=0, by=cast.province_officer)

    plan.refresh_from_db()
    assert plan.version == 0
    assert not PlanEdit.objects.exists()
    assert not Entry.objects.filter(verb="plans.checked").exists()


def test_undo_and_redo_move_the_version_on(cast: Cast) -> None:
    plan = imported(cast)
    shape = list(Node.objects.filter(plan=plan).values("key", "depth", "position", "removed", "start", "end"))
    edit_plan(plan, "promote", {"node": "1.2"}, version=0, by=cast.province_officer)

    undone = undo_edit(plan, version=1, by=cast.province_officer)

    assert undone.number == 2
    assert (
        list(Node.objects.filter(plan=plan).values("key", "depth", "position", "removed", "start", "end"))
        == shape
    )
    redone = redo_edit(plan, version=2, by=cast.province_officer)
    assert redone.number == 3
    assert Node.objects.get(plan=plan, key="1.2").depth == 1
    with pytest.raises(NotNowError, match="没有可以恢复"):
        redo_edit(plan, version=3, by=cast.province_officer)


def test_there_is_an_end_to_undoing(cast: Cast) -> None:
    plan = imported(cast)

    with pytest.raises(NotNowError, match="没有可以撤销"):
        undo_edit(plan, version=0, by=cast.province_officer)


def test_an_earlier_step_can_be_taken_back_unless_later_ones_rest_on_it(cast: Cast) -> None:
    plan = imported(cast)
    by = cast.province_officer
    edit_plan(plan, "split_node", {"node": "1.1", "at": 7}, version=0, by=by)
    edit_plan(plan, "confirm_duty", {"duty": "1.3-0"}, version=1, by=by)
    edit_plan(plan, "retype", {"node": "e1", "text": "乙校建立了组织。"}, version=2, by=by)

    with pytest.raises(NotNowError, match="后面的改动用到了这一步"):
        undo_edit(plan, version=3, by=by, number=1)

    undo_edit(plan, version=3, by=by, number=2)
    assert not Duty.objects.get(plan=plan, key="1.3-0").confirmed
    assert "e1" in live_nodes(plan)


def test_a_new_step_never_reuses_the_key_of_an_undone_one(cast: Cast) -> None:
    plan = imported(cast)
    by = cast.province_officer
    edit_plan(plan, "split_node", {"node": "1.1", "at": 7}, version=0, by=by)
    undo_edit(plan, version=1, by=by)
    edit_plan(plan, "split_node", {"node": "1.1", "at": 7}, version=2, by=by)

    assert live_nodes(plan) == ["1", "1.1", "e3", "1.2", "1.3"]
    assert Node.objects.get(plan=plan, key="e1").removed


def test_rows_say_what_the_replayed_outline_says(cast: Cast) -> None:
    plan = the_sample(cast)
    by = cast.province_officer
    proposed = [key for key, duty in outline_of(plan, edits_of(plan)).duties.items() if duty.proposal]
    for version, key in enumerate(proposed):
        edit_plan(plan, "split_duty", {"duty": key, "accept": True}, version=version, by=by)

    outline = outline_of(plan, edits_of(plan))
    assert len(proposed) == 5
    assert live_duties(plan) == [
        duty.key for node, _ in outline.walk() for duty in outline.duties_of(node.key)
    ]
    assert [
        Duty.objects.filter(plan=plan, node__key=key, removed=False).count() for key in ("2.7", "3.16")
    ] == [3, 4]


def test_what_was_confirmed_is_kept_word_for_word(cast: Cast) -> None:
    plan = imported(cast)
    edit_plan(plan, "confirm_node", {"node": "1"}, version=0, by=cast.province_officer)

    edit = PlanEdit.objects.get(plan=plan)
    assert edit.op == "batch"
    assert [args["seen"]["title"] for _, args in edit.args["ops"]] == [
        "甲校建立组织",
        "丙校开展活动",
        "丁校开展活动",
    ]
    assert all(Duty.objects.filter(plan=plan).values_list("confirmed", flat=True))


def test_fields_of_a_duty_reach_the_database(cast: Cast) -> None:
    plan = imported(cast)
    fields = {"due": "2020-09-30", "target_kind": "number", "target_unit": "所", "target_value": "3"}

    edit_plan(plan, "set_duty", {"duty": "1.2-0", "fields": fields}, version=0, by=cast.province_officer)

    duty = Duty.objects.get(plan=plan, key="1.2-0")
    assert (duty.due, duty.target_value, duty.target_unit) == (dt.date(2020, 9, 30), 3, "所")


def test_accepting_the_number_writes_it_to_the_draft(cast: Cast) -> None:
    plan = the_sample(cast)
    found = codes(plan, "document_number_damaged")

    settle_doubt(plan, found, "accept", version=0, by=cast.province_officer)

    plan.refresh_from_db()
    assert plan.document.number == "黔教办函〔2020〕38号"
    assert plan.settled_doubts == {str(found[0]): {"choice": "accept", "value": "黔教办函〔2020〕38号"}}
    undo_edit(plan, version=1, by=cast.province_officer)
    plan.refresh_from_db()
    assert (plan.document.number, plan.settled_doubts) == ("", {})


def test_the_head_of_a_sent_document_is_left_alone(cast: Cast) -> None:
    plan = imported(cast)
    Document.objects.filter(pk=plan.document_id).update(state=DocumentState.SENT)

    with pytest.raises(NotNowError, match="已经下发"):
        edit_plan(
            plan, "set_header", {"field": "number", "value": "1号"}, version=0, by=cast.province_officer
        )
    assert not PlanEdit.objects.exists()


def test_reading_again_after_the_text_was_changed(cast: Cast) -> None:
    plan = imported(cast)
    edit_plan(plan, "promote", {"node": "1.2"}, version=0, by=cast.province_officer)
    Document.objects.filter(pk=plan.document_id).update(text=TEXT + "4.戊校开展活动。\n")
    with pytest.raises(NotNowError, match="先重新识别"):
        publish_plan(plan, version=1, by=cast.province_officer)

    reread_plan(plan, version=1, by=cast.province_officer)

    assert live_nodes(plan) == ["1", "1.1", "1.2", "1.3", "1.4"]
    assert Node.objects.get(plan=plan, key="1.2").depth == 2
    publish_plan(plan, version=2, by=cast.province_officer)


def test_others_may_not_check(cast: Cast) -> None:
    plan = imported(cast)
    args = {"node": "1.2"}

    for by in (cast.guiyang_officer, cast.province_observer, cast.province_admin):
        with pytest.raises(DeniedError):
            edit_plan(plan, "promote", args, version=0, by=by)
        with pytest.raises(DeniedError):
            publish_plan(plan, version=0, by=by)


def test_publishing_with_open_doubts_closes_the_task_and_says_who_did_what(cast: Cast) -> None:
    plan = the_sample(cast)
    edit_plan(plan, "promote", {"node": "2.10"}, version=0, by=cast.province_officer)
    edit_plan(plan, "confirm_node", {"node": "1"}, version=1, by=cast.province_secretary)
    assert Todo.objects.open().get(kind="plans.plan").title.startswith("核对并定稿《贵州省")

    publish_plan(plan, version=2, by=cast.province_officer)

    plan.refresh_from_db()
    assert plan.state == PlanState.PUBLISHED
    assert plan.published_at is not None
    assert not Todo.objects.open().exists()
    sentence = Entry.objects.get(verb="plans.published").sentence
    assert sentence.endswith("核对共 2 步（周敏 1 步、钱秘书 1 步）")
    checked = Entry.objects.filter(verb="plans.checked").order_by("pk").values_list("person_name", flat=True)
    assert list(checked) == ["周敏", "钱秘书"]
    with pytest.raises(NotNowError, match="已经定稿"):
        edit_plan(plan, "promote", {"node": "1.2"}, version=2, by=cast.province_officer)


def test_a_plan_without_any_duty_cannot_be_fixed(cast: Cast) -> None:
    plan = imported(cast, "一段没有序号的话。")

    assert live_nodes(plan) == []
    with pytest.raises(BadInputError, match="一个落实点也没有"):
        publish_plan(plan, version=0, by=cast.province_officer)
    edit_plan(plan, "add_node", {"text": "举办培训班。"}, version=0, by=cast.province_officer)
    publish_plan(plan, version=1, by=cast.province_officer)


def test_words_the_reader_set_aside_can_be_taken_in(cast: Cast) -> None:
    plan = the_sample(cast)
    kind, start, end = next(part for part in plan.reading["parts"] if part[0] == "preamble")

    edit_plan(plan, "take_in", {"start": start, "end": end}, version=0, by=cast.province_officer)

    node = Node.objects.get(plan=plan, key="e1")
    assert (kind, node.start, node.end, node.position) == ("preamble", start, end, 0)
    with pytest.raises(BadInputError, match="已经在条目里"):
        edit_plan(plan, "take_in", {"start": start, "end": end}, version=1, by=cast.province_officer)
