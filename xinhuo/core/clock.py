"""The only clock. Dates are Asia/Shanghai dates; due dates are inclusive. Only test settings may move it."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

SHANGHAI = ZoneInfo("Asia/Shanghai")


def _shift() -> dt.timedelta:
    shift = getattr(settings, "CLOCK_SHIFT", None)
    return shift if isinstance(shift, dt.timedelta) else dt.timedelta()


def now() -> dt.datetime:
    """The present moment, aware, in Shanghai time."""
    return timezone.now().astimezone(SHANGHAI) + _shift()


def today() -> dt.date:
    """Today's date in Shanghai."""
    return now().date()


def days_left(due: dt.date) -> int:
    """Whole days until ``due`` (0 = due today, negative = late by that many days)."""
    return (due - today()).days
