"""What a unit has to answer, what it collects, and the merged sheet."""

from typing import Any

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST, require_safe

from xinhuo.core.answer import require
from xinhuo.core.contracts import by_kind
from xinhuo.core.errors import BadInputError
from xinhuo.core.http import (
    HttpResponse,
    HttpResponseBase,
    MemberRequest,
    page,
    signed_in,
    toast,
    workbook_response,
)

from ..actions import accept_many
from ..books import merged
from ..forms import PAGE, RoundFilter, ids_of
from ..models import Round
from ..queries.rounds import collected, return_above, returns_of, rounds_of
from ..rules import can_keep_round


def _round(request: MemberRequest, pk: int) -> Round:
    rows = Round.objects.visible_to(request.actor).select_related("form", "asker", "upstream")
    return get_object_or_404(rows, pk=pk)


@require_safe
@signed_in
def return_list(request: MemberRequest) -> HttpResponse:
    """What the unit has to answer, and what it collects from below."""
    context = {
        "nav_key": "returns",
        "returns": returns_of(request.actor),
        "rounds": rounds_of(request.actor),
    }
    return page(request, "reporting/return_list.html", context)


@require_safe
@signed_in
def round_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """The merged sheet with its filters, sums, doubles; who answered and who is missing."""
    asked = _round(request, pk)
    return page(request, "reporting/round_detail.html", _context(request, asked), fragments=("merged",))


def _context(request: MemberRequest, asked: Round) -> dict[str, Any]:
    found = collected(asked, accepted_only=request.GET.get("accepted") == "1")
    chosen = RoundFilter(request.GET, found)
    shown = Paginator(chosen.places, PAGE).get_page(request.GET.get("page"))
    return {
        "nav_key": "returns",
        "round": asked,
        "form": asked.form,
        "found": found,
        "filter": chosen,
        "places": shown,
        "lines": [_line(found, place) for place in shown],
        "may_accept": bool(can_keep_round(request.actor, asked)),
        "own_return": return_above(asked, request.actor.org_id),
        "subject_url": by_kind("subjects")[asked.kind].url(asked.subject_id),
    }


def _line(found: Any, place: int) -> dict[str, Any]:
    line = found.lines[place]
    return {
        "line": line,
        "number": place + 1,
        "cells": [(column, line.cells.get(column.key, "")) for column in found.columns],
        "doubles": [(other + 1, found.lines[other].unit) for other in found.doubles.get(place, ())],
    }


@require_safe
@signed_in
def round_export(request: MemberRequest, pk: int) -> HttpResponseBase:
    """The merged sheet as one .xlsx."""
    asked = _round(request, pk)
    found = collected(asked, accepted_only=request.GET.get("accepted") == "1")
    return workbook_response(f"{asked.form.title or asked.title}-汇总", merged(found))


@require_POST
@signed_in
def round_accept(request: MemberRequest, pk: int) -> HttpResponse:
    """Accept all ticked answers that still wait."""
    asked = _round(request, pk)
    require(can_keep_round(request.actor, asked))
    done = accept_many(asked, ids_of(request.POST, "return"), by=request.actor)
    if not done:
        raise BadInputError("没有可以通过的：请先勾选“待审核”的单位，或者同事刚刚已经办了。")
    return toast(request, f"已通过 {done} 个单位的回复。", then=asked.url)
