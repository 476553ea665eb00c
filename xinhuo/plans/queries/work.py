"""Named reads about assignments and pages."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Count, F, Q, QuerySet, Sum

from xinhuo.flows.models import Revision

from ..enums import CallKind
from ..models import Assignment, Report, ReportCall, ReportRow
from ..tally import Tally


def children_tallies(assignment_ids: Iterable[int]) -> dict[int, Tally]:
    """For each assignment that was passed on: how many units below have an accepted report, and their sum."""
    rows = (
        Assignment.objects.filter(upstream_id__in=list(assignment_ids))
        .values("upstream_id")
        .annotate(
            expected=Count("pk"),
            reported=Count("pk", filter=Q(accepted_revision__isnull=False)),
            total=Sum("accepted_number"),
        )
    )
    return {row["upstream_id"]: Tally(row["reported"], row["expected"], row["total"]) for row in rows}


def duties_tallies(by_org_id: int, plan_id: int) -> dict[int, Tally]:
    """For each duty of a plan: accepted reports of the units that ``by_org_id`` assigned directly."""
    rows = (
        Assignment.objects.filter(by_org_id=by_org_id, duty__plan_id=plan_id)
        .values("duty_id")
        .annotate(
            expected=Count("pk"),
            reported=Count("pk", filter=Q(accepted_revision__isnull=False)),
            total=Sum("accepted_number"),
        )
    )
    return {row["duty_id"]: Tally(row["reported"], row["expected"], row["total"]) for row in rows}


def assignments_for(call: ReportCall, org_id: int) -> QuerySet[Assignment]:
    """The duties a page has to speak about: what the caller gave this unit for the year."""
    found = Assignment.objects.filter(by_org_id=call.issuer_id, org_id=org_id, duty__plan__year=call.year)
    found = found.exclude(duty__removed=True).select_related("duty", "duty__node", "duty__plan__document")
    if call.duty_ids:
        found = found.filter(duty_id__in=call.duty_ids)
    return found.order_by("duty__plan_id", "duty__position")


def rows_of(report: Report) -> QuerySet[ReportRow]:
    """The page's rows with everything the screen needs."""
    return report.rows.select_related(
        "assignment", "assignment__duty", "assignment__duty__node", "assignment__duty__plan__document"
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
            first_sent_at__isnull=True,
        )
        .select_related("call", "org", "to_org")
        .order_by("call__due")
        .first()
    )


def snapshots(kind: str, subject_id: int) -> dict[int, Revision]:
    """All revisions of a subject by number."""
    return {item.number: item for item in Revision.objects.filter(kind=kind, subject_id=subject_id)}


def calls_for(org_id: int) -> QuerySet[Report]:
    """A unit's pages, the soonest date first."""
    return (
        Report.objects.filter(org_id=org_id)
        .select_related("call", "to_org", "org")
        .order_by(F("first_sent_at").asc(nulls_first=True), "call__due", "pk")
    )


def call_progress(call_ids: Iterable[int]) -> dict[int, dict[str, int]]:
    """For each call: how many pages stand in which state."""
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    rows = (
        Report.objects.filter(call_id__in=list(call_ids)).values("call_id", "state").annotate(n=Count("pk"))
    )
    for row in rows:
        counts[row["call_id"]][row["state"]] = row["n"]
    return counts


def own_call_dates(org_id: int, giver_id: int, year: int) -> dict[str, dt.date]:
    """By when the unit itself must report to ``giver_id``, by kind of page: those below need earlier dates."""
    found = ReportCall.objects.filter(reports__org_id=org_id, issuer_id=giver_id, year=year)
    return {str(kind): due for kind, due in found.values_list("kind", "due") if kind != CallKind.REQUEST}
