"""A plan's text: nodes as read, edits as made, duties as decided by people."""

from typing import ClassVar

from django.db import models
from django.urls import reverse

from xinhuo.core.actor import Actor
from xinhuo.documents.amended import Movable
from xinhuo.documents.models import Delivery, Document

from ..enums import Basis, PlanState, Stance, TargetKind


class PlanQuerySet(models.QuerySet["Plan"]):
    """Who may see which plans."""

    def visible_to(self, actor: Actor) -> "PlanQuerySet":
        """Plans of documents the actor sees; one still being checked belongs to its issuer alone."""
        seen = self.filter(document__in=Document.objects.visible_to(actor))
        return seen.filter(models.Q(state=PlanState.PUBLISHED) | models.Q(document__issuer_id=actor.org_id))

    def received_by(self, org_id: int) -> "PlanQuerySet":
        """Plans that reached a unit as work (抄送 owes nothing)."""
        reached = Delivery.objects.complete().filter(org_id=org_id, is_copy=False)
        return self.filter(document__in=reached.values("root_id"))


class Plan(models.Model):
    """The plan read out of a document. ``reading`` is what the reader gave; ``edits`` lead to the nodes.

    ``version`` is the number of the last edit: a form that carries an older one is refused with 409.
    """

    document = models.OneToOneField(Document, models.PROTECT, related_name="plan")
    year = models.PositiveIntegerField("年度")
    state = models.CharField("状态", max_length=12, choices=PlanState, default=PlanState.CHECKING)
    reading = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    edition = models.PositiveIntegerField("第几版", default=1)
    settled_doubts = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        """Newest first."""

        verbose_name = "工作要点"
        ordering = ("-year", "-id")

    def __str__(self) -> str:
        """The document's title."""
        return self.document.title

    @property
    def text(self) -> str:
        """The text that all ranges of nodes and duties index: of the newest edition."""
        return str(self.reading.get("source") or self.document.text)

    @property
    def url(self) -> str:
        """The plan's matrix."""
        return reverse("plans:plan_detail", args=[self.pk])


class PlanEdit(models.Model):
    """One operation on the outline. Undo marks it; the outline is always reading + edits in order."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="edits")
    number = models.PositiveIntegerField()
    op = models.CharField(max_length=24)
    args = models.JSONField(default=dict)
    undone = models.BooleanField(default=False)
    by_person_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        """In order."""

        verbose_name = "核对操作"
        ordering = ("plan_id", "number")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "number"], name="planedit_number_once")
        ]

    def __str__(self) -> str:
        """Number and operation."""
        return f"{self.number}. {self.op}"


class Node(models.Model):
    """A numbered piece of the text. ``start``/``end`` index the document's text and cover the subtree."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="nodes")
    key = models.CharField(max_length=40)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    position = models.PositiveIntegerField()
    depth = models.PositiveIntegerField()
    marker = models.CharField(max_length=20, blank=True)
    ordinal = models.PositiveIntegerField(null=True, blank=True)
    text = models.TextField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    cite = models.CharField("出处", max_length=80, blank=True)
    removed = models.BooleanField(default=False)

    class Meta:
        """In the order of the text."""

        verbose_name = "条目"
        ordering = ("plan_id", "position")
        constraints: ClassVar = [models.UniqueConstraint(fields=["plan", "key"], name="node_key_once")]

    def __str__(self) -> str:
        """Marker and first words."""
        return f"{self.marker}{self.text[:20]}"


class Duty(Movable):
    """What somebody has to do (落实点). Belongs to a node; its order is its own, never a document marker.

    ``scope`` is ``{"own": bool, "kinds": [...], "ids": [...], "label": "9 个市（州）"}``; ``time_points`` a list of
    ``{"label", "due", "basis", "share"}``. ``hints`` are the reader's proposals with the rule that fired.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="duties")
    node = models.ForeignKey(Node, models.PROTECT, related_name="duties")
    key = models.CharField(max_length=40)
    position = models.PositiveIntegerField()
    title = models.CharField("落实点", max_length=120)
    text = models.TextField("原文", blank=True)
    start = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField(default=0)
    stance = models.CharField("角色", max_length=12, choices=Stance, default=Stance.LEAD)
    leads = models.CharField("牵头单位", max_length=200, blank=True)
    cooperators = models.CharField("配合单位", max_length=200, blank=True)
    standing = models.BooleanField("常态工作", default=False)
    target_kind = models.CharField(
        "报送内容", max_length=12, choices=TargetKind, default=TargetKind.PARAGRAPH
    )
    target_value = models.DecimalField("目标", max_digits=14, decimal_places=2, null=True, blank=True)
    target_unit = models.CharField("单位", max_length=20, blank=True)
    deliverable = models.CharField("成果", max_length=120, blank=True)
    scope = models.JSONField(default=dict)
    time_points = models.JSONField(default=list)
    due = models.DateField("时限", null=True, blank=True)
    due_basis = models.CharField("时限依据", max_length=12, choices=Basis, blank=True)
    hints = models.JSONField(default=list)
    confirmed = models.BooleanField("已核对", default=False)
    removed = models.BooleanField(default=False)
    removed_in = models.PositiveIntegerField(null=True, blank=True)
    answers = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="answered_by", verbose_name="对应上级"
    )
    carried_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="carried_to", verbose_name="结转自"
    )

    class Meta:
        """In the order of the text."""

        verbose_name = "落实点"
        verbose_name_plural = "落实点"
        ordering = ("plan_id", "position")
        constraints: ClassVar = [models.UniqueConstraint(fields=["plan", "key"], name="duty_key_once")]

    def __str__(self) -> str:
        """The short title."""
        return self.title

    @property
    def url(self) -> str:
        """The drawer page of the duty."""
        return reverse("plans:duty_detail", args=[self.pk])
