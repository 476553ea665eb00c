"""Sending a plan turns its duties into work: assignments, and pages that will report on them."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.core.answer import require
from xinhuo.core.errors import BadInputError
from xinhuo.documents.actions import forward, send_document
from xinhuo.documents.models import Delivery, Dispatch
from xinhuo.journal.actions import journal
from xinhuo.orgs.ancestry import ancestors_of_many

from ..enums import CallKind
from ..kinds import CALL
from ..models import Assignment, Plan, Report, ReportCall
from ..queries.work import call_dates
from ..rules.work import can_call, can_send_plan
from .assigning import CALL_NAMES, fill_todos

Criteria = Mapping[str, Any]
"""Of ``orgs.Selection``."""


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
    choice: Mapping[str, Any] | None = None,
) -> Dispatch:
    """Send a fixed plan: every receiver gets the duties whose scope names it, the issuer its own (本级).

    Where the unit approves what leaves it, all that happens with the last signature.
    Returns the dispatch; more receivers than one chunk go through a job. Raises NotNowError while the plan is
    still being checked.
    """
    plan = Plan.objects.select_related("document", "document__issuer").get(pk=plan.pk)
    require(can_send_plan(by, plan))
    _require_same_dates(dates, by.org_id, plan.year)
    return send_document(
        plan.document,
        to=to,
        to_label=to_label,
        copies=copies,
        copies_label=copies_label,
        due=due or dates.year,
        params={"calls": dates.as_params()},
        choice=choice,
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
    choice: Mapping[str, Any] | None = None,
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
    _require_same_dates(dates, by.org_id, delivery.root.plan.year)
    return forward(
        delivery,
        number=number,
        title=title,
        remark=remark,
        to=to,
        to_label=to_label,
        copies=copies,
        copies_label=copies_label,
        due=dates.year,
        params={"calls": dates.as_params(), "duties": chosen},
        choice=choice,
        by=by,
    )


def _require_same_dates(dates: ReportDates, giver_id: int, year: int) -> None:
    """A unit's half-year and year-end pages have one date each, for everybody it asks that year."""
    fixed = call_dates(giver_id, year)
    for kind, text in dates.as_params().items():
        due = fixed.get(kind)
        if due and due.isoformat() != text:
            raise BadInputError(
                f"您单位今年的{CALL_NAMES[CallKind(kind)]}已定在{due.month}月{due.day}日前报送，请填同一天。"
            )


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
    fill_todos(made)
    journal(
        by,
        "plans.called",
        f"请{len(org_ids)}个单位报送《{title}》，{due.month}月{due.day}日前",
        kind=CALL,
        subject_id=call.pk,
    )
    return call
