"""Approval before a document leaves: the page, the decision, taking it back, the sheet to sign on paper."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xinhuo.core.answer import require
from xinhuo.core.http import HttpResponse, MemberRequest, page, signed_in, toast
from xinhuo.flows.rules import can_decide
from xinhuo.flows.ruling import RulingForm
from xinhuo.prints.actions import mark_sheet
from xinhuo.prints.sheets import sheet_context

from ..actions import post_outside, recall_sending
from ..enums import DispatchState, OutsideHow
from ..forms import PostForm
from ..kinds import SENDING
from ..models import Dispatch
from ..queries.leaving import own_dispatches, sending_sheet, sending_view
from ..rules import can_post_outside, can_take_back


def _dispatch(request: MemberRequest, pk: int) -> Dispatch:
    found: Dispatch = get_object_or_404(own_dispatches(request.actor), pk=pk)
    return found


def _shown(
    request: MemberRequest,
    dispatch: Dispatch,
    *,
    ruling: RulingForm | None = None,
    post: PostForm | None = None,
    status: int = 200,
) -> HttpResponse:
    view = sending_view(dispatch)
    process = view.climbs.open
    context: dict[str, Any] = {
        "nav_key": "documents",
        "dispatch": dispatch,
        "document": dispatch.document,
        "view": view,
        "process": process,
        "step": view.climbs.desk,
        "may_decide": bool(process and can_decide(request.actor, process)),
        "may_recall": can_take_back(request.actor, dispatch),
        "may_post": can_post_outside(request.actor, dispatch),
        "ruling": ruling or RulingForm(),
        "post": post or PostForm(),
        "history": view.climbs.shown_to(request.actor),
        "asked": view.climbs.asked,
    }
    return page(request, "documents/sending.html", context, status=status)


@require_GET
@signed_in
def sending_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """What is to leave the unit, and how far its approval is. The unit's own."""
    return _shown(request, _dispatch(request, pk))


@require_POST
@signed_in
def sending_decide(request: MemberRequest, pk: int) -> HttpResponse:
    """Agree, or send it back to the drafter; the last agreement sends it out."""
    dispatch = _dispatch(request, pk)
    climbed = sending_view(dispatch).climbs
    process = climbed.open or next(iter(climbed.processes), None)
    if process is None:
        raise Http404
    require(can_decide(request.actor, process))
    form = RulingForm(request.POST, request.FILES, by=request.actor)
    if not form.is_valid():
        return _shown(request, dispatch, ruling=form, status=422)
    form.rule(process, by=request.actor)
    dispatch.refresh_from_db(fields=["state", "job_id"])
    return toast(request, _said(dispatch), then=dispatch.url)


def _said(dispatch: Dispatch) -> str:
    if dispatch.state == DispatchState.BACK:
        return f"已请{dispatch.by_name}补充。"
    if dispatch.state == DispatchState.CLEARED:
        return "已签发。请经办人寄出后记下。"
    if dispatch.state in DispatchState.LEFT:
        return "已签发，文件已经发出。"
    return "已同意，转到下一步审签。"


@require_POST
@signed_in
def sending_recall(request: MemberRequest, pk: int) -> HttpResponse:
    """Take it back before it was decided."""
    dispatch = _dispatch(request, pk)
    recall_sending(dispatch, by=request.actor)
    return toast(request, "已撤回，可以接着改。", then=dispatch.document.url)


@require_POST
@signed_in
def sending_post(request: MemberRequest, pk: int) -> HttpResponse:
    """Record that it was posted to a body outside the tree."""
    dispatch = _dispatch(request, pk)
    require(can_post_outside(request.actor, dispatch))
    form = PostForm(request.POST)
    if not form.is_valid():
        return _shown(request, dispatch, post=form, status=422)
    data = form.cleaned_data
    post_outside(dispatch, how=OutsideHow(data["how"]), on=data["on"], who=data["who"], by=request.actor)
    return toast(request, f"已记下：寄往{dispatch.outside_to}。", then=dispatch.url)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def sending_print(request: MemberRequest, pk: int) -> HttpResponse:
    """发文审签单 on one page, for a leader who signs on paper."""
    dispatch = _dispatch(request, pk)
    sheet = sending_sheet(dispatch)
    here = reverse("documents:sending_print", args=[dispatch.pk])
    if request.method == "POST":
        mark_sheet(SENDING, dispatch.pk, sheet, by=request.actor)
        return toast(request, "核对码已加好，可以打印。", then=here)
    context = sheet_context(
        SENDING,
        dispatch.pk,
        sheet,
        actor=request.actor,
        site=request.build_absolute_uri("/"),
        back=dispatch.url,
    )
    return page(request, "prints/sheet.html", {"nav_key": "documents", **context})
