"""Meetings: agenda, minutes, and decisions that become duties."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xinhuo.core.answer import require
from xinhuo.core.http import MemberRequest, page, signed_in, toast

from ..actions.meetings import read_decisions, record_meeting
from ..forms.year import MeetingForm
from ..meeting_text import decisions_of
from ..models import Meeting, Plan
from ..rules.year import can_close_year

FIELDS = ("title", "held_on", "place", "chair", "agenda", "attended", "minutes", "decisions")


def _meeting(request: MemberRequest, pk: int) -> Meeting:
    return get_object_or_404(Meeting.objects.visible_to(request.actor).select_related("document"), pk=pk)


@require_safe
@signed_in
def meeting_list(request: MemberRequest) -> HttpResponse:
    """The unit's meetings, the newest first."""
    context = {
        "nav_key": "plans",
        "meetings": Meeting.objects.visible_to(request.actor)[:100],
        "may": can_close_year(request.actor),
    }
    return page(request, "plans/meeting_list.html", context)


@require_safe
@signed_in
def meeting_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """What was written down, and what became of the decisions."""
    meeting = _meeting(request, pk)
    context = {
        "nav_key": "plans",
        "meeting": meeting,
        "decisions": decisions_of(meeting.decisions),
        "plan": Plan.objects.filter(document=meeting.document).first() if meeting.document_id else None,
        "may": can_close_year(request.actor),
    }
    return page(request, "plans/meeting_detail.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def meeting_new(request: MemberRequest) -> HttpResponse:
    """Write a meeting down: the agenda before it, the rest after."""
    require(can_close_year(request.actor))
    return _edit(request, None)


@require_http_methods(["GET", "POST"])
@signed_in
def meeting_edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Change what was written down, as long as its decisions are no duties."""
    meeting = _meeting(request, pk)
    require(can_close_year(request.actor))
    return _edit(request, meeting)


def _edit(request: MemberRequest, meeting: Meeting | None) -> HttpResponse:
    initial = {name: getattr(meeting, name) for name in FIELDS} if meeting else None
    form = MeetingForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        seen = request.POST.get("seen", "")
        if meeting is not None and seen != meeting.version:  # what was typed stays on the page
            context = {"nav_key": "plans", "form": form, "meeting": meeting, "clash": True}
            return page(request, "plans/meeting_edit.html", context, status=409)
        kept = record_meeting(
            meeting,
            by=request.actor,
            seen=seen,
            title=data["title"],
            held_on=data["held_on"],
            place=data["place"],
            chair=data["chair"],
            agenda=data["agenda"],
            attended=data["attended"],
            minutes=data["minutes"],
            decisions=data["decisions"],
        )
        return toast(request, "已记下。", then=kept.url)
    context = {"nav_key": "plans", "form": form, "meeting": meeting}
    return page(request, "plans/meeting_edit.html", context, status=422 if form.errors else 200)


@require_POST
@signed_in
def meeting_read(request: MemberRequest, pk: int) -> HttpResponse:
    """Read the decisions into duties."""
    plan = read_decisions(_meeting(request, pk), by=request.actor)
    return toast(
        request, "议定事项已读成落实点，请逐条核对。", then=reverse("plans:plan_check", args=[plan.pk])
    )
