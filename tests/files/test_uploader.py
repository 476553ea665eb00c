"""The place for files inside a form: with scripts and without, and what a refused file leaves untouched."""

import errno
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils.datastructures import MultiValueDict

from tests.cast import Cast
from xinhuo.files.actions import store_file
from xinhuo.files.handlers import CappedUploadHandler
from xinhuo.files.models import StoredFile
from xinhuo.files.uploads import accept, gather

from .samples import PDF, picture, upload

FIELD = "files-7"


def sent(*files: SimpleUploadedFile) -> MultiValueDict[str, Any]:
    return MultiValueDict({f"{FIELD}-new": list(files)})


def address(**query: str) -> str:
    given = QueryDict(mutable=True)
    given.update({"field": FIELD, "label": "照片和材料", **query})
    return f"{reverse('files:upload')}?{given.urlencode()}"


@pytest.fixture
def school(client: Client, cast: Cast) -> Client:
    client.force_login(cast.users["school_officer"], backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_kept_and_new_files_are_gathered_in_order(cast: Cast) -> None:
    kept = store_file(upload("旧.pdf", PDF), by=cast.school_officer)
    post = QueryDict(f"{FIELD}={kept.pk}&{FIELD}={kept.pk}&{FIELD}=x&{FIELD}=99999&other=1")

    found = gather(FIELD, post, sent(upload("新.png", picture("PNG"))), by=cast.school_officer)

    assert [file.name for file in found.files] == ["旧.pdf", "新.png"]
    assert found.ids == [file.pk for file in found.files]
    assert found.errors == []


def test_a_ticked_file_is_left_out(cast: Cast) -> None:
    one, two, three = (store_file(upload(f"{n}.pdf", PDF), by=cast.school_officer) for n in "123")
    post = QueryDict("&".join(f"{FIELD}={file.pk}" for file in (one, two, three)), mutable=True)
    post.setlist(f"{FIELD}-remove", [str(one.pk), str(three.pk)])

    assert gather(FIELD, post, MultiValueDict(), by=cast.school_officer).files == [two]


def test_a_foreign_file_cannot_be_claimed_by_its_number(cast: Cast) -> None:
    foreign = store_file(upload("别家.pdf", PDF), by=cast.anlong_officer)

    found = gather(FIELD, QueryDict(f"{FIELD}={foreign.pk}"), MultiValueDict(), by=cast.school_officer)

    assert found.files == []


def test_a_refused_file_does_not_hold_up_the_others(cast: Cast) -> None:
    files = sent(upload("坏.exe", b"MZ\0\0"), upload("好.pdf", PDF), upload("空.pdf", b""))

    found = gather(FIELD, QueryDict(), files, by=cast.school_officer)

    assert [file.name for file in found.files] == ["好.pdf"]
    assert found.errors == [
        "“坏.exe”是程序文件，不能上传。",
        "“空.pdf”是空的，里面没有内容。请检查后重新选择。",
    ]


def test_the_same_file_chosen_twice_is_there_once(cast: Cast) -> None:
    found = gather(
        FIELD, QueryDict(), sent(upload("a.pdf", PDF), upload("a.pdf", PDF)), by=cast.school_officer
    )

    assert len(found.files) == 1


def test_more_files_than_there_is_room_for(cast: Cast) -> None:
    files = sent(*[upload(f"{n}.pdf", PDF + n.encode()) for n in "123"])

    found = gather(FIELD, QueryDict(), files, by=cast.school_officer, most=2)

    assert len(found.files) == 2
    assert found.errors == ["这里最多放 2 个文件，“3.pdf”没有收下。可以先打成一个压缩包。"]
    assert StoredFile.objects.count() == 2


def test_a_place_for_one_file_holds_one(school: Client, cast: Cast) -> None:
    kept = store_file(upload("旧.pdf", PDF), by=cast.school_officer)

    text = school.post(
        address(single="True"), {FIELD: [kept.pk], f"{FIELD}-new": upload("新.pdf", PDF)}
    ).content.decode()

    assert "这里最多放 1 个文件，“新.pdf”没有收下。要换的话，请先移除原来的。" in text
    assert "multiple" not in text
    assert "最多 1 个。" in text
    assert StoredFile.objects.get() == kept


def test_the_answer_is_the_uploader_anew(school: Client, cast: Cast) -> None:
    response = school.post(address(), {f"{FIELD}-new": upload("<活动>.png", picture("PNG"))})

    assert response.status_code == 200
    stored = StoredFile.objects.get()
    text = response.content.decode()
    assert f'id="{FIELD}-uploader"' in text
    assert f'<input type="hidden" name="{FIELD}" value="{stored.pk}">' in text
    assert stored.name == "活动.png"
    assert reverse("files:file", args=[stored.pk, stored.name]) in text
    assert "照片和材料" in text
    assert response["HX-Trigger"] == "xh:files"


def test_a_refusal_stands_in_the_uploader_and_the_kept_files_stay(school: Client, cast: Cast) -> None:
    kept = store_file(upload("旧.pdf", PDF), by=cast.school_officer)

    response = school.post(address(kinds="image"), {FIELD: [kept.pk], f"{FIELD}-new": upload("b.pdf", PDF)})

    assert response.status_code == 200
    text = response.content.decode()
    assert "这里只收图片，“b.pdf”没有收下。" in text
    assert f'name="{FIELD}" value="{kept.pk}"' in text


@pytest.mark.parametrize("field", ["", "x y", '"><script>', "数"])
def test_a_strange_field_name_is_refused(school: Client, field: str) -> None:
    assert school.post(address(field=field)).status_code == 422


def test_uploading_needs_a_login_and_a_post_that_works(client: Client, cast: Cast) -> None:
    assert client.post(address()).status_code == 302
    client.force_login(cast.users["province_observer"], backend="django.contrib.auth.backends.ModelBackend")

    assert client.post(address(), {f"{FIELD}-new": upload("a.pdf", PDF)}).status_code == 403
    assert client.get(address()).status_code == 405
    assert StoredFile.objects.count() == 0


def test_the_uploader_says_what_it_takes() -> None:
    shown = {"field": "scan", "label": "签字页", "kinds": "image", "files": [], "form_id": "ruling"}

    text = render_to_string("files/_uploader.html", shown)

    assert 'accept="image/*,.jpg,.jpeg,.png,.gif,.webp"' in text
    assert 'capture="environment"' in text
    assert 'form="ruling"' in text
    assert "图片每张不超过 20 MB，最多 20 个。" in text
    video = render_to_string("files/_uploader.html", {**shown, "kinds": "video"})
    assert "capture" not in video
    assert accept(("video",)) == ".mp4,.m4v"


def receive(handler: CappedUploadHandler, *chunks: bytes) -> Any:
    handler.new_file("f", "大.pdf", "application/pdf", 0)
    start = 0
    for chunk in chunks:
        assert handler.receive_data_chunk(chunk, start) is None
        start += len(chunk)
    return handler.file_complete(start)


def test_an_arriving_file_never_fills_more_than_it_may(monkeypatch: pytest.MonkeyPatch, cast: Cast) -> None:
    monkeypatch.setattr(settings, "MAX_FILE_BYTES", 10)

    file = receive(CappedUploadHandler(), b"123456", b"789012", b"345678")

    assert file.size == 11
    assert file.read() == b"12345678901"
    found = gather(FIELD, QueryDict(), sent(file), by=cast.school_officer)
    assert found.errors == ["“大.pdf”超过了 0 MB，传不了。图片可以缩小后再传，文件可以压缩或拆成几个。"]


def test_a_disk_that_fills_up_while_a_file_arrives(cast: Cast) -> None:
    handler = CappedUploadHandler()
    handler.new_file("f", "大.pdf", "application/pdf", 0)

    def full(_: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    handler.file.file.write = full  # type: ignore[method-assign]  # a disk that is full
    assert handler.receive_data_chunk(b"x" * 100, 0) is None
    file = handler.file_complete(100)

    found = gather(FIELD, QueryDict(), sent(file), by=cast.school_officer)  # type: ignore[arg-type]  # Django's
    assert found.files == []
    assert "存储空间不够" in found.errors[0]
    assert StoredFile.objects.count() == 0


def test_the_site_uses_the_capped_handler() -> None:
    assert "xinhuo.files.handlers.CappedUploadHandler" in settings.FILE_UPLOAD_HANDLERS
