"""The three trays."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from xinhuo.core.contracts import collect
from xinhuo.core.errors import BadInputError
from xinhuo.core.http import HttpResponse, HttpResponseBase, MemberRequest, page, safe_next, signed_in, toast
from xinhuo.core.tables import Table

from ..actions import receive_many
from ..models import Delivery
from ..queries import copies, incoming, new_copies, outgoing, waiting_receipts
from ..rules import can_create_document
from ..tables import CopyTable, IncomingTable, OutgoingTable


@require_GET
@signed_in
def document_list(request: MemberRequest) -> HttpResponseBase:
    """收文: what reached the unit as work."""
    return _tray(request, "document_list", IncomingTable, incoming(request.actor))


@require_GET
@signed_in
def sent_list(request: MemberRequest) -> HttpResponseBase:
    """发文: the unit's own documents."""
    return _tray(request, "sent_list", OutgoingTable, outgoing(request.actor))


@require_GET
@signed_in
def copy_list(request: MemberRequest) -> HttpResponseBase:
    """抄送: what reached the unit to be read."""
    return _tray(request, "copy_list", CopyTable, copies(request.actor))


def _tray(request: MemberRequest, name: str, kind: type[Table[Any]], rows: QuerySet[Any]) -> HttpResponseBase:
    table = kind(request.GET, rows, path=reverse(f"documents:{name}"))
    if table.wants_export:
        return table.export(kind.caption)
    waiting, unread = waiting_receipts(request.actor), new_copies(request.actor)
    context = {
        "nav_key": "documents",
        "heading": "文件",
        "table": table,
        "tab": name,
        "links": [item for item in collect("tray_links") if item.visible(request.actor)],
        "waiting": waiting,
        "unread": unread,
        "can_create": can_create_document(request.actor),
        "can_pick": request.actor.works and {"document_list": waiting, "copy_list": unread}.get(name, 0),
    }
    return page(request, "documents/document_list.html", context, fragments=("core/list.html#table",))


@require_POST
@signed_in
def receive_chosen(request: MemberRequest) -> HttpResponse:
    """签收 for all that were ticked in the list."""
    ids = [int(item) for item in request.POST.getlist("delivery") if item.isdecimal()]
    chosen = Delivery.objects.visible_to(request.actor).filter(pk__in=ids, org_id=request.actor.org_id)
    rows = list(chosen.filter(received_at__isnull=True))
    if not rows:
        raise BadInputError("还没有勾选要签收的文件，或者同事刚刚已经签收了。请回到列表再看看。")
    number = receive_many(rows, by=request.actor)
    done = "阅知" if all(row.is_copy for row in rows) else "签收"
    return toast(
        request, f"已{done} {number} 份文件。", then=safe_next(request, reverse("documents:document_list"))
    )
