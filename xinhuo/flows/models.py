"""One engine for what climbs, one list of everything that waits. Subjects are ``(kind, subject_id)``."""

from typing import ClassVar

from django.db import models

from xinhuo.core.actor import Actor, Role
from xinhuo.orgs.models import Org
from xinhuo.orgs.proxies import matters, stood_for

from .enums import ProcessState, Verdict, Wait


class Revision(models.Model):
    """An immutable copy of a subject at the moment it was sent up. A decision names its revision."""

    kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    number = models.PositiveIntegerField("第几次")
    snapshot = models.JSONField()
    checksums = models.JSONField(default=dict)
    by_person_id = models.BigIntegerField(null=True)
    by_name = models.CharField("提交人", max_length=64)
    at = models.DateTimeField("提交时间")

    class Meta:
        """Numbered 1, 2, 3 … per subject."""

        verbose_name = "版本"
        ordering = ("kind", "subject_id", "number")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "subject_id", "number"], name="revision_number_once")
        ]

    def __str__(self) -> str:
        """Kind, subject and number."""
        return f"{self.kind} {self.subject_id} 第{self.number}次"


class Route(models.Model):
    """Steps inside a unit before anything leaves it: 经办 → 秘书长 → 负责人. A unit without a row has none."""

    org = models.OneToOneField(Org, models.PROTECT, related_name="route")
    roles = models.JSONField(default=list)

    class Meta:
        """One row per unit."""

        verbose_name = "内部审签"

    def __str__(self) -> str:
        """The unit's steps in words."""
        return " → ".join(Role(role).label for role in self.roles) or "不设内部审签"


class Process(models.Model):
    """One climb of one revision from ``org`` to ``to_org``; at most one open per subject.

    ``by_org`` is set where another unit's person sent it for ``org`` (代报), ``for_name`` where a colleague did it
    for the person who was asked.
    """

    kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="processes")
    org = models.ForeignKey(Org, models.PROTECT, related_name="+")
    to_org = models.ForeignKey(Org, models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=12, choices=ProcessState, default=ProcessState.OPEN)
    by_person_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=64)
    by_org = models.ForeignKey(Org, models.PROTECT, null=True, blank=True, related_name="+")
    for_name = models.CharField("替谁填", max_length=64, blank=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Newest first."""

        verbose_name = "流程"
        ordering = ("-id",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "subject_id"],
                condition=models.Q(state=ProcessState.OPEN),
                name="process_one_open",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["to_org", "state"], name="flows_process_to"),
            models.Index(fields=["kind", "subject_id"], name="flows_process_subject"),
        ]

    def __str__(self) -> str:
        """The title."""
        return self.title


class Step(models.Model):
    """One desk the process passes: inside the sending unit first, the receiving unit last."""

    process = models.ForeignKey(Process, models.PROTECT, related_name="steps")
    order = models.PositiveIntegerField()
    org = models.ForeignKey(Org, models.PROTECT, related_name="+")
    role = models.CharField(max_length=16, choices=Role, blank=True)
    is_inner = models.BooleanField(default=False)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """In order."""

        verbose_name = "步骤"
        ordering = ("process_id", "order")
        constraints: ClassVar = [models.UniqueConstraint(fields=["process", "order"], name="step_order_once")]

    def __str__(self) -> str:
        """Whose desk."""
        return f"{self.org.short_name} {self.get_role_display()}"


class Decision(models.Model):
    """What was decided about which revision, by whom; on paper it may have been another (代录批示)."""

    step = models.OneToOneField(Step, models.PROTECT, related_name="decision")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="decisions")
    verdict = models.CharField(max_length=12, choices=Verdict)
    reason = models.TextField("意见", blank=True)
    notes = models.JSONField(default=dict)
    by_person_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=64)
    on_behalf_of = models.CharField("代录批示", max_length=64, blank=True)
    scan_id = models.BigIntegerField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        """By time."""

        verbose_name = "意见"
        ordering = ("at", "id")

    def __str__(self) -> str:
        """Verdict and name."""
        return f"{self.get_verdict_display()}（{self.by_name}）"

    @property
    def awaits_scan(self) -> bool:
        """A signature on paper was recorded; its page is still to come."""
        return bool(self.on_behalf_of) and self.scan_id is None


def _own(actor: Actor) -> models.Q:
    mine = models.Q(role=actor.role)
    if actor.works:
        mine |= models.Q(role="")
    named = models.Q(person_id__isnull=True)
    named |= models.Q(person_id=actor.person_id) | models.Q(helper_id=actor.person_id)
    return models.Q(org_id=actor.org_id) & mine & named


class TodoQuerySet(models.QuerySet["Todo"]):
    """Everything that waits, by whose turn it is."""

    def open(self) -> "TodoQuerySet":
        """Not done yet."""
        return self.filter(closed_at__isnull=True)

    def waiting_for(self, actor: Actor) -> "TodoQuerySet":
        """What waits for the actor's post: the unit's, for the role or for any working role."""
        return self.filter(_own(actor))

    def with_stood_for(self, actor: Actor) -> "TodoQuerySet":
        """The same, and what waits for the units for which the actor's unit stands in (代管、代报)."""
        wanted = _own(actor)
        for matter in matters() if actor.works else ():
            theirs = models.Q(kind__in=matter.kinds, wait__in=matter.waits, role="")
            wanted |= theirs & models.Q(org_id__in=stood_for(actor, matter.key))
        return self.filter(wanted)

    def visible_to(self, actor: Actor) -> "TodoQuerySet":
        """What waits for the actor."""
        return self.waiting_for(actor)


class Todo(models.Model):
    """One thing that waits for a post (unit and role; empty role = any working post) and may name a person.

    ``helper_*`` is the colleague who said that he does it for the person named.
    """

    org = models.ForeignKey(Org, models.PROTECT, related_name="todos")
    role = models.CharField(max_length=16, choices=Role, blank=True)
    person_id = models.BigIntegerField(null=True, blank=True)
    helper_id = models.BigIntegerField(null=True, blank=True)
    helper_name = models.CharField("替办人", max_length=64, blank=True)
    wait = models.CharField(max_length=12, choices=Wait)
    kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    title = models.CharField(max_length=200)
    detail = models.CharField(max_length=300, blank=True)
    cite = models.CharField("出处", max_length=120, blank=True)
    due = models.DateField(null=True, blank=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = TodoQuerySet.as_manager()

    class Meta:
        """Soonest first."""

        verbose_name = "待办"
        ordering = (models.F("due").asc(nulls_last=True), "id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["org", "role", "wait", "kind", "subject_id"],
                condition=models.Q(closed_at__isnull=True),
                name="todo_open_once",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["org", "closed_at", "due"], name="flows_todo_org"),
            models.Index(fields=["kind", "subject_id"], name="flows_todo_subject"),
        ]

    def __str__(self) -> str:
        """The title."""
        return self.title
