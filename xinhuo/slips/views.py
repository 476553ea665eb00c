"""The slip's page with the step that is due, its print, the register, and the unit's setting."""

from typing import Any

from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from xinhuo.core.answer import require
from xinhuo.core.contracts import collect
from xinhuo.core.http import HttpResponse, HttpResponseBase, MemberRequest, page, signed_in, toast
from xinhuo.documents.models import Delivery, Document
from xinhuo.files.enums import FileKind
from xinhuo.files.queries import attachments
from xinhuo.files.uploads import Gathered, gather
from xinhuo.prints.actions import mark_sheet
from xinhuo.prints.sheets import sheet_context

from .actions import close, enter, finish, propose, rule, set_use
from .enums import Stage
from .forms import CloseForm, FinishForm, ProposeForm, RuleForm, UseForm
from .kinds import SLIP
from .models import Slip, SlipTask
from .queries import register, slip_sheet, uses_slips
from .rules import can_close, can_finish, can_propose, can_rule, can_set_use
from .tables import RegisterTable

SCAN, SCAN_KINDS = "scan", (FileKind.IMAGE, FileKind.DOCUMENT)


def _slip(request: MemberRequest, pk: int) -> Slip:
    found = Slip.objects.visible_to(request.actor).select_related("document__issuer", "org", "delivery")
    return get_object_or_404(found, pk=pk)


def _shown(request: MemberRequest, slip: Slip, *, status: int = 200, **forms: Any) -> HttpResponse:
    actor = request.actor
    tasks = list(slip.tasks.select_related("slip"))
    mine = next((task for task in tasks if can_finish(actor, task)), None)
    context = {
        "nav_key": "documents",
        "slip": slip,
        "document": slip.document,
        "tasks": tasks,
        "mine": mine,
        "files": attachments(SLIP, slip.pk),
        "may_propose": can_propose(actor, slip),
        "may_rule": can_rule(actor, slip),
        "may_close": can_close(actor, slip),
        "propose_form": forms.get("propose")
        or (ProposeForm(slip=slip) if can_propose(actor, slip) else None),
        "rule_form": forms.get("rule") or (RuleForm(slip=slip, by=actor) if can_rule(actor, slip) else None),
        "finish_form": forms.get("finish") or FinishForm(),
        "close_form": forms.get("close") or CloseForm(),
        "scan": forms.get("scan") or Gathered(),
    }
    return page(request, "slips/slip.html", context, status=status)


@require_safe
@signed_in
def slip(request: MemberRequest, pk: int) -> HttpResponse:
    """One page on screen: what came in, and the step that is due."""
    return _shown(request, _slip(request, pk))


@require_safe
@signed_in
def task(request: MemberRequest, pk: int) -> HttpResponse:
    """Where a person's own part is done: on the slip's page."""
    visible = SlipTask.objects.filter(slip__in=Slip.objects.visible_to(request.actor))
    return redirect(get_object_or_404(visible.select_related("slip"), pk=pk).slip.url)


@require_POST
@signed_in
def slip_propose(request: MemberRequest, pk: int) -> HttpResponse:
    """拟办."""
    found = _slip(request, pk)
    require(can_propose(request.actor, found))
    form = ProposeForm(request.POST, slip=found)
    if not form.is_valid():
        return _shown(request, found, propose=form, status=422)
    data = form.cleaned_data
    done = propose(
        found,
        data["proposal"],
        handlers=data["handlers"],
        needs_ruling=data["needs_ruling"],
        by=request.actor,
        seen=request.POST.get("seen", ""),
    )
    said = "已拟办，等领导批示。" if done.stage == Stage.RULE else "已拟办，交承办人办理。"
    return toast(request, said, then=found.url)


@require_POST
@signed_in
def slip_rule(request: MemberRequest, pk: int) -> HttpResponse:
    """批示, or 代录批示 with the signed slip."""
    found = _slip(request, pk)
    require(can_rule(request.actor, found))
    scan = gather(SCAN, request.POST, request.FILES, by=request.actor, kinds=SCAN_KINDS, most=1)
    form = RuleForm(request.POST, slip=found, by=request.actor, has_scan=bool(scan.files))
    if not form.is_valid() or scan.errors:
        return _shown(request, found, rule=form, scan=scan, status=422)
    data = form.cleaned_data
    rule(
        found,
        data["ruling"],
        handlers=data["handlers"],
        on_behalf_of=data.get("on_behalf_of", ""),
        scan=scan.files[0] if scan.files else None,
        by=request.actor,
        seen=request.POST.get("seen", ""),
    )
    return toast(request, "批示已记下，承办人的待办里有了。", then=found.url)


@require_POST
@signed_in
def slip_finish(request: MemberRequest, pk: int) -> HttpResponse:
    """A named person is done."""
    visible = SlipTask.objects.filter(slip__in=Slip.objects.visible_to(request.actor))
    found = get_object_or_404(visible.select_related("slip"), pk=pk)
    require(can_finish(request.actor, found))
    form = FinishForm(request.POST)
    if not form.is_valid():
        return _shown(request, _slip(request, found.slip_id), finish=form, status=422)
    finish(found, form.cleaned_data["note"], by=request.actor)
    return toast(request, "已记下，您这一项办好了。", then=found.slip.url)


@require_POST
@signed_in
def slip_close(request: MemberRequest, pk: int) -> HttpResponse:
    """办结."""
    found = _slip(request, pk)
    require(can_close(request.actor, found))
    form = CloseForm(request.POST)
    if not form.is_valid():
        return _shown(request, found, close=form, status=422)
    close(found, form.cleaned_data["outcome"], on=form.cleaned_data["on"], by=request.actor)
    return toast(request, "已办结。", then=found.url)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def slip_print(request: MemberRequest, pk: int) -> HttpResponse:
    """The slip on one page of paper, for a leader who signs there."""
    found = _slip(request, pk)
    sheet = slip_sheet(found, found.tasks.all())
    here = reverse("slips:print", args=[found.pk])
    if request.method == "POST":
        mark_sheet(SLIP, found.pk, sheet, by=request.actor)
        return toast(request, "核对码已加好，可以打印。", then=here)
    site = request.build_absolute_uri("/")
    context = sheet_context(SLIP, found.pk, sheet, actor=request.actor, site=site, back=found.url)
    return page(request, "prints/sheet.html", {"nav_key": "documents", **context})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def slip_enter(request: MemberRequest, pk: int) -> HttpResponse:
    """Enter what came in before the unit worked with slips. ``pk`` is the first document of the chain."""
    document = get_object_or_404(Document.objects.visible_to(request.actor).select_related("issuer"), pk=pk)
    delivery = Delivery.objects.complete().filter(root=document, org_id=request.actor.org_id).first()
    if delivery is None and not (document.is_outside and document.issuer_id == request.actor.org_id):
        return redirect(document.url)
    if request.method == "POST":
        made = enter(document, delivery=delivery, by=request.actor)
        return toast(request, f"已登记：{made.register_number}。", then=made.url)
    context = {"nav_key": "documents", "document": document, "delivery": delivery}
    return page(request, "slips/enter.html", context)


@require_GET
@signed_in
def slip_register(request: MemberRequest) -> HttpResponseBase:
    """收文登记簿."""
    table = RegisterTable(request.GET, register(request.actor), path=reverse("slips:register"))
    if table.wants_export:
        return table.export(RegisterTable.caption)
    context = {
        "nav_key": "documents",
        "heading": "文件",
        "table": table,
        "tab": "register",
        "links": [item for item in collect("tray_links") if item.visible(request.actor)],
    }
    return page(request, "slips/register.html", context, fragments=("core/list.html#table",))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def setting(request: MemberRequest) -> HttpResponse:
    """Whether the own unit works with slips."""
    actor = request.actor
    may = can_set_use(actor)
    form = UseForm(
        request.POST if request.method == "POST" else None,
        initial={"is_on": "yes" if uses_slips(actor.org_id) else "no"},
    )
    if request.method == "POST":
        require(may)
        if form.is_valid():
            set_use(is_on=form.cleaned_data["is_on"], by=actor)
            return toast(request, "办文设置已存好，下一份来文起用。", then="slips:setting")
    return page(
        request,
        "slips/setting.html",
        {"nav_key": "documents", "form": form, "may": may},
        status=422 if form.errors else 200,
    )
