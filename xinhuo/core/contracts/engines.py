"""What the engines (flows, journal, reporting, jobs, notifications) are told."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from xinhuo.core.actor import Actor


@dataclass(frozen=True, slots=True)
class Subject:
    """Something engines may point at by ``(kind, subject_id)``.

    ``url`` gives the page of one record; ``can_see`` decides whether an actor may see it (and its files).
    ``can_see_file(actor, subject_id, sha256)`` is asked instead for files where it is given: a file that was put
    on a draft after the last submission is not yet for the upper unit's eyes, one that was sent stays readable.

    ``version(subject_id)`` changes whenever what is printed of the subject changes (``prints.sheets.Sheet.version``);
    ``version_for(subject_id, org_id)`` is asked instead where each unit prints its own view of it.
    """

    kind: str
    label: str
    url: Callable[[int], str]
    can_see: Callable[[Actor, int], bool]
    can_see_file: Callable[[Actor, int, str], bool] | None = None
    version: Callable[[int], str] | None = None
    version_for: Callable[[int, int], str] | None = None


@dataclass(frozen=True, slots=True)
class Flow:
    """What happens to a subject when a process about it ends. Called inside the deciding transaction.

    ``on_accept``, ``on_return`` and ``on_recall`` get ``(subject_id, revision_number, actor)``.
    """

    kind: str
    label: str
    on_accept: Callable[[int, int, Actor], None]
    on_return: Callable[[int, int, Actor], None]
    on_recall: Callable[[int, int, Actor], None]
    on_arrive: Callable[[int, int, Actor], None]


@dataclass(frozen=True, slots=True)
class Verb:
    """A journal key with the words by which people filter it."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Measure:
    """Something that can be counted per unit and period.

    ``rows(start, end)`` yields ``(org_id, value)`` for the period's first and last day, oldest first.
    ``over_units`` and ``over_time`` name how values combine: ``sum``, ``last``, ``average`` or ``none``.
    ``expected(start, end)`` yields the units that owe a value; without it nobody is said to be missing.
    """

    key: str
    label: str
    unit: str
    rows: Callable[[dt.date, dt.date], Iterable[tuple[int, int]]]
    over_units: str = "sum"
    over_time: str = "sum"
    expected: Callable[[dt.date, dt.date], Iterable[int]] | None = None


@dataclass(frozen=True, slots=True)
class JobKind:
    """A kind of long work. ``run(job)`` does it chunk after chunk; what it returns is kept as the job's result.

    ``outside`` marks work that sends something out of the system: cut by a crash it is not tried again, but
    shown as 不确定 until a person has looked.
    """

    kind: str
    label: str
    run: Callable[[Any], Mapping[str, Any] | None]
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Schedule:
    """Recurring work: ``run`` is called once for each tick, by whichever worker is first.

    Ticks stand ``every`` apart, ``at`` after midnight in Shanghai. A killed worker's tick is done again by
    another, so ``run`` must be idempotent, and done within ten minutes.
    """

    key: str
    label: str
    run: Callable[[], None]
    every: dt.timedelta = dt.timedelta(hours=1)
    at: dt.timedelta = dt.timedelta()


@dataclass(frozen=True, slots=True)
class Notice:
    """A kind of message. ``urgent``: mailed at once to who wants mail, else it stands in the day's one mail.

    ``to_groups``: also put into the group chats that the unit's administrator connected.
    """

    key: str
    label: str
    urgent: bool = False
    to_groups: bool = False


@dataclass(frozen=True, slots=True)
class DigestLine:
    """One thing in the daily mail. A person is told of ``key`` once per ``window``, whatever the number of days."""

    key: str
    window: str
    text: str
    url: str = ""
    late: bool = False


@dataclass(frozen=True, slots=True)
class DigestSource:
    """What an app puts into the daily mail: ``lines(actor)`` for each post of the person.

    ``waiting(actor)`` counts what waits for the post in all, for the mail's first sentence.
    """

    key: str
    label: str
    lines: Callable[[Actor], Iterable[DigestLine]]
    waiting: Callable[[Actor], int] | None = None
