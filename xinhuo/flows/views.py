"""The engine's own screens: how papers leave the unit, and the signed page that is brought later.

Deciding belongs to the apps whose subjects climb.
"""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from xinhuo.core.answer import require
from xinhuo.core.http import MemberRequest, page, signed_in, toast
from xinhuo.files.uploads import Gathered, gather

from .actions import add_scan
from .forms import NONE, RouteForm
from .models import Decision
from .queries import inner_roles, vacant_roles
from .rules import can_add_scan, can_set_route
from .ruling import SCAN, SCAN_KINDS
from .subjects import can_see, place


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def route(request: MemberRequest) -> HttpResponse:
    """Who has to agree inside the own unit before anything is sent up."""
    actor = request.actor
    may = can_set_route(actor, actor.org_id)
    form = RouteForm(request.POST or None, initial={"route": " ".join(inner_roles(actor.org_id)) or NONE})
    if request.method == "POST":
        require(may)
        if form.is_valid():
            form.save(by=actor)
            return toast(request, "内部审签已设好，下次提交时起用。", then="flows:route")
    context = {"form": form, "may": may, "vacant": vacant_roles(actor.org_id), "nav_key": "flows"}
    return page(request, "flows/route.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def scan(request: MemberRequest, pk: int) -> HttpResponse:
    """Bring the signed page of a decision recorded from paper; whoever cannot is led to what was decided upon."""
    decision = get_object_or_404(Decision.objects.select_related("step__process", "step__org"), pk=pk)
    if not can_see(request.actor, pk):
        raise Http404
    there, may = place(decision), can_add_scan(request.actor, decision)
    found = Gathered()
    if request.method == "POST":
        require(may)
        found = gather(SCAN, request.POST, request.FILES, by=request.actor, kinds=SCAN_KINDS, most=1)
        if found.files and not found.errors:
            add_scan(decision, found.files[0].pk, by=request.actor)
            return toast(request, "签字件已经补上。", then=there)
        found.errors = found.errors or ["还没有选文件。请选签字页的照片或扫描件。"]
    elif not may:
        return redirect(there)
    context = {"decision": decision, "process": decision.step.process, "place": there, "found": found}
    return page(request, "flows/scan.html", context, status=422 if found.errors else 200)
