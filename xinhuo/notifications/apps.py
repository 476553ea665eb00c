"""The notifications app."""

import datetime as dt
from typing import Any

from django.apps import AppConfig
from django.db.models import QuerySet
from django.urls import reverse

from xinhuo.core.actor import Actor
from xinhuo.core.contracts import HeaderTool, JobKind, Notice, Schedule, Subject, Verb

from .kinds import BROADCAST, CHANNEL, OUTGOING


def _unread(actor: Actor) -> QuerySet[Any]:
    from .models import Message

    return Message.objects.visible_to(actor).unread()


def _broadcast(job: Any) -> dict[str, Any]:
    from .actions.broadcasting import run_broadcast

    return run_broadcast(job)


def _see_broadcast(actor: Actor, broadcast_id: int) -> bool:
    from .models import Broadcast

    return Broadcast.objects.visible_to(actor).filter(pk=broadcast_id).exists()


def _see_outgoing(actor: Actor, outgoing_id: int) -> bool:
    from .models import Outgoing

    return Outgoing.objects.visible_to(actor).filter(pk=outgoing_id).exists()


def _see_channel(actor: Actor, channel_id: int) -> bool:
    from .models import Channel

    return Channel.objects.visible_to(actor).filter(pk=channel_id).exists()


def _pump() -> None:
    from .sending import pump

    pump()


def _digest() -> None:
    from .digest import send_digests

    send_digests()


class NotificationsConfig(AppConfig):
    """Messages, daily mail, group chats; knows no subject."""

    name = "xinhuo.notifications"
    label = "notifications"
    verbose_name = "消息和提醒"

    notices = (
        Notice(BROADCAST, "上级群发的消息", to_groups=True),
        Notice("notifications.stuck", "没有发成的消息"),
    )
    header_tools = (
        HeaderTool("messages", "消息", "notifications:message_list", "bell", _unread, "条新消息"),
    )
    job_kinds = (JobKind(BROADCAST, "群发消息", _broadcast),)
    schedules = (
        Schedule("notifications.pump", "把待发的发出去", _pump, every=dt.timedelta(seconds=30)),
        Schedule(
            "notifications.digest",
            "每天一封的提醒",
            _digest,
            every=dt.timedelta(days=1),
            at=dt.timedelta(hours=8),
        ),
    )
    subjects = (
        Subject(
            BROADCAST,
            "群发消息",
            lambda pk: reverse("notifications:broadcast_detail", args=[pk]),
            _see_broadcast,
        ),
        Subject(
            OUTGOING,
            "发出的消息",
            lambda pk: reverse("notifications:outgoing_detail", args=[pk]),
            _see_outgoing,
        ),
        Subject(
            CHANNEL,
            "发送渠道",
            lambda pk: f"{reverse('notifications:channel_list')}#channel-{pk}",
            _see_channel,
        ),
    )
    verbs = (
        Verb("notifications.preferred", "改怎样通知我"),
        Verb("notifications.channel_added", "新增发送渠道"),
        Verb("notifications.channel_changed", "修改发送渠道"),
        Verb("notifications.channel_switched", "停用或恢复渠道"),
        Verb("notifications.channel_tested", "试发"),
        Verb("notifications.sent_again", "再发一次"),
        Verb("notifications.settled", "确认已经发到"),
        Verb("notifications.dropped", "决定不发"),
        Verb("notifications.broadcast_written", "起草群发消息"),
        Verb("notifications.broadcast_sent", "群发消息"),
        Verb("notifications.broadcast_dropped", "不发群发消息"),
    )
