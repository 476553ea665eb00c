"""The one page on all duties: filling, sending, taking back, looking through, accepting many."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xinhuo.core.answer import not_now, require
from xinhuo.core.http import MemberRequest, page, signed_in, toast
from xinhuo.files.actions import set_attachments
from xinhuo.files.queries import attachments_by_subject
from xinhuo.files.uploads import gather
from xinhuo.flows.actions import help_with
from xinhuo.flows.climbs import climbs
from xinhuo.flows.enums import Wait
from xinhuo.flows.queries import named_todo
from xinhuo.flows.rules import can_decide, can_recall, current_step
from xinhuo.flows.ruling import RulingForm

from ..actions.reports import (
    Clash,
    accept_many,
    prepare_rows,
    recall_report,
    save_rows,
    submit_report,
)
from ..actions.sending import call_report
from ..enums import ReportState
from ..forms.work import CallForm, ReportPageForm
from ..kinds import REPORT, ROW
from ..models import Duty, Report, ReportCall
from ..queries.pages import (
    PageView,
    call_lines,
    days_over,
    page_view,
    pages_to_fill,
    pages_to_fill_for,
)
from ..queries.people import named_page
from ..rules.work import can_accept_many, can_call, can_fill, is_inside


def _report(request: MemberRequest, pk: int) -> Report:
    found = Report.objects.visible_to(request.actor).with_stood_for(request.actor)
    changed = ("call__amended_by__document", "cancelled_by__document", "proxy")
    return get_object_or_404(found.select_related("org", "to_org", *changed), pk=pk)


@require_safe
@signed_in
def report_list(request: MemberRequest) -> HttpResponse:
    """The unit's own pages, and the pages it asked those below for."""
    context = {
        "nav_key": "reports",
        "pages": pages_to_fill(request.actor),
        "for_others": pages_to_fill_for(request.actor),
        "calls": call_lines(request.actor),
        "can_call": can_call(request.actor),
    }
    return page(request, "plans/report_list.html", context)


@require_safe
@signed_in
def report_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """The page: a form for the unit while it may fill, else what was sent, with the history."""
    report = _report(request, pk)
    rows = prepare_rows(report, by=request.actor)
    view = page_view(report, rows, request.actor)
    return page(request, "plans/report_detail.html", _context(request, report, view))


def _context(request: MemberRequest, report: Report, view: PageView) -> dict[str, Any]:
    process, asked = view.climbs.open, view.climbs.asked
    view.show_notes(asked.notes if asked else {})
    return {
        "nav_key": "reports",
        "report": report,
        "words": report.words_for(
            report.org_id if is_inside(request.actor, report) else request.actor.org_id
        ),
        "view": view,
        "filling": bool(can_fill(request.actor, report)),
        "process": process,
        "step": view.climbs.desk,
        "may_decide": bool(process and can_decide(request.actor, process)),
        "may_recall": bool(process and can_recall(request.actor, process)),
        "ruling": RulingForm(),
        "history": view.climbs.shown_to(request.actor),
        "asked": asked,
        "overdue": days_over(report),
        "delay": report.delays.last() if days_over(report) else None,
        "named": named_page(report, view, request.actor),
    }


def _take(request: MemberRequest, report: Report) -> tuple[ReportPageForm, list[Clash], list[str]]:
    """Save what was typed and which files hang on each row; returns what could not be taken."""
    row_ids = list(report.rows.values_list("pk", flat=True))
    form = ReportPageForm(request.POST, row_ids)
    clashes = save_rows(report, form.entries, by=request.actor)
    hanging = attachments_by_subject(ROW, list(form.typed))
    problems: list[str] = []
    for row_id in form.typed:
        gathered = gather(f"files-{row_id}", request.POST, request.FILES, by=request.actor)
        wanted = gathered.with_others(item.file_id for item in hanging.get(row_id, ()))
        set_attachments(ROW, row_id, wanted, by=request.actor)
        problems += gathered.errors
    return form, clashes, problems


@require_POST
@signed_in
def report_save(request: MemberRequest, pk: int) -> HttpResponse:
    """Autosave, and the way without scripts: what is right is kept, what is not is said beside its row."""
    report = _report(request, pk)
    form, clashes, problems = _take(request, report)
    view = page_view(report, prepare_rows(report, by=request.actor), request.actor)
    view.show_typed(form.errors, form.typed, clashes)
    report.refresh_from_db()
    context = {
        "nav_key": "reports",
        **_context(request, report, view),
        "problems": problems,
        "just_saved": True,
    }
    failed = bool(form.errors or problems)
    status = 409 if clashes else 422 if failed else 200
    if "HX-Request" in request.headers:  # the strip reports itself; htmx swaps 2xx and 422 only
        status = 422 if clashes else status
    return page(request, "plans/report_detail.html", context, fragments=("check",), status=status)


@require_POST
@signed_in
def report_submit(request: MemberRequest, pk: int) -> HttpResponse:
    """Save, then send up; with rows still empty the person is asked once whether to send all the same."""
    report = _report(request, pk)
    form, clashes, problems = _take(request, report)
    view = page_view(report, prepare_rows(report, by=request.actor), request.actor)
    view.show_typed(form.errors, form.typed, clashes)
    asks = bool(view.empty) and not request.POST.get("send_with_gaps")
    if form.errors or clashes or problems or asks:
        report.refresh_from_db()
        context = {**_context(request, report, view), "problems": problems, "asks_gaps": asks}
        return page(request, "plans/report_detail.html", context, status=409 if clashes else 422)
    desk = current_step(submit_report(report, by=request.actor))
    said = f"已提交给{report.to_org.committee_name}。审核前可以撤回。"
    if desk is not None and desk.is_inner:  # it has not left the unit yet
        goes = "记为本级进展" if report.to_org_id == report.org_id else f"报给{report.to_org.committee_name}"
        said = f"已提交，先由本单位{desk.get_role_display()}审签，同意后{goes}。"
    return toast(request, said, then=reverse("plans:report_detail", args=[report.pk]))


@require_POST
@signed_in
def report_recall(request: MemberRequest, pk: int) -> HttpResponse:
    """Take the page back before it was decided."""
    report = _report(request, pk)
    recall_report(report, by=request.actor)
    report.refresh_from_db()
    stands = report.state == ReportState.ACCEPTED
    said = "已撤回。以前审核过的内容照样算数；还要改的，改好再提交。" if stands else "已撤回，可以接着改。"
    return toast(request, said, then=reverse("plans:report_detail", args=[report.pk]))


@require_POST
@signed_in
def report_help(request: MemberRequest, pk: int) -> HttpResponse:
    """“我替张老师填”: a colleague takes over what another person of the unit was asked for."""
    report = _report(request, pk)
    todo = named_todo(REPORT, report.pk, report.org_id, Wait.FILL, Wait.CORRECT)
    if todo is None:
        require(not_now("这一页没有指名由谁填，您直接填就行。"))
        raise Http404
    help_with(todo, by=request.actor)
    return toast(
        request, "已记下由您替他填，填好提交就行。", then=reverse("plans:report_detail", args=[report.pk])
    )


@require_POST
@signed_in
def report_decide(request: MemberRequest, pk: int) -> HttpResponse:
    """Accept the page or ask for more."""
    report = _report(request, pk)
    found = climbs(REPORT, report.pk)
    process = found.open or next(iter(found.shown_to(request.actor)), None)
    if process is None:
        raise Http404
    require(can_decide(request.actor, process))
    form = RulingForm(request.POST, request.FILES, by=request.actor)
    if not form.is_valid():
        view = page_view(report, prepare_rows(report, by=request.actor), request.actor)
        return page(
            request,
            "plans/report_detail.html",
            {"nav_key": "reports", **_context(request, report, view), "ruling": form},
            status=422,
        )
    form.rule(process, by=request.actor)
    return toast(
        request, f"已办：{report.org.short_name}《{report.call.title}》。", then=_after(request, report)
    )


def _after(request: MemberRequest, report: Report) -> str:
    if report.to_org_id == request.actor.org_id and report.org_id != request.actor.org_id:
        return reverse("plans:call_detail", args=[report.call_id])
    return reverse("plans:report_detail", args=[report.pk])


@require_safe
@signed_in
def call_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """The pages of one call, who sent and who did not; many can be accepted at once."""
    calls = ReportCall.objects.select_related("amended_by__document", "cancelled_by__document")
    call = get_object_or_404(calls, pk=pk, issuer_id=request.actor.org_id)
    reports = call.reports.order_by("org__path")
    reports = reports.select_related("org", "proxy", "cancelled_by__document")
    state = request.GET.get("state", "")
    shown = reports.filter(state_above=state) if state in ReportState.values else reports
    context = {
        "nav_key": "reports",
        "may_accept": bool(can_accept_many(request.actor)),
        "call": call,
        "reports": shown,
        "state": state,
        "states": ((ReportState.DRAFT, "还没报"), *ReportState.choices[1:]),
        "view": call_lines(request.actor, call=call)[0],
    }
    return page(request, "plans/call_detail.html", context, fragments=("reports",))


@require_POST
@signed_in
def call_accept(request: MemberRequest, pk: int) -> HttpResponse:
    """Accept all ticked pages that still wait."""
    call = get_object_or_404(ReportCall, pk=pk, issuer_id=request.actor.org_id)
    require(can_accept_many(request.actor))
    chosen = [int(value) for value in request.POST.getlist("report") if value.isdecimal()]
    done = accept_many(
        list(call.reports.filter(pk__in=chosen).select_related("org", "to_org", "call")), by=request.actor
    )
    said = f"已通过 {done} 个单位的报送。" if done else "没有可以通过的：请先勾选“待审核”的单位。"
    return toast(request, said, then=reverse("plans:call_detail", args=[call.pk]))


@require_http_methods(["GET", "POST"])
@signed_in
def call_new(request: MemberRequest) -> HttpResponse:
    """Ask for a page out of turn (临时)."""
    require(can_call(request.actor))
    given = Duty.objects.filter(assignments__by_org_id=request.actor.org_id, removed=False).distinct()
    choices = [
        (duty.pk, f"{duty.node.cite} {duty.title}")
        for duty in given.select_related("node").order_by("plan_id", "position")
    ]
    form = CallForm(request.POST if request.method == "POST" else None, duties=choices)
    if request.method == "POST" and form.is_valid():
        years = given.order_by("-plan__year").values_list("plan__year", flat=True)
        data = form.cleaned_data
        call = call_report(
            title=data["title"],
            due=data["due"],
            duty_ids=data["duties"],
            year=years[0] if years else data["due"].year,
            by=request.actor,
        )
        return toast(
            request, f"已请各单位报送《{call.title}》。", then=reverse("plans:call_detail", args=[call.pk])
        )
    return page(
        request,
        "plans/call_new.html",
        {"nav_key": "reports", "form": form},
        status=422 if form.errors else 200,
    )
