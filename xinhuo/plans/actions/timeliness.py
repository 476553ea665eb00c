"""Freezing how late something was, at the moment it is first accepted: later changes do not touch it."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Max

from xinhuo.core import clock
from xinhuo.core.clock import SHANGHAI
from xinhuo.flows.models import Revision

from ..dates import deadline, due_of, late_days
from ..models import Assignment, Report, Timeliness
from ..said import says_something


def freeze(report: Report, revision: Revision) -> None:
    """Write down how late each duty's words came with this page. What was frozen before stays as it is."""
    said = [row["assignment"] for row in revision.snapshot["rows"] if says_something(row)]
    known = set(report.timeliness.values_list("assignment_id", flat=True))
    found = Assignment.objects.filter(pk__in=set(said) - known).select_related("org")
    sent_on = revision.at.astimezone(SHANGHAI).date()
    Timeliness.objects.bulk_create(
        [_frozen(item, report, sent_on) for item in found], ignore_conflicts=True, batch_size=500
    )


def _frozen(item: Assignment, report: Report, sent_on: dt.date) -> Timeliness:
    kind = item.org.kind
    due = deadline(
        report.call.due,
        due=due_of(item),
        first_due=item.first_due,
        extended=item.first_due is not None and item.first_due != item.due,
        kind=kind,
    )
    return Timeliness(
        assignment=item,
        report=report,
        org_id=item.org_id,
        due=due,
        sent_on=sent_on,
        days=late_days(sent_on, due, kind),
        at=clock.now(),
    )


def worst_days(assignment_ids: Iterable[int]) -> dict[int, int]:
    """The largest frozen number of days of each assignment; one query."""
    rows = Timeliness.objects.filter(assignment_id__in=list(assignment_ids)).order_by()
    return dict(rows.values_list("assignment_id").annotate(days=Max("days")))
