"""Long work: chunk after chunk, cut anywhere, taken up again, repeated."""

from typing import Any

import pytest

from tests.cast import Cast
from xinhuo.core.errors import BadInputError, NotNowError
from xinhuo.jobs import reaper, running
from xinhuo.jobs.actions import retry_job, settle_job
from xinhuo.jobs.enums import JobState
from xinhuo.jobs.models import Job
from xinhuo.jobs.running import LostError, chunked, claim
from xinhuo.journal.models import Entry

from .conftest import Works
from .effects import ITEMS, CutError, dies_after, silent, write, written


def test_work_is_done_after_the_commit_and_its_result_kept(
    works: Works, django_capture_on_commit_callbacks: Any
) -> None:
    def run(job: Job) -> dict[str, Any]:
        chunked(job, ITEMS, write, size=5)
        return {"sent": len(ITEMS)}

    works.run = run
    with django_capture_on_commit_callbacks(execute=True):
        job = works.start(total=12)
        assert works.ran == []

    job.refresh_from_db()
    assert (job.state, job.done, job.total, job.result) == (JobState.DONE, 12, 12, {"sent": 12})
    assert written() == ITEMS
    assert job.started_at is not None
    assert job.finished_at is not None
    assert Entry.objects.get(verb="jobs.started").sentence == "开始“下发工作要点”"


def test_a_cut_loses_nothing_and_repeats_nothing(works: Works) -> None:
    works.run = lambda job: chunked(job, ITEMS, dies_after(2), size=5)
    job = works.start()
    with pytest.raises(CutError):
        running.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.cursor, job.done) == (JobState.RUNNING, {"main": 10}, 10)
    assert written() == ITEMS[:10]

    silent(job)
    assert reaper.reap() == 1
    works.run = lambda job: chunked(job, ITEMS, write, size=5)
    running.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.done, job.run, job.attempts) == (JobState.DONE, 12, 2, 2)
    assert written() == ITEMS


def test_several_passes_count_together(works: Works) -> None:
    def run(job: Job) -> None:
        chunked(job, ITEMS, write, size=5, step="deliver")
        chunked(job, ITEMS[:3], write, size=2, step="assign")

    works.run = run
    job = works.start()
    running.run(job.pk)

    job.refresh_from_db()
    assert (job.cursor, job.done, job.total) == ({"deliver": 12, "assign": 3}, 15, 15)


def test_three_deaths_are_enough(works: Works) -> None:
    works.run = lambda job: chunked(job, ITEMS, dies_after(0), size=5)
    job = works.start()
    for _ in range(3):
        with pytest.raises(CutError):
            running.run(job.pk)
        silent(job)
        reaper.reap()

    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert "中断了 3 次" in job.message
    assert reaper.reap() == 0


def test_who_gives_signs_of_life_is_left_alone(works: Works) -> None:
    job = works.start()
    held = claim(job.pk)
    assert held is not None

    assert reaper.reap() == 0
    silent(job)
    running.beat(held.pk, held.run)
    assert reaper.reap() == 0
    assert claim(job.pk) is None


def test_a_process_taken_for_dead_writes_nothing_more(works: Works) -> None:
    """It was only slow: by the time it goes on, another has the job."""
    job = works.start()
    slow = claim(job.pk)
    assert slow is not None
    silent(job)
    reaper.reap()
    quick = claim(job.pk)
    assert quick is not None

    with pytest.raises(LostError):
        chunked(slow, ITEMS, write, size=5)
    running.finish(slow, JobState.FAILED, "不该出现")
    running.beat(slow.pk, slow.run)
    chunked(quick, ITEMS, write, size=5)
    running.finish(quick, JobState.DONE)

    job.refresh_from_db()
    assert (job.state, job.message) == (JobState.DONE, "")
    assert written() == ITEMS


def test_an_outside_send_that_was_cut_waits_for_a_person(works: Works, cast: Cast) -> None:
    works.run = lambda job: chunked(job, ITEMS, dies_after(1), size=5)
    job = works.start("tests.outside")
    with pytest.raises(CutError):
        running.run(job.pk)
    silent(job)
    reaper.reap()

    job.refresh_from_db()
    assert job.state == JobState.UNCERTAIN
    assert job.get_state_display() == "不确定"
    assert reaper.reap() == 0
    job = settle_job(job, by=cast.province_officer)
    assert (job.state, job.message) == (JobState.DONE, "周敏核对过，已经办好。")
    with pytest.raises(NotNowError):
        settle_job(job, by=cast.province_officer)


def test_an_uncertain_job_may_be_taken_up_again_by_a_person(works: Works, cast: Cast) -> None:
    job = works.start("tests.outside")
    claim(job.pk)
    silent(job)
    reaper.reap()

    assert retry_job(job, by=cast.province_officer).state == JobState.QUEUED


def test_a_refusal_inside_the_work_is_its_message(works: Works) -> None:
    def run(_job: Job) -> None:
        raise BadInputError("第 3 行的单位找不到。")

    works.run = run
    job = works.start()
    running.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.message) == (JobState.FAILED, "第 3 行的单位找不到。")


def test_a_crash_inside_the_work_is_logged_and_said_plainly(
    works: Works, caplog: pytest.LogCaptureFixture
) -> None:
    works.run = lambda _job: {"x": 1 / 0}
    job = works.start()
    running.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.message) == (JobState.FAILED, running.BROKE)
    assert "ZeroDivisionError" in caplog.text


def test_a_failed_job_goes_on_where_it_stopped(works: Works, cast: Cast) -> None:
    def run(job: Job) -> None:
        chunked(job, ITEMS[:5], write, size=5)
        raise BadInputError("网络断了。")

    works.run = run
    job = works.start()
    running.run(job.pk)
    works.run = lambda job: chunked(job, ITEMS, write, size=5)

    job = retry_job(job, by=cast.province_officer)
    assert (job.state, job.attempts, job.message, job.finished_at) == (JobState.QUEUED, 0, "", None)
    running.run(job.pk)

    assert written() == ITEMS
    with pytest.raises(NotNowError, match="已完成"):
        retry_job(job, by=cast.province_officer)
