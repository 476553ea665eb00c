"""The examination says what is wrong, where, and what to do."""

import datetime as dt

import pytest
from click.testing import CliRunner
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import Cast
from xinhuo.config.cli import main
from xinhuo.config.doctor import Finding, examine
from xinhuo.core import clock
from xinhuo.files.actions import store_file
from xinhuo.jobs.models import WorkerBeat
from xinhuo.orgs.integrity import path_faults
from xinhuo.orgs.models import Org


@pytest.fixture
def alive(db: None) -> None:
    WorkerBeat.objects.create(name="here", started_at=clock.now(), beat_at=clock.now())


def look(what: str, *, deep: bool = False) -> Finding:
    return next(finding for finding in examine(deep=deep) if finding.what == what)


@pytest.mark.usefixtures("alive")
def test_a_sound_installation_has_nothing_to_mend(cast: Cast) -> None:
    store_file(SimpleUploadedFile("总结.txt", b"x"), by=cast.school_officer)

    assert [finding for finding in examine(deep=True) if not finding.ok] == []


def test_a_worker_that_never_ran_or_died_is_told(db: None) -> None:
    assert look("后台任务") == Finding(
        "后台任务",
        ok=False,
        said="从来没有运行过",
        hint="请运行 xinhuo worker，或用 xinhuo serve --with-worker 启动。",
    )
    past = clock.now() - dt.timedelta(minutes=5)
    WorkerBeat.objects.create(name="gone", started_at=past, beat_at=past)

    assert not look("后台任务").ok


def test_a_unit_moved_by_hand_is_found(cast: Cast) -> None:
    Org.objects.filter(pk=cast.orgs["school"].pk).update(parent=cast.orgs["anlong"], name="别的小学")

    said = look("单位树").said
    assert "别的小学的位置和上级对不上" in said
    assert "别的小学和现行的沿革记录不一样" in said


def test_two_roots_and_a_lost_step_are_faults() -> None:
    rows = [
        (1, "省", "000", None),
        (2, "市", "000000", 1),
        (3, "县", "000001000", 2),
        (4, "另一省", "001", None),
    ]

    assert path_faults(rows) == ["县的位置和上级对不上", "有 2 个最上级单位：省、另一省"]


def test_an_upload_that_is_gone_or_changed_is_found(cast: Cast) -> None:
    gone = store_file(SimpleUploadedFile("甲.txt", b"1"), by=cast.school_officer)
    changed = store_file(SimpleUploadedFile("乙.txt", b"2"), by=cast.school_officer)
    default_storage.delete(gone.path)
    with default_storage.open(changed.path, "wb") as content:
        content.write(b"3")

    assert look("附件").said == f"{gone.path} 不见了"
    assert f"{changed.path} 内容变了" in look("附件", deep=True).said


def test_the_command_ends_with_code_1_and_the_hint(db: None) -> None:
    result = CliRunner().invoke(main, ["doctor"], prog_name="xinhuo")

    assert result.exit_code == 1
    assert "✗ 后台任务：从来没有运行过\n    请运行 xinhuo worker" in result.output
    assert "错误：有 1 处要处理。" in result.output
