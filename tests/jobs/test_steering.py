"""Long work: stopped, open once, done by the right person, and the table of its states."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult

from tests.cast import Cast
from xinhuo.core import clock
from xinhuo.core.errors import DeniedError, NotNowError
from xinhuo.jobs import reaper, running
from xinhuo.jobs.actions import advance, cancel_job, retry_job, settle_job
from xinhuo.jobs.enums import JobState
from xinhuo.jobs.models import Job, WorkerBeat
from xinhuo.jobs.queries import worker_is_alive, worker_silence
from xinhuo.jobs.running import Current, actor_of, chunked, claim, progress
from xinhuo.orgs.models import Org

from .conftest import Works
from .effects import ITEMS, silent, write, written


def test_waiting_work_is_cancelled_at_once(works: Works, cast: Cast) -> None:
    job = cancel_job(works.start(), by=cast.province_officer)

    assert job.state == JobState.CANCELLED
    running.run(job.pk)
    assert works.ran == []
    with pytest.raises(NotNowError):
        cancel_job(job, by=cast.province_officer)


def test_running_work_stops_after_its_chunk(works: Works, cast: Cast) -> None:
    job = works.start()

    def handle(numbers: Sequence[int]) -> None:
        write(numbers)
        if numbers[-1] == 5:
            cancel_job(job, by=cast.province_officer)

    works.run = lambda held: chunked(held, ITEMS, handle, size=5)
    running.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.done) == (JobState.CANCELLED, 5)
    assert written() == ITEMS[:5]
    assert retry_job(job, by=cast.province_officer).cancel_asked_at is None


def test_a_dead_job_that_was_to_stop_is_not_started_again(works: Works, cast: Cast) -> None:
    job = works.start()
    claim(job.pk)
    cancel_job(job, by=cast.province_officer)
    silent(job)
    reaper.reap()

    job.refresh_from_db()
    assert job.state == JobState.CANCELLED


def test_a_process_that_has_to_end_puts_its_job_back(works: Works, monkeypatch: pytest.MonkeyPatch) -> None:
    def handle(numbers: Sequence[int]) -> None:
        write(numbers)
        monkeypatch.setattr(Current, "ending", True)

    works.run = lambda job: chunked(job, ITEMS, handle, size=5)
    job = works.start()
    running.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.done, job.attempts) == (JobState.QUEUED, 5, 0)
    monkeypatch.setattr(Current, "ending", False)
    works.run = lambda job: chunked(job, ITEMS, write, size=5)
    running.run(job.pk)
    assert written() == ITEMS


def test_progress_without_chunks(works: Works) -> None:
    works.run = lambda job: progress(job, 3, "读到第 3 张表")
    job = works.start(total=9)
    running.run(job.pk)

    job.refresh_from_db()
    assert (job.done, job.total) == (3, 9)


def test_the_same_work_is_open_once(works: Works, cast: Cast) -> None:
    first = works.start(unique_key="dispatch:7")

    assert works.start(unique_key="dispatch:7") == first
    assert works.start() != works.start()
    cancel_job(first, by=cast.province_officer)
    second = works.start(unique_key="dispatch:7")
    assert second != first
    with pytest.raises(NotNowError, match="另外开始了"):
        retry_job(first, by=cast.province_officer)


def test_a_second_click_by_a_blink_finds_the_first(works: Works, monkeypatch: pytest.MonkeyPatch) -> None:
    first = works.start(unique_key="dispatch:7")
    answers = iter([None, first])
    monkeypatch.setattr("xinhuo.jobs.actions._open_with", lambda _key: next(answers))

    assert works.start(unique_key="dispatch:7") == first


def test_an_unknown_kind_is_a_programmers_mistake(works: Works) -> None:
    with pytest.raises(ValueError, match=r"tests\.unknown"):
        works.start("tests.unknown")


def test_the_work_is_done_as_its_author_standing_where_the_unit_stands_today(
    works: Works, cast: Cast
) -> None:
    job = works.start()
    Org.objects.filter(pk=job.org_id).update(path="999", name="贵州省教育厅（新）")

    actor = actor_of(job)

    assert (actor.person_id, actor.role, actor.path) == (cast.province_officer.person_id, "officer", "999")
    assert actor.org_name == "贵州省教育厅（新）"


def test_verbs_belong_to_the_working_posts_of_the_unit(works: Works, cast: Cast) -> None:
    job = works.start()

    for actor in (cast.province_observer, cast.qianxinan_officer):
        for verb in (cancel_job, retry_job, settle_job):
            with pytest.raises(DeniedError):
                verb(job, by=actor)
    assert cancel_job(job, by=cast.province_admin).state == JobState.CANCELLED


@pytest.mark.parametrize("state", JobState.values)
def test_states_move_only_by_the_table(works: Works, state: str) -> None:
    job = works.start()
    for target in JobState:
        Job.objects.filter(pk=job.pk).update(state=state)
        job.refresh_from_db()
        if target in JobState.MOVES[state]:
            advance(job, target)
            assert Job.objects.get().state == target
        else:
            with pytest.raises(ValueError, match="cannot go"):
                advance(job, target)


def test_a_run_ends_only_as_the_table_says(works: Works) -> None:
    held = claim(works.start().pk)
    assert held is not None

    with pytest.raises(ValueError, match="cannot become"):
        running.finish(held, JobState.RUNNING)


def test_a_lost_announcement_is_made_again(works: Works, django_capture_on_commit_callbacks: Any) -> None:
    job = works.start()
    assert reaper.reap() == 0
    Job.objects.update(queued_at=clock.now() - reaper.FORGOTTEN - dt.timedelta(seconds=1))

    with django_capture_on_commit_callbacks(execute=True):
        assert reaper.reap() == 1

    assert works.ran == [job.pk]


def test_signs_of_life_decide_whether_somebody_works(db: None) -> None:
    assert worker_silence() is None
    assert not worker_is_alive()
    beat = WorkerBeat.objects.create(name="a", started_at=clock.now(), beat_at=clock.now())
    assert worker_is_alive()
    WorkerBeat.objects.filter(pk=beat.pk).update(beat_at=clock.now() - dt.timedelta(seconds=31))
    assert not worker_is_alive()


def test_old_rows_of_the_task_library_are_thrown_away(db: None) -> None:
    old = clock.now() - reaper.KEPT - dt.timedelta(days=1)
    for finished, started in ((old, old), (None, old), (clock.now(), old), (None, clock.now()), (None, None)):
        DBTaskResult.objects.create(
            args_kwargs={"args": [], "kwargs": {}},
            task_path="xinhuo.jobs.queueing.run_job",
            backend_name="default",
            run_after=clock.now(),
            finished_at=finished,
            started_at=started,
            exception_class_path="",
            traceback="",
        )
    WorkerBeat.objects.create(name="old", started_at=old, beat_at=old)
    WorkerBeat.objects.create(name="new", started_at=old, beat_at=clock.now())

    assert reaper.prune() == 3

    assert DBTaskResult.objects.count() == 3
    assert [beat.name for beat in WorkerBeat.objects.all()] == ["new"]
