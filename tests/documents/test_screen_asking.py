"""要求回复什么: columns in a minute, without scripts; forwarding passes the question on or does not."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.reporting.notices import CONFERENCE, draft, notice, pass_on, return_of, round_of
from xinhuo.core.actor import Role
from xinhuo.documents.actions import create_document, draft_forward, receive, send_document
from xinhuo.documents.asking import Wanted, read_wanted
from xinhuo.documents.models import Ask, Delivery, Document
from xinhuo.flows.actions import set_route
from xinhuo.reporting.models import Round


def ask_page(document: Document) -> str:
    return reverse("documents:document_ask", args=[document.pk])


@pytest.fixture
def paper(cast: Cast, client: Client) -> Document:
    client.force_login(cast.users["province_officer"])
    return create_document(by=cast.province_officer, title="关于报送名单的通知", text="请报送。")


def press(client: Client, document: Document, do: str, **fields: object) -> object:
    """Press a button of the page with what stands on it."""
    document = Document.objects.select_related("ask__form").get(pk=document.pk)
    ask = getattr(document, "ask", None)
    data: dict[str, object] = {"do": do, "seen": ask.form.version if ask else ""}
    if ask and ask.form.wants_list:
        data |= {"wants_list": "1", "title": ask.form.title, "ready_set": ask.form.ready_set}
    columns = ask.form.all_columns if ask else []
    data["column"] = [column.key for column in columns]
    for column in columns:
        data |= {f"label-{column.key}": column.label, f"type-{column.key}": column.type}
        data |= {f"choices-{column.key}": "、".join(column.choices), f"unit-{column.key}": column.unit}
        data |= {f"{name}-{column.key}": "1" for name in ("required", "unique") if getattr(column, name)}
    return client.post(ask_page(document), data | fields)


def labels(document: Document) -> list[str]:
    return [column.label for column in Ask.objects.get(document=document).form.column_list]


def test_a_ready_list_is_one_press_and_can_be_changed(client: Client, paper: Document) -> None:
    press(client, paper, "ready:teachers")
    assert labels(paper)[:3] == ["姓名", "性别", "学校"]

    press(client, paper, "down:name")
    press(client, paper, "drop:trained")
    press(client, paper, "add")
    press(client, paper, "save", **{"label-c7": "荣誉", "type-c7": "number", "unit-c7": "项"})

    assert labels(paper) == ["性别", "姓名", "学校", "任教学科", "职务、职称", "联系电话", "荣誉"]
    assert Ask.objects.get(document=paper).form.column_list[-1].heading == "荣誉（项）"


def test_a_list_with_a_gap_is_kept_but_not_let_through(client: Client, paper: Document) -> None:
    press(client, paper, "add")

    page = press(client, paper, "done")

    assert page.status_code == 422
    assert "第 1 栏没有写名称" in page.content.decode()
    assert Ask.objects.get(document=paper).form.wants_list


def test_text_and_files_can_be_asked_for_alone_or_with_a_list(client: Client, paper: Document) -> None:
    press(client, paper, "ready:subscriptions")
    press(client, paper, "done", wants_text="1", wants_files="1", files_help="盖章的扫描件")

    form = Ask.objects.get(document=paper).form
    assert form.asks == "名单《订阅数》、一段话、附件"
    assert "名单《订阅数》、一段话、附件" in client.get(paper.url).content.decode()


def test_asking_for_nothing_leaves_nothing(client: Client, paper: Document) -> None:
    press(client, paper, "save")

    assert not Ask.objects.exists()
    assert "不要求回复" in client.get(reverse("documents:document_edit", args=[paper.pk])).content.decode()


def test_a_page_that_is_older_than_a_colleagues_is_refused(client: Client, paper: Document) -> None:
    press(client, paper, "ready:teachers")

    assert press(client, paper, "drop:name", seen="1.0").status_code == 409
    assert "姓名" in labels(paper)


def test_any_posted_page_is_read() -> None:
    wanted = read_wanted(
        {"wants_list": "1", "label-c1": "  姓  名 ", "type-c1": "nonsense", "type-c2": "choice"},
        ["c1", "c2", "c1"],
    )

    assert [(column.key, column.label, column.type) for column in wanted.columns] == [
        ("c1", "姓 名", "text"),
        ("c2", "", "choice"),
    ]
    assert wanted.after("ready:none") == wanted
    assert wanted.after("") == wanted


def test_a_forwarding_draft_passes_the_question_on_or_not(cast: Cast, client: Client) -> None:
    document = notice(cast, "qianxinan")
    delivery = receive(
        Delivery.objects.get(root=document, org=cast.orgs["qianxinan"]), by=cast.qianxinan_officer
    )
    passing = draft_forward(delivery, by=cast.qianxinan_officer, number="", title="转发", remark="")
    client.force_login(cast.users["qianxinan_officer"])

    assert "栏目由上级设置" in client.get(ask_page(passing)).content.decode()
    assert client.post(ask_page(passing), {"do": "save", "wants_text": "1"}).status_code == 403
    client.post(ask_page(passing), {"do": "nothing"})
    assert not Ask.objects.filter(document=passing).exists()
    assert "来文要求您单位回复" in client.get(ask_page(passing)).content.decode()
    client.post(ask_page(passing), {"do": "inherit"})
    assert Ask.objects.get(document=passing).form == Ask.objects.get(document=document).form


def test_the_documents_page_shows_the_answers_by_unit(cast: Cast, client: Client) -> None:
    document = notice(cast, "qianxinan", "guiyang")
    client.force_login(cast.users["province_officer"])

    text = client.get(f"{document.url}?show=all").content.decode()

    assert "0/2 个单位已回复" in text
    assert text.count('data-th="回复">还没报') == 2
    assert round_of(document).url in text


def test_a_receiver_finds_its_answer_on_the_document(cast: Cast, client: Client) -> None:
    document = notice(cast, "qianxinan", copies=("guiyang",))
    ret = return_of(cast, document, "qianxinan")
    delivery = Delivery.objects.get(root=document, org=cast.orgs["qianxinan"])
    copy = Delivery.objects.get(root=document, org=cast.orgs["guiyang"])
    client.force_login(cast.users["qianxinan_officer"])

    assert ret.url in client.get(delivery.url).content.decode()
    client.force_login(cast.users["guiyang_officer"])
    assert "去填报" not in client.get(copy.url).content.decode()


def test_the_forwarding_page_asks_whether_those_below_answer_too(cast: Cast, client: Client) -> None:
    document = notice(cast, "qianxinan")
    delivery = receive(
        Delivery.objects.get(root=document, org=cast.orgs["qianxinan"]), by=cast.qianxinan_officer
    )
    client.force_login(cast.users["qianxinan_officer"])
    address = reverse("documents:delivery_forward", args=[delivery.pk])
    form = {"title": "转发", "to_ids": [cast.orgs["xingyi"].pk], "confirm": "1"}

    assert "请下级也照样回复" in client.get(address).content.decode()
    client.post(address, form)
    assert Round.objects.count() == 1
    client.post(address, form | {"to_ids": [cast.orgs["anlong"].pk], "ask_below": "on"})
    assert Round.objects.count() == 2


def test_a_second_forwarding_of_the_same_notice_collects_beside_the_first(cast: Cast) -> None:
    document = notice(cast, "qianxinan")
    first = pass_on(cast, document, "qianxinan", "xingyi")
    second = pass_on(cast, document, "qianxinan", "anlong")

    assert {round_of(first).upstream, round_of(second).upstream} == {round_of(document)}


def test_a_draft_that_asks_is_only_its_units(cast: Cast, client: Client) -> None:
    document = draft(cast, CONFERENCE)
    client.force_login(cast.users["qianxinan_officer"])

    assert client.get(ask_page(document)).status_code == 404
    assert Wanted().is_nothing


def test_who_approves_a_sending_sees_what_it_asks_for(cast: Cast, client: Client) -> None:
    document = draft(cast)
    set_route(cast.orgs["province"].pk, [Role.LEADER], by=cast.province_leader)
    to = {"ids": [cast.orgs["qianxinan"].pk]}
    dispatch = send_document(document, to=to, to_label="黔西南州", by=cast.province_officer)
    client.force_login(cast.users["province_leader"])
    address = reverse("documents:sending", args=[dispatch.pk])

    assert "名单《参会回执》（姓名、性别" in client.get(address).content.decode()
    assert not Round.objects.exists()
    client.post(reverse("documents:sending_decide", args=[dispatch.pk]), {"verdict": "accept"})
    assert return_of(cast, document, "qianxinan").opened_at is not None
