"""Doing long work chunk after chunk: effect and cursor commit together, so that nothing is done twice."""

import dataclasses
import datetime as dt
import logging
from collections.abc import Callable, Sequence
from typing import TypeVar

from django.db import transaction

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.core.contracts import JobKind, by_kind
from xinhuo.core.errors import DomainError
from xinhuo.orgs.models import Org

from .enums import JobState
from .models import Job
from .queueing import enqueue_after_commit

T = TypeVar("T")
log = logging.getLogger(__name__)

CHUNK = 500
SILENCE = dt.timedelta(seconds=60)
"""A running job that gave no sign of life for this long is taken for dead."""

BROKE = "办理中出了意外，已停在最后一批完成的地方。可以点“接着办”，再不行请联系管理员。"


class StoppedError(Exception):
    """The job was asked to stop; what is committed stays."""


class LostError(Exception):
    """Another process has taken this job over while this one was silent; it must not write any more."""


class ShutDownError(Exception):
    """The process was told to end; the job goes back on the queue with its cursor."""


class Current:
    """What this process is doing: the job in hand (id and run), and whether it was told to end."""

    job: tuple[int, int] | None = None
    ending = False


def actor_of(job: Job) -> Actor:
    """Who asked for the work, standing where their unit stands today."""
    actor = Actor(**job.by)
    org = Org.objects.only("path", "name").get(pk=actor.org_id)
    return dataclasses.replace(actor, path=org.path, org_name=org.name)


def hold(job: Job) -> Job:
    """The job's row, locked in the running transaction.

    Raises LostError where it is no longer this process's, StoppedError where a person asked to stop, and
    ShutDownError where the process has to end.
    """
    if Current.ending:
        raise ShutDownError
    row = Job.objects.select_for_update(of=("self",)).get(pk=job.pk)
    if row.state != JobState.RUNNING or row.run != job.run:
        raise LostError
    if row.cancel_asked_at is not None:
        raise StoppedError
    return row


def chunked(
    job: Job,
    items: Sequence[T],
    handle_chunk: Callable[[Sequence[T]], None],
    *,
    size: int = CHUNK,
    step: str = "main",
) -> None:
    """Hand ``items`` over in chunks, each in one transaction with the cursor, the count and a sign of life.

    ``items`` must be the same in the same order when the work is taken up again (frozen ids). Work in several
    passes gives each its own ``step``; ``done`` counts all passes, and ``total`` is raised where it was too small.
    """
    at = int(job.cursor.get(step, 0))
    others = sum(int(count) for name, count in job.cursor.items() if name != step)
    while at < len(items):
        chunk = items[at : at + size]
        with transaction.atomic():
            row = hold(job)
            handle_chunk(chunk)
            at += len(chunk)
            row.cursor = {**row.cursor, step: at}
            row.done = others + at
            row.total = max(row.total, others + len(items))
            row.heartbeat_at = clock.now()
            row.save(update_fields=["cursor", "done", "total", "heartbeat_at"])
        job.cursor, job.done, job.total = row.cursor, row.done, row.total


def progress(job: Job, done: int, message: str = "") -> None:
    """Tell how far work came that is not ``chunked``; also its sign of life. Raises like ``hold``."""
    with transaction.atomic():
        row = hold(job)
        row.done, row.message, row.heartbeat_at = done, message[:500], clock.now()
        row.save(update_fields=["done", "message", "heartbeat_at"])


def beat(job_id: int, run: int) -> None:
    """A sign of life from beside the work, for chunks that take long."""
    Job.objects.filter(pk=job_id, run=run, state=JobState.RUNNING).update(heartbeat_at=clock.now())


def claim(job_id: int) -> Job | None:
    """Take a queued job for this process, or None when it is no longer queued."""
    moment = clock.now()
    with transaction.atomic():
        row = Job.objects.select_for_update(of=("self",)).filter(pk=job_id, state=JobState.QUEUED).first()
        if row is None:
            return None
        row.state, row.message = JobState.RUNNING, ""
        row.run += 1
        row.attempts += 1
        row.started_at = row.started_at or moment
        row.heartbeat_at = moment
        row.save()
    return row


def finish(job: Job, state: JobState, message: str = "", result: dict[str, object] | None = None) -> None:
    """End this process's run of the job. Does nothing where the job was taken over meanwhile."""
    if state not in JobState.MOVES[JobState.RUNNING]:
        msg = f"a running job cannot become {state}"
        raise ValueError(msg)
    moment = clock.now()
    fields: dict[str, object] = {
        "state": state,
        "message": message[:500],
        "finished_at": moment,
        "heartbeat_at": moment,
    }
    if result is not None:
        fields["result"] = result
    Job.objects.filter(pk=job.pk, run=job.run, state=JobState.RUNNING).update(**fields)


def _put_back(job: Job) -> None:
    """Queue the job again for the next process; an orderly end does not count as an attempt."""
    mine = Job.objects.filter(pk=job.pk, run=job.run, state=JobState.RUNNING)
    with transaction.atomic():
        if mine.update(state=JobState.QUEUED, queued_at=clock.now(), attempts=job.attempts - 1):
            enqueue_after_commit(job.pk)


def run(job_id: int) -> None:
    """Do a queued job from its cursor on. Called by the worker; whatever happens ends in the job's state."""
    job = claim(job_id)
    if job is None:
        return
    Current.job = (job.pk, job.run)
    try:
        kind: JobKind = by_kind("job_kinds")[job.kind]
        outcome = kind.run(job)
        finish(job, JobState.DONE, result=dict(outcome or {}))
    except StoppedError:
        finish(job, JobState.CANCELLED, "已按要求停下，做完的部分保留。")
    except ShutDownError:
        _put_back(job)
    except LostError:
        log.warning("job %s was taken over by another process", job_id)
    except DomainError as error:
        finish(job, JobState.FAILED, error.reason)
    except Exception:
        log.exception("job %s (%s) failed", job_id, job.kind)
        finish(job, JobState.FAILED, BROKE)
    finally:
        Current.job = None
