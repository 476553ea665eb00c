"""What may be handed in, and what is left of it in the store."""

import errno
import hashlib
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from django.conf import settings
from PIL import Image

from tests.cast import Cast
from xinhuo.core.errors import BadInputError, DeniedError
from xinhuo.files import images, storage
from xinhuo.files.actions import MAX_IMAGE_BYTES, store_file
from xinhuo.files.models import StoredFile
from xinhuo.files.names import clean_name
from xinhuo.journal.models import Entry

from .samples import PDF, REFUSED, TAKEN, photo, picture, upload


def contents(store: Path) -> list[Path]:
    return [path for path in store.rglob("*") if path.is_file()]


@pytest.mark.parametrize("name", TAKEN)
def test_a_file_is_known_by_its_content(cast: Cast, store: Path, name: str) -> None:
    content, mime, kind = TAKEN[name]

    stored = store_file(upload(name, content), by=cast.school_officer)

    assert (stored.mime, stored.kind) == (mime, kind)
    kept = (store / stored.path).read_bytes()
    assert (stored.sha256, stored.size) == (hashlib.sha256(kept).hexdigest(), len(kept))
    if kind != "image":
        assert kept == content
    assert stored.is_safe_inline == (kind == "image" or mime == "application/pdf")
    assert (stored.org, stored.by_name) == (cast.orgs["school"], "王老师")
    assert Entry.objects.get().sentence == f"上传了“{stored.name}”"


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_says_why_and_leaves_nothing(cast: Cast, store: Path, name: str) -> None:
    content, words = REFUSED[name]

    with pytest.raises(BadInputError, match=words):
        store_file(upload(name, content), by=cast.school_officer)

    assert contents(store) == []
    assert StoredFile.objects.count() == Entry.objects.count() == 0


def test_a_photo_is_written_anew_without_place_camera_or_comment(cast: Cast, store: Path) -> None:
    assert b"SecretCamera" in photo()

    stored = store_file(upload("IMG_001.JPG", photo()), by=cast.school_officer)

    kept = (store / stored.path).read_bytes()
    with Image.open(BytesIO(kept)) as image:
        assert not image.getexif()
        assert "comment" not in image.info
    assert b"Secret" not in kept
    assert stored.name == "IMG_001.jpg"


def test_a_photo_stands_upright_as_it_was_held(cast: Cast, store: Path) -> None:
    stored = store_file(upload("a.jpg", photo(orientation=6)), by=cast.school_officer)

    assert (stored.width, stored.height) == (40, 60)
    with Image.open(store / stored.path) as image:
        top, bottom = image.getpixel((20, 5)), image.getpixel((20, 55))
    assert top[0] < 60
    assert bottom[0] > 200


@pytest.mark.parametrize("mode", ["1", "L", "P", "CMYK", "RGB"])
def test_pictures_of_every_colour_mode_are_taken(cast: Cast, mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"

    stored = store_file(upload(f"a.{kind.lower()}", picture(kind, mode=mode)), by=cast.school_officer)

    assert (stored.width, stored.height) == (60, 40)


def test_a_transparent_picture_stays_transparent(cast: Cast, store: Path) -> None:
    out = BytesIO()
    Image.new("RGBA", (8, 8), (255, 0, 0, 0)).save(out, "PNG")

    stored = store_file(upload("seal.png", out.getvalue()), by=cast.school_officer)

    with Image.open(store / stored.path) as image:
        assert image.convert("RGBA").getpixel((1, 1))[3] == 0


def test_a_picture_too_large_to_decode_is_refused_before_decoding(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(images, "MAX_PIXELS", 2000)

    with pytest.raises(BadInputError, match="画面太大"):
        store_file(upload("big.png", picture("PNG")), by=cast.school_officer)

    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 1000)
    with pytest.raises(BadInputError, match="画面太大"):
        store_file(upload("bomb.png", picture("PNG")), by=cast.school_officer)


def test_a_very_large_photo_is_reduced_instead(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images, "MAX_PIXELS", 300_000)
    monkeypatch.setattr(images, "REDUCED", (400, 300))

    stored = store_file(upload("huge.jpg", picture(size=(1600, 1200))), by=cast.school_officer)

    assert (stored.width, stored.height) == (400, 300)


def test_sizes_are_limited_for_files_and_for_pictures(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "MAX_FILE_BYTES", 3 * 1024 * 1024)

    with pytest.raises(BadInputError, match=r"“a\.pdf”超过了 3 MB"):
        store_file(upload("a.pdf", PDF + b" " * 3 * 1024 * 1024), by=cast.school_officer)

    monkeypatch.setattr(settings, "MAX_FILE_BYTES", 50 * 1024 * 1024)
    with pytest.raises(BadInputError, match="超过了 20 MB"):
        store_file(upload("a.jpg", picture() + b"\0" * MAX_IMAGE_BYTES), by=cast.school_officer)


def test_the_same_content_is_kept_once(cast: Cast, store: Path) -> None:
    first = store_file(upload("一.pdf", PDF), by=cast.school_officer)
    second = store_file(upload("二.pdf", PDF), by=cast.xingyi_officer)

    assert (first.path, first.sha256) == (second.path, second.sha256)
    assert first.pk != second.pk
    assert contents(store) == [store / first.path]


def test_a_damaged_copy_in_the_store_is_mended_by_the_next_upload(cast: Cast, store: Path) -> None:
    stored = store_file(upload("一.pdf", PDF), by=cast.school_officer)
    (store / stored.path).write_bytes(b"half")

    store_file(upload("一.pdf", PDF), by=cast.school_officer)

    assert (store / stored.path).read_bytes() == PDF


def test_a_full_disk_is_said_and_leaves_no_half_file(
    cast: Cast, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fills_up(source: BinaryIO, out: BinaryIO, length: int) -> None:
        out.write(source.read(10))
        out.flush()
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(storage.shutil, "copyfileobj", fills_up)

    with pytest.raises(BadInputError, match="存储空间不够"):
        store_file(upload("a.pdf", PDF), by=cast.school_officer)

    assert contents(store) == []
    assert StoredFile.objects.count() == 0


def test_another_failure_of_the_disk_is_not_called_a_full_disk(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(storage.shutil, "copyfileobj", broken)

    with pytest.raises(OSError, match="Input/output"):
        store_file(upload("a.pdf", PDF), by=cast.school_officer)


def test_phones_that_name_pictures_wrongly_are_forgiven(cast: Cast) -> None:
    assert store_file(upload("a.png", picture("JPEG")), by=cast.school_officer).name == "a.jpg"
    assert store_file(upload("照片", picture("WEBP")), by=cast.school_officer).name == "照片.webp"
    assert store_file(upload("2020.12.总结", PDF), by=cast.school_officer).name == "2020.12.总结.pdf"


def test_only_some_kinds_where_only_some_are_asked_for(cast: Cast, store: Path) -> None:
    with pytest.raises(BadInputError, match="这里只收图片、视频"):
        store_file(upload("a.pdf", PDF), by=cast.school_officer, kinds=("image", "video"))

    assert contents(store) == []


def test_who_only_reads_uploads_nothing(cast: Cast) -> None:
    with pytest.raises(DeniedError, match="不能上传"):
        store_file(upload("a.pdf", PDF), by=cast.province_observer)

    assert store_file(upload("a.xlsx", TAKEN["名册.xlsx"][0]), by=cast.province_admin).pk


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\王\\总结.docx", "总结.docx"),
        ("a\x00b\nc.pdf", "abc.pdf"),
        ("\u202egpj.exe", "gpj.exe"),
        ("...", "未命名"),
        ("", "未命名"),
        ("关于“读懂中国”活动的通知.pdf", "关于“读懂中国”活动的通知.pdf"),
        ("长" * 200 + ".docx", "长" * 115 + ".docx"),
    ],
)
def test_names_are_made_safe_and_stay_readable(raw: str, clean: str) -> None:
    assert clean_name(raw) == clean


def test_a_store_without_folders_gets_the_whole_object(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    saved: dict[str, bytes] = {}

    class Bucket:
        def exists(self, name: str) -> bool:
            return name in saved

        def size(self, name: str) -> int:
            return len(saved[name])

        def path(self, name: str) -> str:
            raise NotImplementedError

        def save(self, name: str, content: Any) -> str:
            saved[name] = content.read()
            return name

    monkeypatch.setattr(storage, "default_storage", Bucket())

    stored = store_file(upload("a.pdf", PDF), by=cast.school_officer)

    assert saved == {stored.path: PDF}
