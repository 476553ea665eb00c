"""Named reads about assignments and pages."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from ..enums import CallKind, ReportState
from ..models import Assignment, Duty, Report, ReportCall, ReportRow
from ..tally import Tally, both
from .answering import answering_units, serving


def children_tallies(assignment_ids: Iterable[int] | QuerySet[Assignment, int]) -> dict[int, Tally]:
    """For each assignment: how many units below have an accepted report, and their sum.

    Below are the units it was passed on to, and those the unit gave a duty of its own plan that answers it
    (对应上级); a unit that got both counts once.
    """
    ids = (  # one query even for none: a screen costs what it costs
        assignment_ids if isinstance(assignment_ids, QuerySet) else list(assignment_ids) or [0]
    )
    reported = Count("org", distinct=True, filter=Q(accepted_revision__isnull=False))
    passed_on = (
        Assignment.objects.complete()
        .filter(upstream_id__in=ids, cancelled_by=None)
        .order_by()
        .values_list("upstream_id")
    )
    proxied = Count("org", distinct=True, filter=Q(accepted_proxy__isnull=False))
    same = Q(duty__target_unit=F("duty__answers__target_unit"))
    rows = passed_on.annotate(
        expected=Count("org", distinct=True), reported=reported, total=Sum("accepted_number"), proxied=proxied
    ).union(
        answering_units(ids).annotate(
            expected=Count("org", distinct=True),
            reported=reported,
            total=Sum("accepted_number", filter=same),
            proxied=proxied,
        ),
        all=True,
    )
    found: dict[int, Tally] = {}
    for pk, expected, done, total, by_others in rows:
        tally = Tally(done, expected, total, by_others)
        found[pk] = both(found[pk], tally) if pk in found else tally
    return found


def assignments_for(call: ReportCall, org_id: int) -> QuerySet[Assignment]:
    """The duties a page has to speak about: what the caller gave this unit for the year.

    A duty that another one on the page answers is not asked for again: one report serves both.
    """
    found = Assignment.objects.complete().filter(by_org_id=call.issuer_id, org_id=org_id, cancelled_by=None)
    found = (
        found.filter(duty__plan__year=call.year)
        .exclude(duty__removed=True)
        .select_related("duty", "duty__node", "duty__plan__document")
    )
    if call.duty_ids:
        return found.filter(duty_id__in=call.duty_ids).order_by("duty__plan_id", "duty__position")
    found = found.exclude(pk__in=serving(found).values("pk"))
    return found.order_by("duty__plan_id", "duty__position")


def rows_of(report: Report) -> QuerySet[ReportRow]:
    """The page's rows with everything the screen needs; ``is_answered``: an own duty answers the one of the row."""
    answering = Duty.objects.filter(
        answers=OuterRef("assignment__duty"), removed=False, plan__document__issuer_id=report.org_id
    )
    rows = report.rows.annotate(is_answered=Exists(answering)).select_related(
        "assignment__org",
        "assignment__delivery",
        "assignment__amended_by__document",
        "assignment__cancelled_by__document",
        "assignment__duty__node",
        "assignment__duty__plan__document",
    )
    return rows.order_by("assignment__duty__plan_id", "assignment__duty__position")


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
