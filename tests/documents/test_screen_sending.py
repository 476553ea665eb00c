"""Choosing, looking once more, sending and forwarding on the screen."""

from collections.abc import Callable

from django.test import Client

from tests.documents.conftest import Province, in_days, url
from xinhuo.core.actor import Actor
from xinhuo.documents.actions import receive
from xinhuo.documents.models import Dispatch, Document

Browse = Callable[[Actor], Client]
HTMX = {"HX-Request": "true"}


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
