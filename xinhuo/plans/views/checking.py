"""Importing a text and checking it: the screens and the buttons on them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST

from xinhuo.core.answer import require
from xinhuo.core.http import MemberRequest, is_htmx, page, signed_in, toast
from xinhuo.documents.models import Document

from ..actions.checking import (
    create_plan_from_text,
    edit_plan,
    publish_plan,
    redo_edit,
    reread_plan,
    undo_edit,
)
from ..enums import PlanState
from ..forms.checking import AUTOSAVE, DONE, StepForm
from ..forms.importing import ImportForm
from ..forms.panel import BASES, STANCES, TARGETS, open_panel
from ..models import Plan
from ..outline.desk import slug
from ..queries.answering import received_duties
from ..queries.desk import DeskView, View
from ..queries.earlier import same_before
from ..reading import read_text
from ..rules.checking import can_check, can_import

SCREEN = "plans/plan_check.html"


def _plan(request: MemberRequest, pk: int) -> Plan:
    """A plan the actor may check; 404 when it is not visible, 403 or 409 with the reason otherwise."""
    found = Plan.objects.visible_to(request.actor).select_related("document__issuer")
    plan = get_object_or_404(found, pk=pk)
    require(can_check(request.actor, plan))
    return plan


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() else -1


# -- importing ----------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@signed_in
def plan_import(request: MemberRequest) -> HttpResponse:
    """Upload a file or paste the words; ``?document=`` reads a draft that is already here."""
    require(can_import(request.actor))
    wanted = request.GET.get("document", "")
    if wanted:
        return _read_draft(request, wanted)
    if request.method != "POST":
        return page(request, "plans/plan_import.html", {"form": ImportForm(), "nav_key": "plans"})
    form = ImportForm(request.POST, request.FILES, by=request.actor)
    done = form.save(by=request.actor)
    if done is None:
        context = {"form": form, "nav_key": "plans"}
        return page(request, "plans/plan_import.html", context, status=422)
    if done.plan is None:
        return toast(request, done.message, then=done.document.url)
    return toast(request, "识别好了，请逐条核对。", then=reverse("plans:plan_check", args=[done.plan.pk]))


def _read_draft(request: MemberRequest, wanted: str) -> HttpResponse:
    found = Document.objects.visible_to(request.actor)
    document = get_object_or_404(found, pk=int(wanted) if wanted.isascii() and wanted.isdigit() else 0)
    if request.method != "POST":
        earlier = same_before(request.actor.org_id, read_text(document.text), but=document.pk)
        context = {"document": document, "earlier": earlier, "form": ImportForm(), "nav_key": "plans"}
        return page(request, "plans/plan_import.html", context)
    plan = create_plan_from_text(document, by=request.actor)
    return toast(request, "识别好了，请逐条核对。", then=reverse("plans:plan_check", args=[plan.pk]))


# -- the desk -----------------------------------------------------------------------------------------------------


def _shown(view: DeskView, form: StepForm | None = None, **more: Any) -> dict[str, Any]:
    """What the screen's template wants; a refused form is shown again with what was typed."""
    refused = form if form is not None and form.error else None
    if refused:
        refused.keep_typed()
    return {
        "plan": view.plan,
        "view": view,
        "panels": open_panel(view.outline, view.opened, refused.data if refused else None),
        "error": refused.error if refused else "",
        "stances": STANCES,
        "targets": TARGETS,
        "bases": BASES,
        "nav_key": "plans",
        **more,
    }


def _desk(
    request: MemberRequest, view: DeskView, *, form: StepForm | None = None, status: int = 200
) -> HttpResponse:
    """The whole screen, or its desk or its action bar for htmx."""
    return page(request, SCREEN, _shown(view, form), fragments=("desk", "checkbar"), status=status)


def _after(request: MemberRequest, plan: Plan, view: View, *, anchor: str = "") -> HttpResponse:
    """The desk as it is now: swapped in by htmx, else by going back to it."""
    if is_htmx(request):
        fresh = Plan.objects.select_related("document__issuer").get(pk=plan.pk)
        return _desk(request, DeskView(fresh, view))
    query = {"edit": view.edit, "only": "open" if view.only_open else "", "page": str(view.page)}
    kept = urlencode({name: value for name, value in query.items() if value and value != "1"})
    address = reverse("plans:plan_check", args=[plan.pk])
    return redirect(f"{address}{'?' if kept else ''}{kept}{f'#{anchor}' if anchor else ''}")


@require_http_methods(["GET", "HEAD"])
@signed_in
def plan_check(request: MemberRequest, pk: int) -> HttpResponse:
    """Original and result side by side, paragraph by paragraph."""
    found = Plan.objects.visible_to(request.actor).select_related("document__issuer")
    plan = get_object_or_404(found, pk=pk)
    if plan.state == PlanState.PUBLISHED:
        return redirect(plan.url)
    require(can_check(request.actor, plan))
    return _desk(request, DeskView(plan, View.read(request.GET)))


@require_POST
@signed_in
def plan_edit(request: MemberRequest, pk: int) -> HttpResponse:
    """One button or one autosave: first what was typed in the opened paragraph, then what was pressed."""
    plan = _plan(request, pk)
    itself = request.headers.get("HX-Trigger") == "panel"  # the form, not a button in it
    view = DeskView(plan, View.read(request.POST))
    return _step(request, plan, StepForm(view, request.POST, AUTOSAVE if itself else ""))


@require_POST
@signed_in
def plan_doubt(request: MemberRequest, pk: int) -> HttpResponse:
    """Settle one row of the doubt table."""
    plan = _plan(request, pk)
    pressed = f"settle:{request.POST.get('doubts', '')}:{request.POST.get('choice', '')}"
    return _step(request, plan, StepForm(DeskView(plan, View.read(request.POST)), request.POST, pressed))


def _step(request: MemberRequest, plan: Plan, form: StepForm) -> HttpResponse:
    valid = form.is_valid()
    if form.is_stale:
        return _clash(request, form)
    if not valid:
        return _desk(request, form.view, form=form, status=422)
    if form.steps:
        name, args = form.op
        edit_plan(plan, name, args, version=form.version, by=request.actor)
    shown = form.view.view
    opened = "" if form.pressed == DONE else form.stays_open
    anchor = f"row-{slug(form.anchor)}" if form.anchor else ""
    return _after(request, plan, View(opened, shown.only_open, shown.page), anchor=anchor)


def _clash(request: MemberRequest, form: StepForm) -> HttpResponse:
    """Somebody saved first: both versions, and a button that writes mine on top of theirs on purpose."""
    form.error = form.error or "有人先保存了一步，这一步没有写进去。"
    context = _shown(form.view, form, clash=form.clash())
    response = render(request, f"{SCREEN}#clash" if is_htmx(request) else SCREEN, context, status=409)
    response["HX-Retarget"] = "#clash"
    response["HX-Reswap"] = "outerHTML show:top"
    return response


@require_POST
@signed_in
def plan_undo(request: MemberRequest, pk: int) -> HttpResponse:
    """Take the last step back, one named step, or bring back what was just taken back."""
    plan = _plan(request, pk)
    number = request.POST.get("number", "")
    if request.POST.get("turn") == "redo":
        redo_edit(plan, version=_version(request), by=request.actor)
    else:
        target = int(number) if number.isascii() and number.isdigit() else None
        undo_edit(plan, version=_version(request), by=request.actor, number=target)
    return _after(request, plan, View.read(request.POST))


@require_POST
@signed_in
def plan_reread(request: MemberRequest, pk: int) -> HttpResponse:
    """Read the document's text again after it was changed elsewhere."""
    plan = _plan(request, pk)
    reread_plan(plan, version=_version(request), by=request.actor)
    return toast(request, "已经按现在的正文重新识别。", then=reverse("plans:plan_check", args=[pk]))


@require_http_methods(["GET", "POST"])
@signed_in
def plan_publish(request: MemberRequest, pk: int) -> HttpResponse:
    """What is still open, listed; and the button that fixes the plan all the same."""
    plan = _plan(request, pk)
    if request.method == "POST":
        publish_plan(plan, version=_version(request), by=request.actor)
        return toast(request, "已定稿。下一步：选单位下达。", then=reverse("plans:plan_send", args=[pk]))
    view = DeskView(plan, View())
    unchecked = [row for row in view.desk.rows if row.counts and not row.confirmed]
    context = {
        "plan": plan,
        "view": view,
        "unchecked": unchecked,
        "received": received_duties(request.actor.org_id, plan.year).count(),
        "answered": plan.duties.filter(removed=False, answers__isnull=False).count(),
        "nav_key": "plans",
    }
    return page(request, "plans/plan_publish.html", context)
