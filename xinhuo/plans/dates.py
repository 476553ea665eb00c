"""By when something is due. Every reader asks here, so that what moves a date moves it everywhere."""

import datetime as dt
from typing import Protocol

from .holidays import pauses_for
from .lights.pauses import days_between, moved


class Dated(Protocol):
    """An assignment, or a row of its columns."""

    due: dt.date | None


def due_of(item: Dated) -> dt.date | None:
    """The date that holds for one duty of one unit now: extensions and changes of the issuer are in it."""
    return item.due


def page_due(call_due: dt.date, kind: str) -> dt.date:
    """The date by which a unit of a kind must send its page: in the school holidays the first day after them."""
    return moved(call_due, pauses_for(kind))


def deadline(
    call_due: dt.date, *, due: dt.date | None, first_due: dt.date | None, extended: bool, kind: str
) -> dt.date:
    """By when the words on one duty had to be sent with a page.

    The page's date; later where the unit was given more time for a duty that was due no later than the page.
    """
    day = call_due
    if extended and due and first_due and first_due <= call_due:
        day = max(call_due, due)
    return page_due(day, kind)


def late_days(day: dt.date, due: dt.date, kind: str) -> int:
    """How many days after ``due`` something was sent; the holidays of schools do not count."""
    return days_between(due, day, pauses_for(kind))
