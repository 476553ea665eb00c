"""The address of a file: who gets it, and how a browser is told to treat it."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast
from xinhuo.files.actions import attach, store_file
from xinhuo.files.models import StoredFile

from .conftest import PAPER
from .samples import PDF, TAKEN, picture, upload


@pytest.fixture
def school(client: Client, cast: Cast) -> Client:
    client.force_login(cast.users["school_officer"], backend="django.contrib.auth.backends.ModelBackend")
    return client


def stored(cast: Cast, name: str, content: bytes) -> StoredFile:
    return store_file(upload(name, content), by=cast.school_officer)


def got(client: Client, url: str, **headers: str) -> tuple[Any, bytes]:
    """The answer and all of its content; reading to the end closes the file behind it."""
    response = client.get(url, headers=headers)
    content = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]  # a stream
    return response, content


def test_a_picture_is_shown_in_the_page(school: Client, cast: Cast) -> None:
    file = stored(cast, "活动.png", picture("PNG"))

    response, content = got(school, file.url)

    assert response.status_code == 200
    assert response["Content-Type"] == "image/png"
    assert response["Content-Disposition"].startswith("inline; filename*=utf-8''%E6%B4%BB%E5%8A%A8.png")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Content-Length"] == str(file.size)
    assert len(content) == file.size


def test_a_pdf_is_shown_and_everything_else_is_downloaded(school: Client, cast: Cast) -> None:
    shown, _ = got(school, stored(cast, "通知.pdf", PDF).url)
    assert shown["Content-Disposition"].startswith("inline")
    assert "object-src 'self'" in shown["Content-Security-Policy"]
    for name in ("总结.docx", "要点.txt", "材料.zip", "活动.mp4", "旧.wps"):
        response, content = got(school, stored(cast, name, TAKEN[name][0]).url)

        assert content == TAKEN[name][0]
        assert response["Content-Disposition"].startswith("attachment"), name
        assert response["X-Content-Type-Options"] == "nosniff"


def test_an_unchanged_file_is_not_sent_again(school: Client, cast: Cast) -> None:
    file = stored(cast, "通知.pdf", PDF)
    first, _ = got(school, file.url)

    again, nothing = got(school, file.url, **{"If-None-Match": first["ETag"]})
    other, everything = got(school, file.url, **{"If-None-Match": '"other"'})

    assert (again.status_code, nothing) == (304, b"")
    assert (other.status_code, everything) == (200, PDF)
    assert first["Cache-Control"] == "private, no-cache"


def test_who_may_not_see_it_finds_nothing_even_by_number_or_etag(
    client: Client, cast: Cast, seers: set[tuple[int, int]]
) -> None:
    file = stored(cast, "通知.pdf", PDF)
    attach(file, PAPER, 5, by=cast.school_officer)
    client.force_login(cast.users["xingyi_officer"], backend="django.contrib.auth.backends.ModelBackend")

    assert client.get(file.url).status_code == 404
    assert client.get(file.url, headers={"If-None-Match": f'"{file.sha256}"'}).status_code == 404
    seers.add((cast.xingyi_officer.org_id, 5))
    assert got(client, file.url)[1] == PDF
    assert client.get("/files/999999/x.pdf").status_code == 404
    assert client.post(file.url).status_code == 405


def test_without_a_login_one_is_sent_to_it(client: Client, cast: Cast) -> None:
    file = stored(cast, "通知.pdf", PDF)

    response = client.get(file.url)

    assert response.status_code == 302
    assert response["Location"].startswith("/login/")


def test_a_file_lost_from_the_store_is_said_plainly(school: Client, cast: Cast, store: Path) -> None:
    file = stored(cast, "通知.pdf", PDF)
    (store / file.path).unlink()

    response = school.get(file.url)

    assert response.status_code == 409
    assert "请上传的人再传一次" in response.content.decode()
