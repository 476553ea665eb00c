"""Which tick of recurring work a moment belongs to. Pure."""

import datetime as dt

from xinhuo.core.clock import SHANGHAI

EPOCH = dt.datetime(2000, 1, 1, tzinfo=SHANGHAI)
"""A midnight in Shanghai; the zone has had one offset since 1991, so days and hours stay where they are."""


def tick_of(moment: dt.datetime, every: dt.timedelta, at: dt.timedelta = dt.timedelta()) -> dt.datetime:
    """The latest tick that has come by ``moment``: ticks stand ``every`` apart, ``at`` after midnight."""
    first = EPOCH + at
    return first + (moment - first) // every * every
