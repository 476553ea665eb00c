"""文件处理笺: what a unit does with what came in: 来文登记、拟办、批示、承办、办结."""

from typing import ClassVar

from django.db import models
from django.urls import reverse

from xinhuo.core.actor import Actor
from xinhuo.core.errors import NotNowError
from xinhuo.documents.models import Delivery, Document
from xinhuo.orgs.models import Org

from .enums import Stage


class SlipUse(models.Model):
    """A unit works with slips. A unit without a row (a school) does not, and sees nothing of them."""

    org = models.OneToOneField(Org, models.PROTECT, related_name="slip_use")
    is_on = models.BooleanField("用处理笺", default=False)

    class Meta:
        """One row per unit."""

        verbose_name = "用不用处理笺"

    def __str__(self) -> str:
        """The answer in words."""
        return "用处理笺" if self.is_on else "不用处理笺"


class SlipQuerySet(models.QuerySet["Slip"]):
    """Who may see which slips."""

    def visible_to(self, actor: Actor) -> "SlipQuerySet":
        """What happens inside a unit is its own."""
        return self.filter(org_id=actor.org_id)


class Slip(models.Model):
    """One document that came in, as the unit deals with it. ``document`` is the first of its chain.

    ``number`` is the unit's own register of the year. What was decided on paper names who recorded it
    (``recorded_by``, 代录批示).
    """

    org = models.ForeignKey(Org, models.PROTECT, related_name="slips")
    document = models.ForeignKey(Document, models.PROTECT, related_name="slips")
    delivery = models.ForeignKey(Delivery, models.PROTECT, null=True, blank=True, related_name="+")
    year = models.PositiveIntegerField("年度")
    number = models.PositiveIntegerField("收文号")
    stage = models.CharField("办到哪一步", max_length=12, choices=Stage, default=Stage.PROPOSE)
    due = models.DateField("时限", null=True, blank=True)
    registered_by = models.CharField("登记人", max_length=64)
    registered_at = models.DateTimeField("登记时间")
    proposal = models.TextField("拟办意见", blank=True)
    proposed_by = models.CharField("拟办人", max_length=64, blank=True)
    proposed_at = models.DateTimeField(null=True, blank=True)
    proposed_handlers = models.JSONField(default=list)
    ruling = models.TextField("领导批示", blank=True)
    ruled_by = models.CharField("批示人", max_length=64, blank=True)
    ruled_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.CharField("代录人", max_length=64, blank=True)
    outcome = models.TextField("办结情况", blank=True)
    closed_on = models.DateField("办结日期", null=True, blank=True)
    closed_by = models.CharField("办结人", max_length=64, blank=True)
    updated_at = models.DateTimeField()

    objects = SlipQuerySet.as_manager()

    class Meta:
        """Newest first; one slip per unit and document, one number per unit and year."""

        verbose_name = "文件处理笺"
        ordering = ("-year", "-number")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["org", "document"], name="slip_once"),
            models.UniqueConstraint(fields=["org", "year", "number"], name="slip_number_once"),
        ]

    def __str__(self) -> str:
        """The number in the register."""
        return self.register_number

    @property
    def register_number(self) -> str:
        """收文〔2026〕12号."""
        return f"收文〔{self.year}〕{self.number}号"

    @property
    def version(self) -> str:
        """Changes with every step; a form that carries an older one is refused."""
        return f"{self.updated_at.timestamp():.6f}"

    @property
    def url(self) -> str:
        """The slip's page."""
        return reverse("slips:slip", args=[self.pk])

    def advance(self, to: Stage) -> None:
        """The only writer of ``stage``; NotNowError for a move that the table does not know. Not saved here."""
        if to not in Stage.MOVES[self.stage]:
            raise NotNowError(f"这张处理笺现在是“{self.get_stage_display()}”，请刷新后再看。")
        self.stage = to


class SlipTask(models.Model):
    """One person of the unit who carries it out (承办人), and what came of it."""

    slip = models.ForeignKey(Slip, models.PROTECT, related_name="tasks")
    person_id = models.BigIntegerField()
    person_name = models.CharField("承办人", max_length=64)
    note = models.TextField("承办情况", blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """In the order named; each person once."""

        verbose_name = "承办"
        ordering = ("id",)
        constraints: ClassVar = [models.UniqueConstraint(fields=["slip", "person_id"], name="sliptask_once")]

    def __str__(self) -> str:
        """Who."""
        return self.person_name
