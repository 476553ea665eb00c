"""Group chats and mailboxes of the own unit."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xinhuo.core.answer import require
from xinhuo.core.http import MemberRequest, page, signed_in, toast

from .. import sealing
from ..actions import add_channel, change_channel, switch_channel, try_channel
from ..forms import ChannelForm
from ..models import Channel
from ..outbox import mail_is_ready
from ..queries import channels_of
from ..rules import can_change_channel, can_keep_channels


def _channel(request: MemberRequest, pk: int) -> Channel:
    return get_object_or_404(Channel.objects.visible_to(request.actor), pk=pk)


@require_safe
@signed_in
def channel_list(request: MemberRequest) -> HttpResponse:
    """What the unit's messages can be sent to."""
    context = {
        "nav_key": "messages",
        "channels": channels_of(request.actor),
        "may": can_keep_channels(request.actor),
        "mail_ready": mail_is_ready(),
        "sealed": sealing.is_ready(),
    }
    return page(request, "notifications/channel_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def channel_new(request: MemberRequest) -> HttpResponse:
    """Connect a group chat or mailbox."""
    require(can_keep_channels(request.actor))
    form = ChannelForm(request.POST if request.method == "POST" else None, org_id=request.actor.org_id)
    if request.method == "POST" and form.is_valid():
        channel = add_channel(form.facts, by=request.actor)
        said = f"“{channel.name}”设好了。请点“试发一条”，看群里收到没有。"
        return toast(request, said, then="notifications:channel_list")
    context = {"nav_key": "messages", "form": form, "heading": "接入一个群或者邮箱"}
    return page(request, "notifications/channel_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def channel_change(request: MemberRequest, pk: int) -> HttpResponse:
    """Another name, other hours, a new address."""
    channel = _channel(request, pk)
    require(can_change_channel(request.actor, channel))
    shown = {"name": channel.name}
    shown |= {name: f"{getattr(channel, name):%H:%M}" for name in ("quiet_from", "quiet_to")}
    form = ChannelForm(
        request.POST if request.method == "POST" else None,
        initial=shown,
        channel=channel,
        org_id=channel.org_id,
    )
    if request.method == "POST" and form.is_valid():
        change_channel(channel, form.facts, by=request.actor)
        return toast(request, "改好了。", then="notifications:channel_list")
    context = {"nav_key": "messages", "form": form, "heading": f"修改“{channel.name}”"}
    return page(request, "notifications/channel_form.html", context, status=422 if form.errors else 200)


@require_POST
@signed_in
def channel_switch(request: MemberRequest, pk: int) -> HttpResponse:
    """Stop using it, or use it again."""
    channel = switch_channel(_channel(request, pk), on=request.POST.get("on") == "1", by=request.actor)
    said = "恢复使用了。" if channel.active else "停用了，还没发的不再发。"
    return toast(request, said, then="notifications:channel_list")


@require_POST
@signed_in
def channel_test(request: MemberRequest, pk: int) -> HttpResponse:
    """Send one line to see that it works."""
    made = try_channel(_channel(request, pk), by=request.actor)
    return toast(request, "正在试发，一分钟内就有结果。请到群里看一眼。", then=made.url)
