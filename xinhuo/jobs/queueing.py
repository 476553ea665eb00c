"""The one task of the task library; everything else about a job is in our own tables."""

from functools import partial

from django.db import transaction
from django_tasks import task


@task()
def run_job(job_id: int) -> None:
    """Do one job."""
    from . import running  # noqa: PLC0415  running puts jobs back on the queue, so it needs this module first

    running.run(job_id)


def enqueue_after_commit(job_id: int) -> None:
    """Tell the task library about a queued job; a crash in between is mended by the reaper."""
    transaction.on_commit(partial(run_job.enqueue, job_id))
