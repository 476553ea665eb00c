"""Duties become work: assignments, pages that will report on them, and what goes on the units' lists."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.core.dates_zh import full_date
from xinhuo.documents.models import Delivery, Dispatch
from xinhuo.flows.enums import Wait
from xinhuo.flows.models import Todo
from xinhuo.flows.todos import open_todo
from xinhuo.orgs.ancestry import ancestors_of_many
from xinhuo.orgs.models import Org

from ..enums import CallKind, PlanState, ReportState
from ..kinds import REPORT
from ..models import Assignment, Duty, Plan, Report, ReportCall
from ..scopes import concerns, is_own

NEAR_DAYS = 30
CALL_NAMES = {CallKind.HALF: "上半年进展", CallKind.YEAR: "全年进展"}


def assign_own(plan: Plan, *, dates: Mapping[str, str]) -> None:
    """The issuer's own duties (本级) and its pages about them; ``dates`` are ISO dates by kind of page."""
    issuer = plan.document.issuer
    own = [duty for duty in plan.duties.filter(removed=False) if is_own(duty.scope)]
    ancestry = ancestors_of_many([issuer.pk])[issuer.pk]
    Assignment.objects.bulk_create(
        [
            Assignment(duty=duty, org=issuer, by_org=issuer, due=duty.due, created_at=clock.now(), **ancestry)
            for duty in own
        ],
        ignore_conflicts=True,
    )
    if own:
        for call in _calls(issuer, plan.year, dates):
            _open_pages(call, [issuer.pk], {issuer.pk: ancestry})
        _put_on_lists(issuer.pk, plan.year, [issuer.pk])


def assign_on_start(dispatch_id: int, by: Actor) -> None:  # noqa: ARG001 - the hook's signature
    """The issuer's own duties, once its plan is really sent: not while the unit is still approving it."""
    dispatch = Dispatch.objects.select_related("document__issuer").get(pk=dispatch_id)
    plan = Plan.objects.filter(document=dispatch.document, state=PlanState.PUBLISHED).first()
    if plan is not None and "calls" in dispatch.params:
        plan.document = dispatch.document
        assign_own(plan, dates=dispatch.params["calls"])


def describe_sending(dispatch_id: int) -> list[tuple[str, str]]:
    """What those who approve the sending of a plan have to know beside its audience."""
    dispatch = Dispatch.objects.select_related("document__root").get(pk=dispatch_id)
    plan = _plan_of(dispatch)
    if plan is None:
        return []
    given = dispatch.params.get("calls", {})
    dates = [
        f"{CALL_NAMES[CallKind(kind)]} {full_date(dt.date.fromisoformat(day))}前"
        for kind, day in given.items()
    ]
    chosen = dispatch.params.get("duties")
    number = len(chosen) if chosen else plan.duties.filter(removed=False).count()
    return [
        ("报送", "；".join(dates) or "没有定报送日期"),
        ("落实点", f"{number} 个，每个单位只收到与它有关的"),
    ]


def assign_on_delivery(dispatch_id: int, org_ids: list[int], by: Actor) -> None:  # noqa: ARG001 - the hook's signature
    """The delivery hook: give each unit of a chunk its duties and its pages. Idempotent per unit."""
    dispatch = Dispatch.objects.select_related("document", "document__root", "document__issuer").get(
        pk=dispatch_id
    )
    plan = _plan_of(dispatch)
    if plan is None:
        return
    ancestry = ancestors_of_many(org_ids)
    giver = dispatch.document.issuer
    _assign(dispatch, plan, org_ids, giver, ancestry)
    for call in _calls(giver, plan.year, dispatch.params.get("calls", {})):
        _open_pages(call, org_ids, ancestry)


def list_on_arrival(dispatch_id: int, org_ids: list[int]) -> None:
    """The second half of the hook: the dispatch is complete, the pages go on the units' lists."""
    dispatch = Dispatch.objects.select_related("document__root").get(pk=dispatch_id)
    plan = _plan_of(dispatch)
    if plan is not None and dispatch.params.get("calls"):
        _put_on_lists(dispatch.document.issuer_id, plan.year, org_ids)


def _plan_of(dispatch: Dispatch) -> Plan | None:
    root = dispatch.document.root_or_self
    return Plan.objects.filter(document=root, state=PlanState.PUBLISHED).first()


def _assign(
    dispatch: Dispatch,
    plan: Plan,
    org_ids: Sequence[int],
    giver: Org,
    ancestry: Mapping[int, Mapping[str, int | None]],
) -> None:
    deliveries = dict(
        Delivery.objects.filter(dispatch=dispatch, org_id__in=org_ids).values_list("org_id", "pk")
    )
    kinds = dict(Org.objects.filter(pk__in=org_ids).values_list("pk", "kind"))
    passed_on = dispatch.document.forwards_id is not None
    own = Assignment.objects.filter(org=giver, duty__plan=plan)
    upstream = {item.duty_id: item for item in own} if passed_on else {}
    duties = _duties(dispatch, plan, upstream)
    earlier = _earlier_by(dispatch) if passed_on else None
    moment = clock.now()
    Assignment.objects.bulk_create(
        [
            Assignment(
                duty=duty,
                org_id=org_id,
                by_org=giver,
                upstream=upstream.get(duty.pk),
                delivery_id=deliveries.get(org_id),
                due=_due(duty, upstream.get(duty.pk), dispatch, earlier),
                created_at=moment,
                **ancestry[org_id],
            )
            for org_id in org_ids
            for duty in duties
            if passed_on or concerns(duty.scope, org_id=org_id, kind=kinds[org_id])
        ],
        ignore_conflicts=True,
        batch_size=500,
    )


def _duties(dispatch: Dispatch, plan: Plan, upstream: Mapping[int, Assignment]) -> list[Duty]:
    """All duties of a plan that is sent; of one that is passed on, the giver's own, as far as they were chosen."""
    duties = list(Duty.objects.filter(plan=plan, removed=False))
    if dispatch.document.forwards_id is None:
        return duties
    chosen = set(dispatch.params.get("duties") or upstream)
    return [duty for duty in duties if duty.pk in upstream and duty.pk in chosen]


def _earlier_by(dispatch: Dispatch) -> dt.timedelta | None:
    """By how much a unit that passes work on asks for it earlier; None where one of the dates is not set."""
    received = Delivery.objects.filter(root=dispatch.document.root, org=dispatch.document.issuer).first()
    if received is None or received.due is None or dispatch.due is None:
        return None
    return max(received.due - dispatch.due, dt.timedelta())


def _due(
    duty: Duty, upstream: Assignment | None, dispatch: Dispatch, earlier: dt.timedelta | None
) -> dt.date | None:
    """A unit that passes work on with an earlier date asks for every duty earlier by as many days."""
    if upstream is None:
        return duty.due
    if upstream.due and earlier is not None:
        return upstream.due - earlier
    return min((day for day in (upstream.due, dispatch.due) if day), default=None)


def _calls(issuer: Org, year: int, dates: Mapping[str, str]) -> list[ReportCall]:
    calls = []
    for kind, text in dates.items():
        day = dt.date.fromisoformat(text)
        call, _ = ReportCall.objects.get_or_create(
            issuer=issuer,
            year=year,
            kind=kind,
            defaults={
                "title": f"{year}年{CALL_NAMES[CallKind(kind)]}",
                "due": day,
                "created_at": clock.now(),
            },
        )
        if call.cancelled_by_id:  # asked for anew
            call.cancelled_by, call.due = None, day
            call.save(update_fields=["cancelled_by", "due"])
        calls.append(call)
    return sorted(calls, key=lambda call: call.due)


def _open_pages(
    call: ReportCall, org_ids: Sequence[int], ancestry: Mapping[int, Mapping[str, int | None]]
) -> None:
    """Create the pages of units that have work from this caller."""
    given = Assignment.objects.filter(
        by_org_id=call.issuer_id, org_id__in=org_ids, duty__plan__year=call.year
    )
    with_work = set(given.values_list("org_id", flat=True))
    moment = clock.now()
    Report.objects.bulk_create(
        [
            Report(call=call, org_id=org_id, to_org_id=call.issuer_id, created_at=moment, **ancestry[org_id])
            for org_id in org_ids
            if org_id in with_work
        ],
        ignore_conflicts=True,
        batch_size=500,
    )


def _put_on_lists(giver_id: int, year: int, org_ids: Sequence[int]) -> None:
    """Each unit's soonest page that was never sent goes on its list; the next one follows when that is accepted."""
    pages = Report.objects.filter(
        call__issuer_id=giver_id,
        call__year=year,
        org_id__in=org_ids,
        state=ReportState.DRAFT,
        first_sent_at=None,
        cancelled_by=None,
    ).exclude(call__kind=CallKind.REQUEST)
    soonest: dict[int, Report] = {}
    for page in pages.select_related("call").order_by("call__due", "pk"):
        soonest.setdefault(page.org_id, page)
    fill_todos(soonest.values())


def open_standing_pages(giver_id: int, year: int, org_ids: Sequence[int]) -> None:
    """Units that got work later than the others get the pages the giver asked for and that are still to come."""
    ancestry = ancestors_of_many(list(org_ids))
    calls = ReportCall.objects.filter(issuer_id=giver_id, year=year, due__gte=clock.today())
    for call in calls.exclude(kind=CallKind.REQUEST).order_by("due"):
        _open_pages(call, org_ids, ancestry)
    _put_on_lists(giver_id, year, org_ids)


def list_near_pages() -> None:
    """The schedule: a page due within a month goes on its unit's list, whatever became of the one before it."""
    today = clock.today()
    near = Report.objects.filter(
        state=ReportState.DRAFT,
        first_sent_at=None,
        cancelled_by=None,
        call__due__gte=today,
        call__due__lte=today + dt.timedelta(days=NEAR_DAYS),
    )
    fill_todos(near.select_related("call").iterator(chunk_size=1000))


def fill_todos(pages: Iterable[Report]) -> None:
    """Put pages on their units' lists; one that is there already stays as it is."""
    moment = clock.now()
    todos = [Todo(**_fill_todo(page), opened_at=moment) for page in pages]
    Todo.objects.bulk_create(todos, ignore_conflicts=True, batch_size=500)


def _fill_todo(report: Report) -> dict[str, Any]:
    return {
        "org_id": report.org_id,
        "wait": Wait.FILL,
        "kind": REPORT,
        "subject_id": report.pk,
        "title": f"报送{report.call.title}",
        "detail": "一页写完您单位承担的全部落实点，一次提交。",
        "due": report.call.due,
    }


def open_fill_todo(report: Report) -> None:
    """Put a page on the unit's list."""
    open_todo(**_fill_todo(report))
