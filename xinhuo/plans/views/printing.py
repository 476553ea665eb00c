"""Official sheets with a check code: the page on all duties, the ledger, the matrix."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from xinhuo.core.answer import require
from xinhuo.core.http import MemberRequest, page, signed_in, toast
from xinhuo.orgs.models import Org
from xinhuo.prints.actions import mark_sheet
from xinhuo.prints.sheets import Sheet, sheet_context

from ..kinds import LEDGER, MATRIX, REPORT
from ..models import Plan, Report
from ..queries.printing import can_print_ledger, ledger_print, matrix_print, report_sheet


def _sheet(
    request: MemberRequest, kind: str, pk: int, sheet: Sheet, *, back: str, nav_key: str
) -> HttpResponse:
    """Show a sheet; posted to, give it its code."""
    if request.method == "POST":
        mark_sheet(kind, pk, sheet, by=request.actor)
        return toast(request, "核对码已加好，可以打印。", then=request.path)
    site = request.build_absolute_uri("/")
    context = sheet_context(kind, pk, sheet, actor=request.actor, site=site, back=back)
    return page(request, "prints/sheet.html", {"nav_key": nav_key, **context})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def report_print(request: MemberRequest, pk: int) -> HttpResponse:
    """The page on all duties."""
    found = Report.objects.visible_to(request.actor).select_related("call", "org", "to_org")
    report = get_object_or_404(found, pk=pk)
    sheet = report_sheet(report, request.actor.org_id)
    return _sheet(request, REPORT, pk, sheet, back=report.url, nav_key="reports")


def _plan_print(
    request: MemberRequest, pk: int, kind: str, make: Callable[[Plan, Org], Sheet]
) -> HttpResponse:
    found = Plan.objects.visible_to(request.actor).select_related("document", "document__issuer")
    plan = get_object_or_404(found, pk=pk)
    own: Org = next(post.org for post in request.posts if post.pk == request.actor.appointment_id)
    sheet = make(plan, own)  # the middleware has read the unit already
    back = reverse("plans:plan_detail", args=[pk])
    return _sheet(request, kind, pk, sheet, back=back, nav_key="plans")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def ledger_sheet(request: MemberRequest, pk: int) -> HttpResponse:
    """The ledger of the own unit and those below."""
    plan = get_object_or_404(Plan.objects.visible_to(request.actor), pk=pk)
    require(can_print_ledger(request.actor, plan))
    return _plan_print(request, pk, LEDGER, ledger_print)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def matrix_sheet(request: MemberRequest, pk: int) -> HttpResponse:
    """The matrix as the own unit sees it."""
    return _plan_print(request, pk, MATRIX, matrix_print)
