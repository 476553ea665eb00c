"""Work whose effect can be counted, and ways for it to be cut off."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from xinhuo.core import clock
from xinhuo.jobs import running
from xinhuo.jobs.models import Job
from xinhuo.journal.models import Entry

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
