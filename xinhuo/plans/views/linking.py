"""Linking duties across levels (对应上级) and years (结转)."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from xinhuo.core.answer import require
from xinhuo.core.http import MemberRequest, page, signed_in, toast

from ..actions.answering import answer_many
from ..actions.carrying import carry_into, start_next_year
from ..forms.year import read_carried, read_links
from ..models import Plan
from ..queries.answering import answer_lines, received_duties
from ..queries.years import carry_lines, free_duties, open_drafts
from ..rules.year import can_carry, can_link


def _own(request: MemberRequest, pk: int) -> Plan:
    found = Plan.objects.visible_to(request.actor).select_related("document__issuer")
    plan = get_object_or_404(found, pk=pk)
    require(can_link(request.actor, plan))
    return plan


@require_http_methods(["GET", "POST"])
@signed_in
def plan_answers(request: MemberRequest, pk: int) -> HttpResponse:
    """Which duty of a unit above each own duty answers: proposed by the words, decided by a person."""
    plan = _own(request, pk)
    received = list(received_duties(request.actor.org_id, plan.year))
    if request.method == "POST":
        duties = list(plan.duties.filter(removed=False))
        changed = answer_many(plan, *read_links(request.POST, duties), by=request.actor)
        said = f"改了 {changed} 处对应。下级报一次，两边都算。" if changed else "没有改动。"
        return toast(request, said, then=reverse("plans:plan_answers", args=[pk]))
    context = {
        "nav_key": "plans",
        "plan": plan,
        "received": received,
        "lines": answer_lines(plan, received),
    }
    return page(request, "plans/plan_answers.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def plan_carry(request: MemberRequest, pk: int) -> HttpResponse:
    """Carry chosen duties of a year over: into a new draft, or into one that is being checked already."""
    plan = _own(request, pk)
    require(can_carry(request.actor))
    drafts = list(open_drafts(request.actor.org_id, plan.year))
    wanted = request.POST.get("target") or request.GET.get("target") or ""
    into = next((draft for draft in drafts if str(draft.pk) == wanted), None)
    lines = carry_lines(plan, into)
    if request.method == "POST":
        chosen = read_carried(request.POST, [line.duty.pk for line in lines])
        if into is None:
            fresh = start_next_year(plan, list(chosen), by=request.actor)
            return toast(
                request,
                f"已起草{fresh.year}年要点，请逐条核对。",
                then=reverse("plans:plan_check", args=[fresh.pk]),
            )
        number = carry_into(plan, into, chosen, by=request.actor)
        return toast(request, f"已结转 {number} 个落实点。", then=reverse("plans:plan_check", args=[into.pk]))
    context = {
        "nav_key": "plans",
        "plan": plan,
        "drafts": drafts,
        "into": into,
        "lines": lines,
        "free": free_duties(into) if into else [],
    }
    return page(request, "plans/plan_carry.html", context)
