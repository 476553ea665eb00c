"""The screens: what they show, to whom, what they refuse, and that nothing entered is lost."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.documents.conftest import Province, in_days, make_schools
from xinhuo.core.actor import Actor, Role
from xinhuo.core.contracts import DocumentAction
from xinhuo.documents import offers
from xinhuo.documents.actions import forward, receive, send_document
from xinhuo.documents.enums import DocumentState
from xinhuo.documents.models import Delivery, Dispatch, Document
from xinhuo.files.models import Attachment

Browse = Callable[[Actor], Client]
HTMX = {"HX-Request": "true"}
MOST_QUERIES = 12


def url(name: str, *args: int) -> str:
    return reverse(f"documents:{name}", args=args)


def words(**more: Any) -> dict[str, Any]:
    """A draft as a browser posts it."""
    return {
        "kind": "notice",
        "title": "关于报送名单的通知",
        "number": "",
        "text": "各单位：\r\n请报送。",
        **more,
    }


def pass_on(province: Province, key: str, *keys: str) -> Document:
    delivery = receive(province.got(key), by=province.by(key))
    dispatch = forward(
        delivery,
        number=f"{key}1号",
        title="",
        remark="请落实",
        to=province.ids(*keys),
        to_label="",
        by=province.by(key),
    )
    return dispatch.document


# -- lists -------------------------------------------------------------------------------------------------------


def test_the_trays_show_the_units_own(province: Province, browse: Browse) -> None:
    province.send(province.write(title="给州里的"), "黔西南", copies=("铜仁",))
    client = browse(province.by("黔西南"))

    incoming = client.get(url("document_list")).content.decode()
    copies = browse(province.by("铜仁")).get(url("copy_list")).content.decode()
    empty = browse(province.by("兴义")).get(url("document_list")).content.decode()

    assert "给州里的" in incoming
    assert "有 1 份文件等您单位签收" in incoming
    assert "给州里的" in copies
    assert "还没有收到文件" in empty


@pytest.mark.parametrize("name", ["document_list", "sent_list", "copy_list"])
def test_lists_take_the_same_queries_for_one_and_for_many(
    province: Province, browse: Browse, django_assert_max_num_queries: Any, name: str
) -> None:
    def fill(number: int) -> None:
        for _ in range(number):
            province.send(province.write(), "黔西南", copies=("铜仁",))

    key = {"document_list": "黔西南", "sent_list": "省厅", "copy_list": "铜仁"}[name]
    fill(1)
    client = browse(province.by(key))
    client.get(url(name))
    with django_assert_max_num_queries(MOST_QUERIES) as one:
        client.get(url(name))
    fill(5)

    with django_assert_max_num_queries(MOST_QUERIES) as many:
        client.get(url(name))

    assert len(one) == len(many)


def test_search_filter_and_export(province: Province, browse: Browse) -> None:
    province.send(province.write(title="甲通知", number="黔教关〔2026〕1号", kind="notice"), "黔西南")
    province.send(province.write(title="乙要点"), "黔西南")
    receive(Delivery.objects.get(document__title="乙要点"), by=province.by("黔西南"))
    client = browse(province.by("黔西南"))

    def shown(query: str) -> list[str]:
        text = client.get(
            url("document_list") + query, headers={**HTMX, "HX-Target": "table"}
        ).content.decode()
        assert "<html" not in text
        return [title for title in ("甲通知", "乙要点") if title in text]

    assert shown("?q=黔教关") == ["甲通知"]
    assert shown("?kind=key_points") == ["乙要点"]
    assert shown("?received=no") == ["甲通知"]
    assert shown("?forwarded=1") == []
    export = client.get(url("document_list") + "?export=xlsx")
    assert export["Content-Type"].endswith("spreadsheetml.sheet")
    export.close()


def test_chosen_documents_are_received_together(province: Province, browse: Browse) -> None:
    for title in ("甲", "乙", "丙"):
        province.send(province.write(title=title), "黔西南")
    ids = list(Delivery.objects.values_list("pk", flat=True))[:2]

    response = browse(province.by("黔西南")).post(url("receive_chosen"), {"delivery": ids}, follow=True)

    assert "已签收 2 份文件" in response.content.decode()
    assert Delivery.objects.filter(received_at__isnull=True).count() == 1


def test_nothing_chosen_is_explained(province: Province, browse: Browse) -> None:
    response = browse(province.by("黔西南")).post(url("receive_chosen"))

    assert response.status_code == 422
    assert "还没有勾选" in response.content.decode()


# -- writing -----------------------------------------------------------------------------------------------------


def test_a_draft_is_written_and_sent_to_the_next_step(province: Province, browse: Browse) -> None:
    response = browse(province.by("省厅")).post(url("document_new"), words(do="next"))

    document = Document.objects.get()
    assert response["Location"] == url("document_send", document.pk)
    assert (document.title, document.text) == ("关于报送名单的通知", "各单位：\n请报送。")
    assert document.state == DocumentState.DRAFT


def test_errors_keep_everything(province: Province, browse: Browse) -> None:
    upload = SimpleUploadedFile("扫描.txt", "一、原文".encode(), "text/plain")

    response = browse(province.by("省厅")).post(
        url("document_new"), words(signed_on="2020年13月1日", **{"files-new": upload})
    )

    text = response.content.decode()
    assert response.status_code == 422
    assert "日期请写成" in text
    assert all(kept in text for kept in ("关于报送名单的通知", "2020年13月1日", "各单位：", "扫描.txt"))
    assert not Document.objects.exists()


def test_autosaving_makes_the_draft_once(province: Province, browse: Browse) -> None:
    client = browse(province.by("省厅"))
    headers = {**HTMX, "HX-Target": "save-state"}

    nothing = client.post(url("document_autosave"), words(title="", text=""), headers=headers)
    first = client.post(url("document_autosave"), words(title="", signed_on="乱写"), headers=headers)
    document = Document.objects.get()
    client.post(url("document_autosave"), words(document=document.pk), headers=headers)

    assert "还没有存" in nothing.content.decode()
    assert "已自动存好" in first.content.decode()
    assert "“成文日期”还没存" in first.content.decode()
    assert first["HX-Replace-Url"] == url("document_edit", document.pk)
    document.refresh_from_db()
    assert (document.title, document.text) == ("关于报送名单的通知", "各单位：\n请报送。")
    assert Document.objects.count() == 1


def test_a_colleagues_save_is_not_overwritten(province: Province, browse: Browse) -> None:
    document = province.write(title="原稿")
    seen = document.version
    browse(province.act("省厅", name="王敏")).post(
        url("document_edit", document.pk), words(title="王敏的稿", seen=seen)
    )

    response = browse(province.by("省厅")).post(
        url("document_edit", document.pk), words(title="我的稿", seen=seen, do="save")
    )

    assert response.status_code == 409
    assert "王敏在" in response.content.decode()
    assert "我的稿" in response.content.decode()
    document.refresh_from_db()
    assert document.title == "王敏的稿"


def test_the_words_of_a_txt_become_the_text(province: Province, browse: Browse) -> None:
    client = browse(province.by("省厅"))
    upload = SimpleUploadedFile("要点.txt", "一、甲\r\n二、乙".encode("gb18030"), "text/plain")
    client.post(url("document_new"), words(do="save", text="", **{"files-new": upload}))
    document = Document.objects.get()
    file = Attachment.objects.get(kind="documents.document", subject_id=document.pk).file

    client.post(url("document_edit", document.pk), words(do=f"text:{file.pk}", text="", files=file.pk))

    document.refresh_from_db()
    assert document.text == "一、甲\n二、乙"
    assert Attachment.objects.filter(removed_at__isnull=True).count() == 1


def test_a_sent_document_is_not_edited(province: Province, browse: Browse) -> None:
    document = province.write()
    province.send(document, "黔西南")

    response = browse(province.by("省厅")).post(url("document_edit", document.pk), words())

    assert response.status_code == 409
    assert "另发一份通知" in response.content.decode()


# -- sending -----------------------------------------------------------------------------------------------------


def test_choose_look_send(province: Province, browse: Browse) -> None:
    document = province.write()
    client = browse(province.by("省厅"))
    chosen = {
        "to_groups": ["prefectures", "colleges"],
        "copy_ids": [province.units["兴义"].pk],
        "due": in_days(30).isoformat(),
    }

    look = client.post(url("document_send", document.pk), chosen).content.decode()
    assert Dispatch.objects.count() == 0
    assert "下发给 4 个单位，抄送 1 个单位" in look
    done = client.post(url("document_send", document.pk), {**chosen, "confirm": "1"}, follow=True)

    dispatch = Dispatch.objects.get()
    assert (dispatch.to.label, dispatch.copies and dispatch.copies.label) == (
        "2 个市（州）、2 所高校",
        "兴义市",
    )
    assert dispatch.to.criteria["kinds"] == [
        "prefecture",
        "university",
        "vocational_college",
        "adult_college",
    ]
    assert dispatch.due == in_days(30)
    assert "已下发给 4 个单位" in done.content.decode()


def test_searching_the_list_sends_nothing(province: Province, browse: Browse) -> None:
    document = province.write()
    data = {"to_groups": ["prefectures"], "to_q": "兴", "find": "to", "confirm": "1"}

    response = browse(province.by("省厅")).post(url("document_send", document.pk), data)

    text = response.content.decode()
    assert (response.status_code, Dispatch.objects.count()) == (200, 0)
    assert "兴义市教育局" in text
    assert "铜仁" not in text.partition('id="h-to"')[2].partition('id="h-copy"')[0]


def test_choosing_nobody_is_explained(province: Province, browse: Browse) -> None:
    response = browse(province.by("省厅")).post(url("document_send", province.write().pk), {"due": ""})

    assert response.status_code == 422
    assert "还没有选发给谁" in response.content.decode()


def test_a_date_gone_by_is_asked_about(province: Province, browse: Browse) -> None:
    data = {"to_groups": ["prefectures"], "due": in_days(-1).isoformat()}

    response = browse(province.by("省厅")).post(url("document_send", province.write().pk), data)

    assert response.status_code == 422
    assert "已经过了" in response.content.decode()


def test_the_preview_tells_who_has_it_already(province: Province, browse: Browse) -> None:
    document = province.write()
    province.send(document, "黔西南")
    client = browse(province.by("省厅"))

    text = client.post(
        url("audience"), {"document": document.pk, "to_groups": "prefectures"}, headers=HTMX
    ).content.decode()

    assert "将发给 <b>1</b> 个单位" in text
    assert "黔西南州教育局：已由贵州省教育厅关工委发送过这份文件" in text


def test_forwarding_on_the_screen(province: Province, browse: Browse) -> None:
    province.send(province.write(), "黔西南", due=in_days(30))
    delivery = receive(province.got("黔西南"), by=province.by("黔西南"))
    client = browse(province.by("黔西南"))
    data = {"number": "州1号", "title": "转发", "remark": "请落实", "to_groups": "counties"}

    late = client.post(url("delivery_forward", delivery.pk), {**data, "due": in_days(31).isoformat()})
    client.post(
        url("delivery_forward", delivery.pk), {**data, "due": in_days(20).isoformat(), "confirm": "1"}
    )

    assert late.status_code == 422
    assert "不能晚于上级给您单位的" in late.content.decode()
    below = province.got("兴义")
    assert (below.document.number, below.due) == ("州1号", in_days(20))


def test_forwarding_may_begin_as_a_draft(province: Province, browse: Browse) -> None:
    province.send(province.write(), "黔西南")
    delivery = receive(province.got("黔西南"), by=province.by("黔西南"))
    client = browse(province.by("黔西南"))

    response = client.post(url("delivery_forward", delivery.pk), {"title": "转发", "draft": "1"})

    draft = Document.objects.get(forwards__isnull=False)
    assert response["Location"] == url("document_edit", draft.pk)
    client.post(url("document_send", draft.pk), {"to_groups": "counties", "confirm": "1"})
    assert province.got("兴义").upstream_id == delivery.pk


# -- reading -----------------------------------------------------------------------------------------------------


def test_who_may_open_what(province: Province, browse: Browse) -> None:
    document = province.write()
    province.send(document, "黔西南")
    delivery = province.got("黔西南")
    pages = [url("document_detail", document.pk), url("delivery_detail", delivery.pk)]

    def seen(key: str) -> list[int]:
        client = browse(province.by(key))
        return [client.get(address).status_code for address in pages]

    assert {key: seen(key) for key in ("省厅", "黔西南", "铜仁", "兴义")} == {
        "省厅": [200, 200],
        "黔西南": [200, 200],
        "铜仁": [404, 404],
        "兴义": [404, 404],
    }


def test_refusals_have_reasons(province: Province, browse: Browse) -> None:
    province.send(province.write(), "黔西南")
    delivery = province.got("黔西南")
    receive_url = url("delivery_receive", delivery.pk)

    by_sender = browse(province.by("省厅")).post(receive_url)
    by_observer = browse(province.act("黔西南", Role.OBSERVER)).post(receive_url)
    client = browse(province.by("黔西南"))
    too_early = client.get(url("delivery_forward", delivery.pk))
    client.post(receive_url)
    again = client.post(receive_url)

    assert [r.status_code for r in (by_sender, by_observer, too_early, again)] == [403, 403, 409, 409]
    assert "由收文单位自己签收" in by_sender.content.decode()
    assert "请先签收" in too_early.content.decode()
    assert "黔西南经办人已在" in again.content.decode()


def test_receiving_on_the_screen(province: Province, browse: Browse) -> None:
    province.send(province.write(text="第一段\n第二段<script>"), "黔西南", due=in_days(3))
    delivery = province.got("黔西南")
    client = browse(province.by("黔西南"))

    before = client.get(delivery.url).content.decode()
    client.post(url("delivery_receive", delivery.pk))
    after = client.get(delivery.url).content.decode()

    assert "<p>第一段</p><p>第二段&lt;script&gt;</p>" in before
    assert ("转发给下级" in before, "转发给下级" in after) == (False, True)
    assert (">签收</button>" in before, ">签收</button>" in after) == (True, False)


def test_the_sender_sees_the_cascade_and_whom_to_ring(province: Province, browse: Browse) -> None:
    document = province.write()
    province.send(document, "黔西南", "铜仁")
    pass_on(province, "黔西南", "兴义", "兴仁")
    client = browse(province.by("省厅"))

    everybody = client.get(document.url).content.decode()
    waiting = client.get(document.url + "?show=waiting").content.decode()

    assert "黔西南1号" in everybody
    assert "0/2 个" in everybody
    assert "逐级转发后共发到 4 个单位，已签收 1 个" in everybody
    assert province.units["铜仁"].contact_phone in waiting
    assert "黔西南州教育局" not in waiting.partition("<tbody>")[2].partition("</tbody>")[0]


def test_in_elder_mode_only_the_exceptions_are_listed(province: Province, browse: Browse) -> None:
    document = province.write()
    province.send(document, "黔西南", "铜仁")
    receive(province.got("黔西南"), by=province.by("黔西南"))
    client = browse(province.by("省厅"))
    client.cookies["xh_mode"] = "elder"

    def listed(query: str) -> str:
        return (
            client.get(document.url + query).content.decode().partition("<tbody>")[2].partition("</tbody>")[0]
        )

    assert ("黔西南州教育局" in listed(""), "铜仁市教育局" in listed("")) == (False, True)
    assert "黔西南州教育局" in listed("?show=all")


def test_a_level_opens_in_the_drawer_and_as_a_page(province: Province, browse: Browse) -> None:
    province.send(province.write(), "黔西南")
    pass_on(province, "黔西南", "兴义")
    address = url("document_cascade", province.got("黔西南").pk)
    client = browse(province.by("省厅"))

    drawer = client.get(address, headers={**HTMX, "HX-Target": "drawer"}).content.decode()
    whole = client.get(address).content.decode()

    assert "兴义市教育局" in drawer
    assert ("<html" in drawer, "<html" in whole) == (False, True)


def test_receipts_are_recorded_for_ticked_units(province: Province, browse: Browse) -> None:
    document = province.write("兴义")
    province.send(document, "一小", "二小")
    client = browse(province.by("兴义"))
    ids = list(Delivery.objects.values_list("pk", flat=True))

    nobody = client.post(url("record_chosen", document.pk), {"how": "phone", "name": "陈校长"})
    nameless = client.post(url("record_chosen", document.pk), {"how": "phone", "delivery": ids})
    client.post(url("record_chosen", document.pk), {"how": "phone", "name": "陈校长", "delivery": ids})

    assert (nobody.status_code, nameless.status_code) == (422, 422)
    assert "还没有勾选单位" in nobody.content.decode()
    assert nameless.content.decode().count(" checked") >= len(ids)
    assert set(Delivery.objects.values_list("received_by", flat=True)) == {"陈校长"}


def test_the_senders_page_takes_the_same_queries_for_many(
    province: Province, browse: Browse, django_assert_max_num_queries: Any
) -> None:
    make_schools(province.units, 25)
    document = province.write("兴仁", title="给学校")
    province.send(province.write("兴义", title="一所"), "一小")
    few = Document.objects.get(title="一所")
    client = browse(province.by("兴义"))
    client.get(few.url)
    with django_assert_max_num_queries(25) as one:
        client.get(few.url)
    ids = list(province.units["兴仁"].children.values_list("pk", flat=True))
    send_document(document, to={"ids": ids}, to_label="学校", by=province.by("兴仁"))
    client = browse(province.by("兴仁"))
    client.get(document.url)

    with django_assert_max_num_queries(25) as many:
        client.get(document.url)

    assert len(one) == len(many)


def test_apps_above_offer_actions(
    province: Province, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = province.write(title="2020年工作要点", text="一、甲\n二、乙\n三、丙")
    province.send(document, "黔西南")
    offered = (
        DocumentAction("读成工作要点", lambda pk: f"/read/{pk}/"),
        DocumentAction("看落实点", lambda pk: f"/plan/{pk}/", receivers=True),
        DocumentAction("不会出现", lambda _pk: None, receivers=True),
    )
    monkeypatch.setattr(offers, "collect", lambda name: offered if name == "document_actions" else ())

    sender = browse(province.by("省厅")).get(document.url).content.decode()
    receiver = browse(province.by("黔西南")).get(province.got("黔西南").url).content.decode()

    assert [f"/read/{document.pk}/" in sender, f"/plan/{document.pk}/" in sender] == [True, True]
    assert [f"/read/{document.pk}/" in receiver, f"/plan/{document.pk}/" in receiver] == [False, True]
    assert "正文是一条一条的工作安排" in sender
    assert "不会出现" not in sender + receiver


def test_an_app_above_may_take_the_sending_over(
    province: Province, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = province.write(title="2020年工作要点", text="一、甲\n二、乙\n三、丙")
    offered = (
        DocumentAction("下达要点", lambda pk: f"/plan/{pk}/send/", replaces_send=True),
        DocumentAction("读成工作要点", lambda pk: f"/read/{pk}/"),
    )
    monkeypatch.setattr(offers, "collect", lambda name: offered if name == "document_actions" else ())
    client = browse(province.by("省厅"))

    response = client.get(url("document_send", document.pk))
    writing = client.get(url("document_edit", document.pk)).content.decode()

    assert response["Location"] == f"/plan/{document.pk}/send/"
    assert f"/read/{document.pk}/" in writing


def test_an_app_above_may_take_the_forwarding_over(
    province: Province, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = province.write()
    province.send(document, "黔西南")
    delivery = receive(province.got("黔西南"), by=province.by("黔西南"))
    offered = (DocumentAction("转发要点", lambda pk: f"/plan/{pk}/", receivers=True, replaces_forward=True),)
    monkeypatch.setattr(offers, "collect", lambda name: offered if name == "document_actions" else ())

    response = browse(province.by("黔西南")).get(url("delivery_forward", delivery.pk))

    assert response["Location"] == f"/plan/{document.pk}/"
