"""Reading on the screen: receipt, cascade, refusals, what other apps offer."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.documents.conftest import Province, in_days, make_schools, pass_on, url
from xinhuo.core.actor import Actor, Role
from xinhuo.core.contracts import DocumentAction
from xinhuo.documents import offers
from xinhuo.documents.actions import draft_forward, receive, send_document
from xinhuo.documents.models import Delivery, Document

Browse = Callable[[Actor], Client]
HTMX = {"HX-Request": "true"}


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


def test_receipts_are_recorded_with_one_name_a_unit(province: Province, browse: Browse) -> None:
    document = province.write("兴义")
    province.send(document, "一小", "二小")
    client = browse(province.by("兴义"))
    first, second = Delivery.objects.order_by("pk").values_list("pk", flat=True)
    typed = {f"name-{first}": "陈校长", f"name-{second}": "李主任", f"how-{second}": "paper"}

    nobody = client.post(url("record_chosen", document.pk), {f"name-{first}": " "})
    long = client.post(url("record_chosen", document.pk), typed | {f"name-{first}": "陈" * 65})
    client.post(url("record_chosen", document.pk), typed)

    assert (nobody.status_code, long.status_code) == (422, 422)
    assert "还没有写签收人" in nobody.content.decode()
    text = long.content.decode()
    assert all(words in text for words in ("已代录 1 个单位签收", "姓名最多写 64 个字", "陈" * 65))
    assert [row.received_by for row in Delivery.objects.order_by("pk")] == ["陈校长", "李主任"]
    assert [row.received_how for row in Delivery.objects.order_by("pk")] == ["phone", "paper"]


def test_whoever_was_received_for_meanwhile_is_said_beside_the_row(
    province: Province, browse: Browse
) -> None:
    document = province.write("兴义")
    province.send(document, "一小")
    delivery = receive(province.got("一小"), by=province.act("一小", name="王老师"))

    answer = browse(province.by("兴义")).post(
        url("record_chosen", document.pk), {f"name-{delivery.pk}": "陈校长"}
    )

    text = answer.content.decode()
    assert answer.status_code == 422
    assert "王老师已在" in text
    assert 'value="陈校长"' in text


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


def test_a_receiver_is_refused_before_the_list_of_all_receivers_is_shown(
    province: Province, browse: Browse
) -> None:
    document = province.write()
    province.send(document, "黔西南", "铜仁")

    answer = browse(province.by("铜仁")).post(url("record_chosen", document.pk), {})

    assert answer.status_code == 403
    assert "黔西南" not in answer.content.decode()


def test_a_draft_that_passes_on_is_shown_only_to_its_own_unit(province: Province, browse: Browse) -> None:
    province.send(province.write(), "黔西南")
    delivery = receive(province.got("黔西南"), by=province.by("黔西南"))
    draft_forward(delivery, by=province.by("黔西南"), number="州教关〔2020〕9号", title="转发", remark="")

    def page(key: str, name: str) -> str:
        return browse(province.by(key)).get(url(name, delivery.pk)).content.decode()

    assert "州教关〔2020〕9号" in page("黔西南", "delivery_detail")
    assert "州教关〔2020〕9号" not in page("省厅", "delivery_detail")
    assert "州教关〔2020〕9号" not in page("省厅", "document_cascade")
