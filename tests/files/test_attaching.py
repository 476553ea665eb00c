"""Hanging files on subjects, and who may then read them."""

import pytest
from django.apps import apps

from tests.cast import Cast
from xinhuo.core.actor import Actor
from xinhuo.core.contracts import Subject, by_kind, collect
from xinhuo.core.errors import DeniedError
from xinhuo.files.actions import attach, detach, set_attachments, store_file
from xinhuo.files.models import Attachment, StoredFile
from xinhuo.files.queries import attachments, attachments_by_subject, checksums, visible_file
from xinhuo.files.rules import can_see_file
from xinhuo.journal.models import Entry

from .conftest import PAPER
from .samples import PDF, upload


def stored(by: Actor, name: str = "材料.pdf") -> StoredFile:
    return store_file(upload(name, PDF + name.encode()), by=by)


def names(subject_id: int = 1) -> list[str]:
    return [row.file.name for row in attachments(PAPER, subject_id)]


def test_before_it_hangs_anywhere_only_the_own_unit_reads_it(cast: Cast, seers: set[tuple[int, int]]) -> None:
    file = stored(cast.xingyi_officer)

    assert can_see_file(cast.xingyi_officer, file)
    assert can_see_file(cast.xingyi_admin, file)
    for other in (cast.school_officer, cast.qianxinan_officer, cast.anlong_officer, cast.province_officer):
        assert not can_see_file(other, file)
    assert visible_file(cast.province_officer, file.pk) is None
    assert visible_file(cast.xingyi_officer, file.pk + 1) is None


def test_who_sees_the_subject_reads_its_files(cast: Cast, seers: set[tuple[int, int]]) -> None:
    file = stored(cast.xingyi_officer)
    attach(file, PAPER, 1, by=cast.xingyi_officer)

    assert not can_see_file(cast.qianxinan_officer, file)
    seers.add((cast.qianxinan_officer.org_id, 1))
    assert can_see_file(cast.qianxinan_officer, file)
    assert not can_see_file(cast.anlong_officer, file)
    assert not can_see_file(cast.xingyi_officer, file)  # the subject decides, also for the own unit


def test_a_file_taken_off_is_the_own_units_again(cast: Cast, seers: set[tuple[int, int]]) -> None:
    file = stored(cast.xingyi_officer)
    seers.add((cast.qianxinan_officer.org_id, 1))
    attach(file, PAPER, 1, by=cast.xingyi_officer)

    detach(file, PAPER, 1, by=cast.xingyi_officer)

    assert names() == []
    assert not can_see_file(cast.qianxinan_officer, file)
    assert can_see_file(cast.xingyi_officer, file)
    assert Entry.objects.get(verb="files.removed").sentence == "移除了附件“材料.pdf”"


def test_a_subject_may_look_at_the_single_file(
    cast: Cast, seers: set[tuple[int, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = stored(cast.xingyi_officer, "已报.pdf")
    draft = stored(cast.xingyi_officer, "新加.pdf")
    for file in (sent, draft):
        attach(file, PAPER, 1, by=cast.xingyi_officer)
    subject = Subject(
        PAPER,
        "试验材料",
        lambda _pk: "",
        lambda _actor, _pk: True,
        lambda actor, _pk, sha256: actor.org_id == cast.xingyi_officer.org_id or sha256 == sent.sha256,
    )
    monkeypatch.setattr(apps.get_app_config("config"), "subjects", (subject,))
    collect.cache_clear()
    by_kind.cache_clear()

    assert can_see_file(cast.xingyi_officer, draft)
    assert not can_see_file(cast.qianxinan_officer, draft)
    detach(sent, PAPER, 1, by=cast.xingyi_officer)
    assert can_see_file(cast.qianxinan_officer, sent)


def test_an_unknown_kind_shows_nothing(cast: Cast, seers: set[tuple[int, int]]) -> None:
    file = stored(cast.xingyi_officer)
    attach(file, "tests.unknown", 1, by=cast.xingyi_officer)

    assert not can_see_file(cast.province_officer, file)


def test_attaching_twice_is_attaching_once(cast: Cast, seers: set[tuple[int, int]]) -> None:
    file = stored(cast.xingyi_officer)
    seers.add((cast.xingyi_officer.org_id, 1))

    first, second = (attach(file, PAPER, 1, by=cast.xingyi_officer, label="一") for _ in range(2))

    assert first == second
    assert first.org == cast.orgs["xingyi"]


def test_nobody_attaches_what_they_may_not_read(cast: Cast, seers: set[tuple[int, int]]) -> None:
    file = stored(cast.xingyi_officer)

    with pytest.raises(DeniedError):
        attach(file, PAPER, 1, by=cast.anlong_officer)
    with pytest.raises(DeniedError):
        set_attachments(PAPER, 1, [file.pk], by=cast.anlong_officer)

    assert Attachment.objects.count() == 0


def test_setting_the_files_of_a_subject_adds_removes_and_orders(
    cast: Cast, seers: set[tuple[int, int]]
) -> None:
    officer = cast.xingyi_officer
    seers.add((officer.org_id, 1))
    one, two, three = (stored(officer, f"{number}.pdf") for number in "123")
    set_attachments(PAPER, 1, [one.pk, two.pk], by=officer)
    assert names() == ["1.pdf", "2.pdf"]

    set_attachments(PAPER, 1, [three.pk, two.pk, three.pk, 999_999], by=officer)

    assert names() == ["3.pdf", "2.pdf"]
    assert Attachment.objects.filter(removed_at__isnull=False).get().file == one
    set_attachments(PAPER, 1, [one.pk], by=officer)
    assert names() == ["1.pdf"]


def test_checksums_freeze_what_hangs_now(cast: Cast, seers: set[tuple[int, int]]) -> None:
    file = stored(cast.xingyi_officer)
    attach(file, PAPER, 1, by=cast.xingyi_officer)

    assert checksums(PAPER, 1) == {str(file.pk): file.sha256}
    assert checksums(PAPER, 2) == {}


def test_files_of_many_subjects_come_in_one_query(
    cast: Cast, seers: set[tuple[int, int]], django_assert_num_queries: object
) -> None:
    for number in (1, 2, 2):
        attach(stored(cast.xingyi_officer), PAPER, number, by=cast.xingyi_officer)

    with django_assert_num_queries(1):  # type: ignore[operator]  # a context manager of pytest-django
        found = attachments_by_subject(PAPER, [1, 2, 3])
        counts = {key: [row.file.name for row in rows] for key, rows in found.items()}

    assert counts == {1: ["材料.pdf"], 2: ["材料.pdf"] * 2}
