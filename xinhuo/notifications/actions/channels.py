"""Group chats and mailboxes of a unit, set by its administrator."""

import datetime as dt
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.core.answer import require
from xinhuo.core.errors import BadInputError
from xinhuo.journal.actions import journal

from .. import addresses, sealing
from ..enums import ChannelKind, SendState
from ..kinds import CHANNEL as SUBJECT
from ..models import Channel, Outgoing
from ..outbox import put
from ..rules import can_change_channel, can_keep_channels, can_test_channel

SAME_NAME = "本单位已经有叫这个名称的渠道，请换一个名称。"


@dataclass(frozen=True, slots=True)
class ChannelFacts:
    """What the administrator types. An empty ``address`` on a change keeps the one that is there."""

    kind: str
    name: str
    address: str = ""
    secret: str = ""
    quiet_from: dt.time = dt.time(21)
    quiet_to: dt.time = dt.time(8)


def _locked_away(facts: ChannelFacts) -> tuple[str, str]:
    """The sealed address and what may be shown of it."""
    if facts.kind == ChannelKind.MAIL:
        return sealing.seal({"token": facts.address}), facts.address[:60]
    try:
        robot = addresses.read_robot(facts.kind, facts.address)
    except addresses.AddressError as error:
        raise BadInputError(str(error)) from error
    return sealing.seal({"token": robot.token, "secret": facts.secret}), robot.hint[:60]


@transaction.atomic
def add_channel(facts: ChannelFacts, *, by: Actor) -> Channel:
    """Connect a group chat or mailbox to the actor's unit."""
    require(can_keep_channels(by))
    sealed, hint = _locked_away(facts)
    try:
        with transaction.atomic():
            channel = Channel.objects.create(
                org_id=by.org_id,
                kind=facts.kind,
                name=facts.name,
                sealed=sealed,
                hint=hint,
                quiet_from=facts.quiet_from,
                quiet_to=facts.quiet_to,
                made_by_name=by.person_name,
                created_at=clock.now(),
            )
    except IntegrityError as error:
        raise BadInputError(SAME_NAME) from error
    said = f"设置了发送渠道“{channel.name}”（{channel.get_kind_display()}）"
    journal(by, "notifications.channel_added", said, kind=SUBJECT, subject_id=channel.pk)
    return channel


@transaction.atomic
def change_channel(channel: Channel, facts: ChannelFacts, *, by: Actor) -> Channel:
    """Another name, other quiet hours, or a new address; the kind stays."""
    channel = Channel.objects.select_for_update().get(pk=channel.pk)
    require(can_change_channel(by, channel))
    changed = ["name", "quiet_from", "quiet_to"]
    channel.name, channel.quiet_from, channel.quiet_to = facts.name, facts.quiet_from, facts.quiet_to
    if facts.address:
        channel.sealed, channel.hint = _locked_away(facts)
        changed += ["sealed", "hint"]
    try:
        with transaction.atomic():
            channel.save(update_fields=changed)
    except IntegrityError as error:
        raise BadInputError(SAME_NAME) from error
    fields = [*changed[:3], *(["address"] if facts.address else [])]
    said = f"改了发送渠道“{channel.name}”" + ("的地址" if facts.address else "")
    journal(by, "notifications.channel_changed", said, kind=SUBJECT, subject_id=channel.pk, fields=fields)
    return channel


@transaction.atomic
def switch_channel(channel: Channel, *, on: bool, by: Actor) -> Channel:
    """Stop using it or use it again. What still waited when it was stopped does not go any more."""
    channel = Channel.objects.select_for_update().get(pk=channel.pk)
    require(can_change_channel(by, channel))
    channel.active = on
    channel.save(update_fields=["active"])
    if not on:
        waiting = Outgoing.objects.filter(channel=channel, state=SendState.WAITING)
        waiting.update(state=SendState.DROPPED, message="渠道停用了，没有发。")
    said = f"{'恢复' if on else '停用'}了发送渠道“{channel.name}”"
    journal(by, "notifications.channel_switched", said, kind=SUBJECT, subject_id=channel.pk)
    return channel


@transaction.atomic
def try_channel(channel: Channel, *, by: Actor) -> Outgoing:
    """Send one harmless line now, quiet hours or not: the administrator is looking at the group."""
    channel = Channel.objects.select_for_update().get(pk=channel.pk)
    require(can_test_channel(by, channel))
    moment = clock.now()
    made = put(
        f"test:{channel.pk}:{moment.timestamp()}",
        org_id=by.org_id,
        title="试发一条",
        text=f"这是{by.org_name}关工委从薪火平台试发的一条消息，看到就说明接通了。",
        channel=channel,
        asked_for=True,
    )
    if made is None:
        raise BadInputError("刚刚试发过了，请看“发出的消息”。")
    said = f"试发了发送渠道“{channel.name}”"
    journal(by, "notifications.channel_tested", said, kind=SUBJECT, subject_id=channel.pk)
    return made
