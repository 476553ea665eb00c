"""Writing a document on the screen: nothing entered is lost."""

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.documents.conftest import Province, url
from xinhuo.core.actor import Actor
from xinhuo.documents.enums import DocumentState
from xinhuo.documents.models import Document
from xinhuo.files.models import Attachment

Browse = Callable[[Actor], Client]
HTMX = {"HX-Request": "true"}


def words(**more: Any) -> dict[str, Any]:
    """A draft as a browser posts it."""
    return {
        "kind": "notice",
        "title": "关于报送名单的通知",
        "number": "",
        "text": "各单位：\r\n请报送。",
        **more,
    }


def test_a_draft_is_written_and_sent_to_the_next_step(province: Province, browse: Browse) -> None:
    response = browse(province.by("省厅")).post(url("document_new"), words(do="next"))

    document = Document.objects.get()
    assert response["Location"] == url("document_send", document.pk)
    assert (document.title, document.text) == ("关于报送名单的通知", "各单位：\n请报送。")
    assert document.state == DocumentState.DRAFT


def test_a_draft_with_nothing_to_read_stays_where_words_and_files_can_be_added(
    province: Province, browse: Browse
) -> None:
    client = browse(province.by("省厅"))

    response = client.post(url("document_new"), words(do="next", text=""))

    draft = Document.objects.get()
    assert response["Location"] == url("document_edit", draft.pk)
    assert "还没有正文，也没有附件" in client.get(response["Location"]).content.decode()


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
