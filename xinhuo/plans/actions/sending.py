"""Sending a plan turns its duties into work: assignments, and pages that will report on them."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.core.answer import require
from xinhuo.core.errors import BadInputError
from xinhuo.documents.actions import forward, send_document
from xinhuo.documents.models import Delivery, Dispatch
from xinhuo.flows.enums import Wait
from xinhuo.flows.models import Todo
from xinhuo.flows.todos import open_todo
from xinhuo.journal.actions import journal
from xinhuo.orgs.ancestry import ancestors_of_many
from xinhuo.orgs.models import Org

from ..enums import CallKind
from ..models import Assignment, Duty, Plan, Report, ReportCall
from ..rules.work import can_call, can_send_plan
from ..scopes import concerns, is_own

REPORT = "plans.report"
Criteria = Mapping[str, Any]
"""Of ``orgs.Selection``."""
CALL_NAMES = {CallKind.HALF: "上半年进展", CallKind.YEAR: "全年进展"}


@dataclass(frozen=True, slots=True)
class ReportDates:
    """By when the pages are due; None asks for no such page."""

    half: dt.date | None = None
    year: dt.date | None = None

    def as_params(self) -> dict[str, str]:
        """The dates as they travel with a dispatch."""
        pairs = ((CallKind.HALF, self.half), (CallKind.YEAR, self.year))
        return {str(kind): day.isoformat() for kind, day in pairs if day}


@transaction.atomic
def send_plan(
    plan: Plan,
    *,
    to: Criteria,
    to_label: str,
    dates: ReportDates,
    by: Actor,
    copies: Criteria | None = None,
    copies_label: str = "",
    due: dt.date | None = None,
) -> Dispatch:
    """Send a fixed plan: every receiver gets the duties whose scope names it, the issuer its own (本级).

    Returns the dispatch; more receivers than one chunk go through a job. Raises NotNowError while the plan is
    still being checked.
    """
    plan = Plan.objects.select_related("document", "document__issuer").get(pk=plan.pk)
    require(can_send_plan(by, plan))
    _assign_own(plan, dates=dates)
    return send_document(
        plan.document,
        to=to,
        to_label=to_label,
        copies=copies,
        copies_label=copies_label,
        due=due or dates.year,
        params={"calls": dates.as_params()},
        by=by,
    )


@transaction.atomic
def forward_plan(
    delivery: Delivery,
    *,
    number: str,
    title: str,
    remark: str,
    to: Criteria,
    to_label: str,
    dates: ReportDates,
    duty_ids: Sequence[int],
    by: Actor,
    copies: Criteria | None = None,
    copies_label: str = "",
) -> Dispatch:
    """Pass a received plan on under an own number; ``duty_ids`` are those of the unit's duties handed down."""
    own = set(
        Assignment.objects.filter(org_id=by.org_id, duty__plan__document_id=delivery.root_id).values_list(
            "duty_id", flat=True
        )
    )
    chosen = [duty_id for duty_id in duty_ids if duty_id in own]
    if own and not chosen:
        raise BadInputError("请至少选一个要下级办的落实点；不需要下级办的，可以只抄送。")
    return forward(
        delivery,
        number=number,
        title=title,
        remark=remark,
        to=to,
        to_label=to_label,
        copies=copies,
        copies_label=copies_label,
        due=dates.year or dates.half,
        params={"calls": dates.as_params(), "duties": chosen},
        by=by,
    )


def _assign_own(plan: Plan, *, dates: ReportDates) -> None:
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
        for call in _calls(issuer, plan.year, dates.as_params()):
            _open_pages(call, [issuer.pk], {issuer.pk: ancestry})


def assign_on_delivery(dispatch_id: int, org_ids: list[int], by: Actor) -> None:  # noqa: ARG001 - the hook's signature
    """The delivery hook: give each unit of a chunk its duties and its pages. Idempotent per unit."""
    dispatch = Dispatch.objects.select_related("document", "document__root", "document__issuer").get(
        pk=dispatch_id
    )
    root = dispatch.document.root_or_self
    plan = Plan.objects.filter(document=root).first()
    if plan is None:
        return
    ancestry = ancestors_of_many(org_ids)
    giver = dispatch.document.issuer
    _assign(dispatch, plan, org_ids, giver, ancestry)
    for call in _calls(giver, plan.year, dispatch.params.get("calls", {})):
        _open_pages(call, org_ids, ancestry)


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
    upstream = (
        {item.duty_id: item for item in Assignment.objects.filter(org=giver, duty__plan=plan)}
        if passed_on
        else {}
    )
    chosen = set(dispatch.params.get("duties") or [])
    duties = [
        duty
        for duty in Duty.objects.filter(plan=plan, removed=False)
        if not passed_on or (duty.pk in upstream and (not chosen or duty.pk in chosen))
    ]
    moment = clock.now()
    Assignment.objects.bulk_create(
        [
            Assignment(
                duty=duty,
                org_id=org_id,
                by_org=giver,
                upstream=upstream.get(duty.pk),
                delivery_id=deliveries.get(org_id),
                due=_due(duty, upstream.get(duty.pk), dispatch),
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


def _due(duty: Duty, upstream: Assignment | None, dispatch: Dispatch) -> dt.date | None:
    """A unit that passes work on with an earlier date asks for every duty earlier by as many days."""
    if upstream is None:
        return duty.due
    received = Delivery.objects.filter(root=dispatch.document.root, org=dispatch.document.issuer).first()
    if upstream.due and received and received.due and dispatch.due:
        return upstream.due - max(received.due - dispatch.due, dt.timedelta())
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
        calls.append(call)
    return sorted(calls, key=lambda call: call.due)


def _open_pages(
    call: ReportCall, org_ids: Iterable[int], ancestry: Mapping[int, Mapping[str, int | None]]
) -> None:
    """Create the units' pages; each unit's soonest unsent page of this caller goes on its list."""
    ids = list(org_ids)
    with_work = set(
        Assignment.objects.filter(
            by_org_id=call.issuer_id, org_id__in=ids, duty__plan__year=call.year
        ).values_list("org_id", flat=True)
    )
    moment = clock.now()
    Report.objects.bulk_create(
        [
            Report(call=call, org_id=org_id, to_org_id=call.issuer_id, created_at=moment, **ancestry[org_id])
            for org_id in ids
            if org_id in with_work
        ],
        ignore_conflicts=True,
        batch_size=500,
    )
    waiting = set(
        Report.objects.filter(
            call__issuer_id=call.issuer_id,
            call__year=call.year,
            org_id__in=ids,
            first_sent_at__isnull=True,
            call__due__lt=call.due,
        ).values_list("org_id", flat=True)
    )
    first = Report.objects.filter(call=call, org_id__in=with_work - waiting, first_sent_at__isnull=True)
    Todo.objects.bulk_create(
        [Todo(**_fill_todo(report), opened_at=moment) for report in first.select_related("call")],
        ignore_conflicts=True,
        batch_size=500,
    )


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


@transaction.atomic
def call_report(*, title: str, year: int, due: dt.date, duty_ids: Sequence[int], by: Actor) -> ReportCall:
    """Ask, out of turn, all units that hold the given duties for a page on them (empty: on all duties)."""
    require(can_call(by))
    if due < clock.today():
        raise BadInputError("时限已经过了，请选今天或以后的日期。")
    given = Assignment.objects.filter(by_org_id=by.org_id, duty__plan__year=year).exclude(org_id=by.org_id)
    if duty_ids:
        given = given.filter(duty_id__in=duty_ids)
    org_ids = sorted(set(given.values_list("org_id", flat=True)))
    if not org_ids:
        raise BadInputError("这些落实点还没有布置给任何单位，没有单位可以报送。")
    call = ReportCall.objects.create(
        issuer_id=by.org_id,
        kind=CallKind.REQUEST,
        year=year,
        title=title,
        due=due,
        duty_ids=list(duty_ids),
        created_at=clock.now(),
    )
    ancestry = ancestors_of_many(org_ids)
    moment = clock.now()
    reports = [
        Report(call=call, org_id=org_id, to_org_id=by.org_id, created_at=moment, **ancestry[org_id])
        for org_id in org_ids
    ]
    made = Report.objects.bulk_create(reports, batch_size=500)
    todos = [Todo(**_fill_todo(report), opened_at=moment) for report in made]
    Todo.objects.bulk_create(todos, ignore_conflicts=True, batch_size=500)
    journal(
        by,
        "plans.called",
        f"请{len(org_ids)}个单位报送《{title}》，{due.month}月{due.day}日前",
        kind="plans.call",
        subject_id=call.pk,
    )
    return call
