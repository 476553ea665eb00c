"""A second version of a plan's document beside the first: what was added, changed, removed, moved. Writes nothing."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from xinhuo.core.http import MemberRequest, page, signed_in

from ..forms.comparing import CompareForm
from ..models import Plan


@require_http_methods(["GET", "POST"])
@signed_in
def plan_compare(request: MemberRequest, pk: int) -> HttpResponse:
    """Take the second version, show the differences node by node."""
    found = Plan.objects.visible_to(request.actor).select_related("document")
    plan = get_object_or_404(found, pk=pk)
    posted = request.method == "POST"
    form = CompareForm(request.POST if posted else None, request.FILES if posted else None)
    lines = form.differences(plan.document.text) if posted and form.is_valid() else None
    context = {"nav_key": "plans", "plan": plan, "form": form, "lines": lines}
    return page(request, "plans/plan_compare.html", context, status=422 if posted and form.errors else 200)
