"""What of a sent document can be moved or cancelled, and what a change would touch."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xinhuo.core.contracts import AmendableDate, Change, collect

from ..amended import DOCUMENT, Amendment
from ..models import Delivery, Document
from ..reach import everybody, passed_on_by
from .trays import own_delivery


def amendable_dates(document: Document) -> list[AmendableDate]:
    """The document's own date, and what the apps above hang on it.

    Where the document's date was taken from one of theirs, that one stands for both.
    """
    theirs = [item for hook in collect("amendment_hooks") for item in hook.dates(document.pk)]
    due = current_due(document)
    if due is None or any(item.sets_document and item.due == due for item in theirs):
        return theirs
    units = document.deliveries.complete().filter(is_copy=False).count()
    above = own_delivery(document)
    return [AmendableDate(DOCUMENT, "报送时限", due, units, latest=above.due if above else None), *theirs]


def current_due(document: Document) -> dt.date | None:
    """The date its receivers have: the latest one where it was sent more than once."""
    rows = document.deliveries.complete().filter(due__isnull=False)
    return rows.order_by("-due").values_list("due", flat=True).first() or document.due


@dataclass(frozen=True, slots=True)
class Targets:
    """Who gets the amending document: ``to`` have something to do and are reminded, ``copies`` only read it.

    ``forwarders`` passed the earlier document on: what they set below moves along.
    """

    to: tuple[int, ...]
    copies: tuple[int, ...]
    forwarders: tuple[int, ...]

    @property
    def everybody(self) -> list[int]:
        """All of them, work first."""
        return [*self.to, *self.copies]


def targets_of(document: Document) -> Targets:
    """Exactly the units that got it, however far it was passed on.

    A unit has to read the change when it got the document as work and has not done all it asked for.
    """
    rows = everybody(document)
    ids = [row.org_id for row in rows]
    done: set[int] = set()
    for hook in collect("amendment_hooks"):
        done |= hook.settled(document.pk, ids)
    to = [row.org_id for row in rows if _has_to_read(row, done)]
    work = set(to)
    senders = {item.issuer_id for item in passed_on_by(document, ids)}
    return Targets(
        tuple(to),
        tuple(pk for pk in ids if pk not in work),
        tuple(pk for pk in ids if pk in senders and pk != document.issuer_id),
    )


def _has_to_read(row: Delivery, done: set[int]) -> bool:
    return not row.is_copy and not (row.received_at and row.org_id in done)


def touched(document: Document, change: Change, org_ids: Sequence[int]) -> list[str]:
    """What a change would do, in sentences with numbers."""
    ids = [document.issuer_id, *org_ids]
    found: list[str] = []
    waiting = everybody(document)
    unsigned = sum(row.received_at is None and not row.is_copy for row in waiting)
    if change.whole and unsigned:
        found.append(f"{unsigned} 个还没签收的单位不用再签收，待办里的“签收”一并撤下。")
    if change.days.get(DOCUMENT):
        dated = Delivery.objects.filter(pk__in=[row.pk for row in waiting], due__isnull=False).count()
        found.append(f"{dated} 个单位的报送时限跟着顺延。")
    for hook in collect("amendment_hooks"):
        found += hook.touched(change, ids)
    return found


def days_between(dates: Mapping[str, dt.date], items: Sequence[AmendableDate]) -> dict[str, int]:
    """By how many days each chosen date moves; a date that carried the document's own carries it along."""
    days: dict[str, int] = {}
    for item in items:
        if item.due and item.key in dates:
            days[item.key] = (dates[item.key] - item.due).days
            if item.sets_document:
                days.setdefault(DOCUMENT, days[item.key])
    return days


@dataclass(frozen=True, slots=True)
class OwnDate:
    """A date that a unit set when it passed the document on; it may go back to ``earliest``, what it was before."""

    date: AmendableDate
    earliest: dt.date


def own_dates(amendment: Amendment, document: Document) -> list[OwnDate]:
    """The dates of the unit's own ``document`` (which passes the amended one on) that were moved by the amendment."""
    days = amendment.days
    return [
        OwnDate(item, item.due - dt.timedelta(days=days[item.key]))
        for item in amendable_dates(document)
        if item.due and days.get(item.key)
    ]
