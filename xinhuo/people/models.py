"""Accounts, people and their posts."""

import datetime as dt
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from xinhuo.core import clock
from xinhuo.core.actor import Actor, Role
from xinhuo.core.fields import PathRange
from xinhuo.orgs.models import Org


class UserManager(BaseUserManager["User"]):
    """Finds users by login name."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Login names are compared without regard to case and outer spaces."""
        return self.get(username=(username or "").strip().lower())


class PersonQuerySet(models.QuerySet["Person"]):
    """Who may see whom."""

    def visible_to(self, actor: Actor) -> "PersonQuerySet":
        """People who hold or held a post in the actor's subtree, and the actor."""
        below = models.Q(pk__in=Appointment.objects.visible_to(actor).values("person_id"))
        return self.filter(below | models.Q(pk=actor.person_id))


class Person(models.Model):
    """A human being. A duplicate points at the kept record; foreign keys are never moved (design 3)."""

    name = models.CharField("姓名", max_length=40)
    phone = models.CharField("手机", max_length=30, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    is_synthetic = models.BooleanField("演示数据", default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        """By id."""

        verbose_name = "人员"
        ordering = ("id",)

    def __str__(self) -> str:
        """The name."""
        return self.name


class User(AbstractBaseUser):
    """A login. Roles hang on appointments, never on the login itself."""

    person = models.OneToOneField(Person, models.PROTECT, related_name="user")
    username = models.CharField("登录名", max_length=40, unique=True)
    is_active = models.BooleanField("可登录", default=True)
    must_change_password = models.BooleanField("首次登录要改密码", default=False)
    is_demo = models.BooleanField("演示账号", default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar = []

    objects = UserManager()

    class Meta:
        """By login name, which is kept in lower case so that one name can never mean two people."""

        verbose_name = "账号"
        ordering = ("username",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(username=Lower("username")), name="user_name_lower_case"
            )
        ]

    def __str__(self) -> str:
        """The login name."""
        return self.username


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    """Posts by time and by place."""

    def current(self, on: dt.date | None = None) -> "AppointmentQuerySet":
        """Posts held on a day (default today)."""
        day = on or clock.today()
        return self.filter(
            models.Q(valid_from__lte=day), models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=day)
        )

    def visible_to(self, actor: Actor) -> "AppointmentQuerySet":
        """Posts in the actor's unit and below."""
        return self.filter(PathRange.under("org__path", actor.path))


class Appointment(models.Model):
    """A person holds a role in a unit for a period; the post's title is what the office calls it."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments")
    org = models.ForeignKey(Org, models.PROTECT, related_name="appointments")
    role = models.CharField("角色", max_length=16, choices=Role)
    title = models.CharField("职务", max_length=40, blank=True)
    valid_from = models.DateField("起")
    valid_to = models.DateField("止", null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        """One open post of a kind per person and unit."""

        verbose_name = "任职"
        ordering = ("org_id", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "org", "role"],
                condition=models.Q(valid_to__isnull=True),
                name="appointment_one_open",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["org", "role"], name="people_org_role")]

    def __str__(self) -> str:
        """Who is what where."""
        return f"{self.org.short_name} {self.post_title} {self.person.name}"

    @property
    def is_current(self) -> bool:
        """Whether the post is held today; agrees with ``current()``."""
        today = clock.today()
        return self.valid_from <= today and (self.valid_to is None or self.valid_to > today)

    @property
    def post_title(self) -> str:
        """The office's own title, else the role's name."""
        return self.title or Role(self.role).label

    def as_actor(self, *, origin: str = "", request_id: str = "") -> Actor:
        """The actor value for this post."""
        return Actor(
            person_id=self.person_id,
            person_name=self.person.name,
            user_id=getattr(getattr(self.person, "user", None), "pk", None),
            appointment_id=self.pk,
            org_id=self.org_id,
            org_name=self.org.name,
            path=self.org.path,
            role=self.role,
            post_title=self.post_title,
            origin=origin,
            request_id=request_id,
        )


class Invitation(models.Model):
    """A one-time link by which a person sets the first password, or a new one after a reset."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=12, choices=[("invite", "开通账号"), ("reset", "重设密码")])
    expires_at = models.DateTimeField("有效期至")
    used_at = models.DateTimeField(null=True, blank=True)
    made_by_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Newest first. Only the token's SHA-256 is kept."""

        verbose_name = "邀请链接"
        ordering = ("-id",)

    def __str__(self) -> str:
        """For whom."""
        return f"{self.get_purpose_display()} {self.person}"


class SignIn(models.Model):
    """One open session of a login: where it is signed in. Mirrors the session and ends with it."""

    user = models.ForeignKey(User, models.PROTECT, related_name="sign_ins")
    session_key = models.CharField(max_length=40, unique=True)
    started_at = models.DateTimeField("登录时间")
    seen_at = models.DateTimeField("最近使用")
    origin = models.CharField("来自", max_length=64, blank=True)
    device = models.CharField("设备", max_length=60, blank=True)

    class Meta:
        """The one used last first."""

        verbose_name = "登录位置"
        ordering = ("-seen_at", "-id")

    def __str__(self) -> str:
        """Who from where."""
        return f"{self.user} {self.origin}"


class AccountBatchQuerySet(models.QuerySet["AccountBatch"]):
    """Whose lists these are."""

    def visible_to(self, actor: Actor) -> "AccountBatchQuerySet":
        """Only what the actor uploaded through this unit: a list holds telephone numbers."""
        return self.filter(org_id=actor.org_id, made_by_id=actor.person_id)


class AccountBatch(models.Model):
    """A list of accounts to open, read from a workbook and waiting for a yes; opened a few at a time.

    ``rows`` holds one mapping per row of the sheet (see ``people.sheet.Row``); ``done`` counts how many of the
    good rows have become accounts. Telephone numbers are taken out of ``rows`` as soon as they are used.
    """

    org = models.ForeignKey(Org, models.PROTECT, related_name="account_batches")
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="account_batches")
    file_name = models.CharField("文件", max_length=120)
    rows = models.JSONField(default=list)
    done = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AccountBatchQuerySet.as_manager()

    class Meta:
        """Newest first."""

        verbose_name = "批量开通"
        ordering = ("-id",)

    def __str__(self) -> str:
        """The file it came from."""
        return self.file_name
