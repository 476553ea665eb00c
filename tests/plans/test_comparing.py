"""A second version of a document beside the first."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.cast import Cast

from .works import TEXT, sent_plan

pytestmark = pytest.mark.django_db


def _compare(cast: Cast, data: dict[str, object]) -> tuple[int, str]:
    plan = sent_plan(cast)
    client = Client()
    client.force_login(cast.users["guiyang_officer"])
    response = client.post(reverse("plans:plan_compare", args=[plan.pk]), data)
    return response.status_code, response.content.decode()


def test_changed_added_and_removed_items_are_shown_word_by_word(cast: Cast) -> None:
    second = TEXT.replace("校点联合建立", "校村联合建立").replace(
        "3.举办全省培训班。", "4.召开宣传工作座谈会。"
    )

    status, html = _compare(cast, {"text": second})

    assert status == 200
    assert "<del>点</del><ins>村</ins>" in html or "<ins>村</ins><del>点</del>" in html
    assert "召开宣传工作座谈会" in html
    assert "举办全省培训班" in html


def test_the_same_text_has_no_difference(cast: Cast) -> None:
    status, html = _compare(cast, {"text": TEXT})

    assert (status, "两个版本的条目一字不差" in html) == (200, True)


def test_a_file_that_cannot_be_read_says_what_to_do(cast: Cast) -> None:
    file = SimpleUploadedFile("第二版.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)

    status, html = _compare(cast, {"upload": file})

    assert status == 422
    assert "另存为" in html


def test_nothing_given_is_asked_for(cast: Cast) -> None:
    status, html = _compare(cast, {})

    assert status == 422
    assert "请选第二个版本的文件" in html
