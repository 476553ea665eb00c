"""Named reads about assignments and pages."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Count, F, Q, QuerySet, Sum

from ..enums import CallKind, ReportState
from ..models import Assignment, Report, ReportCall, ReportRow
from ..tally import Tally


def children_tallies(assignment_ids: Iterable[int] | QuerySet[Assignment, int]) -> dict[int, Tally]:
    """For each assignment that was passed on: how many units below have an accepted report, and their sum."""
    ids = assignment_ids if isinstance(assignment_ids, QuerySet) else list(assignment_ids)
    rows = (
        Assignment.objects.complete()
        .filter(upstream_id__in=ids, cancelled_by__isnull=True)
        .values("upstream_id")
        .annotate(
            expected=Count("pk"),
            reported=Count("pk", filter=Q(accepted_revision__isnull=False)),
            total=Sum("accepted_number"),
            proxied=Count("pk", filter=Q(accepted_proxy__isnull=False)),
        )
    )
    return {
        row["upstream_id"]: Tally(row["reported"], row["expected"], row["total"], row["proxied"])
        for row in rows
    }


def assignments_for(call: ReportCall, org_id: int) -> QuerySet[Assignment]:
    """The duties a page has to speak about: what the caller gave this unit for the year."""
    found = Assignment.objects.complete().filter(by_org_id=call.issuer_id, org_id=org_id, cancelled_by=None)
    found = (
        found.filter(duty__plan__year=call.year)
        .exclude(duty__removed=True)
        .select_related("duty", "duty__node", "duty__plan__document")
    )
    if call.duty_ids:
        found = found.filter(duty_id__in=call.duty_ids)
    return found.order_by("duty__plan_id", "duty__position")


def rows_of(report: Report) -> QuerySet[ReportRow]:
    """The page's rows with everything the screen needs."""
    return report.rows.select_related(
        "assignment__org",
        "assignment__delivery",
        "assignment__amended_by__document",
        "assignment__cancelled_by__document",
        "assignment__duty__node",
        "assignment__duty__plan__document",
    ).order_by("assignment__duty__plan_id", "assignment__duty__position")


def previous_words(org_id: int, assignment_ids: Iterable[int]) -> dict[int, tuple[Decimal | None, str]]:
    """What the unit last said about each duty on any page, to spare it typing the same twice."""
    said: dict[int, tuple[Decimal | None, str]] = {}
    rows = ReportRow.objects.filter(report__org_id=org_id, assignment_id__in=list(assignment_ids)).filter(
        Q(number__isnull=False) | ~Q(sentence="")
    )
    for row in rows.order_by("report__call__due", "pk"):
        said[row.assignment_id] = (row.number, row.sentence)
    return said


def next_call_report(report: Report) -> Report | None:
    """The unit's next page for the same caller and year that nothing was sent for yet."""
    return (
        Report.objects.filter(
            org_id=report.org_id,
            to_org_id=report.to_org_id,
            call__year=report.call.year,
            call__due__gt=report.call.due,
            state=ReportState.DRAFT,
            first_sent_at__isnull=True,
            cancelled_by=None,
        )
        .select_related("call", "org", "to_org")
        .order_by("call__due")
        .first()
    )


def calls_for(org_id: int) -> QuerySet[Report]:
    """A unit's pages, the soonest date first."""
    return (
        Report.objects.filter(org_id=org_id)
        .select_related("call", "to_org", "org", "cancelled_by__document")
        .order_by(F("first_sent_at").asc(nulls_first=True), "call__due", "pk")
    )


def own_call_dates(org_id: int, giver_id: int, year: int) -> dict[str, dt.date]:
    """By when the unit itself must report to ``giver_id``, by kind of page: those below need earlier dates."""
    found = ReportCall.objects.filter(
        reports__org_id=org_id, issuer_id=giver_id, year=year, cancelled_by=None
    )
    return {str(kind): due for kind, due in found.values_list("kind", "due") if kind != CallKind.REQUEST}


def call_dates(giver_id: int, year: int) -> dict[str, dt.date]:
    """By when a unit has asked those below for its half-year and year-end pages, by kind."""
    found = ReportCall.objects.filter(issuer_id=giver_id, year=year, cancelled_by=None)
    found = found.exclude(kind=CallKind.REQUEST)
    return {str(kind): due for kind, due in found.values_list("kind", "due")}
