"""Who may set channels, write to many units, and look after what did not go."""

from xinhuo.core.actor import Actor, Role
from xinhuo.core.answer import ALLOWED, Answer, denied, not_now

from . import sealing
from .enums import BroadcastState, ChannelKind, SendState
from .models import Broadcast, Channel, Outgoing
from .outbox import mail_is_ready

OTHER_UNIT = "这是别的单位的。"


def can_keep_channels(actor: Actor) -> Answer:
    """The unit's administrator: an address with its secret is a key to the group."""
    if not actor.has_role(Role.ADMIN):
        return denied("发送渠道由本单位管理员设置。")
    return ALLOWED if sealing.is_ready() else not_now(sealing.NO_KEY)


def can_change_channel(actor: Actor, channel: Channel) -> Answer:
    """The same, for the own unit's."""
    return can_keep_channels(actor) if channel.org_id == actor.org_id else denied(OTHER_UNIT)


def can_test_channel(actor: Actor, channel: Channel) -> Answer:
    """A test goes only through a channel in use, and by mail only with a mail server."""
    answer = can_change_channel(actor, channel)
    if answer and not channel.active:
        return not_now("这个渠道已经停用。先恢复使用，再试发。")
    if answer and channel.kind == ChannelKind.MAIL and not mail_is_ready():
        return not_now("本站还没有设置发信服务器，邮件发不出去。请联系安装人员。")
    return answer


def can_look_after(actor: Actor) -> Answer:
    """Who works for the unit, or keeps its accounts."""
    if actor.works or actor.has_role(Role.ADMIN):
        return ALLOWED
    return denied("您的岗位只能查看。")


def _own(actor: Actor, item: Outgoing) -> Answer:
    return can_look_after(actor) if item.org_id == actor.org_id else denied(OTHER_UNIT)


def can_send_again(actor: Actor, item: Outgoing) -> Answer:
    """What failed, or is uncertain after somebody looked."""
    answer = _own(actor, item)
    if answer and item.state not in SendState.NEEDS_PERSON:
        return not_now(f"这一条现在是“{item.get_state_display()}”，不用再发。")
    if answer and item.channel is not None and not item.channel.active:
        return not_now("这个渠道已经停用。先恢复使用，再发一次。")
    return answer


def can_settle(actor: Actor, item: Outgoing) -> Answer:
    """Somebody looked: it did arrive."""
    answer = _own(actor, item)
    if answer and item.state != SendState.UNCERTAIN:
        return not_now(f"这一条现在是“{item.get_state_display()}”，不需要人工确认。")
    return answer


def can_drop(actor: Actor, item: Outgoing) -> Answer:
    """What did not go yet need not go any more."""
    answer = _own(actor, item)
    if answer and SendState.DROPPED not in SendState.MOVES[item.state]:
        return not_now(f"这一条现在是“{item.get_state_display()}”，停不下来了。")
    return answer


def can_broadcast(actor: Actor) -> Answer:
    """Who works for the unit may write to the units below it."""
    return ALLOWED if actor.works else denied("您的岗位不能群发消息，请由经办人、秘书长或者负责人来发。")


def can_release(actor: Actor, broadcast: Broadcast) -> Answer:
    """After a look at the preview: the writer or, better, a second person of the unit."""
    answer = can_broadcast(actor) if broadcast.org_id == actor.org_id else denied(OTHER_UNIT)
    if answer and broadcast.state != BroadcastState.LOOK:
        by = f"（{broadcast.looked_by_name}）" if broadcast.looked_by_name else ""
        return not_now(f"这条消息已经是“{broadcast.get_state_display()}”{by}，不用再办。")
    return answer
