"""The figures of an installation in Prometheus text format.

Gauges only, read from the database: the same whichever process answers.
"""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count

from xinhuo.core import clock
from xinhuo.flows.models import Todo
from xinhuo.jobs.enums import JobState
from xinhuo.jobs.models import Job
from xinhuo.jobs.queries import worker_silence


@dataclass(frozen=True, slots=True)
class Gauge:
    """One figure; ``values`` by label text, the empty one without labels."""

    name: str
    help: str
    values: Mapping[str, float]


def gauges() -> list[Gauge]:
    """What can be watched."""
    silence = worker_silence()
    states = dict(Job.objects.order_by().values_list("state").annotate(n=Count("pk")))
    waiting = Todo.objects.open()
    return [
        Gauge(
            "xinhuo_disk_free_bytes",
            "free space where DATA lies",
            {"": shutil.disk_usage(settings.DATA).free},
        ),
        Gauge(
            "xinhuo_worker_silence_seconds",
            "since a worker last showed a sign of life; absent when none ever did",
            {} if silence is None else {"": silence.total_seconds()},
        ),
        Gauge(
            "xinhuo_jobs",
            "long work by state",
            {f'{{state="{state.value}"}}': states.get(state.value, 0) for state in JobState},
        ),
        Gauge("xinhuo_todos_open", "what waits for somebody", {"": waiting.count()}),
        Gauge(
            "xinhuo_todos_overdue", "... past its date", {"": waiting.filter(due__lt=clock.today()).count()}
        ),
    ]


def exposition() -> str:
    """The figures as Prometheus reads them."""
    lines = []
    for gauge in gauges():
        lines += [f"# HELP {gauge.name} {gauge.help}", f"# TYPE {gauge.name} gauge"]
        lines += [f"{gauge.name}{labels} {value:g}" for labels, value in gauge.values.items()]
    return "\n".join(lines) + "\n"
