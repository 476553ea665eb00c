"""The work that comes of a plan: duties assigned to units, pages that report on all of them at once."""

from typing import ClassVar

from django.db import models
from django.urls import reverse

from xinhuo.core.actor import Actor
from xinhuo.core.errors import NotNowError
from xinhuo.core.fields import AncestorColumns, PathRange
from xinhuo.documents.amended import Cancellable, Movable
from xinhuo.documents.models import Delivery
from xinhuo.orgs.models import Org
from xinhuo.orgs.proxies import stood_for

from ..enums import CallKind, ReportState
from ..kinds import REPORT
from .steering import Steered
from .text import Duty

REPORTING = REPORT
"""The matter in which a unit may fill pages for another (``orgs.proxies``); also the pages' kind."""


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Who may see which assignments."""

    def visible_to(self, actor: Actor) -> "AssignmentQuerySet":
        """Those of the own unit and below, and those the own unit gave."""
        return self.seen_from(actor.path, actor.org_id)

    def seen_from(self, path: str, org_id: int) -> "AssignmentQuerySet":
        """The same for a unit: nothing of it depends on the person."""
        below = PathRange.under("org__path", path)
        given = models.Q(by_org_id=org_id)
        return self.complete().filter(below | given)

    def complete(self) -> "AssignmentQuerySet":
        """Those of finished dispatches, and the issuers' own."""
        return self.filter(models.Q(delivery__isnull=True) | models.Q(delivery__dispatch__state="done"))


class Assignment(Movable, AncestorColumns, Steered):
    """A duty given to a unit by ``by_org``; ``upstream`` is the giver's own assignment when it was passed on.

    ``due`` is read through ``plans.dates.due_of`` only.
    ``accepted_late_days`` is the largest number of ``Timeliness.days``: frozen, it never becomes smaller.
    ``accepted_*`` mirror the last accepted revision (totals use these), ``sent_*`` the last one sent up that said
    something new; revisions are ids of ``flows.Revision``.
    Numbers hold the unit's total: its own part (本级) plus its children's accepted sum. ``accepted_proxy`` is the
    unit that reported for this one (代报).
    """

    duty = models.ForeignKey(Duty, models.PROTECT, related_name="assignments")
    org = models.ForeignKey(Org, models.PROTECT, related_name="assignments")
    by_org = models.ForeignKey(Org, models.PROTECT, related_name="given_assignments")
    upstream = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="passed_on")
    delivery = models.ForeignKey(Delivery, models.PROTECT, null=True, blank=True, related_name="assignments")
    due = models.DateField("时限", null=True, blank=True)
    created_at = models.DateTimeField()
    sent_number = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    sent_sentence = models.TextField(blank=True)
    sent_revision = models.BigIntegerField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    accepted_number = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    accepted_sentence = models.TextField(blank=True)
    accepted_revision = models.BigIntegerField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    returned_revision = models.BigIntegerField(null=True, blank=True)
    accepted_late_days = models.PositiveIntegerField(null=True, blank=True)
    accepted_proxy = models.ForeignKey(Org, models.PROTECT, null=True, blank=True, related_name="+")

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        """One per duty and unit."""

        verbose_name = "任务"
        ordering = ("duty_id", "org_id")
        constraints: ClassVar = [models.UniqueConstraint(fields=["duty", "org"], name="assignment_once")]
        indexes: ClassVar = [
            models.Index(fields=["by_org", "duty"], name="plans_assign_by"),
            models.Index(fields=["org", "duty"], name="plans_assign_org"),
        ]

    def __str__(self) -> str:
        """Who has what to do."""
        return f"{self.org.short_name}：{self.duty}"

    @property
    def url(self) -> str:
        """Where it is steered: light, dates, causes, more time, closing."""
        return reverse("plans:task_detail", args=[self.pk])


class ReportCall(Movable):
    """A unit asks those below for one page on all their duties: half-year, year's end, or on request.

    ``duty_ids`` empty means all duties the issuer gave for the year.
    """

    issuer = models.ForeignKey(Org, models.PROTECT, related_name="report_calls")
    kind = models.CharField("类别", max_length=12, choices=CallKind)
    year = models.PositiveIntegerField("年度")
    title = models.CharField("名称", max_length=120)
    due = models.DateField("时限")
    duty_ids = models.JSONField(default=list)
    created_at = models.DateTimeField()

    class Meta:
        """One half-year and one year-end page per issuer and year."""

        verbose_name = "报送安排"
        ordering = ("-year", "-due", "-id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["issuer", "year", "kind"],
                condition=~models.Q(kind=CallKind.REQUEST),
                name="call_once_per_period",
            )
        ]

    def __str__(self) -> str:
        """The title."""
        return self.title


class ReportQuerySet(models.QuerySet["Report"]):
    """Who may see which pages."""

    def visible_to(self, actor: Actor) -> "ReportQuerySet":
        """Pages of the own unit and of those it stands in for; of others below or addressed here once sent."""
        own = models.Q(org_id=actor.org_id) | models.Q(org_id__in=stood_for(actor, REPORTING))
        below = models.Q(PathRange.under("org__path", actor.path), first_sent_at__isnull=False)
        to_me = models.Q(to_org_id=actor.org_id, first_sent_at__isnull=False)
        return self.filter(own | below | to_me)

    def with_stood_for(self, actor: Actor) -> "ReportQuerySet":
        """Each with ``is_stood_for``: whether the actor's unit stands in for its unit today."""
        mine = stood_for(actor, REPORTING).filter(org_id=models.OuterRef("org_id"))
        return self.annotate(is_stood_for=models.Exists(mine))


class Report(Cancellable, AncestorColumns):
    """One unit's page for one call. Climbs one step, to the unit that asked.

    ``state_above`` is how the page stands for everybody but its own unit: what lies on a desk inside the unit has
    not been sent. ``proxy`` is the unit that sent it for this one the last time (代报), ``sent_by`` its person.
    """

    call = models.ForeignKey(ReportCall, models.PROTECT, related_name="reports")
    org = models.ForeignKey(Org, models.PROTECT, related_name="reports")
    to_org = models.ForeignKey(Org, models.PROTECT, related_name="reports_received")
    state = models.CharField("状态", max_length=12, choices=ReportState, default=ReportState.DRAFT)
    state_above = models.CharField(
        "上级看到的状态", max_length=12, choices=ReportState, default=ReportState.DRAFT
    )
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True, blank=True)
    first_sent_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    proxy = models.ForeignKey(Org, models.PROTECT, null=True, blank=True, related_name="+")
    sent_by = models.CharField("提交人", max_length=64, blank=True)
    created_at = models.DateTimeField()

    objects = ReportQuerySet.as_manager()

    class Meta:
        """One per unit and call."""

        verbose_name = "进展报送"
        ordering = ("-id",)
        constraints: ClassVar = [models.UniqueConstraint(fields=["call", "org"], name="report_once")]
        indexes: ClassVar = [models.Index(fields=["to_org", "state_above"], name="plans_report_to")]

    def __str__(self) -> str:
        """Unit and call."""
        return f"{self.org.short_name} {self.call}"

    def advance(self, to: ReportState) -> None:
        """The only writer of ``state``; NotNowError for a move that the table does not know. Not saved here."""
        if to not in ReportState.MOVES[self.state]:
            raise NotNowError(f"这一页现在是“{self.get_state_display()}”，请刷新后再看。")
        self.state = to

    def words_for(self, org_id: int) -> str:
        """How the page stands, as a unit may know it."""
        if self.org_id == org_id:
            return str(self.get_state_display())
        if self.state_above == ReportState.DRAFT:
            return "已撤回" if self.first_sent_at else "还没报"
        return str(self.get_state_above_display())

    @property
    def words_above(self) -> str:
        """How the page stands for the unit that asked."""
        return self.words_for(0)

    @property
    def url(self) -> str:
        """The page itself."""
        return reverse("plans:report_detail", args=[self.pk])


class ReportRow(models.Model):
    """What the unit says about one duty: its own number (本级), one sentence, optional files.

    A blank number is not a zero: it means nothing was said.
    """

    report = models.ForeignKey(Report, models.PROTECT, related_name="rows")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="rows")
    number = models.DecimalField("本级数", max_digits=14, decimal_places=2, null=True, blank=True)
    sentence = models.TextField("进展", blank=True)
    updated_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """In the order of the duties."""

        verbose_name = "进展"
        ordering = ("report_id", "assignment__duty__position")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "assignment"], name="reportrow_once")
        ]

    def __str__(self) -> str:
        """Which duty."""
        return str(self.assignment)
