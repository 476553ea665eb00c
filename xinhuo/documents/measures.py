"""What documents count: sent by a unit, received by a unit."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Count, QuerySet

from xinhuo.core.clock import SHANGHAI
from xinhuo.core.contracts import Measure

from .models import Delivery, Document


def _span(start: dt.date, end: dt.date) -> tuple[dt.datetime, dt.datetime]:
    """The moments from the first day's midnight until before the day after the last one, in Shanghai."""
    first = dt.datetime.combine(start, dt.time.min, SHANGHAI)
    return first, dt.datetime.combine(end + dt.timedelta(days=1), dt.time.min, SHANGHAI)


def sent(start: dt.date, end: dt.date) -> Iterable[tuple[int, int]]:
    """Documents a unit sent for the first time between two days, forwarded ones included."""
    first, after = _span(start, end)
    rows = Document.objects.filter(sent_at__gte=first, sent_at__lt=after)
    return rows.order_by().values_list("issuer_id").annotate(number=Count("pk"))


def received(start: dt.date, end: dt.date) -> Iterable[tuple[int, int]]:
    """Documents a unit received as work between two days; copies for reading do not count."""
    first, after = _span(start, end)
    rows: QuerySet[Delivery] = Delivery.objects.complete().filter(is_copy=False)
    rows = rows.filter(received_at__gte=first, received_at__lt=after)
    return rows.order_by().values_list("org_id").annotate(number=Count("pk"))


MEASURES = (
    Measure("documents.sent", "下发文件", "份", sent),
    Measure("documents.received", "签收文件", "份", received),
)
