"""What a change of a plan's document does to the work that came of it: calls, duties, assignments, pages."""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import F

from xinhuo.core.actor import Actor
from xinhuo.core.contracts import Change
from xinhuo.core.dates_zh import short_date
from xinhuo.documents.actions.applying import move_dates
from xinhuo.documents.amended import DOCUMENT
from xinhuo.documents.models import Document
from xinhuo.documents.reach import passed_on_by
from xinhuo.flows.enums import Wait
from xinhuo.flows.models import Todo
from xinhuo.flows.todos import close_many

from ..enums import Basis, CallKind, ReportState
from ..kinds import REPORT
from ..models import Assignment, Duty, Plan, Report, ReportCall
from ..queries.amending import DUTY, KINDS, document_of, plan_of

OPEN = (ReportState.DRAFT, ReportState.RETURNED)
TO_FILL = (Wait.FILL, Wait.CORRECT)


def apply(change: Change, org_ids: list[int], by: Actor) -> None:  # noqa: ARG001 - the hook's signature
    """The amendment hook: bring these units' calls, assignments and pages in line. Idempotent per unit."""
    document = document_of(change.document_id)
    plan = plan_of(document)
    if plan is None:
        return
    givers = {item.issuer_id for item in passed_on_by(document, org_ids)}
    _move_calls(change, plan, givers)
    _move_duties(change, plan, document, org_ids)
    _move_with_document(change, plan, org_ids)
    _cancel_calls(change, plan, givers)
    _cancel_duties(change, plan, document, org_ids)


def _move_calls(change: Change, plan: Plan, givers: Collection[int]) -> None:
    for kind in KINDS:
        if days := change.days.get(kind):
            calls = ReportCall.objects.filter(issuer_id__in=givers, year=plan.year, kind=kind)
            move_dates(calls, days, change, _move_todos)


def _move_todos(call_ids: Sequence[int], due: dt.date) -> None:
    """What waits to be filled for these calls has the new date, and says so."""
    pages = Report.objects.filter(call_id__in=call_ids).values("pk")
    todos = Todo.objects.open().filter(kind=REPORT, subject_id__in=pages)
    todos.filter(wait=Wait.FILL).update(due=due, detail=f"时限已改到{short_date(due)}，写好的都还在。")
    todos.filter(wait=Wait.CORRECT).update(due=due)


def _duty_ids(keys: Collection[str]) -> dict[int, str]:
    return {int(key.removeprefix(DUTY)): key for key in keys if key.startswith(DUTY)}


def _move_duties(change: Change, plan: Plan, document: Document, org_ids: Sequence[int]) -> None:
    for pk, key in _duty_ids(change.days).items():
        days = change.days[key]
        if document.root_id is None and document.issuer_id in org_ids:
            for duty in Duty.objects.filter(pk=pk, plan=plan):
                _move_points(duty, days, change)
                move_dates(Duty.objects.filter(pk=pk), days, change, _say_basis)
        move_dates(_theirs(change, plan, org_ids).filter(duty_id=pk), days, change, _keep_first)


def _say_basis(ids: Sequence[int], due: dt.date) -> None:  # noqa: ARG001 - called with the new date
    Duty.objects.filter(pk__in=ids).update(due_basis=Basis.NOTICE)


def _keep_first(ids: Sequence[int], due: dt.date) -> None:  # noqa: ARG001 - called with the new date
    """More time for a duty is more time for the page that has to speak about it (see ``dates.deadline``)."""
    items = Assignment.objects.filter(pk__in=ids, first_due__isnull=True)
    items.update(first_due=F("due_before"))


def _move_points(duty: Duty, days: int, change: Change) -> None:
    """A sub-date that is the duty's own date moves with it; earlier ones stay as printed."""
    if duty.due is None or duty.amended_by_id == change.amendment_id:
        return
    old, new = duty.due.isoformat(), (duty.due + dt.timedelta(days=days)).isoformat()
    points = [
        {**point, "due": new, "basis": Basis.NOTICE} if point.get("due") == old else point
        for point in duty.time_points
    ]
    Duty.objects.filter(pk=duty.pk).update(time_points=points)


def _theirs(change: Change, plan: Plan, org_ids: Sequence[int]) -> Any:
    """The assignments these units hold of the plan, but what the issuer of the changed document holds from above."""
    found = Assignment.objects.filter(org_id__in=org_ids, duty__plan=plan)
    document = document_of(change.document_id)
    return found if document.root_id is None else found.exclude(org_id=document.issuer_id)


def _move_with_document(change: Change, plan: Plan, org_ids: Sequence[int]) -> None:
    """Where a duty's date was the date of the document that passed it on, it moves with that."""
    days = change.days.get(DOCUMENT)
    if not days:
        return
    rows = _theirs(change, plan, org_ids).filter(
        delivery__amended_by_id=change.amendment_id, due__isnull=False
    )
    step = dt.timedelta(days=days)  # the delivery has moved already
    same = [pk for pk, due, moved in rows.values_list("pk", "due", "delivery__due") if due + step == moved]
    move_dates(Assignment.objects.filter(pk__in=same), days, change)


def _cancel_calls(change: Change, plan: Plan, givers: Collection[int]) -> None:
    kinds = [kind for kind in KINDS if kind in change.cancels]
    calls = ReportCall.objects.filter(issuer_id__in=givers, year=plan.year, kind__in=kinds, cancelled_by=None)
    ids = list(calls.values_list("pk", flat=True))
    ReportCall.objects.filter(pk__in=ids).update(cancelled_by_id=change.amendment_id)
    _strike(Report.objects.filter(call_id__in=ids), change)


def _cancel_duties(change: Change, plan: Plan, document: Document, org_ids: Sequence[int]) -> None:
    named = _duty_ids(change.cancels)
    if not (named or change.whole):
        return
    rows = _theirs(change, plan, org_ids).filter(cancelled_by=None)
    duties = Duty.objects.filter(plan=plan, cancelled_by=None)
    if not change.whole:
        rows, duties = rows.filter(duty_id__in=named), duties.filter(pk__in=named)
    if document.root_id is None and document.issuer_id in org_ids:
        duties.update(cancelled_by_id=change.amendment_id)
    rows.update(cancelled_by_id=change.amendment_id)
    _strike_empty_pages(change, plan, document, org_ids)


def _strike_empty_pages(change: Change, plan: Plan, document: Document, org_ids: Sequence[int]) -> None:
    """A page about nothing is owed no longer. One that was sent or accepted stays as it is."""
    pages = Report.objects.filter(org_id__in=org_ids, call__year=plan.year, cancelled_by=None, state__in=OPEN)
    if document.root_id is not None:
        pages = pages.exclude(org_id=document.issuer_id)
    pairs = Assignment.objects.filter(org_id__in=org_ids, duty__plan__year=plan.year, cancelled_by=None)
    left: dict[tuple[int, int], set[int]] = {}
    for org, giver, duty in pairs.values_list("org_id", "by_org_id", "duty_id"):
        left.setdefault((org, giver), set()).add(duty)
    empty = [
        page.pk
        for page in pages.select_related("call")
        if not _asked(page, left.get((page.org_id, page.to_org_id), set()))
    ]
    _strike(Report.objects.filter(pk__in=empty), change)


def _asked(page: Report, duties: Collection[int]) -> bool:
    wanted = page.call.duty_ids
    return bool(set(duties) & set(wanted)) if page.call.kind == CallKind.REQUEST and wanted else bool(duties)


def _strike(pages: Any, change: Change) -> None:
    ids = list(pages.filter(state__in=OPEN, cancelled_by=None).values_list("pk", flat=True))
    Report.objects.filter(pk__in=ids).update(cancelled_by_id=change.amendment_id)
    close_many(REPORT, ids, *TO_FILL)
