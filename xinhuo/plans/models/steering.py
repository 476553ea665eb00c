"""What steering keeps: frozen lateness, causes, extensions, closings, reminders, escalations."""

from typing import ClassVar

from django.db import models
from django.urls import reverse

from xinhuo.core.actor import Actor
from xinhuo.core.errors import NotNowError
from xinhuo.core.fields import PathRange
from xinhuo.orgs.models import Org

from ..enums import DelayCause, EscalationState, ExtensionState, NudgeKind


class Steered(models.Model):
    """What steering adds to an assignment.

    ``target`` is the unit's own goal, set by the giver; ``closed_at`` says that the giver has closed it (办结);
    ``first_due`` is the date it was given with, kept once an extension moved ``due``.
    """

    target = models.DecimalField("本单位目标", max_digits=14, decimal_places=2, null=True, blank=True)
    first_due = models.DateField("原定时限", null=True, blank=True)
    closed_at = models.DateTimeField("办结时间", null=True, blank=True)

    class Meta:
        """Columns of ``Assignment``."""

        abstract = True


class Timeliness(models.Model):
    """How late a unit's words on one duty were when their page was first accepted. Written once, never changed.

    ``due`` is the date that held then (extension and school holidays counted in), ``days`` is 0 in time.
    """

    assignment = models.ForeignKey("plans.Assignment", models.PROTECT, related_name="timeliness")
    report = models.ForeignKey("plans.Report", models.PROTECT, related_name="timeliness")
    org = models.ForeignKey(Org, models.PROTECT, related_name="+")
    due = models.DateField("时限")
    sent_on = models.DateField("报送日期")
    days = models.PositiveIntegerField("晚几天")
    at = models.DateTimeField("审核时间")

    class Meta:
        """One per duty, unit and page."""

        verbose_name = "按时情况"
        ordering = ("id",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assignment", "report"], name="timeliness_once")
        ]

    def __str__(self) -> str:
        """How late."""
        return f"晚 {self.days} 天" if self.days else "按时"


class Delay(models.Model):
    """Why a unit is late, in words of a list; told by the unit itself or recorded by the unit above. The newest holds.

    Belongs to one duty of the unit, or to one whole page.
    """

    assignment = models.ForeignKey(
        "plans.Assignment", models.PROTECT, null=True, blank=True, related_name="delays"
    )
    report = models.ForeignKey("plans.Report", models.PROTECT, null=True, blank=True, related_name="delays")
    cause = models.CharField("原因", max_length=12, choices=DelayCause)
    words = models.CharField("说明", max_length=200, blank=True)
    by_org = models.ForeignKey(Org, models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        """By time."""

        verbose_name = "原因"
        ordering = ("id",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(assignment__isnull=False) ^ models.Q(report__isnull=False),
                name="delay_of_one_thing",
            )
        ]

    def __str__(self) -> str:
        """疫情（集中隔离）."""
        label = self.get_cause_display()
        return f"{label}（{self.words}）" if self.words else label


class Extension(models.Model):
    """More time for one duty of one unit: asked by the unit, decided by the unit that gave the duty."""

    assignment = models.ForeignKey("plans.Assignment", models.PROTECT, related_name="extensions")
    old_due = models.DateField("原时限")
    new_due = models.DateField("申请延到")
    reason = models.CharField("理由", max_length=300)
    state = models.CharField("状态", max_length=12, choices=ExtensionState, default=ExtensionState.ASKED)
    by_name = models.CharField("申请人", max_length=64)
    asked_at = models.DateTimeField()
    decided_by = models.CharField("决定人", max_length=64, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField("意见", max_length=300, blank=True)

    class Meta:
        """Newest first; one waits at most."""

        verbose_name = "延期"
        ordering = ("-id",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["assignment"],
                condition=models.Q(state=ExtensionState.ASKED),
                name="extension_one_open",
            )
        ]

    def __str__(self) -> str:
        """Until when."""
        return f"{self.assignment}：延到 {self.new_due.isoformat()}"

    def advance(self, to: ExtensionState) -> None:
        """The only writer of ``state``; NotNowError for a move that the table does not know. Not saved here."""
        if to not in ExtensionState.MOVES[self.state]:
            raise NotNowError(f"这次延期申请现在是“{self.get_state_display()}”，不能再改。")
        self.state = to


class Closing(models.Model):
    """An assignment was closed (办结), and perhaps reopened; ``late_days`` and ``cause`` are copied and stay."""

    assignment = models.ForeignKey("plans.Assignment", models.PROTECT, related_name="closings")
    words = models.CharField("说明", max_length=300, blank=True)
    late_days = models.PositiveIntegerField(default=0)
    cause = models.CharField(max_length=240, blank=True)
    by_name = models.CharField("办结人", max_length=64)
    at = models.DateTimeField()
    reopened_by = models.CharField("重新打开的人", max_length=64, blank=True)
    reopened_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField("重新打开的理由", max_length=300, blank=True)

    class Meta:
        """Newest first; one holds at most."""

        verbose_name = "办结"
        ordering = ("-id",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["assignment"], condition=models.Q(reopened_at=None), name="closing_one_holds"
            )
        ]

    def __str__(self) -> str:
        """By whom."""
        return f"{self.by_name}办结"


class Nudge(models.Model):
    """A unit was reminded of one thing in one window; the key makes a second one impossible."""

    org = models.ForeignKey(Org, models.PROTECT, related_name="+")
    by_org = models.ForeignKey(Org, models.PROTECT, related_name="nudges")
    kind = models.CharField(max_length=12, choices=NudgeKind)
    subject_id = models.BigIntegerField()
    window = models.CharField(max_length=24)
    by_name = models.CharField("提醒人", max_length=64)
    at = models.DateTimeField()

    class Meta:
        """Newest first."""

        verbose_name = "提醒"
        ordering = ("-id",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["org", "kind", "subject_id", "window"], name="nudge_once")
        ]
        indexes: ClassVar = [models.Index(fields=["by_org", "org", "-at"], name="plans_nudge_by")]

    def __str__(self) -> str:
        """Of what."""
        return f"{self.get_kind_display()} {self.at:%m-%d}"


class EscalationQuerySet(models.QuerySet["Escalation"]):
    """Who may see which escalations."""

    def visible_to(self, actor: Actor) -> "EscalationQuerySet":
        """Those the own unit prepared; those about the own unit or one below once they were released."""
        own = models.Q(by_org_id=actor.org_id)
        released = models.Q(state__in=(EscalationState.RELEASED, EscalationState.SEEN))
        about = models.Q(PathRange.under("org__path", actor.path)) & released
        return self.filter(own | about)


class Escalation(models.Model):
    """What a unit's leader should know: prepared by the schedule, looked at and released by a person (升级).

    ``items`` are ``{"kind", "id", "title", "due", "url"}`` as they stood when it was prepared.
    """

    org = models.ForeignKey(Org, models.PROTECT, related_name="escalations")
    by_org = models.ForeignKey(Org, models.PROTECT, related_name="escalations_prepared")
    state = models.CharField("状态", max_length=12, choices=EscalationState, default=EscalationState.PREPARED)
    items = models.JSONField(default=list)
    words = models.CharField("附言", max_length=300, blank=True)
    prepared_at = models.DateTimeField()
    looked_by = models.CharField("看过的人", max_length=64, blank=True)
    looked_at = models.DateTimeField(null=True, blank=True)
    seen_by = models.CharField("知道了", max_length=64, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    objects = EscalationQuerySet.as_manager()

    class Meta:
        """Newest first; one waits at most per unit."""

        verbose_name = "升级提醒"
        ordering = ("-id",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["org", "by_org"],
                condition=models.Q(state=EscalationState.PREPARED),
                name="escalation_one_waits",
            )
        ]

    def __str__(self) -> str:
        """About whom."""
        return f"{self.org.short_name} {len(self.items)} 件"

    def advance(self, to: EscalationState) -> None:
        """The only writer of ``state``; NotNowError for a move that the table does not know. Not saved here."""
        if to not in EscalationState.MOVES[self.state]:
            raise NotNowError(f"这份升级提醒现在是“{self.get_state_display()}”，可能同事刚刚办过。")
        self.state = to

    @property
    def url(self) -> str:
        """Its page."""
        return reverse("plans:escalation", args=[self.pk])
