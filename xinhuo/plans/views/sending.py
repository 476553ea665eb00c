"""Sending a plan to an audience, and passing a received one on. Choose, look once more, send."""

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from xinhuo.core import clock
from xinhuo.core.answer import require
from xinhuo.core.http import MemberRequest, page, signed_in, toast
from xinhuo.documents.actions.approving import needs_approval
from xinhuo.documents.audience import FIND, AudienceForm
from xinhuo.documents.enums import DispatchState
from xinhuo.documents.forms import ForwardForm
from xinhuo.documents.models import Delivery, Dispatch, Document
from xinhuo.documents.queries.leaving import asked_of
from xinhuo.documents.rules import can_forward

from ..actions.sending import ReportDates, forward_plan, send_plan
from ..forms.work import ReportDatesForm
from ..models import Assignment, Plan
from ..queries.earlier import sent_before
from ..queries.work import call_dates, own_call_dates
from ..rules.work import can_send_plan

CONFIRM = "confirm"
NOT_KEPT = frozenset({"csrfmiddlewaretoken", "as_post", "to_q", "copy_q", FIND, CONFIRM})


def _audiences(chosen: AudienceForm) -> dict[str, Any]:
    to, copies = chosen.to, chosen.copies
    return {
        "choice": chosen.choice,
        "to": to.criteria,
        "to_label": to.label,
        "copies": copies.criteria if copies else None,
        "copies_label": copies.label if copies else "",
    }


def _still_open(dates: dict[str, dt.date]) -> dict[str, dt.date]:
    """What was asked for before stands in the form; a date that has passed is not asked for again."""
    return {kind: day for kind, day in dates.items() if day >= clock.today()}


def _first_dates(org_id: int, plan: Plan, asked: Dispatch | None) -> dict[str, dt.date]:
    """What stands in the form at first: the unit's dates of the year, and those of a sending that was returned."""
    returned = asked.params.get("calls", {}) if asked else {}
    wished = {kind: dt.date.fromisoformat(day) for kind, day in returned.items()}
    return _still_open({**wished, **call_dates(org_id, plan.year)})


def _dates(form: ReportDatesForm) -> ReportDates:
    return ReportDates(form.cleaned_data.get("half"), form.cleaned_data.get("year"))


def _step(request: MemberRequest, template: str, context: dict[str, Any], *forms: Any) -> HttpResponse | None:
    """The page to show before sending: the choices, or the last look; None when it may be sent now."""
    if request.method != "POST" or FIND in request.POST:
        return page(request, template, context)
    wrong = [form for form in forms if not form.is_valid()]  # all of them, so that all errors show at once
    if wrong:
        return page(request, template, context, status=422)
    if CONFIRM in request.POST:
        return None
    kept = [
        (name, value) for name in request.POST if name not in NOT_KEPT for value in request.POST.getlist(name)
    ]
    going = [duty for duty in context["duties"] if duty.pk in context.get("chosen", (duty.pk,))]
    late = [duty for duty in going if duty.due and duty.due < clock.today()]
    earlier = [] if "letter" in context else list(sent_before(context["plan"]))
    context = {**context, "approval": needs_approval(request.actor)}
    last_look = {**context, "duties": going, "late": late, "kept": kept, "earlier": earlier}
    return page(request, "plans/send_confirm.html", last_look)


def _done(request: MemberRequest, dispatch: Dispatch) -> HttpResponse:
    if dispatch.state == DispatchState.ASKED:
        return toast(request, "已送本单位审签，最后一步同意后自动下达。", then=dispatch.url)
    number = dispatch.deliveries.filter(is_copy=False).count()
    text = "单位较多，正在后台下达，进度见下面。" if dispatch.job_id else f"已下达给 {number} 个单位。"
    return toast(request, text, then=reverse("documents:document_detail", args=[dispatch.document_id]))


@require_http_methods(["GET", "POST"])
@signed_in
def plan_send(request: MemberRequest, pk: int) -> HttpResponse:
    """Choose who gets the plan and by when they report; sending assigns its duties in one action."""
    plan = get_object_or_404(Plan.objects.visible_to(request.actor).select_related("document__issuer"), pk=pk)
    require(can_send_plan(request.actor, plan))
    asked = asked_of(plan.document)
    initial = asked.choice if asked else None
    chosen = AudienceForm(request.actor, request.POST or None, document=plan.document, initial=initial)
    dates = ReportDatesForm(request.POST or None, initial=_first_dates(request.actor.org_id, plan, asked))
    context = {
        "nav_key": "plans",
        "plan": plan,
        "document": plan.document,
        "audience": chosen,
        "dates": dates,
        "duties": plan.duties.filter(removed=False).select_related("node"),
    }
    shown = _step(request, "plans/plan_send.html", context, chosen, dates)
    if shown is not None:
        return shown
    return _done(request, send_plan(plan, **_audiences(chosen), dates=_dates(dates), by=request.actor))


@require_http_methods(["GET", "POST"])
@signed_in
def plan_forward(request: MemberRequest, pk: int) -> HttpResponse:
    """Pass a received plan on under an own number with an earlier date."""
    found = Delivery.objects.visible_to(request.actor).select_related(
        "document", "root__plan", "org", "dispatch"
    )
    delivery = get_object_or_404(found, root__plan=pk, org_id=request.actor.org_id)
    require(can_forward(request.actor, delivery))
    plan = delivery.root.plan
    mine = Assignment.objects.filter(org_id=request.actor.org_id, duty__plan=plan, duty__removed=False)
    duties = [item.duty for item in mine.select_related("duty__node").order_by("duty__position")]
    letter = ForwardForm(request.POST or None, delivery=delivery, with_due=False)
    planned = Document(issuer_id=request.actor.org_id, root=delivery.root, line=delivery.document.line)
    chosen = AudienceForm(request.actor, request.POST or None, document=planned)
    latest = own_call_dates(request.actor.org_id, delivery.document.issuer_id, plan.year)
    fixed = _still_open(call_dates(request.actor.org_id, plan.year))
    dates = ReportDatesForm(request.POST or None, latest=latest, initial=fixed)
    ticked = [int(value) for value in request.POST.getlist("duty") if value.isdecimal()]
    context = {
        "nav_key": "documents",
        "delivery": delivery,
        "document": delivery.document,
        "plan": plan,
        "letter": letter,
        "audience": chosen,
        "dates": dates,
        "duties": duties,
        "chosen": ticked if request.method == "POST" else [duty.pk for duty in duties],
    }
    shown = _step(request, "plans/plan_forward.html", context, letter, chosen, dates)
    if shown is not None:
        return shown
    fields = {name: letter.cleaned_data[name] for name in ("number", "title", "remark")}
    dispatch = forward_plan(
        delivery, **fields, **_audiences(chosen), dates=_dates(dates), duty_ids=ticked, by=request.actor
    )
    return _done(request, dispatch)
