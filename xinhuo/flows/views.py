"""The engine's one screen: how papers leave the own unit. Deciding belongs to the apps whose subjects climb."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from xinhuo.core.answer import require
from xinhuo.core.http import MemberRequest, page, signed_in, toast

from .forms import NONE, RouteForm
from .queries import inner_roles, vacant_roles
from .rules import can_set_route


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
