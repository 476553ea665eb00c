"""Bodies outside the tree: what they send is entered, passed on, read, answered; what goes to them is recorded."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.files.samples import PDF
from tests.plans.works import later
from xinhuo.core import clock
from xinhuo.core.errors import BadInputError, DeniedError, NotNowError
from xinhuo.documents.actions import (
    answer_draft,
    enter_outside,
    pass_on_draft,
    post_outside,
    receive,
    save_document,
    send_document,
    send_outside,
)
from xinhuo.documents.enums import DispatchState, DocumentState, OutsideHow
from xinhuo.documents.models import Delivery, Dispatch, Document
from xinhuo.flows.actions import decide, set_route
from xinhuo.flows.enums import Verdict
from xinhuo.flows.models import Todo
from xinhuo.flows.queries import open_process
from xinhuo.orgs.enums import Kind
from xinhuo.plans.actions.importing import create_plan_from_text


def _entered(cast: Cast, **more: object) -> Document:
    given = {
        "kind": "notice",
        "outside_issuer": "教育部关工委",
        "number": "教关委〔2026〕5号",
        "title": "关于开展“读懂中国”活动的通知",
        "came_on": clock.today(),
        "text": "请组织开展。",
        **more,
    }
    return enter_outside(by=cast.province_officer, **given)  # type: ignore[arg-type]


def _passed_on(cast: Cast, document: Document) -> Dispatch:
    draft = pass_on_draft(document, by=cast.province_officer)
    save_document(draft, by=cast.province_officer, number="黔教关函〔2026〕8号")
    return send_document(
        draft, to={"kinds": [Kind.PREFECTURE]}, to_label="各市（州）", by=cast.province_officer
    )


def test_an_entry_is_the_units_own(cast: Cast) -> None:
    document = _entered(cast)

    assert document.sender == "教育部关工委"
    assert document.state_words == "已登记"
    assert Document.objects.visible_to(cast.province_leader).filter(pk=document.pk).exists()
    assert not Document.objects.visible_to(cast.qianxinan_officer).exists()


def test_an_entry_names_its_sender(cast: Cast) -> None:
    with pytest.raises(BadInputError, match="哪个单位来的文"):
        _entered(cast, outside_issuer=" ")


def test_passed_on_it_is_read_by_those_who_got_it_and_frozen(cast: Cast) -> None:
    document = _entered(cast)
    _passed_on(cast, document)

    document.refresh_from_db()
    row = Delivery.objects.get(org=cast.orgs["qianxinan"])
    assert row.root == document
    assert Document.objects.visible_to(cast.qianxinan_officer).filter(pk=document.pk).exists()
    assert document.state == DocumentState.SENT
    assert document.sent_at is None
    with pytest.raises(NotNowError):
        save_document(document, by=cast.province_officer, title="改过的标题")


def test_receivers_read_who_sent_it_first(cast: Cast, client: Client) -> None:
    _passed_on(cast, _entered(cast))
    row = Delivery.objects.get(org=cast.orgs["qianxinan"])
    receive(row, by=cast.qianxinan_officer)
    client.force_login(cast.users["qianxinan_officer"])
    shown = client.get(row.url).text

    assert "教育部关工委" in shown
    assert "请组织开展。" in shown


def test_an_entered_plan_is_read_like_any_draft(cast: Cast) -> None:
    document = _entered(cast, title="2026年工作要点", text="一、组织建设\n1.推动校点联合建立关工委。\n")
    plan = create_plan_from_text(document, by=cast.province_officer)

    assert plan.document == document
    assert plan.nodes.count() > 0


def test_only_its_unit_passes_it_on_or_answers_it(cast: Cast) -> None:
    document = _entered(cast)

    with pytest.raises(DeniedError):
        pass_on_draft(document, by=cast.qianxinan_officer)
    with pytest.raises(DeniedError):
        answer_draft(document, by=cast.province_observer)


def test_an_answer_is_recorded_as_posted(cast: Cast) -> None:
    answer = answer_draft(_entered(cast), by=cast.province_officer)
    save_document(answer, by=cast.province_officer, text="情况报告如下。")
    dispatch = send_outside(answer, whom="教育部关工委", by=cast.province_officer)
    assert dispatch.state == DispatchState.CLEARED
    with pytest.raises(BadInputError, match="还没有到"):
        post_outside(dispatch, how=OutsideHow.POST, on=later(1), who="", by=cast.province_officer)
    post_outside(dispatch, how=OutsideHow.POST, on=clock.today(), who="李师傅", by=cast.province_officer)

    dispatch.refresh_from_db()
    answer.refresh_from_db()
    assert (dispatch.state, answer.state) == (DispatchState.DONE, DocumentState.SENT)
    assert (dispatch.outside_how, dispatch.outside_by) == ("post", "李师傅")
    assert Delivery.objects.count() == 0
    with pytest.raises(NotNowError):
        post_outside(dispatch, how=OutsideHow.FAX, on=clock.today(), who="", by=cast.province_officer)


def test_an_answer_passes_the_units_approval_before_it_is_posted(cast: Cast) -> None:
    set_route(cast.orgs["province"].pk, ["leader"], by=cast.province_officer)
    answer = answer_draft(_entered(cast), by=cast.province_officer)
    save_document(answer, by=cast.province_officer, text="情况报告如下。")
    dispatch = send_outside(answer, whom="教育部关工委", by=cast.province_officer)
    with pytest.raises(NotNowError, match="审签中"):
        post_outside(dispatch, how=OutsideHow.POST, on=clock.today(), who="", by=cast.province_officer)
    process = open_process("documents.dispatch", dispatch.pk)
    assert process is not None
    decide(process, Verdict.ACCEPT, by=cast.province_leader)

    assert Todo.objects.open().get().title == f"寄出并记下：《{answer.title}》"
    dispatch.refresh_from_db()
    post_outside(dispatch, how=OutsideHow.EMAIL, on=clock.today(), who="", by=cast.province_officer)
    assert not Todo.objects.open().exists()
    assert Dispatch.objects.get(pk=dispatch.pk).outside_by == "周敏"


def test_the_entry_form_takes_the_scan_and_shows_the_page(cast: Cast, client: Client) -> None:
    client.force_login(cast.users["province_officer"])
    form = {
        "outside_issuer": "某某教育基金会",
        "title": "关于捐赠图书的函",
        "kind": "letter",
        "number": "",
        "came_on": clock.today().isoformat(),
        "files-new": SimpleUploadedFile("捐赠函.pdf", PDF, "application/pdf"),
    }
    shown = client.post(reverse("documents:outside_new"), form, follow=True).text
    document = Document.objects.get()
    tray = client.get(reverse("documents:outside_list")).text
    sent = client.get(reverse("documents:sent_list")).text

    assert "捐赠函.pdf" in shown
    assert "某某教育基金会来文" in shown
    assert document.title in tray
    assert document.title not in sent


def test_the_whole_way_of_an_answer_by_the_pages(cast: Cast, client: Client) -> None:
    document = _entered(cast)
    client.force_login(cast.users["province_officer"])
    client.post(reverse("documents:outside_answer", args=[document.pk]))
    answer = Document.objects.get(answers=document)
    save_document(answer, by=cast.province_officer, text="情况报告如下。")
    form = client.get(reverse("documents:document_outside", args=[answer.pk])).text
    ready = client.post(
        reverse("documents:document_outside", args=[answer.pk]), {"whom": "教育部关工委"}, follow=True
    ).text
    dispatch = Dispatch.objects.get()
    wrong = client.post(reverse("documents:sending_post", args=[dispatch.pk]), {"how": "post"})
    posted = {"how": "post", "on": clock.today().isoformat(), "who": ""}
    client.post(reverse("documents:sending_post", args=[dispatch.pk]), posted)
    back = client.get(reverse("documents:outside_detail", args=[document.pk])).text

    assert 'value="教育部关工委"' in form
    assert "可以寄了" in ready
    assert wrong.status_code == 422
    assert "邮寄给教育部关工委" in back


def test_a_colleague_who_was_faster_is_named(cast: Cast, client: Client) -> None:
    document = _entered(cast)
    seen = document.version
    save_document(document, by=cast.province_leader, title="同事改过的标题")
    client.force_login(cast.users["province_officer"])
    answer = client.post(
        reverse("documents:outside_edit", args=[document.pk]),
        {
            "seen": seen,
            "outside_issuer": "教育部关工委",
            "title": "我写的标题",
            "kind": "notice",
            "came_on": clock.today().isoformat(),
        },
    )

    assert answer.status_code == 409
    assert "赵厅长" in answer.text
    assert "我写的标题" in answer.text
