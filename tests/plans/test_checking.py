"""Importing, checking and fixing: the verbs."""

import datetime as dt
import io
import zipfile

import pytest
from django.core.files.base import ContentFile

from tests.cast import Cast
from xinhuo.core.errors import BadInputError, DeniedError, NotNowError
from xinhuo.documents.enums import DocumentKind, DocumentState
from xinhuo.documents.models import Document
from xinhuo.files.queries import attachments
from xinhuo.flows.models import Todo
from xinhuo.journal.models import Entry
from xinhuo.plans.actions.checking import (
    create_plan_from_text,
    edit_plan,
    import_plan,
    publish_plan,
    redo_edit,
    reread_plan,
    settle_doubt,
    undo_edit,
)
from xinhuo.plans.enums import PlanState
from xinhuo.plans.models import Duty, Node, Plan, PlanEdit
from xinhuo.plans.queries.checking import edits_of, outline_of

from .sample import SAMPLE

pytestmark = pytest.mark.django_db
TEXT = "2020年工作要点\n一、组织建设\n1.甲校建立组织。乙校建立组织。\n2.丙校开展活动。\n3.丁校开展活动。\n"


def imported(cast: Cast, text: str = TEXT) -> Plan:
    plan = import_plan(by=cast.province_officer, text=text).plan
    assert plan is not None
    return plan


def the_sample(cast: Cast) -> Plan:
    upload = ContentFile(SAMPLE.read_bytes(), name="要点.txt")
    plan = import_plan(by=cast.province_officer, upload=upload).plan
    assert plan is not None
    return plan


def live_nodes(plan: Plan) -> list[str]:
    return list(
        Node.objects.filter(plan=plan, removed=False).order_by("position").values_list("key", flat=True)
    )


def live_duties(plan: Plan) -> list[str]:
    return list(
        Duty.objects.filter(plan=plan, removed=False).order_by("position").values_list("key", flat=True)
    )


def codes(plan: Plan, code: str) -> list[int]:
    return [number for number, doubt in enumerate(plan.reading["warnings"]) if doubt["code"] == code]


# -- importing ----------------------------------------------------------------------------------------------------


def test_the_sample_becomes_a_draft_and_a_plan_of_31_nodes(cast: Cast) -> None:
    plan = the_sample(cast)

    document = plan.document
    assert (document.state, document.kind) == (DocumentState.DRAFT, DocumentKind.KEY_POINTS)
    assert document.title == "贵州省教育厅关心下一代工作委员会2020年工作要点"
    assert (document.number, document.signed_on, plan.year) == ("", None, 2020)
    assert document.text == SAMPLE.read_text(encoding="utf-8")
    assert len(live_nodes(plan)) == 31
    assert [row.file.name for row in attachments("documents.document", document.pk)] == ["要点.txt"]
    circled = Node.objects.get(plan=plan, key="2.11.3.1")
    assert circled.cite == "要点第11条三是①"
    assert circled.parent is not None
    assert circled.parent.key == "2.11.3"
    assert document.text[circled.start : circled.end].startswith("①")


def test_named_places_in_the_text_become_units_of_the_scope(cast: Cast) -> None:
    plan = the_sample(cast)

    scope = Duty.objects.get(plan=plan, key="2.11.3.1-0").scope
    assert scope["ids"] == sorted([cast.orgs["qianxinan"].pk, cast.orgs["guiyang"].pk])
    assert Duty.objects.get(plan=plan, key="1.2-0").scope["label"] == "2个市（州）"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_every_usual_encoding_gives_the_same_text(cast: Cast, encoding: str) -> None:
    upload = ContentFile(TEXT.encode(encoding), name="要点.txt")
    plan = import_plan(by=cast.province_officer, upload=upload).plan

    assert plan is not None
    assert plan.document.text == TEXT
    assert live_nodes(plan) == ["1", "1.1", "1.2", "1.3"]


def test_line_ends_of_windows_become_plain_ones(cast: Cast) -> None:
    upload = ContentFile(TEXT.replace("\n", "\r\n").encode(), name="要点.txt")
    plan = import_plan(by=cast.province_officer, upload=upload).plan

    assert plan is not None
    assert plan.document.text == TEXT == plan.reading["source"]


def test_the_kind_follows_the_title(cast: Cast) -> None:
    plan = imported(cast, "关于开展读书活动的通知\n一、时间\n1.五月举办。\n2.六月总结。\n")

    assert plan.document.kind == DocumentKind.NOTICE
    assert Node.objects.get(plan=plan, key="1.1").cite == "通知第1条"


def test_an_empty_file_is_refused_and_leaves_nothing(cast: Cast) -> None:
    with pytest.raises(BadInputError, match="空的"):
        import_plan(by=cast.province_officer, upload=ContentFile(b"", name="空.txt"))
    with pytest.raises(BadInputError, match="没有文字"):
        import_plan(by=cast.province_officer, text=" \n ")
    assert not Document.objects.exists()


def test_a_binary_file_is_refused_with_advice(cast: Cast) -> None:
    with pytest.raises(BadInputError, match="认不出"):
        import_plan(by=cast.province_officer, upload=ContentFile(bytes(range(256)) * 40, name="要点.bin"))
    assert not Document.objects.exists()


def test_control_characters_are_refused(cast: Cast) -> None:
    with pytest.raises(BadInputError, match="控制字符"):
        import_plan(by=cast.province_officer, text=f"{TEXT}\0")


def test_a_file_without_readable_text_is_kept_in_a_draft(cast: Cast) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("OFD.xml", "<ofd:OFD/>")
    done = import_plan(by=cast.province_officer, upload=ContentFile(content.getvalue(), name="扫描件.ofd"))

    assert done.plan is None
    assert "已经作为附件存进草稿" in done.message
    assert [row.file.name for row in attachments("documents.document", done.document.pk)] == ["扫描件.ofd"]
    assert done.document.text == ""


def test_a_web_page_is_read_though_it_is_not_kept(cast: Cast) -> None:
    body = "".join(f"<p>{line}</p>" for line in TEXT.splitlines())
    page = f"<!doctype html><html><head><meta charset='utf-8'></head><body>{body}</body></html>"
    done = import_plan(by=cast.province_officer, upload=ContentFile(page.encode(), name="要点.html"))

    assert done.plan is not None
    assert live_nodes(done.plan) == ["1", "1.1", "1.2", "1.3"]
    assert "<p>" not in done.document.text
    assert not attachments("documents.document", done.document.pk).exists()


def test_a_megabyte_of_text_is_imported(cast: Cast) -> None:
    lines = [f"{number}.推动第{number}所学校开展活动，举办第{number}次培训班。" for number in range(1, 900)]
    text = "2020年工作要点\n一、组织建设\n" + "\n".join(
        line + "认真做好各项工作" * 44 + "。" for line in lines
    )
    assert len(text.encode()) > 1_000_000

    plan = imported(cast, text)

    assert len(live_nodes(plan)) == 900
    assert plan.document.text == text


def test_an_observer_may_not_import(cast: Cast) -> None:
    with pytest.raises(DeniedError, match="经办人"):
        import_plan(by=cast.province_observer, text=TEXT)


def test_a_county_imports_its_own_plan(cast: Cast) -> None:
    plan = import_plan(by=cast.xingyi_officer, text=TEXT).plan

    assert plan is not None
    assert Duty.objects.get(plan=plan, key="1.2-0").scope["kinds"][:2] == ["kindergarten", "primary"]


def test_the_text_of_a_draft_is_read_once(cast: Cast) -> None:
    document = imported(cast).document
    draft = Document.objects.create(
        issuer=cast.orgs["province"],
        kind=DocumentKind.NOTICE,
        title="通知",
        text=TEXT,
        created_at=document.created_at,
        updated_at=document.updated_at,
    )

    plan = create_plan_from_text(draft, by=cast.province_officer)

    assert live_nodes(plan) == ["1", "1.1", "1.2", "1.3"]
    assert create_plan_from_text(draft, by=cast.province_officer) == plan


def test_a_draft_without_text_is_read_from_its_attachment(cast: Cast) -> None:
    document = the_sample(cast).document
    Plan.objects.get(document=document).nodes.update(parent=None)
    Duty.objects.filter(plan__document=document).delete()
    Node.objects.filter(plan__document=document).delete()
    Plan.objects.filter(document=document).delete()
    Document.objects.filter(pk=document.pk).update(text="")

    plan = create_plan_from_text(document, by=cast.province_officer)

    assert len(live_nodes(plan)) == 31
    document.refresh_from_db()
    assert document.text.startswith("最新消息")


def test_a_draft_with_nothing_to_read_is_refused(cast: Cast) -> None:
    moment = imported(cast).created_at
    draft = Document.objects.create(
        issuer=cast.orgs["guiyang"],
        kind=DocumentKind.NOTICE,
        title="空",
        created_at=moment,
        updated_at=moment,
    )

    with pytest.raises(BadInputError, match="没有正文"):
        create_plan_from_text(draft, by=cast.guiyang_officer)
    with pytest.raises(BadInputError, match="别的单位"):
        create_plan_from_text(draft, by=cast.province_officer)
    Document.objects.filter(pk=draft.pk).update(state=DocumentState.SENT)
    with pytest.raises(NotNowError, match="已经下发"):
        create_plan_from_text(draft, by=cast.guiyang_officer)


# -- steps --------------------------------------------------------------------------------------------------------


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


# -- doubts and the head ------------------------------------------------------------------------------------------


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


# -- who ----------------------------------------------------------------------------------------------------------


def test_others_may_not_check(cast: Cast) -> None:
    plan = imported(cast)
    args = {"node": "1.2"}

    for by in (cast.guiyang_officer, cast.province_observer, cast.province_admin):
        with pytest.raises(DeniedError):
            edit_plan(plan, "promote", args, version=0, by=by)
        with pytest.raises(DeniedError):
            publish_plan(plan, version=0, by=by)


# -- fixing -------------------------------------------------------------------------------------------------------


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
