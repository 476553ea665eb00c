"""The versions of a plan: what a second one changes, adopting it, reading each, having read it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from xinhuo.core.http import MemberRequest, page, signed_in, toast
from xinhuo.flows.models import Todo

from ..actions.editions import adopt_version, hand_on_added, note_version
from ..enums import EditionState
from ..forms.year import read_added
from ..kinds import VERSION
from ..models import Plan, PlanVersion
from ..queries.editions import added_duties, layout_of, passing_on, versions_of
from ..rules.year import can_adopt, can_revise


def _version(request: MemberRequest, pk: int) -> PlanVersion:
    found = PlanVersion.objects.visible_to(request.actor).select_related("plan__document__issuer")
    return get_object_or_404(found, pk=pk)


@require_safe
@signed_in
def version_list(request: MemberRequest, pk: int) -> HttpResponse:
    """All versions of a plan, each to be read."""
    found = Plan.objects.visible_to(request.actor).select_related("document__issuer")
    plan = get_object_or_404(found, pk=pk)
    context = {
        "nav_key": "plans",
        "plan": plan,
        "versions": versions_of(plan, request.actor),
        "can_revise": can_revise(request.actor, plan),
    }
    return page(request, "plans/version_list.html", context)


@require_safe
@signed_in
def version_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """What a version changes and its text; before it is adopted also what that means for the duties."""
    version = _version(request, pk)
    context = {"nav_key": "plans", "version": version, "plan": version.plan}
    if version.state == EditionState.DRAFT:
        layout = layout_of(version)
        context |= {
            "added": added_duties(layout, version),
            "gone": [layout.duties[key] for key in layout.edition.gone],
            "kept": [layout.duties[key] for key in layout.edition.kept],
            "reworded": [
                (layout.duties[key], item.text) for key, item in layout.edition.kept.items() if item.changed
            ],
            "may_adopt": can_adopt(request.actor, version),
        }
        return page(request, "plans/version_adopt.html", context)
    duties, below = passing_on(version, request.actor.org_id)
    waiting = Todo.objects.waiting_for(request.actor).open().filter(kind=VERSION, subject_id=version.pk)
    context |= {
        "duties": duties if request.actor.works else [],
        "below": below,
        "waiting": waiting.exists(),
        "removed": version.plan.duties.filter(removed_in=version.number).select_related("node"),
    }
    return page(request, "plans/version_detail.html", context)


@require_POST
@signed_in
def version_adopt(request: MemberRequest, pk: int) -> HttpResponse:
    """Make it the plan."""
    version = _version(request, pk)
    added = read_added(request.POST, added_duties(layout_of(version), version)) if _waits(version) else {}
    adopted = adopt_version(version, added, by=request.actor)
    said = f"已改为第{adopted.number}版，收到文件的单位会在待办里看到。已经报的不用重报。"
    return toast(request, said, then=adopted.url)


def _waits(version: PlanVersion) -> bool:
    return version.state == EditionState.DRAFT and version.number == version.plan.edition + 1


@require_POST
@signed_in
def version_noted(request: MemberRequest, pk: int) -> HttpResponse:
    """知道了."""
    version = _version(request, pk)
    note_version(version, by=request.actor)
    return toast(request, "好的，已从待办里拿掉。", then=version.url)


@require_POST
@signed_in
def version_hand_on(request: MemberRequest, pk: int) -> HttpResponse:
    """Give what the version added also to the units below."""
    version = _version(request, pk)
    chosen = [int(value) for value in request.POST.getlist("duty") if value.isdecimal()]
    number = hand_on_added(version, chosen, by=request.actor)
    return toast(request, f"已布置给 {number} 个下级单位。", then=reverse("plans:version_detail", args=[pk]))
