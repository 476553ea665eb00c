"""What a unit's pages say about one assignment: the page for the latest date that says something speaks."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from xinhuo.flows.climbs import Climbs
from xinhuo.flows.enums import ProcessState
from xinhuo.flows.models import Process, Revision

Row = Mapping[str, Any]
"""One row of a revision's snapshot."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page with the day it was due and everything that was sent of it."""

    due: dt.date
    climbs: Climbs


@dataclass(frozen=True, slots=True)
class Said:
    """One row of one revision, the date of its page, and how its climb ended (not at all: ``ended_at`` is None)."""

    revision: Revision
    row: Row
    due: dt.date
    ended_at: dt.datetime | None = None
    returned: bool = False
    by_org_id: int | None = None  # another unit that reported for this one

    @property
    def number(self) -> Decimal | None:
        """The unit's total: its own part and its children's accepted sum."""
        return None if self.row["total"] is None else Decimal(self.row["total"])

    @property
    def sentence(self) -> str:
        """The progress in words."""
        return str(self.row["sentence"])


def says_something(row: Row) -> bool:
    """Whether a snapshot row reports anything; an empty one is missing, never zero."""
    return row["total"] is not None or bool(row["sentence"].strip()) or bool(row["files"])


def accepted_of(pages: Sequence[Page], assignment_id: int) -> Said | None:
    """What totals use. ``pages`` come in the order of their dates."""
    return next((said for page in reversed(pages) if (said := _accepted(page, assignment_id))), None)


def sent_of(pages: Sequence[Page], assignment_id: int) -> Said | None:
    """What the upper unit was told last; the accepted words themselves while nothing new was said."""
    accepted = accepted_of(pages, assignment_id)
    sent = next((said for page in reversed(pages) if (said := _sent(page, assignment_id))), None)
    return accepted if sent and accepted and _same(sent.row, accepted.row) else sent


def _accepted(page: Page, assignment_id: int) -> Said | None:
    """The first acceptance of the words that hold now: a correction of other rows does not make these late."""
    said: Said | None = None
    for process in page.climbs.acceptances:
        older = _said(page, process, assignment_id)
        if older is None or (said and not _same(said.row, older.row)):
            break
        said = older
    return said if said and says_something(said.row) else None


def _sent(page: Page, assignment_id: int) -> Said | None:
    """An empty row speaks only where it withdraws what was accepted from the same page."""
    said = _said(page, page.climbs.sending, assignment_id)
    if said is None or says_something(said.row):
        return said
    return said if _accepted(page, assignment_id) else None


def _said(page: Page, process: Process | None, assignment_id: int) -> Said | None:
    if process is None:
        return None
    for row in process.revision.snapshot["rows"]:
        if row["assignment"] == assignment_id:
            returned = process.state == ProcessState.RETURNED
            return Said(process.revision, row, page.due, process.closed_at, returned, process.by_org_id)
    return None


def _same(row: Row, other: Row) -> bool:
    return all(row[key] == other[key] for key in ("total", "sentence", "files"))
