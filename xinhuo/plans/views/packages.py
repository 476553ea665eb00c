"""Packages for bodies outside the tree: choose, name, take away, register the result."""

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xinhuo.core import clock
from xinhuo.core.answer import require
from xinhuo.core.errors import BadInputError
from xinhuo.core.http import MemberRequest, page, signed_in, toast, workbook_response

from ..actions.materials import opened
from ..actions.packages import choose_files, create_package, name_items, package_stamp, register_result
from ..forms.year import PackageForm, a_day
from ..models import Package, PackageItem
from ..queries.packages import named_items, offered_files, table_sheets
from ..rules.year import can_close_year
from ..zipping import stream


def _package(request: MemberRequest, pk: int) -> Package:
    return get_object_or_404(Package.objects.visible_to(request.actor), pk=pk)


@require_http_methods(["GET", "POST"])
@signed_in
def package_new(request: MemberRequest, year: int) -> HttpResponse:
    """Name it and give the rule for the files."""
    require(can_close_year(request.actor))
    form = PackageForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        package = create_package(**form.cleaned_data, year=year, by=request.actor)
        return toast(request, "建好了。下面勾选要报的文件。", then=package.url)
    context = {"nav_key": "plans", "form": form, "year": year}
    return page(request, "plans/package_new.html", context, status=422 if form.errors else 200)


@require_safe
@signed_in
def package_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """The files, the names they get, what may still go in, the results."""
    package = _package(request, pk)
    named = named_items(package)
    context = {
        "nav_key": "plans",
        "package": package,
        "stamp": package_stamp(package),
        "named": named,
        "offered": offered_files(package, request.actor, named),
        "may": can_close_year(request.actor),
    }
    return page(request, "plans/package_detail.html", context)


@require_POST
@signed_in
def package_files(request: MemberRequest, pk: int) -> HttpResponse:
    """Keep which files are in."""
    package = _package(request, pk)
    pairs = [value.split("-", 1) for value in request.POST.getlist("file") if value.count("-") == 1]
    keys = [(int(a), int(b)) for a, b in pairs if a.isdecimal() and b.isdecimal()]
    number = choose_files(package, keys, by=request.actor)
    return toast(request, f"现在有 {number} 份材料。", then=package.url)


@require_POST
@signed_in
def package_names(request: MemberRequest, pk: int) -> HttpResponse:
    """Keep the rule and the titles."""
    package = _package(request, pk)
    titles = {
        item.pk: request.POST[f"title-{item.pk}"]
        for item in package.items.all()
        if f"title-{item.pk}" in request.POST
    }
    pattern = request.POST.get("pattern", "").strip()
    name_items(package, pattern, titles, seen=request.POST.get("seen", ""), by=request.actor)
    return toast(request, "已按新的规则起名。", then=package.url)


@require_POST
@signed_in
def package_result(request: MemberRequest, pk: int) -> HttpResponse:
    """Register what became of one file."""
    items = PackageItem.objects.filter(package__in=Package.objects.visible_to(request.actor))
    item = get_object_or_404(items.select_related("package"), pk=pk)
    day = a_day(request.POST.get("result_on", ""))
    register_result(item, request.POST.get("result", ""), day, by=request.actor)
    return toast(request, f"已登记“{item.title}”的结果。", then=item.package.url)


@require_POST
@signed_in
def package_zip(request: MemberRequest, pk: int) -> HttpResponseBase:
    """The renamed files as a zip, streamed."""
    package = _package(request, pk)
    require(can_close_year(request.actor))
    seen = {item.file.pk for item in offered_files(package, request.actor)}
    named = [row for row in named_items(package) if row.item.file_id in seen]
    if not named:
        raise BadInputError("还没有选材料。请先勾选要报的文件。")
    entries = [(row.name, opened(row.item.file)) for row in named]
    response = StreamingHttpResponse(stream(entries, clock.now()), content_type="application/zip")
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=f"{package.title}.zip"
    )
    response["Cache-Control"] = "no-store"
    return response


@require_safe
@signed_in
def package_table(request: MemberRequest, pk: int) -> HttpResponseBase:
    """The information table with figures as .xlsx."""
    package = _package(request, pk)
    return workbook_response(f"{package.title}信息表", table_sheets(named_items(package)))
