"""One duty of one unit: light, dates, cause, more time, closing; and the list of all that was given."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xinhuo.core.answer import require
from xinhuo.core.errors import BadInputError
from xinhuo.core.http import MemberRequest, page, signed_in, toast
from xinhuo.orgs.models import Org

from ..actions.closing import close_task, reopen
from ..actions.steering import ask_extension, decide_extension, explain, explain_page
from ..forms.steering import AnswerForm, CauseForm, CloseForm, ExtensionForm, ReasonForm
from ..models import Assignment, Extension, Report
from ..queries.taskpage import task_page, tasks_page
from ..rules.steering import can_ask_extension, can_close, can_explain, can_explain_page, can_reopen


def _task(request: MemberRequest, pk: int) -> Assignment:
    found = Assignment.objects.visible_to(request.actor)
    related = found.select_related("duty__node", "duty__plan__document", "org", "by_org", "delivery")
    return get_object_or_404(related, pk=pk)


@require_safe
@signed_in
def task_list(request: MemberRequest) -> HttpResponse:
    """What the unit gave to others (or has to do itself), each with its light; narrowed by the address."""
    wanted, unit = request.GET.get("unit", ""), None
    if wanted:
        seen = Org.objects.visible_to(request.actor)
        unit = get_object_or_404(seen, pk=int(wanted) if wanted.isdecimal() else 0)
    context = {"nav_key": "reports", "view": tasks_page(request.actor, request.GET, unit)}
    return page(request, "plans/task_list.html", context, fragments=("tasks",))


@require_safe
@signed_in
def task_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """Everything about one duty of one unit."""
    return _shown(request, _task(request, pk))


def _shown(request: MemberRequest, item: Assignment, status: int = 200, **forms: Any) -> HttpResponse:
    actor = request.actor
    context = {
        "nav_key": "plans",
        "item": item,
        "view": task_page(item, actor),
        "may_explain": can_explain(actor, item),
        "may_ask": can_ask_extension(actor, item),
        "may_close": can_close(actor, item),
        "may_reopen": can_reopen(actor, item),
        "cause_form": CauseForm(),
        "extension_form": ExtensionForm(),
        "answer_form": AnswerForm(),
        "close_form": CloseForm(),
        "reason_form": ReasonForm(),
        **forms,
    }
    return page(request, "plans/task_detail.html", context, status=status)


def _back(request: MemberRequest, item: Assignment, said: str) -> HttpResponse:
    return toast(request, said, then=reverse("plans:task_detail", args=[item.pk]))


@require_POST
@signed_in
def task_explain(request: MemberRequest, pk: int) -> HttpResponse:
    """Record the cause."""
    item = _task(request, pk)
    require(can_explain(request.actor, item))
    form = CauseForm(request.POST)
    if not form.is_valid():
        return _shown(request, item, 422, cause_form=form)
    explain(item, form.cleaned_data["cause"], form.cleaned_data["words"], by=request.actor)
    return _back(request, item, "原因记下了。")


@require_POST
@signed_in
def task_extend(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask for more time."""
    item = _task(request, pk)
    require(can_ask_extension(request.actor, item))
    form = ExtensionForm(request.POST)
    if not form.is_valid():
        return _shown(request, item, 422, extension_form=form)
    try:
        ask_extension(item, form.cleaned_data["new_due"], form.cleaned_data["reason"], by=request.actor)
    except BadInputError as error:
        form.add_error("new_due", str(error))
        return _shown(request, item, 422, extension_form=form)
    return _back(request, item, f"已向{item.by_org.committee_name}申请延期，同意以前按原来的时限办。")


@require_http_methods(["GET", "POST"])
@signed_in
def extension_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """An application for more time stands on its duty's page; by POST it is decided."""
    seen = Assignment.objects.visible_to(request.actor)
    extension = get_object_or_404(Extension.objects.select_related("assignment"), pk=pk, assignment__in=seen)
    item = _task(request, extension.assignment_id)
    if request.method != "POST":
        return _shown(request, item)
    form = AnswerForm(request.POST)
    form.is_valid()
    try:
        answer = form.cleaned_data.get("answer", "")
        decide_extension(extension, grant=form.grants, answer=answer, by=request.actor)
    except BadInputError as error:
        form.add_error("answer", str(error))
        return _shown(request, item, 422, answer_form=form)
    return _back(request, item, "已同意延期。" if form.grants else "已回复，不同意延期。")


@require_POST
@signed_in
def task_close(request: MemberRequest, pk: int) -> HttpResponse:
    """办结."""
    item = _task(request, pk)
    require(can_close(request.actor, item))
    form = CloseForm(request.POST)
    form.is_valid()
    try:
        confirmed = form.cleaned_data.get("confirmed", False)
        close_task(item, words=form.cleaned_data.get("words", ""), confirmed=confirmed, by=request.actor)
    except BadInputError as error:
        form.add_error(None, str(error))
        return _shown(request, item, 422, close_form=form)
    return _back(request, item, f"已办结{item.org.short_name}的这一项。")


@require_POST
@signed_in
def task_reopen(request: MemberRequest, pk: int) -> HttpResponse:
    """Open again."""
    item = _task(request, pk)
    require(can_reopen(request.actor, item))
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _shown(request, item, 422, reason_form=form)
    reopen(item, form.cleaned_data["reason"], by=request.actor)
    return _back(request, item, "已重新打开。办结时记下的晚报天数不变。")


@require_http_methods(["GET", "POST"])
@signed_in
def report_explain(request: MemberRequest, pk: int) -> HttpResponse:
    """Why a whole page is late."""
    found = Report.objects.filter(to_org_id=request.actor.org_id) | Report.objects.filter(
        org_id=request.actor.org_id
    )
    report = get_object_or_404(found.select_related("org", "call", "to_org"), pk=pk)
    require(can_explain_page(request.actor, report))
    form = CauseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        explain_page(report, form.cleaned_data["cause"], form.cleaned_data["words"], by=request.actor)
        own = report.org_id == request.actor.org_id
        then = report.url if own else reverse("plans:steering")
        return toast(request, "原因记下了。", then=then)
    context = {"nav_key": "reports", "report": report, "form": form}
    return page(request, "plans/report_explain.html", context, status=422 if form.errors else 200)
