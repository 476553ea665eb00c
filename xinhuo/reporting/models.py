"""Forms that are asked, rounds in which they are asked, and what each unit returned."""

from typing import ClassVar

from django.db import models
from django.urls import reverse

from xinhuo.core.actor import Actor
from xinhuo.core.errors import NotNowError
from xinhuo.core.fields import AncestorColumns, PathRange
from xinhuo.orgs.models import Org
from xinhuo.orgs.proxies import stood_for

from .columns import Column
from .enums import FormKind, ReturnState, RoundState
from .kinds import RETURN


class Form(models.Model):
    """What is asked: a list with columns, a text, files, or several at once. Fixed once a round has opened."""

    org = models.ForeignKey(Org, models.PROTECT, related_name="+")
    kind = models.CharField("类别", max_length=12, choices=FormKind, default=FormKind.WORDS)
    title = models.CharField("名称", max_length=120, blank=True)
    columns = models.JSONField("栏目", default=list)
    ready_set = models.CharField("现成的一套", max_length=40, blank=True)
    wants_text = models.BooleanField("一段话", default=False)
    text_help = models.CharField("写什么", max_length=200, blank=True)
    wants_files = models.BooleanField("附件", default=False)
    files_help = models.CharField("传什么", max_length=200, blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        """Newest first."""

        verbose_name = "填报内容"
        ordering = ("-id",)

    def __str__(self) -> str:
        """The name."""
        return self.title or self.get_kind_display()

    @property
    def wants_list(self) -> bool:
        """Whether rows are asked for."""
        return self.kind == FormKind.LIST

    @property
    def all_columns(self) -> list[Column]:
        """The columns, also those set aside while no list is asked for."""
        return [Column.from_json(item) for item in self.columns]

    @property
    def column_list(self) -> list[Column]:
        """The columns to be filled; none where no list is asked for."""
        return self.all_columns if self.wants_list else []

    @property
    def asks(self) -> str:
        """What is asked, in words: 名单《参会回执》、一段话、附件."""
        parts = [f"名单《{self.title}》" if self.title else "名单"] if self.wants_list else []
        parts += ["一段话"] if self.wants_text else []
        parts += ["附件"] if self.wants_files else []
        return "、".join(parts)

    @property
    def version(self) -> str:
        """Changes with every save."""
        return f"{self.updated_at.timestamp():.6f}"


class RoundQuerySet(models.QuerySet["Round"]):
    """Who may look at what a unit collects."""

    def visible_to(self, actor: Actor) -> "RoundQuerySet":
        """The unit's own and those of units below it."""
        return self.filter(PathRange.under("asker__path", actor.path))


class Round(models.Model):
    """A form asked from units by ``asker``, because of ``(kind, subject_id)`` of an app above.

    ``upstream`` is the round in which the asker itself has to answer, when it passes the question on.
    """

    form = models.ForeignKey(Form, models.PROTECT, related_name="rounds")
    asker = models.ForeignKey(Org, models.PROTECT, related_name="rounds")
    upstream = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="downstream")
    kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    title = models.CharField("名称", max_length=200)
    cite = models.CharField("出处", max_length=120, blank=True)
    due = models.DateField("时限", null=True, blank=True)
    state = models.CharField("状态", max_length=12, choices=RoundState, default=RoundState.OPEN)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        """Newest first; a subject asks a form once."""

        verbose_name = "收集"
        ordering = ("-id",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "subject_id", "form"], name="round_once_per_subject")
        ]
        indexes: ClassVar = [models.Index(fields=["asker", "-id"], name="reporting_round_asker")]

    def __str__(self) -> str:
        """The title."""
        return self.title

    def advance(self, to: RoundState) -> None:
        """The only writer of ``state``; NotNowError for a move that the table does not know. Not saved here."""
        if to not in RoundState.MOVES[self.state]:
            raise NotNowError("这次收集已经结束了。")
        self.state = to

    @property
    def url(self) -> str:
        """The merged sheet."""
        return reverse("reporting:round_detail", args=[self.pk])


class ReturnQuerySet(models.QuerySet["Return"]):
    """Who may see which answers."""

    def arrived(self) -> "ReturnQuerySet":
        """Those whose question has reached the unit."""
        return self.filter(opened_at__isnull=False)

    def visible_to(self, actor: Actor) -> "ReturnQuerySet":
        """Of the own unit and those it stands in for; of others below or addressed here once they were sent."""
        mine = models.Q(org_id=actor.org_id) | models.Q(org_id__in=stood_for(actor, RETURN))
        own = models.Q(mine, opened_at__isnull=False)
        sent = models.Q(PathRange.under("org__path", actor.path)) | models.Q(round__asker_id=actor.org_id)
        return self.filter(own | models.Q(sent, first_sent_at__isnull=False))

    def with_stood_for(self, actor: Actor) -> "ReturnQuerySet":
        """Each with ``is_stood_for``: whether the actor's unit stands in for its unit today."""
        theirs = stood_for(actor, RETURN).filter(org_id=models.OuterRef("org_id"))
        return self.annotate(is_stood_for=models.Exists(theirs))


class Return(AncestorColumns):
    """A unit's answer in a round. ``rows`` is the truth (see ``rows.py``); ``version`` grows with every save.

    ``sent_revision`` and ``accepted_revision`` are ids of ``flows.Revision``: what upper levels see and count.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="returns")
    org = models.ForeignKey(Org, models.PROTECT, related_name="returns")
    state = models.CharField("状态", max_length=12, choices=ReturnState, default=ReturnState.DRAFT)
    due = models.DateField("时限", null=True, blank=True)
    rows = models.JSONField(default=list)
    nothing = models.BooleanField("没有要报的", default=False)
    text = models.TextField("文字", blank=True)
    text_version = models.PositiveIntegerField(default=0)
    text_by_id = models.BigIntegerField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True, blank=True)
    saved_by_id = models.BigIntegerField(null=True, blank=True)
    saved_by = models.CharField("填报人", max_length=64, blank=True)
    saved_for_id = models.BigIntegerField("代填单位", null=True, blank=True)
    created_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    first_sent_at = models.DateTimeField(null=True, blank=True)
    sent_revision = models.BigIntegerField(null=True, blank=True)
    accepted_revision = models.BigIntegerField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_late_days = models.PositiveIntegerField(null=True, blank=True)

    objects = ReturnQuerySet.as_manager()

    class Meta:
        """One per unit and round."""

        verbose_name = "回复"
        ordering = ("-id",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "org"], name="return_once_per_unit")
        ]
        indexes: ClassVar = [
            models.Index(fields=["org", "-id"], name="reporting_return_org"),
            models.Index(fields=["a1", "-created_at", "-id"], name="reporting_return_a1"),
            models.Index(fields=["a2", "-created_at", "-id"], name="reporting_return_a2"),
            models.Index(fields=["a3", "-created_at", "-id"], name="reporting_return_a3"),
        ]

    def __str__(self) -> str:
        """Which unit answers what."""
        return f"{self.org.short_name}：{self.round.title}"

    def advance(self, to: ReturnState) -> None:
        """The only writer of ``state``; NotNowError for a move that the table does not know. Not saved here."""
        if to not in ReturnState.MOVES[self.state]:
            raise NotNowError(f"这份回复现在的状态是“{self.get_state_display()}”，不能这样办。请刷新看看。")
        self.state = to

    @property
    def url(self) -> str:
        """The page on which the unit answers and the upper one reads."""
        return reverse("reporting:return_detail", args=[self.pk])
