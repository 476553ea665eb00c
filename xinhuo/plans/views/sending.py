"""Sending a plan to an audience, and passing a received one on."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from xinhuo.core.answer import require
from xinhuo.core.http import MemberRequest, page, signed_in, toast
from xinhuo.documents.forms import AudienceForm, ForwardForm
from xinhuo.documents.models import Delivery
from xinhuo.documents.rules import can_forward

from ..actions.sending import Audience, ReportDates, forward_plan, send_plan
from ..forms.work import ReportDatesForm
from ..models import Assignment, Plan
from ..rules.work import can_send_plan


def _audiences(form: AudienceForm) -> tuple[Audience, Audience | None]:
    to = Audience(form.to_criteria, form.to_label)
    copies = Audience(form.copies_criteria, form.copies_label) if form.copies_criteria else None
    return to, copies


def _dates(form: ReportDatesForm) -> ReportDates:
    return ReportDates(form.cleaned_data.get("half"), form.cleaned_data.get("year"))


@signed_in
def plan_send(request: MemberRequest, pk: int) -> HttpResponse:
    """Choose who gets the plan and by when they report; sending assigns its duties in one action."""
    plan = get_object_or_404(Plan.objects.visible_to(request.actor).select_related("document"), pk=pk)
    require(can_send_plan(request.actor, plan))
    audience = AudienceForm(request.actor, request.POST or None)
    dates = ReportDatesForm(request.POST or None)
    if request.method == "POST" and audience.is_valid() and dates.is_valid():
        to, copies = _audiences(audience)
        dispatch = send_plan(plan, to=to, copies=copies, dates=_dates(dates), by=request.actor)
        return toast(
            request,
            f"已下达给{dispatch.to.label}。",
            then=reverse("documents:document_detail", args=[plan.document_id]),
        )
    context = {
        "nav_key": "plans",
        "plan": plan,
        "audience": audience,
        "dates": dates,
        "duties": plan.duties.filter(removed=False),
    }
    return page(request, "plans/plan_send.html", context, status=422 if request.method == "POST" else 200)


@signed_in
def plan_forward(request: MemberRequest, pk: int) -> HttpResponse:
    """Pass a received plan on under an own number with an earlier date."""
    found = Delivery.objects.visible_to(request.actor).select_related("document", "root__plan", "org")
    delivery = get_object_or_404(found, pk=pk, org_id=request.actor.org_id, root__plan__isnull=False)
    require(can_forward(request.actor, delivery))
    mine = Assignment.objects.filter(org_id=request.actor.org_id, duty__plan=delivery.root.plan)
    duties = [item.duty for item in mine.select_related("duty__node").order_by("duty__position")]
    latest = {
        report.call.kind: report.call.due
        for report in delivery.org.reports.select_related("call").filter(
            call__year=delivery.root.plan.year, to_org_id=delivery.document.issuer_id
        )
    }
    letter = ForwardForm(request.POST or None, delivery=delivery, with_due=False)
    audience = AudienceForm(request.actor, request.POST or None)
    dates = ReportDatesForm(request.POST or None, latest=latest)
    chosen = (
        [int(value) for value in request.POST.getlist("duty") if value.isdigit()]
        if request.method == "POST"
        else [duty.pk for duty in duties]
    )
    if request.method == "POST" and letter.is_valid() and audience.is_valid() and dates.is_valid():
        to, copies = _audiences(audience)
        data = letter.cleaned_data
        dispatch = forward_plan(
            delivery,
            number=data["number"],
            title=data["title"],
            remark=data["remark"],
            to=to,
            copies=copies,
            dates=_dates(dates),
            duty_ids=chosen,
            by=request.actor,
        )
        return toast(
            request,
            f"已转发给{dispatch.to.label}。",
            then=reverse("documents:document_detail", args=[dispatch.document_id]),
        )
    context = {
        "nav_key": "plans",
        "delivery": delivery,
        "plan": delivery.root.plan,
        "letter": letter,
        "audience": audience,
        "dates": dates,
        "duties": duties,
        "chosen": chosen,
    }
    return page(request, "plans/plan_forward.html", context, status=422 if request.method == "POST" else 200)
