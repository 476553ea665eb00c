"""Long work: chunk after chunk, cut anywhere, taken up again, stopped, repeated."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult

from tests.cast import Cast
from xinhuo.core import clock
from xinhuo.core.errors import BadInputError, DeniedError, NotNowError
from xinhuo.jobs import reaper, running
from xinhuo.jobs.actions import advance, cancel_job, retry_job, settle_job
from xinhuo.jobs.enums import JobState
from xinhuo.jobs.models import Job, WorkerBeat
from xinhuo.jobs.queries import worker_is_alive, worker_silence
from xinhuo.jobs.running import Current, LostError, actor_of, chunked, claim, progress
from xinhuo.journal.models import Entry
from xinhuo.orgs.models import Org

from .conftest import Works

ITEMS = list(range(1, 13))


class CutError(BaseException):
    """The process is gone: nothing after this runs, as with a power cut."""


def write(numbers: Sequence[int]) -> None:
    """An effect that can be counted: one journal row per number."""
    Entry.objects.bulk_create(
        Entry(
            at=clock.now(),
            verb="tests.effect",
            sentence=str(number),
            person_name="",
            org_name="",
            org_path="",
        )
        for number in numbers
    )


def written() -> list[int]:
    return sorted(
        int(text) for text in Entry.objects.filter(verb="tests.effect").values_list("sentence", flat=True)
    )


def dies_after(chunks: int) -> Any:
    left = [chunks]

    def handle(numbers: Sequence[int]) -> None:
        write(numbers)
        if not left[0]:
            raise CutError
        left[0] -= 1

    return handle


def silent(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(heartbeat_at=clock.now() - running.SILENCE - dt.timedelta(seconds=1))


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
