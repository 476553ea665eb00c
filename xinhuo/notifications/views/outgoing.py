"""What went out, what did not, and what a person decides about it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST, require_safe

from xinhuo.core.answer import require
from xinhuo.core.http import MemberRequest, page, signed_in, toast

from ..actions import drop_outgoing, send_again, settle_outgoing
from ..models import Outgoing
from ..rules import can_drop, can_look_after, can_send_again, can_settle
from ..tables import OutgoingTable


def _item(request: MemberRequest, pk: int) -> Outgoing:
    rows = Outgoing.objects.visible_to(request.actor).select_related("channel", "person")
    return get_object_or_404(rows, pk=pk)


@require_safe
@signed_in
def outgoing_list(request: MemberRequest) -> HttpResponse:
    """Everything the unit sent out, newest first."""
    require(can_look_after(request.actor))
    rows = Outgoing.objects.visible_to(request.actor).select_related("channel", "person")
    table = OutgoingTable(request.GET, rows, path=request.path)
    context = {"heading": "发出的消息", "table": table, "nav_key": "messages"}
    return page(request, "notifications/outgoing_list.html", context, fragments=("core/list.html#table",))


@require_safe
@signed_in
def outgoing_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """One thing: how it went and what can be done."""
    item = _item(request, pk)
    require(can_look_after(request.actor))
    context = {
        "nav_key": "messages",
        "item": item,
        "may_again": can_send_again(request.actor, item),
        "may_settle": can_settle(request.actor, item),
        "may_drop": can_drop(request.actor, item),
    }
    return page(request, "notifications/outgoing_detail.html", context)


@require_POST
@signed_in
def outgoing_again(request: MemberRequest, pk: int) -> HttpResponse:
    """再发一次."""
    item = send_again(_item(request, pk), by=request.actor)
    return toast(request, "已重新排队，一分钟内再发一次。", then=item.url)


@require_POST
@signed_in
def outgoing_settle(request: MemberRequest, pk: int) -> HttpResponse:
    """Somebody looked: it arrived."""
    item = settle_outgoing(_item(request, pk), by=request.actor)
    return toast(request, "已记为发到。", then=item.url)


@require_POST
@signed_in
def outgoing_drop(request: MemberRequest, pk: int) -> HttpResponse:
    """It need not go any more."""
    item = drop_outgoing(_item(request, pk), by=request.actor)
    return toast(request, "不再发了。", then=item.url)
