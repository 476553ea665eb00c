"""Verbs: start, stop, repeat and settle long work."""

import dataclasses
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.core.answer import require
from xinhuo.core.contracts import by_kind
from xinhuo.journal.actions import journal

from .enums import JobState
from .kinds import JOB
from .models import Job
from .queueing import enqueue_after_commit
from .rules import can_cancel, can_retry, can_settle


@transaction.atomic
def start_job(
    kind: str,
    title: str,
    *,
    by: Actor,
    params: Mapping[str, Any] | None = None,
    total: int = 0,
    unique_key: str = "",
) -> Job:
    """Put long work on the queue; the worker takes it after this transaction commits.

    ``kind`` is a JobKind some app lists, ``params`` what its ``run`` needs (JSON). While a job with the same
    ``unique_key`` is open, that one is returned instead: a second click starts nothing. Who may start it is the
    calling verb's question.
    """
    if kind not in by_kind("job_kinds"):
        msg = f"no app lists the job kind {kind!r}"
        raise ValueError(msg)
    if unique_key and (already := _open_with(unique_key)):
        return already
    job = Job(kind=kind, title=title[:200], params=dict(params or {}), total=total, unique_key=unique_key)
    _sign(job, by=by)
    try:
        with transaction.atomic():
            job.save()
    except IntegrityError:
        already = _open_with(unique_key)
        if already is None:
            raise
        return already
    journal(by, "jobs.started", f"开始“{job.title}”", kind=JOB, subject_id=job.pk)
    enqueue_after_commit(job.pk)
    return job


def _sign(job: Job, *, by: Actor) -> None:
    """Whose job it is, and since when it waits."""
    job.org_id, job.by_person_id, job.by_name = by.org_id, by.person_id, by.person_name
    job.by = dataclasses.asdict(by)
    job.created_at = job.queued_at = clock.now()


def _open_with(unique_key: str) -> Job | None:
    return Job.objects.filter(unique_key=unique_key, state__in=JobState.OPEN).first()


def _lock(job: Job) -> Job:
    return Job.objects.select_for_update(of=("self",)).get(pk=job.pk)


def advance(job: Job, state: JobState, **fields: Any) -> None:
    """The only writer of ``state`` outside a run; refuses moves that the table does not hold."""
    if state not in JobState.MOVES[job.state]:
        msg = f"a job cannot go from {job.state} to {state}"
        raise ValueError(msg)
    job.state = state
    for name, value in fields.items():
        setattr(job, name, value)
    job.save(update_fields=["state", *fields])


@transaction.atomic
def cancel_job(job: Job, *, by: Actor) -> Job:
    """Stop work: at once while it waits, after the chunk in hand while it runs. Done chunks stay done."""
    job = _lock(job)
    require(can_cancel(by, job))
    moment = clock.now()
    if job.state == JobState.QUEUED:
        advance(
            job, JobState.CANCELLED, finished_at=moment, message=f"{by.person_name}取消了，还没有开始做。"
        )
    else:
        job.cancel_asked_at = moment
        job.save(update_fields=["cancel_asked_at"])
    journal(by, "jobs.cancelled", f"取消了“{job.title}”", kind=JOB, subject_id=job.pk)
    return job


@transaction.atomic
def retry_job(job: Job, *, by: Actor) -> Job:
    """Put work on the queue again; it goes on after the last chunk that was done."""
    job = _lock(job)
    require(can_retry(by, job))
    moment = clock.now()
    advance(
        job, JobState.QUEUED, queued_at=moment, attempts=0, message="", finished_at=None, cancel_asked_at=None
    )
    journal(by, "jobs.retried", f"让“{job.title}”接着办", kind=JOB, subject_id=job.pk)
    enqueue_after_commit(job.pk)
    return job


@transaction.atomic
def settle_job(job: Job, *, by: Actor) -> Job:
    """A person has checked what went out: the uncertain job is done."""
    job = _lock(job)
    require(can_settle(by, job))
    advance(job, JobState.DONE, finished_at=clock.now(), message=f"{by.person_name}核对过，已经办好。")
    journal(by, "jobs.settled", f"核对了“{job.title}”，已经办好", kind=JOB, subject_id=job.pk)
    return job
