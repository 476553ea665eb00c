"""Kinds of group chats and states of what goes out."""

from enum import nonmember

from django.db.models import TextChoices


class ChannelKind(TextChoices):
    """Where a channel leads."""

    WECOM = "wecom", "企业微信群"
    DINGTALK = "dingtalk", "钉钉群"
    FEISHU = "feishu", "飞书群"
    MAIL = "mail", "邮箱"

    ROBOTS = nonmember(("wecom", "dingtalk", "feishu"))


class SendState(TextChoices):
    """How far one thing that leaves the system came. ``UNCERTAIN``: cut in mid-send, so a person has to look."""

    WAITING = "waiting", "待发"
    SENDING = "sending", "正在发"
    SENT = "sent", "已发"
    FAILED = "failed", "失败"
    UNCERTAIN = "uncertain", "不确定"
    DROPPED = "dropped", "不发了"

    NEEDS_PERSON = nonmember(("failed", "uncertain"))
    MOVES = nonmember(
        {
            "waiting": ("sending", "dropped", "uncertain"),
            "sending": ("sent", "failed", "waiting", "uncertain"),
            "failed": ("waiting", "dropped"),
            "uncertain": ("waiting", "sent", "dropped"),
            "sent": (),
            "dropped": (),
        }
    )


class BroadcastState(TextChoices):
    """A message to many units waits for a look before it goes."""

    LOOK = "look", "等看一遍"
    SENDING = "sending", "正在发"
    SENT = "sent", "已发"
    DROPPED = "dropped", "不发了"

    MOVES = nonmember({"look": ("sending", "dropped"), "sending": ("sent",), "sent": (), "dropped": ()})


class MailWish(TextChoices):
    """When a person wants mail."""

    NONE = "none", "不发邮件，我自己上来看"
    DAILY = "daily", "每天一封，急的马上发"

    WANTED = nonmember(("daily",))
