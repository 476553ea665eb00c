"""进展调度: who owes what, reminders, words for the group, telephone list, escalations, a duty's points and targets."""

import io
from typing import Any

import segno
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xinhuo.core.answer import require
from xinhuo.core.errors import BadInputError
from xinhuo.core.http import MemberRequest, page, signed_in, toast
from xinhuo.documents.models import Delivery

from ..actions.closing import close_duty
from ..actions.escalating import hold_back, note, release
from ..actions.reminding import remind
from ..actions.steering import set_points, set_target
from ..forms.steering import CloseForm, PointsForm, TargetsForm, WordsForm
from ..models import Assignment, Duty, Escalation, Plan, Report, ReportCall
from ..points_text import points_text
from ..queries.closing import goal_of, readiness
from ..queries.escalating import still_late
from ..queries.steerpage import group_text, phone_list, steer_page
from ..rules.steering import can_look_at, can_note, can_set_points, can_steer, can_steer_duty


@require_safe
@signed_in
def steering(request: MemberRequest) -> HttpResponse:
    """Who owes what, by unit, the heaviest first."""
    context = {
        "nav_key": "reports",
        "view": steer_page(request.actor),
        "may_steer": can_steer(request.actor),
    }
    return page(request, "plans/steering.html", context)


@require_POST
@signed_in
def steering_remind(request: MemberRequest) -> HttpResponse:
    """Remind the ticked units; each of one thing once in a window."""
    require(can_steer(request.actor))
    chosen = [int(value) for value in request.POST.getlist("unit") if value.isdecimal()]
    new, before = remind(chosen, by=request.actor)
    if not chosen:
        said = "还没有勾选单位。请先勾选要提醒的单位，再点“提醒勾选的单位”。"
    elif not new:
        said = "这几个单位这一轮都提醒过了，不再重复提醒。急的话请打电话。"
    else:
        said = f"已提醒 {new} 个单位。" + (f"另有 {before} 个这一轮提醒过，没有重复提醒。" if before else "")
    return toast(request, said, then=reverse("plans:steering"))


@require_safe
@signed_in
def steering_text(request: MemberRequest, kind: str, pk: int) -> HttpResponse:
    """Words for the group chat about one call or one document, with a short address and its QR code."""
    view = group_text(request.actor, kind, pk, request.build_absolute_uri(_go(kind, pk)))
    if view is None:
        raise Http404
    return page(request, "plans/steering_text.html", {"nav_key": "reports", "view": view})


def _go(kind: str, pk: int) -> str:
    return reverse("plans:call_go" if kind == "page" else "plans:receipt_go", args=[pk])


@require_safe
@signed_in
def steering_qr(request: MemberRequest, kind: str, pk: int) -> HttpResponse:
    """The QR code of the short address, as a picture of its own (the page's policy allows no inline one)."""
    target = io.BytesIO()
    code = segno.make(request.build_absolute_uri(_go(kind, pk)), error="m", micro=False)
    code.save(target, kind="svg", scale=6, border=3, xmldecl=True, svgclass=None, lineclass=None)
    return HttpResponse(target.getvalue(), content_type="image/svg+xml")


@require_safe
@signed_in
def steering_phones(request: MemberRequest) -> HttpResponse:
    """The telephone list of all units that owe something, to print."""
    context = {"nav_key": "reports", "lines": phone_list(request.actor)}
    return page(request, "plans/steering_phones.html", context)


@require_safe
@signed_in
def call_go(request: MemberRequest, pk: int) -> HttpResponse:
    """The short address of a call: everybody lands on the page of the own unit; who asked, on the list."""
    call = get_object_or_404(ReportCall, pk=pk)
    if call.issuer_id == request.actor.org_id:
        return redirect("plans:call_detail", pk=call.pk)
    return redirect(get_object_or_404(Report, call=call, org_id=request.actor.org_id).url)


@require_safe
@signed_in
def receipt_go(request: MemberRequest, pk: int) -> HttpResponse:
    """The short address of a document: everybody lands on the own unit's receipt; who sent it, on the document."""
    found = Delivery.objects.complete().filter(document_id=pk)
    own = found.filter(org_id=request.actor.org_id).first()
    if own is not None:
        return redirect(own.url)
    sent = get_object_or_404(found.filter(document__issuer_id=request.actor.org_id)[:1])
    return redirect("documents:document_detail", pk=sent.document_id)


@require_safe
@signed_in
def escalation(request: MemberRequest, pk: int) -> HttpResponse:
    """One escalation: looked at above, noticed below."""
    return _escalation(request, pk)


def _one(request: MemberRequest, pk: int) -> Escalation:
    found = Escalation.objects.visible_to(request.actor).select_related("org", "by_org")
    return get_object_or_404(found, pk=pk)


def _escalation(request: MemberRequest, pk: int, status: int = 200, error: str = "") -> HttpResponse:
    row = _one(request, pk)
    open_now = still_late(row.items)
    items = [{**item, "open": (item["kind"], item["id"]) in open_now} for item in row.items]
    context = {
        "nav_key": "reports",
        "row": row,
        "items": items,
        "form": WordsForm(),
        "error": error,
        "may_look": can_look_at(request.actor, row),
        "may_note": can_note(request.actor, row),
    }
    return page(request, "plans/escalation.html", context, status=status)


@require_POST
@signed_in
def escalation_release(request: MemberRequest, pk: int) -> HttpResponse:
    """Tell the leader."""
    row = _one(request, pk)
    try:
        row = release(row, words=request.POST.get("words", ""), by=request.actor)
    except BadInputError as error:
        return _escalation(request, pk, 422, str(error))
    return toast(request, f"已送{row.org.short_name}负责人。", then=reverse("plans:steering"))


@require_POST
@signed_in
def escalation_hold(request: MemberRequest, pk: int) -> HttpResponse:
    """Do not tell the leader now."""
    row = hold_back(_one(request, pk), words=request.POST.get("words", ""), by=request.actor)
    return toast(request, f"记下了，{row.org.short_name}的这几件先不送。", then=reverse("plans:steering"))


@require_POST
@signed_in
def escalation_note(request: MemberRequest, pk: int) -> HttpResponse:
    """The leader knows."""
    note(_one(request, pk), by=request.actor)
    return toast(request, "已告诉上级您知道了。", then=reverse("portal:workbench"))


def _given(request: MemberRequest, pk: int) -> tuple[Duty, list[Assignment]]:
    plans = Plan.objects.visible_to(request.actor)
    related = Duty.objects.select_related("plan__document", "node")
    duty = get_object_or_404(related.filter(plan__in=plans, removed=False), pk=pk)
    given = Assignment.objects.complete().filter(duty=duty, by_org_id=request.actor.org_id)
    items = list(given.select_related("org", "delivery").order_by("org__path"))
    for item in items:
        item.duty = duty
    require(can_steer_duty(request.actor, duty, items))
    return duty, items


def _duty(
    request: MemberRequest, duty: Duty, items: list[Assignment], status: int = 200, **more: Any
) -> HttpResponse:
    ready = readiness(items)
    typed: TargetsForm | None = more.get("targets")
    context = {
        "nav_key": "plans",
        "duty": duty,
        "lines": [
            {
                "item": item,
                "goal": goal_of(item),
                "typed": typed.typed.get(item.pk) if typed else None,
                "error": typed.errors.get(item.pk) if typed else None,
                "ready": ready[item.pk],
            }
            for item in items
        ],
        "open": sum(item.closed_at is None for item in items),
        "may_set_points": can_set_points(request.actor, duty),
        "points_form": PointsForm(year=duty.plan.year, initial={"points": points_text(duty)}),
        "close_form": CloseForm(),
        **more,
    }
    return page(request, "plans/duty_steer.html", context, status=status)


@require_safe
@signed_in
def duty_steer(request: MemberRequest, pk: int) -> HttpResponse:
    """A duty's time points, the units' targets, and closing it."""
    return _duty(request, *_given(request, pk))


@require_POST
@signed_in
def duty_points(request: MemberRequest, pk: int) -> HttpResponse:
    """Set the time points."""
    duty, items = _given(request, pk)
    require(can_set_points(request.actor, duty))
    form = PointsForm(request.POST, year=duty.plan.year)
    if form.is_valid():
        try:
            set_points(duty, form.cleaned_data["points"], by=request.actor)
        except BadInputError as error:
            form.add_error("points", str(error))
        else:
            return toast(request, "时间点定好了。", then=reverse("plans:duty_steer", args=[duty.pk]))
    return _duty(request, duty, items, 422, points_form=form)


@require_POST
@signed_in
def duty_targets(request: MemberRequest, pk: int) -> HttpResponse:
    """Set the units' targets; what cannot be read stays typed, nothing is saved then."""
    duty, items = _given(request, pk)
    form = TargetsForm(request.POST, [item.pk for item in items if item.closed_at is None])
    if form.errors:
        return _duty(request, duty, items, 422, targets=form)
    by_pk = {item.pk: item for item in items}
    for key, value in form.values.items():
        set_target(by_pk[key], value, by=request.actor)
    return toast(request, "各单位的目标存好了。", then=reverse("plans:duty_steer", args=[duty.pk]))


@require_http_methods(["POST"])
@signed_in
def duty_close(request: MemberRequest, pk: int) -> HttpResponse:
    """Close the duty for all units that are ready; the others stay and say what is missing."""
    duty, items = _given(request, pk)
    form = CloseForm(request.POST)
    form.is_valid()
    try:
        done, left = close_duty(duty, confirmed=form.cleaned_data.get("confirmed", False), by=request.actor)
    except BadInputError as error:
        form.add_error(None, str(error))
        return _duty(request, duty, items, 422, close_form=form)
    said = f"办结了 {done} 个单位。" if done else "没有可以办结的单位。"
    said += f"还有 {len(left)} 个没有办结，原因写在各单位后面。" if left else ""
    return toast(request, said, then=reverse("plans:duty_steer", args=[duty.pk]))
