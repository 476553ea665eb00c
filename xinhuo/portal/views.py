"""The workbench."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from xinhuo.core import clock
from xinhuo.core.answer import require
from xinhuo.core.http import MemberRequest, page, signed_in
from xinhuo.flows.models import Todo
from xinhuo.plans.rules.steering import can_see_leaders_page

from .leader import leader_page
from .queries import asked_below, came_in, my_duties, waiting


@require_safe
@signed_in
def workbench(request: MemberRequest) -> HttpResponse:
    """Everything that waits for this post, then its duties, what came in, how those below stand."""
    found = waiting(request.actor)
    duties, duty_count = my_duties(request.actor)
    context = {
        "nav_key": "workbench",
        "today": clock.today(),
        "lines": found.lines,
        "waiting": found,
        "count": found.count,
        "duties": duties,
        "duty_count": duty_count,
        "came_in": came_in(request.actor),
        "calls": asked_below(request.actor),
        "sees_leaders_page": can_see_leaders_page(request.actor),
    }
    return page(request, "portal/workbench.html", context)


@require_safe
@signed_in
def done(request: MemberRequest) -> HttpResponse:
    """What this post has done, newest first."""
    found = Todo.objects.waiting_for(request.actor).filter(closed_at__isnull=False).order_by("-closed_at")
    return page(request, "portal/done.html", {"nav_key": "workbench", "todos": found[:100]})


@require_safe
@signed_in
def leader(request: MemberRequest) -> HttpResponse:
    """What moves, what is slow and why, who needs a call, what changed this week: one page to print."""
    require(can_see_leaders_page(request.actor))
    context = {"nav_key": "workbench", "view": leader_page(request.actor), "today": clock.today()}
    return page(request, "portal/leader.html", context)
