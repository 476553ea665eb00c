"""Long work with progress, and the sign of life of the process that does it."""

from typing import ClassVar

from django.db import models
from django.urls import reverse

from xinhuo.core.actor import Actor
from xinhuo.orgs.models import Org

from .enums import JobState


class JobQuerySet(models.QuerySet["Job"]):
    """Jobs by who may see them."""

    def visible_to(self, actor: Actor) -> "JobQuerySet":
        """The own unit's."""
        return self.filter(org_id=actor.org_id)


class Job(models.Model):
    """A piece of long work, done chunk after chunk.

    ``cursor`` is how far it came; it is committed together with the effect of each chunk, so that work which was
    cut goes on where it stopped. ``run`` counts starts and fences off a process that was taken for dead;
    ``attempts`` counts starts since a person last asked for it.
    """

    kind = models.CharField(max_length=40)
    title = models.CharField("事项", max_length=200)
    state = models.CharField("状态", max_length=12, choices=JobState, default=JobState.QUEUED)
    params = models.JSONField(default=dict)
    done = models.PositiveIntegerField("已完成", default=0)
    total = models.PositiveIntegerField("共", default=0)
    message = models.CharField("说明", max_length=500, blank=True)
    cursor = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    unique_key = models.CharField(max_length=120, blank=True)
    org = models.ForeignKey(Org, models.PROTECT, related_name="jobs")
    by_person_id = models.BigIntegerField(null=True)
    by_name = models.CharField("经办人", max_length=64)
    by = models.JSONField(default=dict)
    run = models.PositiveIntegerField(default=0)
    attempts = models.PositiveIntegerField(default=0)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    cancel_asked_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField("提出时间")
    queued_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        """Newest first; the same work is open once."""

        verbose_name = "后台任务"
        ordering = ("-id",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unique_key"],
                condition=models.Q(state__in=JobState.OPEN) & ~models.Q(unique_key=""),
                name="job_open_once",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["org", "-id"], name="jobs_org"),
            models.Index(fields=["state", "heartbeat_at"], name="jobs_state"),
        ]

    def __str__(self) -> str:
        """The title."""
        return self.title

    @property
    def is_moving(self) -> bool:
        """Whether its progress may change by itself."""
        return self.state in JobState.MOVING

    @property
    def url(self) -> str:
        """The page that shows its progress."""
        return reverse("jobs:job_detail", args=[self.pk])


class WorkerBeat(models.Model):
    """A worker process is alive: it renews its row every few seconds."""

    name = models.CharField(max_length=120, unique=True)
    started_at = models.DateTimeField()
    beat_at = models.DateTimeField(db_index=True)

    class Meta:
        """Newest sign of life first."""

        verbose_name = "后台进程"
        ordering = ("-beat_at",)

    def __str__(self) -> str:
        """Host and process id."""
        return self.name


class Tick(models.Model):
    """One tick of recurring work: the row is written once, so only one process has it. See ``jobs.ticking``."""

    key = models.CharField(max_length=80)
    due = models.DateTimeField()
    claimed_at = models.DateTimeField()
    claims = models.PositiveSmallIntegerField(default=1)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Newest first; each tick once."""

        verbose_name = "定时任务"
        ordering = ("-due", "key")
        constraints: ClassVar = [models.UniqueConstraint(fields=["key", "due"], name="tick_once")]

    def __str__(self) -> str:
        """Which work, when."""
        return f"{self.key} {self.due:%Y-%m-%d %H:%M}"
