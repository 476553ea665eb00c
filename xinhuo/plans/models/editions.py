"""Editions of a plan: what each version of the text said. The plan's rows always are the newest one."""

from typing import ClassVar

from django.db import models
from django.urls import reverse

from xinhuo.core.actor import Actor
from xinhuo.core.errors import NotNowError

from ..enums import EditionState
from .text import Plan


class PlanVersionQuerySet(models.QuerySet["PlanVersion"]):
    """Who may see which versions."""

    def visible_to(self, actor: Actor) -> "PlanVersionQuerySet":
        """Adopted versions of plans the actor sees; one that waits to be adopted is its issuer's own."""
        plans = self.filter(plan__in=Plan.objects.visible_to(actor))
        own = models.Q(plan__document__issuer_id=actor.org_id)
        return plans.filter(own | ~models.Q(state=EditionState.DRAFT))


class PlanVersion(models.Model):
    """One version of a plan's text. ``rows`` are its nodes as they stood, ``changes`` what it changed.

    ``rows`` is a list of ``{"key", "depth", "marker", "text", "duties": [titles]}``; ``changes`` a list of
    ``{"kind", "moved", "marker", "pieces": [[op, words]], "duties": [keys]}`` (see ``reading.compare``).
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField("第几版")
    state = models.CharField("状态", max_length=12, choices=EditionState, default=EditionState.DRAFT)
    text = models.TextField()
    reading = models.JSONField(default=dict)
    rows = models.JSONField(default=list)
    changes = models.JSONField(default=list)
    note = models.CharField("说明", max_length=200, blank=True)
    by_person_id = models.BigIntegerField(null=True)
    by_name = models.CharField("经办人", max_length=64)
    created_at = models.DateTimeField()
    adopted_at = models.DateTimeField(null=True, blank=True)

    objects = PlanVersionQuerySet.as_manager()

    class Meta:
        """In order; a number is given once, and only one version waits at a time."""

        verbose_name = "要点版本"
        ordering = ("plan_id", "number", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan", "number"],
                condition=models.Q(state=EditionState.ADOPTED),
                name="planversion_number_once",
            ),
            models.UniqueConstraint(
                fields=["plan"], condition=models.Q(state=EditionState.DRAFT), name="planversion_one_draft"
            ),
        ]

    def __str__(self) -> str:
        """Which version of what."""
        return f"{self.plan}（第{self.number}版）"

    def advance(self, to: EditionState) -> None:
        """The only writer of ``state``; NotNowError for a move that the table does not know. Not saved here."""
        if to not in EditionState.MOVES[self.state]:
            raise NotNowError(f"这一版现在是“{self.get_state_display()}”，不能再办。请刷新后再看。")
        self.state = to

    @property
    def url(self) -> str:
        """The version's page."""
        return reverse("plans:version_detail", args=[self.pk])
