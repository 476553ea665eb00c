"""Takes up again what a dead process left behind."""

import datetime as dt
import logging
from importlib import import_module

from django.apps import apps
from django.db import transaction
from django.db.models import Q

from xinhuo.core import clock
from xinhuo.core.contracts import JobKind, by_kind

from .actions import advance
from .enums import JobState
from .models import Job, Tick, WorkerBeat
from .queueing import enqueue_after_commit
from .running import SILENCE

MOST_ATTEMPTS = 3
FORGOTTEN = dt.timedelta(minutes=10)
"""A job that waits this long is announced to the task library again: its announcement may have been lost."""

KEPT = dt.timedelta(days=30)
TICKS_KEPT = dt.timedelta(days=3)
log = logging.getLogger(__name__)


def reap() -> int:
    """Look after jobs whose process is silent; returns how many were touched. Safe to call from several workers.

    They go back on the queue, at most three starts; work that sends something out waits for a person instead.
    """
    silent = Job.objects.filter(state=JobState.RUNNING, heartbeat_at__lt=clock.now() - SILENCE)
    touched = sum(_take_up(job_id) for job_id in silent.values_list("pk", flat=True))
    return touched + _announce_forgotten()


def _take_up(job_id: int) -> bool:
    with transaction.atomic():
        job = (
            Job.objects.select_for_update(of=("self",))
            .filter(pk=job_id, state=JobState.RUNNING, heartbeat_at__lt=clock.now() - SILENCE)
            .first()
        )
        if job is None:  # it spoke up, or another worker was faster
            return False
        log.warning("job %s (%s) is silent since %s", job.pk, job.kind, job.heartbeat_at)
        moment = clock.now()
        kind: JobKind | None = by_kind("job_kinds").get(job.kind)
        if job.cancel_asked_at is not None:
            advance(job, JobState.CANCELLED, finished_at=moment, message="已按要求停下，做完的部分保留。")
        elif kind is not None and kind.outside:
            message = "发送途中后台中断了，不确定最后一批是否发出。请核对后，点“已经办好”或“接着办”。"
            advance(job, JobState.UNCERTAIN, message=message)
        elif job.attempts >= MOST_ATTEMPTS:
            message = f"后台中断了 {job.attempts} 次，没有再试。做完的部分保留，可以点“接着办”。"
            advance(job, JobState.FAILED, finished_at=moment, message=message)
        else:
            advance(job, JobState.QUEUED, queued_at=moment, message="后台中断过，正在接着办。")
            enqueue_after_commit(job.pk)
    return True


def _announce_forgotten() -> int:
    forgotten = Job.objects.filter(state=JobState.QUEUED, queued_at__lt=clock.now() - FORGOTTEN)
    count = 0
    for job in forgotten:
        with transaction.atomic():
            if Job.objects.filter(pk=job.pk, queued_at=job.queued_at).update(queued_at=clock.now()):
                enqueue_after_commit(job.pk)
                count += 1
    return count


def prune() -> int:
    """Delete the task library's own rows and dead workers' signs of life a month old, and ticks some days old."""
    before = clock.now() - KEPT
    gone, _ = WorkerBeat.objects.filter(beat_at__lt=before).delete()
    gone += Tick.objects.filter(due__lt=clock.now() - TICKS_KEPT).delete()[0]
    if apps.is_installed("django_tasks_db"):
        rows = import_module("django_tasks_db.models").DBTaskResult.objects
        old = rows.filter(Q(finished_at__lt=before) | Q(finished_at=None, started_at__lt=before))
        gone += old.delete()[0]
    return gone
