"""The plan matrix, its drawer, the source text and the ledger."""

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from xinhuo.core.http import MemberRequest, page, signed_in, workbook_response
from xinhuo.orgs.models import Org

from ..forms.work import MatrixFilter
from ..models import Duty, Plan
from ..points_text import shown_points
from ..queries.duties import duty_view
from ..queries.editions import changes_of_duty
from ..queries.ledger import ledger_sheet
from ..queries.matrix import build_matrix
from ..queries.served import documents_of, with_documents
from ..rules.steering import can_steer_duty
from ..rules.work import can_send_plan
from ..rules.year import can_link
from ..source import Quoted, quote


def _plan(request: MemberRequest, pk: int) -> Plan:
    found = Plan.objects.visible_to(request.actor).select_related(
        "document__issuer", "document__amended_by__document", "document__cancelled_by__document"
    )
    return get_object_or_404(found, pk=pk)


def _unit(request: MemberRequest) -> Org:
    """The unit whose view is shown: the own one, or a visible one below named in the address."""
    wanted = request.GET.get("unit", "")
    if not wanted:
        own: Org = next(post.org for post in request.posts if post.pk == request.actor.appointment_id)
        return own  # the middleware has read it already
    if not wanted.isdigit():
        raise Http404
    return get_object_or_404(Org.objects.visible_to(request.actor), pk=int(wanted))


@require_safe
@signed_in
def plan_list(request: MemberRequest) -> HttpResponse:
    """All plans the unit issued or received, the newest year first."""
    plans = Plan.objects.visible_to(request.actor).select_related("document", "document__issuer")
    return page(request, "plans/plan_list.html", {"nav_key": "plans", "plans": plans[:100]})


@require_safe
@signed_in
def plan_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """The matrix: duties down, direct receivers across."""
    plan = _plan(request, pk)
    unit = _unit(request)
    matrix = build_matrix(plan, unit)
    form = MatrixFilter(request.GET, matrix=matrix)
    delivery = plan.document.all_deliveries.complete().filter(org_id=request.actor.org_id).first()
    context = {
        "nav_key": "plans",
        "plan": plan,
        "unit": unit,
        "is_own_view": unit.pk == request.actor.org_id,
        "matrix": matrix,
        "form": form,
        "parts": form.parts(),
        "columns": form.columns(),
        "can_send": can_send_plan(request.actor, plan),
        "can_link": can_link(request.actor, plan),
        "delivery": delivery,
    }
    return page(request, "plans/plan_detail.html", context, fragments=("matrix",))


@require_safe
@signed_in
def duty_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """The drawer of one duty: original words, state by unit, evidence, history."""
    plans = Plan.objects.visible_to(request.actor)
    shown = Q(removed=False) | Q(removed_in__isnull=False)
    found = Duty.objects.filter(shown, plan__in=plans).select_related(
        "plan__document__issuer",
        "node__parent",
        "answers__node",
        "answers__plan__document__issuer",
        "carried_from__node",
        "carried_from__plan",
        "amended_by__document",
        "cancelled_by__document",
    )
    duty = get_object_or_404(with_documents(found, request.actor), pk=pk)
    unit = _unit(request)
    view = duty_view(duty, request.actor, unit=unit, column=request.GET.get("column", ""))
    context = {
        "nav_key": "plans",
        "duty": duty,
        "unit": unit,
        "documents": documents_of(duty),
        "may_steer": bool(can_steer_duty(request.actor, duty, [line.assignment for line in view.lines])),
        "points": shown_points(duty),
        "view": view,
        "quoted": _quoted(duty),
        "changes": changes_of_duty(duty.plan, duty.key),
        "may_link": can_link(request.actor, duty.plan),
    }
    return page(request, "plans/duty_detail.html", context, fragments=("drawer",))


def _quoted(duty: Duty) -> Quoted:
    """The original words around a duty; of one that a later version removed only its own words are left."""
    if duty.removed:
        return Quoted("", duty.text, "")
    return quote(duty.plan.text, (duty.node.start, duty.node.end), (duty.start, duty.end))


@require_safe
@signed_in
def plan_source(request: MemberRequest, pk: int) -> HttpResponse:
    """The document's text with one node or duty marked."""
    plan = _plan(request, pk)
    text = plan.text
    span = (0, 0)
    for name, rows in (("node", plan.nodes), ("duty", plan.duties)):
        wanted = request.GET.get(name, "")
        if wanted.isdigit():
            span = rows.filter(pk=int(wanted)).values_list("start", "end").first() or span
    return page(
        request,
        "plans/plan_source.html",
        {"nav_key": "plans", "plan": plan, "quoted": quote(text, (0, len(text)), span)},
    )


@require_safe
@signed_in
def plan_ledger(request: MemberRequest, pk: int) -> HttpResponseBase:
    """The ledger (台账) as .xlsx: a row per duty and unit in the actor's scope."""
    plan = _plan(request, pk)
    return workbook_response(f"{plan.year}年工作要点台账", [ledger_sheet(plan, request.actor)])
