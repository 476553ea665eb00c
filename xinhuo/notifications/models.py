"""Messages inside the system, and everything that leaves it: mail and group chats, with how it went."""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.urls import reverse

from xinhuo.core.actor import Actor, Role
from xinhuo.orgs.models import Org, Selection
from xinhuo.people.models import Person

from .enums import BroadcastState, ChannelKind, MailWish, SendState

QUIET_FROM, QUIET_TO = dt.time(21, 0), dt.time(8, 0)


class MessageQuerySet(models.QuerySet["Message"]):
    """Messages by whose they are."""

    def visible_to(self, actor: Actor) -> "MessageQuerySet":
        """The actor's own, whichever post they came to."""
        return self.filter(person_id=actor.person_id)

    def unread(self) -> "MessageQuerySet":
        """Not read yet."""
        return self.filter(read_at__isnull=True)


class Message(models.Model):
    """Something a person should know. What has to be done is a Todo, never a message.

    At most once per (key, kind, subject, person, window): the constraint keeps it, whoever is faster.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="messages")
    org = models.ForeignKey(Org, models.PROTECT, related_name="+")
    role = models.CharField(max_length=16, choices=Role, blank=True)
    key = models.CharField(max_length=64)
    kind = models.CharField(max_length=40, blank=True)
    subject_id = models.BigIntegerField(default=0)
    window = models.CharField(max_length=40, blank=True)
    title = models.CharField("标题", max_length=200)
    detail = models.CharField("内容", max_length=1000, blank=True)
    url = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField("时间")
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        """Newest first."""

        verbose_name = "消息"
        ordering = ("-id",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "key", "kind", "subject_id", "window"], name="message_once_per_window"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "-id"], name="messages_of_person"),
            models.Index(fields=["person"], condition=models.Q(read_at__isnull=True), name="messages_unread"),
        ]

    def __str__(self) -> str:
        """The title."""
        return self.title


class Preference(models.Model):
    """How a person wants to be told. A person without a row looks in by himself.

    An address counts once the number sent to it was typed in: ``nonce`` makes that number, ``tries`` ends guessing.
    """

    person = models.OneToOneField(Person, models.PROTECT, related_name="notice_preference")
    mail = models.CharField("邮件", max_length=8, choices=MailWish, default=MailWish.NONE)
    address = models.EmailField("邮箱", max_length=120, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    nonce = models.CharField(max_length=32, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    quiet_from = models.TimeField("晚上几点以后不发", default=QUIET_FROM)
    quiet_to = models.TimeField("早上几点以后再发", default=QUIET_TO)

    class Meta:
        """One row per person."""

        verbose_name = "怎样通知我"

    def __str__(self) -> str:
        """The wish in words."""
        return self.get_mail_display()


class Told(models.Model):
    """A person was told of something in a daily mail: not again in the same window."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    key = models.CharField(max_length=80)
    window = models.CharField(max_length=40)
    day = models.DateField()

    class Meta:
        """Once per person, thing and window."""

        verbose_name = "已提醒"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "key", "window"], name="told_once_per_window")
        ]
        indexes: ClassVar = [models.Index(fields=["day"], name="told_day")]

    def __str__(self) -> str:
        """What and when."""
        return f"{self.key} {self.window}"


class ChannelQuerySet(models.QuerySet["Channel"]):
    """Channels by whose they are."""

    def visible_to(self, actor: Actor) -> "ChannelQuerySet":
        """The own unit's."""
        return self.filter(org_id=actor.org_id)


class Channel(models.Model):
    """A group chat or mailbox of a unit. ``sealed`` is the address with its secret, unreadable without the key.

    The key stands outside database and backup (``notifications.sealing``).
    """

    org = models.ForeignKey(Org, models.PROTECT, related_name="channels")
    kind = models.CharField("种类", max_length=12, choices=ChannelKind)
    name = models.CharField("名称", max_length=40)
    sealed = models.TextField()
    hint = models.CharField("地址", max_length=60)
    active = models.BooleanField("在用", default=True)
    quiet_from = models.TimeField("晚上几点以后不发", default=QUIET_FROM)
    quiet_to = models.TimeField("早上几点以后再发", default=QUIET_TO)
    made_by_name = models.CharField("设置人", max_length=64)
    created_at = models.DateTimeField()

    objects = ChannelQuerySet.as_manager()

    class Meta:
        """By name."""

        verbose_name = "发送渠道"
        ordering = ("name", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["org", "name"], name="channel_name_once_per_unit")
        ]

    def __str__(self) -> str:
        """The name."""
        return self.name


class Bucket(models.Model):
    """Tokens left for a channel (or for all mail); shared by every worker."""

    name = models.CharField(max_length=40, unique=True)
    tokens = models.FloatField()
    filled_at = models.DateTimeField()

    class Meta:
        """One row per channel."""

        verbose_name = "发送限速"

    def __str__(self) -> str:
        """Which channel."""
        return self.name


class BroadcastQuerySet(models.QuerySet["Broadcast"]):
    """Messages to many by whose they are."""

    def visible_to(self, actor: Actor) -> "BroadcastQuerySet":
        """The own unit's."""
        return self.filter(org_id=actor.org_id)


class Broadcast(models.Model):
    """A message to many units. Somebody looks at what will go to whom before it goes."""

    org = models.ForeignKey(Org, models.PROTECT, related_name="broadcasts")
    selection = models.ForeignKey(Selection, models.PROTECT, related_name="+")
    title = models.CharField("标题", max_length=100)
    text = models.TextField("内容", max_length=1000)
    state = models.CharField("状态", max_length=8, choices=BroadcastState, default=BroadcastState.LOOK)
    written_by_id = models.BigIntegerField(null=True)
    written_by_name = models.CharField("起草人", max_length=64)
    written_at = models.DateTimeField("起草时间")
    looked_by_name = models.CharField("看过的人", max_length=64, blank=True)
    looked_at = models.DateTimeField(null=True, blank=True)
    told = models.PositiveIntegerField("收到的人", default=0)

    objects = BroadcastQuerySet.as_manager()

    class Meta:
        """Newest first."""

        verbose_name = "群发消息"
        ordering = ("-id",)

    def __str__(self) -> str:
        """The title."""
        return self.title

    @property
    def url(self) -> str:
        """The page with the preview and the result."""
        return reverse("notifications:broadcast_detail", args=[self.pk])


class OutgoingQuerySet(models.QuerySet["Outgoing"]):
    """What goes out by whose they are."""

    def visible_to(self, actor: Actor) -> "OutgoingQuerySet":
        """The own unit's."""
        return self.filter(org_id=actor.org_id)


class Outgoing(models.Model):
    """One thing that leaves the system: a mail to a person, or a post in a group chat.

    ``unique_key`` keeps it from being written twice; ``attempt`` fences off a process that was taken for dead.
    ``asked_for``: somebody waits for it now (a test, a number to type in), so quiet hours do not hold it back.
    """

    org = models.ForeignKey(Org, models.PROTECT, related_name="outgoing")
    channel = models.ForeignKey(Channel, models.PROTECT, null=True, blank=True, related_name="outgoing")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    unique_key = models.CharField(max_length=200, unique=True)
    title = models.CharField("标题", max_length=200)
    text = models.TextField("内容")
    state = models.CharField("状态", max_length=12, choices=SendState, default=SendState.WAITING)
    attempt = models.PositiveIntegerField(default=0)
    asked_for = models.BooleanField(default=False)
    tries_left = models.PositiveSmallIntegerField(default=4)
    not_before = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    message = models.CharField("说明", max_length=300, blank=True)
    created_at = models.DateTimeField("时间")

    objects = OutgoingQuerySet.as_manager()

    class Meta:
        """Newest first."""

        verbose_name = "发出的消息"
        ordering = ("-id",)
        indexes: ClassVar = [
            models.Index(fields=["state", "not_before", "id"], name="outgoing_due"),
            models.Index(fields=["org", "-id"], name="outgoing_of_org"),
        ]

    def __str__(self) -> str:
        """The title."""
        return self.title

    @property
    def to(self) -> str:
        """Where it goes, in words."""
        if self.channel is not None:
            return f"{self.channel.get_kind_display()}“{self.channel.name}”"
        return f"{self.person.name}的邮箱" if self.person is not None else "邮箱"

    @property
    def url(self) -> str:
        """The page with what can be done about it."""
        return reverse("notifications:outgoing_detail", args=[self.pk])
