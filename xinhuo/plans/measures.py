"""What this app counts: duties given, and duties with an accepted report."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Count

from xinhuo.core.clock import SHANGHAI
from xinhuo.core.contracts import Measure

from .models import Assignment


def _span(start: dt.date, end: dt.date) -> tuple[dt.datetime, dt.datetime]:
    first = dt.datetime.combine(start, dt.time(), SHANGHAI)
    return first, dt.datetime.combine(end + dt.timedelta(days=1), dt.time(), SHANGHAI)


def _given(start: dt.date, end: dt.date) -> Iterable[tuple[int, int]]:
    first, last = _span(start, end)
    rows = Assignment.objects.filter(created_at__gte=first, created_at__lt=last)
    return rows.values("org_id").annotate(n=Count("pk")).values_list("org_id", "n")


def _accepted(start: dt.date, end: dt.date) -> Iterable[tuple[int, int]]:
    first, last = _span(start, end)
    rows = Assignment.objects.filter(accepted_at__gte=first, accepted_at__lt=last)
    return rows.values("org_id").annotate(n=Count("pk")).values_list("org_id", "n")


MEASURES = (
    Measure("plans.duties_given", "承担的落实点", "项", rows=_given),
    Measure("plans.duties_accepted", "已审核的落实点", "项", rows=_accepted),
)
