"""Reading the journal: filters, and pages that stay quick however long it grows."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.apps import apps
from django.db.models import Q

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.core.contracts import Verb, collect

from .models import Entry, EntryQuerySet

PAGE = 50
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reader asked for; empty fields do not narrow. ``start`` and ``end`` are days, both inclusive."""

    start: dt.date | None = None
    end: dt.date | None = None
    verb: str = ""
    unit: str = ""
    person: str = ""
    words: str = ""


def verb_labels() -> Mapping[str, str]:
    """Every verb's key with the words people filter by, as all apps declare them."""
    verbs: tuple[Verb, ...] = collect("verbs")
    return {verb.key: verb.label for verb in verbs}


def verb_groups() -> list[tuple[str, list[tuple[str, str]]]]:
    """The same, grouped by app for a list to choose from."""
    groups = []
    for config in apps.get_app_configs():
        verbs: tuple[Verb, ...] = getattr(config, "verbs", ())
        if verbs:
            groups.append((str(config.verbose_name), [(verb.key, verb.label) for verb in verbs]))
    return groups


def entries(actor: Actor, filters: Filters) -> EntryQuerySet:
    """What was done in the actor's unit and below and fits the filters, newest first."""
    found = Entry.objects.visible_to(actor)
    if filters.start:
        found = found.filter(at__gte=_midnight(filters.start))
    if filters.end:
        found = found.filter(at__lt=_midnight(filters.end + dt.timedelta(days=1)))
    if filters.verb:
        found = found.filter(verb=filters.verb)
    for field, text in (("org_name", filters.unit), ("person_name", filters.person), ("sentence", filters.words)):
        for word in text.split():
            found = found.filter(**{f"{field}__contains": word})
    return found


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.min, tzinfo=clock.SHANGHAI)


def page_of(found: EntryQuerySet, after: str, size: int = PAGE) -> tuple[list[Entry], str]:
    """The next ``size`` entries older than ``after``, and the mark of the last one when there are still more.

    The mark names a row by its moment and id, so a page costs the same however deep it lies and never repeats
    or skips an entry while new ones are written. A mark that cannot be read means the newest page.
    """
    if position := _read_mark(after):
        at, pk = position
        found = found.filter(Q(at__lt=at) | Q(at=at, pk__lt=pk))
    rows = list(found.order_by("-at", "-id")[: size + 1])
    more = len(rows) > size
    rows = rows[:size]
    return rows, _mark(rows[-1]) if more else ""


def _mark(entry: Entry) -> str:
    microseconds = (entry.at - EPOCH) // dt.timedelta(microseconds=1)
    return f"{microseconds}-{entry.pk}"


def _read_mark(text: str) -> tuple[dt.datetime, int] | None:
    moment, _, pk = text.partition("-")
    if not (moment.isascii() and moment.isdigit() and pk.isascii() and pk.isdigit()):
        return None
    try:
        return EPOCH + dt.timedelta(microseconds=int(moment)), int(pk[:18])
    except (OverflowError, ValueError):
        return None
