"""Looking a print up (for everybody), its QR code, and handing in the sealed scan (for its unit)."""

from io import BytesIO

import segno
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from xinhuo.core.answer import require
from xinhuo.core.http import HttpRequest, MemberRequest, page, signed_in, toast
from xinhuo.files.enums import FileKind
from xinhuo.files.queries import attachments
from xinhuo.files.uploads import Gathered, gather

from .actions import keep_scan
from .forms import LookupForm, ScanForm
from .kinds import MARK
from .models import PrintMark
from .queries import by_code, by_token, is_current
from .rules import can_keep_scan, can_see_mark

SCAN, SCAN_KINDS = "scan", (FileKind.IMAGE, FileKind.DOCUMENT)


@never_cache
@require_safe
def look_up(request: HttpRequest) -> HttpResponse:
    """A form for the short code; a code that is found leads to the print's page."""
    form = LookupForm(request.GET if "code" in request.GET else None)
    if form.is_bound and form.is_valid():
        mark = by_code(form.cleaned_data["code"])
        if mark is not None:
            return redirect(mark.url)
        form.add_error(
            "code", "没有这个核对码。请对着纸再看一遍，数字 2 和字母 Z、数字 5 和字母 S 容易看错。"
        )
    return page(request, "prints/look_up.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_safe
def public(request: HttpRequest, token: str) -> HttpResponse:
    """Whether a print is still up to date: title, unit, time, and nothing of what stands on it."""
    mark = by_token(token)
    if mark is None:
        raise Http404
    actor = getattr(request, "actor", None)
    context = {
        "mark": mark,
        "current": is_current(mark),
        "mine": bool(actor and can_see_mark(actor, mark)),
    }
    return page(request, "prints/public.html", context)


@require_safe
def qr(request: HttpRequest, token: str) -> HttpResponse:
    """The QR code of a print's public address, as a picture of its own (no inline style anywhere)."""
    mark = by_token(token)
    if mark is None:
        raise Http404
    target = BytesIO()
    code = segno.make(request.build_absolute_uri(mark.url), error="m", micro=False)
    code.save(target, kind="svg", scale=4, border=2, svgclass=None, lineclass=None)
    return HttpResponse(target.getvalue(), content_type="image/svg+xml")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def mark(request: MemberRequest, pk: int) -> HttpResponse:
    """A print of the own unit or one below: its state, its sealed scans, and the place to hand one in."""
    found = get_object_or_404(PrintMark.objects.select_related("org"), pk=pk)
    if not can_see_mark(request.actor, found):
        raise Http404
    form, scan = ScanForm(request.POST if request.method == "POST" else None), Gathered()
    if request.method == "POST":
        require(can_keep_scan(request.actor, found))
        scan = gather(SCAN, request.POST, request.FILES, by=request.actor, kinds=SCAN_KINDS, most=1)
        if not scan.files and not scan.errors:
            scan.errors.append("还没有选文件。请选盖了章的扫描件或照片。")
        if form.is_valid() and not scan.errors:
            keep_scan(found, scan.files[0], sealed_on=form.cleaned_data["sealed_on"], by=request.actor)
            return toast(request, "盖章件已存好。", then=reverse("prints:mark", args=[found.pk]))
    context = {
        "mark": found,
        "current": is_current(found),
        "scans": attachments(MARK, found.pk),
        "may": can_keep_scan(request.actor, found),
        "form": form,
        "files": scan.files,
        "file_errors": scan.errors,
    }
    wrong = request.method == "POST"
    return page(request, "prints/mark.html", context, status=422 if wrong else 200)
