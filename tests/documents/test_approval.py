"""Approval before anything leaves: frozen, decided inside the unit, sent by the last signature as it was approved."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import Cast
from tests.files.samples import PDF
from tests.plans.works import DIRECT, delivery_of, fixed_plan, later, sent_plan
from xinhuo.core.errors import DeniedError, NotNowError
from xinhuo.documents.actions import (
    create_document,
    draft_forward,
    recall_sending,
    receive,
    save_document,
    send_document,
)
from xinhuo.documents.enums import DispatchState, DocumentState
from xinhuo.documents.models import Delivery, Dispatch, Document
from xinhuo.files.actions import attach, detach, store_file
from xinhuo.flows.actions import decide, set_route
from xinhuo.flows.enums import Verdict
from xinhuo.flows.models import Process, Revision, Todo
from xinhuo.flows.queries import open_process
from xinhuo.orgs.enums import Kind
from xinhuo.plans.actions.sending import ReportDates, forward_plan, send_plan
from xinhuo.plans.models import Assignment, Plan, Report

BOTH = ["secretary", "leader"]
PREFECTURES = {"kinds": [Kind.PREFECTURE]}
SENDING = "documents.dispatch"


@pytest.fixture
def routed(cast: Cast) -> Cast:
    """The department's papers pass 秘书长 and 负责人 before they leave."""
    set_route(cast.orgs["province"].pk, BOTH, by=cast.province_officer)
    return cast


def _notice(cast: Cast) -> Document:
    return create_document(
        by=cast.province_officer, kind="notice", title="关于报送材料的通知", text="请报送。"
    )


def _ask(cast: Cast, document: Document, **more: object) -> Dispatch:
    given = {"to": PREFECTURES, "to_label": "2 个市（州）", **more}
    return send_document(document, by=cast.province_officer, **given)  # type: ignore[arg-type]


def _process(dispatch: Dispatch) -> Process:
    process = open_process(SENDING, dispatch.pk)
    assert process is not None
    return process


def _approve(cast: Cast, dispatch: Dispatch) -> None:
    decide(_process(dispatch), Verdict.ACCEPT, by=cast.province_secretary)
    decide(_process(dispatch), Verdict.ACCEPT, by=cast.province_leader)


def test_a_unit_without_a_route_sends_at_once(cast: Cast) -> None:
    dispatch = _ask(cast, _notice(cast))

    assert dispatch.state == DispatchState.DONE
    assert Process.objects.count() == 0
    assert Delivery.objects.count() == 2


def test_nothing_leaves_before_the_last_signature(routed: Cast) -> None:
    dispatch = _ask(routed, _notice(routed))
    decide(_process(dispatch), Verdict.ACCEPT, by=routed.province_secretary)

    dispatch.refresh_from_db()
    document = Document.objects.get()
    assert (dispatch.state, document.state) == (DispatchState.ASKED, DocumentState.ASKED)
    assert Delivery.objects.count() == 0
    assert not Document.objects.visible_to(routed.qianxinan_officer).exists()
    waiting = Todo.objects.open().get()
    assert (waiting.role, waiting.subject_id, waiting.kind) == ("leader", dispatch.pk, SENDING)


def test_the_last_signature_sends_what_was_approved(routed: Cast) -> None:
    due = later(20)
    dispatch = _ask(
        routed, _notice(routed), due=due, copies={"ids": [routed.orgs["huaxi"].pk]}, copies_label="花溪区"
    )
    _approve(routed, dispatch)

    dispatch.refresh_from_db()
    assert dispatch.state == DispatchState.DONE
    rows = Delivery.objects.complete().order_by("org__path")
    found = [(row.org.short_name, row.is_copy, row.due) for row in rows]
    assert found == [("黔西南州", False, due), ("贵阳市", False, due), ("花溪区", True, None)]
    assert Document.objects.get().state == DocumentState.SENT
    assert dispatch.by_name == "周敏"
    assert Todo.objects.open().filter(org=routed.orgs["qianxinan"], wait="receive").count() == 1


def test_the_frozen_revision_holds_words_audience_dates_and_files(routed: Cast) -> None:
    document = _notice(routed)
    file = store_file(SimpleUploadedFile("通知.pdf", PDF, "application/pdf"), by=routed.province_officer)
    attach(file, "documents.document", document.pk, by=routed.province_officer)
    dispatch = _ask(routed, document, due=later(9))

    kept = Revision.objects.get(kind=SENDING, subject_id=dispatch.pk)
    assert kept.snapshot["to"]["org_ids"] == [routed.orgs["qianxinan"].pk, routed.orgs["guiyang"].pk]
    assert kept.snapshot["due"] == later(9).isoformat()
    assert kept.snapshot["papers"][0]["text"] == "请报送。"
    assert kept.checksums == {str(file.pk): file.sha256}


def test_what_is_being_approved_is_not_changed_and_not_sent_again(routed: Cast) -> None:
    document = _notice(routed)
    _ask(routed, document)

    with pytest.raises(NotNowError, match="正在本单位审签"):
        save_document(document, by=routed.province_officer, title="别的标题")
    with pytest.raises(NotNowError, match="正在本单位审签"):
        _ask(routed, document)


def test_files_changed_behind_the_approval_stop_the_sending(routed: Cast) -> None:
    document = _notice(routed)
    file = store_file(SimpleUploadedFile("通知.pdf", PDF, "application/pdf"), by=routed.province_officer)
    attach(file, "documents.document", document.pk, by=routed.province_officer)
    dispatch = _ask(routed, document)
    detach(file, "documents.document", document.pk, by=routed.province_officer)
    decide(_process(dispatch), Verdict.ACCEPT, by=routed.province_secretary)

    with pytest.raises(NotNowError, match="送审以后变过"):
        decide(_process(dispatch), Verdict.ACCEPT, by=routed.province_leader)
    assert Delivery.objects.count() == 0


def test_a_return_lands_with_the_drafter_and_the_next_try_is_the_second_revision(routed: Cast) -> None:
    document = _notice(routed)
    dispatch = _ask(routed, document, choice={"to_groups": ["prefectures"]})
    decide(_process(dispatch), Verdict.RETURN, reason="请写明报送格式", by=routed.province_secretary)

    document.refresh_from_db()
    waiting = Todo.objects.open().get()
    assert document.state == DocumentState.DRAFT
    assert (waiting.wait, waiting.person_id) == ("correct", routed.province_officer.person_id)
    assert waiting.detail == "请写明报送格式"

    save_document(document, by=routed.province_officer, text="请按附件格式报送。")
    again = _ask(routed, document)
    _approve(routed, again)

    assert again.pk == dispatch.pk
    assert [item.number for item in Revision.objects.filter(kind=SENDING, subject_id=dispatch.pk)] == [1, 2]
    assert Delivery.objects.complete().count() == 2
    assert not Todo.objects.open().filter(org=routed.orgs["province"]).exists()


def test_a_route_that_was_dropped_meanwhile_leaves_nothing_on_the_list(routed: Cast) -> None:
    document = _notice(routed)
    decide(_process(_ask(routed, document)), Verdict.RETURN, reason="请改", by=routed.province_secretary)
    set_route(routed.orgs["province"].pk, [], by=routed.province_officer)
    dispatch = _ask(routed, document)

    assert dispatch.state == DispatchState.DONE
    assert not Todo.objects.open().filter(org=routed.orgs["province"]).exists()


def test_the_drafter_takes_it_back_before_it_is_decided(routed: Cast) -> None:
    dispatch = _ask(routed, _notice(routed))
    recall_sending(dispatch, by=routed.province_officer)

    assert Document.objects.get().state == DocumentState.DRAFT
    assert not Todo.objects.open().exists()
    with pytest.raises(NotNowError, match="没有发出"):
        recall_sending(dispatch, by=routed.province_officer)


def test_a_leader_who_signs_on_paper_is_recorded_with_the_scan(routed: Cast) -> None:
    dispatch = _ask(routed, _notice(routed))
    decide(_process(dispatch), Verdict.ACCEPT, by=routed.province_secretary)
    scan = store_file(SimpleUploadedFile("签字.pdf", PDF, "application/pdf"), by=routed.province_officer)

    with pytest.raises(DeniedError, match="代录批示"):
        decide(_process(dispatch), Verdict.ACCEPT, by=routed.province_officer)
    decide(
        _process(dispatch), Verdict.ACCEPT, on_behalf_of="赵厅长", scan_id=scan.pk, by=routed.province_officer
    )

    assert Delivery.objects.complete().count() == 2


def test_a_leader_need_not_approve_his_own_letter(routed: Cast) -> None:
    dispatch = send_document(_notice(routed), to=PREFECTURES, to_label="", by=routed.province_leader)

    assert dispatch.state == DispatchState.DONE


def test_a_second_sending_of_a_sent_document_is_approved_too(routed: Cast) -> None:
    document = _notice(routed)
    _approve(routed, _ask(routed, document))
    more = _ask(routed, document, to={"ids": [routed.orgs["university"].pk]}, to_label="贵州大学")

    document.refresh_from_db()
    assert document.state == DocumentState.SENT
    assert Delivery.objects.complete().count() == 2
    with pytest.raises(NotNowError, match="正在本单位审签"):
        _ask(routed, document, to={"ids": [routed.orgs["polytechnic"].pk]}, to_label="黔职院")
    _approve(routed, more)
    assert Delivery.objects.complete().count() == 3


def test_who_got_it_meanwhile_from_another_is_not_sent_to_twice(routed: Cast) -> None:
    plan = sent_plan_of(routed)
    received = delivery_of(routed, plan, "qianxinan")
    receive(received, by=routed.qianxinan_officer)
    set_route(routed.orgs["qianxinan"].pk, ["leader"], by=routed.qianxinan_officer)
    dispatch = forward_plan(
        received,
        number="州教关〔2026〕3号",
        title="转发2026年工作要点",
        remark="",
        to={"kinds": [Kind.COUNTY]},
        to_label="各县",
        dates=ReportDates(half=later(20)),
        duty_ids=[duty.pk for duty in plan.duties.all()],
        by=routed.qianxinan_officer,
    )
    assert not Assignment.objects.filter(org=routed.orgs["xingyi"]).exists()
    send_document(
        plan.document, to={"ids": [routed.orgs["xingyi"].pk]}, to_label="兴义市", by=routed.province_leader
    )

    decide(_process(dispatch), Verdict.ACCEPT, by=routed.qianxinan_leader)

    dispatch.refresh_from_db()
    assert [row.org.short_name for row in dispatch.deliveries.all()] == ["安龙县"]
    assert [skip["name"] for skip in dispatch.skipped] == ["兴义市教育局"]


def sent_plan_of(cast: Cast) -> Plan:
    """The plan, sent before the department set its route: by its leader."""
    plan = fixed_plan(cast)
    dates = ReportDates(half=later(30), year=later(60))
    send_plan(plan, to=DIRECT, to_label="各市（州）和高校", dates=dates, by=cast.province_leader)
    return plan


def test_a_plan_assigns_nothing_before_it_is_approved(routed: Cast) -> None:
    plan = fixed_plan(routed)
    dates = ReportDates(half=later(30), year=later(60))
    dispatch = send_plan(
        plan, to=DIRECT, to_label="各市（州）和高校", dates=dates, by=routed.province_officer
    )

    assert (Assignment.objects.count(), Report.objects.count()) == (0, 0)
    _approve(routed, dispatch)

    assert Assignment.objects.filter(org=routed.orgs["province"]).count() == 1
    assert Assignment.objects.filter(org=routed.orgs["guiyang"]).count() == 1
    assert Report.objects.filter(org=routed.orgs["guiyang"]).count() == 2


def test_a_returned_forwarding_keeps_its_duties_and_dates(cast: Cast) -> None:
    plan = sent_plan(cast)
    received = delivery_of(cast, plan, "qianxinan")
    receive(received, by=cast.qianxinan_officer)
    set_route(cast.orgs["qianxinan"].pk, ["leader"], by=cast.qianxinan_officer)
    dispatch = forward_plan(
        received,
        number="",
        title="转发2026年工作要点",
        remark="",
        to={"kinds": [Kind.COUNTY]},
        to_label="各县",
        dates=ReportDates(half=later(20)),
        duty_ids=[duty.pk for duty in plan.duties.all()],
        by=cast.qianxinan_officer,
    )
    decide(_process(dispatch), Verdict.RETURN, reason="请编文号", by=cast.qianxinan_leader)
    document = Document.objects.get(pk=dispatch.document_id)
    document = save_document(document, by=cast.qianxinan_officer, number="州教关〔2026〕3号")
    again = send_document(document, to={"kinds": [Kind.COUNTY]}, to_label="各县", by=cast.qianxinan_officer)
    decide(_process(again), Verdict.ACCEPT, by=cast.qianxinan_leader)

    assert Report.objects.get(org=cast.orgs["xingyi"]).call.due == later(20)
    assert Assignment.objects.filter(org=cast.orgs["xingyi"]).count() == 1


def test_only_the_unit_itself_sees_its_approvals(routed: Cast, client: Client) -> None:
    dispatch = _ask(routed, _notice(routed))
    statuses = {}
    for who in ("province_officer", "province_observer", "qianxinan_officer"):
        client.force_login(routed.users[who])
        statuses[who] = client.get(dispatch.url).status_code

    assert statuses == {"province_officer": 200, "province_observer": 200, "qianxinan_officer": 404}


def test_a_unit_above_does_not_see_a_second_sending_being_approved(cast: Cast, client: Client) -> None:
    document = create_document(by=cast.qianxinan_officer, kind="notice", title="州里的通知", text="请报送。")
    given = {"to": {"ids": [cast.orgs["xingyi"].pk]}, "to_label": "兴义市"}
    send_document(document, by=cast.qianxinan_officer, **given)  # type: ignore[arg-type]
    set_route(cast.orgs["qianxinan"].pk, ["leader"], by=cast.qianxinan_officer)
    send_document(
        document, to={"ids": [cast.orgs["anlong"].pk]}, to_label="暂不公开的单位", by=cast.qianxinan_officer
    )

    client.force_login(cast.users["province_officer"])
    assert "暂不公开的单位" not in client.get(document.url).text
    client.force_login(cast.users["qianxinan_officer"])
    assert "暂不公开的单位" in client.get(document.url).text


def test_the_page_decides_and_says_what_happened(routed: Cast, client: Client) -> None:
    dispatch = _ask(routed, _notice(routed))
    page = f"{dispatch.url}decide/"
    client.force_login(routed.users["province_secretary"])
    shown = client.get(dispatch.url).text
    step = dispatch_step(dispatch)
    first = client.post(page, {"verdict": "accept", "step": step}, follow=True).text
    client.force_login(routed.users["province_leader"])
    late = client.post(page, {"verdict": "accept", "step": step})
    last = client.post(page, {"verdict": "accept", "step": dispatch_step(dispatch)}, follow=True).text

    assert "内部审签：秘书长" in shown
    assert "已同意，转到下一步审签。" in first
    assert late.status_code == 409
    assert "已签发，文件已经发出。" in last


def dispatch_step(dispatch: Dispatch) -> int:
    """The desk it lies on."""
    return (
        _process(dispatch)
        .steps.filter(done_at__isnull=True)
        .order_by("order")
        .values_list("pk", flat=True)[0]
    )


def test_sending_by_the_page_asks_first_and_a_return_shows_the_choice_again(
    routed: Cast, client: Client
) -> None:
    document = _notice(routed)
    client.force_login(routed.users["province_officer"])
    address = f"{document.url}send/"
    choice = {"to_groups": ["prefectures"], "due": later(12).isoformat()}
    look = client.post(address, choice).text
    done = client.post(address, {**choice, "confirm": "1"}, follow=True).text
    dispatch = Dispatch.objects.get()
    decide(_process(dispatch), Verdict.RETURN, reason="请改", by=routed.province_secretary)
    again = client.get(address).text

    assert "送本单位审签" in look
    assert "已送本单位审签" in done
    assert 'value="prefectures" checked' in again
    assert later(12).isoformat() in again


def test_a_forward_waits_as_a_draft_of_its_own(cast: Cast) -> None:
    plan = sent_plan(cast)
    received = delivery_of(cast, plan, "university")
    receive(received, by=cast.university_officer)
    set_route(cast.orgs["university"].pk, ["leader"], by=cast.university_officer)
    draft = draft_forward(received, by=cast.university_officer, number="", title="", remark="请落实。")
    dispatch = send_document(
        draft,
        to={"kinds": [Kind.SUBCOLLEGE]},
        to_label="各学院",
        due=dt.date(2026, 12, 1),
        by=cast.university_officer,
    )

    assert dispatch.state == DispatchState.ASKED
    assert not Delivery.objects.filter(org=cast.orgs["subcollege"]).exists()
