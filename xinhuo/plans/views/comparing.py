"""A second version of a plan's document beside the first: what was added, changed, removed, moved."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from xinhuo.core.http import MemberRequest, page, signed_in

from ..actions.editions import stage_version
from ..forms.comparing import CompareForm
from ..models import Plan
from ..rules.year import can_revise


@require_http_methods(["GET", "POST"])
@signed_in
def plan_compare(request: MemberRequest, pk: int) -> HttpResponse:
    """Take the second version, show the differences node by node; the issuer keeps it, to adopt it."""
    found = Plan.objects.visible_to(request.actor).select_related("document__issuer")
    plan = get_object_or_404(found, pk=pk)
    posted = request.method == "POST"
    form = CompareForm(request.POST if posted else None, request.FILES if posted else None)
    may_revise = can_revise(request.actor, plan)
    valid = posted and form.is_valid()
    if valid and may_revise and request.POST.get("keep"):
        return redirect(stage_version(plan, form.reading, by=request.actor).url)
    lines = form.differences(plan.text) if valid else None
    context = {"nav_key": "plans", "plan": plan, "form": form, "lines": lines, "may_revise": may_revise}
    return page(request, "plans/plan_compare.html", context, status=422 if posted and form.errors else 200)
