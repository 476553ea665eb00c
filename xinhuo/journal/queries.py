"""Reading the journal: what one may see of it, narrowed."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.apps import apps

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.core.contracts import Verb, collect

from .models import Entry, EntryQuerySet

ORDER = ("-at", "-id")
"""Newest first, and within one moment the one written last."""


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
    for field, text in (
        ("org_name", filters.unit),
        ("person_name", filters.person),
        ("sentence", filters.words),
    ):
        for word in text.split():
            found = found.filter(**{f"{field}__contains": word})
    return found


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.min, tzinfo=clock.SHANGHAI)
