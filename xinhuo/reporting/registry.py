"""The measures that apps declare, and what they add up to over the tree."""

import datetime as dt
from dataclasses import replace

from xinhuo.core.contracts import Measure, by_kind, collect
from xinhuo.orgs.models import Org

from .rollup import Total, over_time, over_units


def measures() -> tuple[Measure, ...]:
    """Every measure of every installed app."""
    return collect("measures")


def measure(key: str) -> Measure:
    """The measure of that key. KeyError where no app declares it."""
    found: Measure = by_kind("measures")[key]
    return found


def total(key: str, org: Org, start: dt.date, end: dt.date) -> Total:
    """What a measure comes to for a unit and everything below it, from ``start`` to ``end`` (both inside).

    Counted over today's tree; a unit that reported nothing adds nothing and is missing, not zero. ``expected``
    holds those who owe a value and those who gave one unasked, so that "n of m" never exceeds itself.
    """
    found = measure(key)
    units = set(Org.objects.under(org.path).values_list("pk", flat=True))
    values = over_time(found.rows(start, end), found.over_time)
    figure = over_units(values, units, org.pk, found.over_units)
    if found.expected is None:
        return figure
    counted = {org.pk} if found.over_units == "none" else units
    concerned = (set(found.expected(start, end)) | set(values)) & counted
    return replace(figure, expected=len(concerned))
