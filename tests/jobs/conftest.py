"""Kinds of long work of the tests' own."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.apps import apps

from tests.cast import Cast
from xinhuo.core.contracts import JobKind, by_kind, collect
from xinhuo.jobs.actions import start_job
from xinhuo.jobs.models import Job
from xinhuo.jobs.running import Current

Work = Callable[[Job], Mapping[str, Any] | None]


@dataclass
class Works:
    """``works.run`` is what a job of the kind ``tests.work`` does; ``tests.outside`` sends something out."""

    cast: Cast
    run: Work = lambda _job: {}
    ran: list[int] = field(default_factory=list)

    def start(self, kind: str = "tests.work", **more: Any) -> Job:
        """A job of the province's officer, on the queue."""
        return start_job(kind, "下发工作要点", by=self.cast.province_officer, **more)


@pytest.fixture
def works(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Iterator[Works]:
    """See Works; registered the way an app registers, on its AppConfig."""
    made = Works(cast)

    def run(job: Job) -> Mapping[str, Any] | None:
        made.ran.append(job.pk)
        return made.run(job)

    kinds = (JobKind("tests.work", "试验", run), JobKind("tests.outside", "发短信", run, outside=True))
    monkeypatch.setattr(apps.get_app_config("config"), "job_kinds", kinds, raising=False)
    monkeypatch.setattr(Current, "ending", False)
    for cached in (collect, by_kind):
        cached.cache_clear()
    yield made
    for cached in (collect, by_kind):
        cached.cache_clear()
