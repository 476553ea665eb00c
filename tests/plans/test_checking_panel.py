"""The opened paragraph, clashes, doubts and fixing, over HTTP."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse

from tests.cast import Cast
from xinhuo.documents.models import Document
from xinhuo.plans.actions.checking import edit_plan, import_plan
from xinhuo.plans.enums import PlanState
from xinhuo.plans.models import Duty, Node, Plan, PlanEdit

from .desk import HTMX, body, client_of, panel, url
from .small import TEXT

pytestmark = pytest.mark.django_db


def test_an_untouched_paragraph_makes_no_step(post: Callable[..., HttpResponse]) -> None:
    post(op="done", **panel())

    assert not PlanEdit.objects.exists()


def test_all_fields_of_a_paragraph_are_one_step(plan: Plan, post: Callable[..., HttpResponse]) -> None:
    changes = {
        "node-1_2-text": "丙校开展读书活动。\r\n",
        "node-1_2-marker": "二、",
        "duty-1_2-0-stance": "cooperate",
        "duty-1_2-0-leads": "省关工委",
        "duty-1_2-0-scope": "colleges",
        "duty-1_2-0-due": "2020-09-30",
        "duty-1_2-0-target_kind": "number",
        "duty-1_2-0-target_value": "12",
        "duty-1_2-0-target_unit": "场",
        "duty-1_2-0-standing": "on",
        "duty-1_2-0-confirmed": "on",
    }

    answer = post(op="done", **panel(**changes))

    assert answer["Location"] == f"{url('plan_check', plan)}#row-1_2"
    assert PlanEdit.objects.get(plan=plan).op == "batch"
    node, duty = Node.objects.get(plan=plan, key="1.2"), Duty.objects.get(plan=plan, key="1.2-0")
    assert (node.text, node.marker, node.ordinal) == ("丙校开展读书活动。", "二、", 2)
    assert (duty.stance, duty.leads, duty.scope["label"]) == ("cooperate", "省关工委", "高校直报")
    assert (duty.due.isoformat(), duty.due_basis) == ("2020-09-30", "notice")
    assert (duty.target_kind, duty.target_value, duty.target_unit) == ("number", 12, "场")
    assert (duty.standing, duty.confirmed) == (True, True)


def test_what_was_typed_is_saved_before_the_pressed_button_acts(
    plan: Plan, post: Callable[..., HttpResponse]
) -> None:
    post(op="promote:1.2", **panel(**{"duty-1_2-0-title": "读书活动"}))

    assert Duty.objects.get(plan=plan, key="1.2-0").title == "读书活动"
    assert Node.objects.get(plan=plan, key="1.2").depth == 1
    assert PlanEdit.objects.get(plan=plan).args["say"] == "改“丙校开展活动”、第2条升一级"


def test_named_units_are_ticked(cast: Cast, plan: Plan, post: Callable[..., HttpResponse]) -> None:
    wanted = [str(cast.orgs["guiyang"].pk), "999999"]

    refused = post(op="done", **panel(**{"duty-1_2-0-scope": "named"}))
    assert refused.status_code == 422
    assert "请再勾上是哪几个" in body(refused)

    post(op="done", **panel(**{"duty-1_2-0-scope": "named"}), **{"duty-1_2-0-unit": wanted})
    assert Duty.objects.get(plan=plan, key="1.2-0").scope == {
        "own": False,
        "kinds": [],
        "ids": [cast.orgs["guiyang"].pk],
        "label": "贵阳市",
    }


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"duty-1_2-0-title": ""}, "落实点不能空着"),
        ({"duty-1_2-0-target_kind": "number"}, "数的单位"),
        ({"duty-1_2-0-due": "九月底"}, "不是一个日期"),
        ({"node-1_2-text": "  "}, "条目的文字不能空着"),
    ],
)
def test_a_refused_paragraph_keeps_what_was_typed(
    post: Callable[..., HttpResponse], changes: dict[str, str], why: str
) -> None:
    answer = post(op="done", htmx=True, **panel(**{"duty-1_2-0-leads": "某某单位", **changes}))

    html = body(answer)
    assert answer.status_code == 422
    assert why in html
    assert 'value="某某单位"' in html
    assert not PlanEdit.objects.exists()


def test_a_form_that_saves_itself_answers_with_the_bar(cast: Cast, plan: Plan) -> None:
    headers = {"HX-Request": "true", "HX-Target": "checkbar", "HX-Trigger": "panel"}
    data = {"version": "0", "op": "promote:1.2", **panel(**{"duty-1_2-0-title": "读书活动"})}

    answer = client_of(cast).post(url("plan_edit", plan), data, headers=headers)

    html = body(answer)
    assert html.strip().startswith('<div class="xh-actionbar" id="checkbar" data-version="1">')
    assert "已自动保存" in html
    assert (
        Node.objects.get(plan=plan, key="1.2").depth == 2
    )  # a button that merely had the focus does nothing


def test_the_text_is_cut_where_it_was_chosen(plan: Plan, post: Callable[..., HttpResponse]) -> None:
    refused = post(op="split_node:1.1", edit="1.1", **{"node-1_1-at": ""})
    assert refused.status_code == 422
    assert "先选好从哪里拆开" in body(refused)

    post(op="split_node:1.1", edit="1.1", **{"node-1_1-at": "7"})
    assert Node.objects.get(plan=plan, key="e1").text == "乙校建立组织。"

    post(op="split_duty:1.3-0:cut", edit="1.3", **{"duty-1_3-0-at": "2"})
    assert Duty.objects.filter(plan=plan, node__key="1.3", removed=False).count() == 2


def test_a_merged_paragraph_opens_where_it_went(plan: Plan, post: Callable[..., HttpResponse]) -> None:
    answer = post(op="merge_node:1.2", edit="1.2")

    assert answer["Location"] == f"{url('plan_check', plan)}?edit=1.1#row-1_1"


def test_nodes_and_duties_are_added_and_brought_back(plan: Plan, post: Callable[..., HttpResponse]) -> None:
    post(op="add_node:1.2", edit="1.2", **{"node-1_2-below": "举办培训班。"})
    post(op="add_duty:1.2", edit="1.2", **{"node-1_2-duty": "召开推进会"})
    post(op="remove_node:1.3")
    post(op="remove_duty:1.2-0", edit="1.2")
    html = body(post(op="restore_duty:1.2-0", edit="1.2", htmx=True))

    assert "去掉的条目 1 条" in html
    live = Duty.objects.filter(plan=plan, removed=False).order_by("position").values_list("title", flat=True)
    assert list(live) == ["甲校建立组织", "丙校开展活动", "召开推进会", "举办培训班"]
    post(op="restore_node:1.3")
    assert not Node.objects.get(plan=plan, key="1.3").removed


@pytest.mark.parametrize(
    "op", ["explode:1.2", "promote:9.9", "confirm:9.9:on", "take_in:x:y", "move:1.2:sideways"]
)
def test_a_strange_button_is_refused_with_a_sentence(post: Callable[..., HttpResponse], op: str) -> None:
    answer = post(op=op)

    assert answer.status_code == 422
    assert "没有存上" in body(answer)


def test_the_slower_of_two_sees_both_versions_and_loses_nothing(cast: Cast, plan: Plan) -> None:
    edit_plan(plan, "promote", {"node": "1.3"}, version=0, by=cast.province_secretary)
    data = {"version": "0", "op": "done", **panel(**{"duty-1_2-0-title": "读书活动"})}
    client = client_of(cast)

    answer = client.post(url("plan_edit", plan), data, headers=HTMX)

    html = body(answer)
    assert answer.status_code == 409
    assert answer["HX-Retarget"] == "#clash"
    assert "钱秘书" in html
    assert "第3条升一级" in html
    assert "改“丙校开展活动”" in html
    assert '<input type="hidden" name="duty-1_2-0-title" value="读书活动">' in html
    assert '<input type="hidden" name="version" value="1">' in html
    assert PlanEdit.objects.count() == 1
    again = client.post(url("plan_edit", plan), data | {"version": "1"})
    assert again.status_code == 302
    assert Duty.objects.get(plan=plan, key="1.2-0").title == "读书活动"
    assert Node.objects.get(plan=plan, key="1.3").depth == 1


def test_the_slower_one_without_scripts_gets_the_page_with_his_words(cast: Cast, plan: Plan) -> None:
    edit_plan(plan, "promote", {"node": "1.3"}, version=0, by=cast.province_secretary)
    data = {"version": "0", "op": "done", **panel(**{"duty-1_2-0-title": "读书活动"})}

    answer = client_of(cast).post(url("plan_edit", plan), data)

    html = body(answer)
    assert answer.status_code == 409
    assert "有人先保存了一步" in html
    assert 'id="duty-1_2-0-title" name="duty-1_2-0-title" value="读书活动"' in html


def test_undoing_on_an_old_page_is_refused(cast: Cast, plan: Plan) -> None:
    edit_plan(plan, "promote", {"node": "1.3"}, version=0, by=cast.province_secretary)

    answer = client_of(cast).post(url("plan_undo", plan), {"version": "0"})

    assert answer.status_code == 409
    assert "钱秘书在" in body(answer)


def test_doubts_are_settled_and_reopened(cast: Cast, sample_plan: Plan) -> None:
    client = client_of(cast)
    codes = [doubt["code"] for doubt in sample_plan.reading["warnings"]]
    number = codes.index("document_number_damaged")

    client.post(url("plan_doubt", sample_plan), {"version": "0", "doubts": str(number), "choice": "accept"})
    sample_plan.refresh_from_db()
    assert sample_plan.document.number == "黔教办函〔2020〕38号"
    html = body(client.get(url("plan_check", sample_plan)))
    assert "疑点还剩 <b>6</b> 处" in html
    client.post(url("plan_undo", sample_plan), {"version": "1", "number": "1"})
    sample_plan.refresh_from_db()
    assert sample_plan.document.number == ""


def test_a_date_that_is_none_stays_in_the_field(cast: Cast, sample_plan: Plan) -> None:
    codes = [doubt["code"] for doubt in sample_plan.reading["warnings"]]
    number = str(codes.index("signed_on_doubtful"))
    data = {"version": "0", "doubts": number, "choice": "fill", "value": "年底"}
    client = client_of(cast)

    answer = client.post(url("plan_doubt", sample_plan), data)

    assert answer.status_code == 422
    assert "请把日期填完整" in body(answer)
    assert 'value="年底"' in body(answer)
    client.post(url("plan_doubt", sample_plan), data | {"value": "2019年12月31日"})
    sample_plan.refresh_from_db()
    assert str(sample_plan.document.signed_on) == "2019-12-31"


def test_writing_the_number_beside_its_paragraph_settles_the_doubt(cast: Cast, sample_plan: Plan) -> None:
    client = client_of(cast)

    client.post(
        url("plan_edit", sample_plan), {"version": "0", "op": "head:number", "value": "黔教办函〔2020〕39号"}
    )

    sample_plan.refresh_from_db()
    assert sample_plan.document.number == "黔教办函〔2020〕39号"
    assert len(sample_plan.settled_doubts) == 1


def test_the_last_step_is_taken_back_and_brought_back(plan: Plan, post: Callable[..., HttpResponse]) -> None:
    post(op="promote:1.2")
    html = body(post("plan_undo", htmx=True))
    assert "已撤销：第2条升一级" in html
    assert Node.objects.get(plan=plan, key="1.2").depth == 2
    html = body(post("plan_undo", turn="redo", htmx=True))
    assert "刚才：第2条升一级" in html
    assert Node.objects.get(plan=plan, key="1.2").depth == 1


def test_publishing_lists_what_is_open_and_is_never_disabled(cast: Cast, sample_plan: Plan) -> None:
    client = client_of(cast)

    html = body(client.get(url("plan_publish", sample_plan)))

    assert "还没有定的疑点 7 处" in html
    assert "还没有核对的条目 16 条" in html
    assert "disabled" not in html
    answer = client.post(url("plan_publish", sample_plan), {"version": "0"})
    assert answer["Location"] == url("plan_send", sample_plan)
    sample_plan.refresh_from_db()
    assert sample_plan.state == PlanState.PUBLISHED


def test_a_changed_text_can_be_read_again(cast: Cast, plan: Plan) -> None:
    Document.objects.filter(pk=plan.document_id).update(text=f"{TEXT}4.戊校开展活动。\n")
    client = client_of(cast)

    assert "按现在的正文重新识别" in body(client.get(url("plan_check", plan)))
    client.post(url("plan_reread", plan), {"version": "0"})

    assert Node.objects.filter(plan=plan, removed=False).count() == 5


def test_duties_stand_without_a_document_marker(cast: Cast, sample_plan: Plan) -> None:
    edit_plan(
        sample_plan, "split_duty", {"duty": "2.8-0", "accept": True}, version=0, by=cast.province_officer
    )

    html = body(client_of(cast).get(url("plan_check", sample_plan)))

    row = html[html.index('id="row-2_8"') : html.index('id="row-2_9"')]
    assert row.count("<li>") == 3
    assert not set(row) & set("①②③")


def test_words_from_outside_never_become_markup(cast: Cast) -> None:
    text = "2020年要点\n1.<script>alert(1)</script>推动学校开展活动。\n2.“><img src=x>举办培训班。\n"
    plan = import_plan(by=cast.province_officer, text=text).plan
    assert plan is not None

    html = body(client_of(cast).get(f"{url('plan_check', plan)}?edit=1"))

    assert "<script>alert" not in html
    assert "<img src=x>" not in html
