"""Named reads of jobs and workers."""

import datetime as dt

from django.db.models import Max

from xinhuo.core import clock

from .models import WorkerBeat

ALIVE = dt.timedelta(seconds=30)


def worker_silence() -> dt.timedelta | None:
    """How long ago any worker last showed that it is alive; None where none ever did."""
    last: dt.datetime | None = WorkerBeat.objects.aggregate(last=Max("beat_at"))["last"]
    return None if last is None else clock.now() - last


def worker_is_alive() -> bool:
    """Whether some worker showed a sign of life within the last thirty seconds."""
    silence = worker_silence()
    return silence is not None and silence < ALIVE
