"""The notifications app."""

from django.apps import AppConfig

from xinhuo.core.contracts import Notice


class NotificationsConfig(AppConfig):
    """Messages, daily mail, group chats; knows no subject."""

    name = "xinhuo.notifications"
    label = "notifications"
    verbose_name = "消息和提醒"

    notices = (Notice("notifications.broadcast", "上级群发的消息", to_groups=True),)
