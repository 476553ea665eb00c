"""Units without accounts: which they are, and signing for those one stands in for."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from xinhuo.core.answer import require
from xinhuo.core.errors import BadInputError
from xinhuo.core.http import HttpResponse, MemberRequest, page, signed_in, toast
from xinhuo.orgs.rules import can_keep_proxies

from ..actions import receive_many
from ..models import Document
from ..queries.reachless import MOST, to_sign_for_others, unreached, with_proxies
from ..rules import can_record

MOST_ROWS = 300


@require_GET
@signed_in
def document_unreached(request: MemberRequest, pk: int) -> HttpResponse:
    """Who got the document but sees no reminder, with telephone numbers and the ways to go on."""
    seen = Document.objects.visible_to(request.actor).select_related("issuer")
    document = get_object_or_404(seen, pk=pk)
    may = can_record(request.actor, document)
    require(may)
    found = unreached(document)
    rows = with_proxies(found)
    context = {
        "nav_key": "documents",
        "document": document,
        "rows": rows,
        "total": len(rows) if len(rows) < MOST else found.count(),
        "mine": sum(row.proxy is not None and row.proxy.pk == request.actor.org_id for row in rows),
        "may_record": may,
        "may_set": can_keep_proxies(request.actor),
    }
    return page(request, "documents/document_unreached.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def proxy_receipts(request: MemberRequest) -> HttpResponse:
    """签收 for the units one stands in for, all ticked ones at once."""
    rows = to_sign_for_others(request.actor)
    if request.method != "POST":
        asked = request.GET.get("document", "")
        shown = rows.filter(document_id=int(asked)) if asked.isdecimal() else rows
        context = {"nav_key": "documents", "rows": list(shown[:MOST_ROWS])}
        return page(request, "documents/proxy_receipts.html", context)
    ids = [int(item) for item in request.POST.getlist("delivery") if item.isdecimal()]
    chosen = list(rows.filter(pk__in=ids))
    if not chosen:
        raise BadInputError("还没有勾选，或者同事刚刚已经签收了。请回到名单再看看。")
    number = receive_many(chosen, by=request.actor)
    return toast(request, f"已代 {number} 个单位签收。", then=reverse("documents:proxy_receipts"))
