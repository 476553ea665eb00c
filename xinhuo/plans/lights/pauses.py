"""Times in which schools rest: what falls due then moves to the first day after, and days in them do not count."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

ONE = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Pause:
    """From the first to the last day, for units of some kinds."""

    start: dt.date
    end: dt.date
    name: str = ""
    kinds: frozenset[str] = frozenset()

    def __contains__(self, day: object) -> bool:
        """Whether a day lies in it."""
        return isinstance(day, dt.date) and self.start <= day <= self.end


def read_pauses(table: Mapping[str, Any]) -> tuple[Pause, ...]:
    """The ranges of the data file, the earliest first. Raises ValueError that names the entry that is wrong."""
    found = []
    for number, row in enumerate(table.get("pause", ()), 1):
        start, end, kinds = row.get("from"), row.get("to"), row.get("kinds")
        whole = isinstance(start, dt.date) and isinstance(end, dt.date) and isinstance(kinds, list)
        if not whole:
            raise ValueError(f"第 {number} 段假期缺少 from、to 或 kinds。")
        if end < start:
            raise ValueError(f"第 {number} 段假期的结束日期在开始日期之前。")
        found.append(Pause(start, end, str(row.get("name", "")), frozenset(map(str, kinds))))
    return tuple(sorted(found, key=lambda pause: (pause.start, pause.end)))


def moved(day: dt.date, pauses: Iterable[Pause]) -> dt.date:
    """The day itself, or the first day after the pauses it falls in. ``pauses`` come the earliest first."""
    for pause in pauses:
        if day in pause:
            day = pause.end + ONE
    return day


def days_between(due: dt.date, day: dt.date, pauses: Iterable[Pause]) -> int:
    """How many days ``day`` is past ``due``; days of rest are not counted, and never less than none."""
    kept = tuple(pauses)
    last = moved(due, kept)
    passed = range((day - last).days)
    return sum(not any(last + (number + 1) * ONE in pause for pause in kept) for number in passed)
