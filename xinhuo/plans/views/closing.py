"""December: the draft of the 总结, all materials as a zip and as one Word file."""

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xinhuo.core import clock
from xinhuo.core.answer import require
from xinhuo.core.http import MemberRequest, page, signed_in, toast

from ..actions.materials import chosen_materials, entries_of, is_large, pack_in_background
from ..actions.summaries import collect_summary, line_stamp, save_lines
from ..forms.year import read_lines
from ..models import Duty, Meeting, Package, Summary
from ..official_docx import official
from ..queries.materials import accepted_work, files_of, years_of
from ..queries.summaries import items_of, lines_of, summary_blocks, total_of, unit_blocks
from ..rules.year import can_close_year
from ..zipping import stream

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _docx(name: str, content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type=DOCX)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{name}.docx")
    response["Cache-Control"] = "no-store"
    return response


@require_safe
@signed_in
def year_end(request: MemberRequest, year: int = 0) -> HttpResponse:
    """Everything the office does in December, on one page."""
    years = years_of(request.actor.org_id) or [clock.today().year]
    year = year or years[0]
    work = list(accepted_work(request.actor.org_id, year))
    context = {
        "nav_key": "plans",
        "year": year,
        "years": years,
        "units": len({item.org_id for item in work}),
        "words": sum(1 for item in work if item.accepted_sentence.strip()),
        "files": len(files_of(work)),
        "summary": Summary.objects.visible_to(request.actor).filter(year=year).first(),
        "packages": Package.objects.visible_to(request.actor).filter(year=year),
        "meetings": Meeting.objects.visible_to(request.actor).filter(held_on__year=year),
        "may": can_close_year(request.actor),
    }
    return page(request, "plans/year_end.html", context)


@require_POST
@signed_in
def summary_collect(request: MemberRequest, year: int) -> HttpResponse:
    """Start the draft, or bring in what was accepted since."""
    summary = collect_summary(year, by=request.actor)
    return toast(request, "已把审核通过的进展收进草稿。", then=summary.url)


def _summary(request: MemberRequest, pk: int) -> Summary:
    return get_object_or_404(Summary.objects.visible_to(request.actor).select_related("org"), pk=pk)


@require_safe
@signed_in
def summary_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """The items of the draft and how many sentences of each are used."""
    summary = _summary(request, pk)
    context = {
        "nav_key": "plans",
        "summary": summary,
        "items": items_of(summary),
        "may": can_close_year(request.actor),
    }
    return page(request, "plans/summary_detail.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def summary_item(request: MemberRequest, pk: int, duty: int) -> HttpResponse:
    """The sentences about one duty: choose, put in order, edit; saved as one goes."""
    summary = _summary(request, pk)
    found = get_object_or_404(Duty.objects.filter(pk__in=summary.lines.values("duty")), pk=duty)
    lines = lines_of(summary, found)
    clashes = []
    if request.method == "POST":
        clashes = save_lines(summary, found, read_lines(request.POST, lines), by=request.actor)
        lines = lines_of(summary, found)
        mine = {clash.line.pk: clash for clash in clashes}
        for item in lines:
            if clash := mine.get(item.line.pk):
                item.theirs, item.text, item.chosen = clash.line, clash.text, clash.chosen
    items = items_of(summary)
    place = next(index for index, item in enumerate(items) if item.duty.pk == found.pk)
    context = {
        "nav_key": "plans",
        "summary": summary,
        "duty": items[place].duty,
        "before": items[place - 1].duty if place else None,
        "after": items[place + 1].duty if place + 1 < len(items) else None,
        "lines": [(item, "stale" if item.theirs else line_stamp(item.line)) for item in lines],
        "used": sum(item.chosen for item in lines),
        "clashes": clashes,
        "tally": total_of(summary.org_id, found),
        "may": can_close_year(request.actor),
        "saved": request.method == "POST" and not clashes,
    }
    status = 409 if clashes else 200
    if "HX-Request" in request.headers:  # the strip reports itself; htmx swaps 2xx and 422 only
        status = 422 if clashes else status
    return page(request, "plans/summary_item.html", context, fragments=("kept",), status=status)


@require_safe
@signed_in
def summary_docx(request: MemberRequest, pk: int) -> HttpResponse:
    """The text as .docx; ``?sources=1`` names unit and revision behind each sentence."""
    summary = _summary(request, pk)
    sources = request.GET.get("sources") == "1"
    name = f"{summary.title}（带出处）" if sources else summary.title
    return _docx(name, official(summary.title, summary_blocks(summary, sources=sources)))


@require_safe
@signed_in
def materials_docx(request: MemberRequest, year: int) -> HttpResponse:
    """Everything accepted of the year, unit by unit, in one Word file."""
    require(can_close_year(request.actor))
    org_id = request.actor.org_id
    names: dict[int, list[str]] = {}
    for item in files_of(accepted_work(org_id, year)):
        names.setdefault(item.assignment.pk, []).append(item.name)
    title = f"{year}年各单位进展材料"
    return _docx(title, official(title, unit_blocks(org_id, year, names)))


@require_POST
@signed_in
def materials_zip(request: MemberRequest, year: int) -> HttpResponseBase:
    """All files by unit: streamed when a person can wait for it, else by a job with its progress."""
    found = chosen_materials(year, by=request.actor)
    if is_large(found):
        job = pack_in_background(year, by=request.actor)
        return toast(
            request,
            "文件较多，正在后台打包，好了在这一页下载。",
            then=reverse("jobs:job_detail", args=[job.pk]),
        )
    response = StreamingHttpResponse(stream(entries_of(found), clock.now()), content_type="application/zip")
    name = f"{year}年各单位材料.zip"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["Cache-Control"] = "no-store"
    return response
