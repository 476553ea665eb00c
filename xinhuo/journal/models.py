"""The journal: who did what to what, when and from where. Plain ids and copied names: it outlives its subjects."""

from typing import ClassVar

from django.db import models

from xinhuo.core.actor import Actor
from xinhuo.core.fields import PathField, PathRange


class EntryQuerySet(models.QuerySet["Entry"]):
    """Who may read which entries."""

    def visible_to(self, actor: Actor) -> "EntryQuerySet":
        """What was done by units in the actor's subtree, as the tree stood when it was done, and by the own unit.

        A unit that was moved keeps sight of what it did at its old place.
        """
        return self.filter(PathRange.under("org_path", actor.path) | models.Q(org_id=actor.org_id))


class Entry(models.Model):
    """One thing that was done. ``sentence`` is written once, in Chinese, and never holds sensitive values."""

    at = models.DateTimeField("时间")
    verb = models.CharField("事项", max_length=64)
    sentence = models.CharField("内容", max_length=500)
    person_id = models.BigIntegerField("人员编号", null=True)
    person_name = models.CharField("姓名", max_length=64)
    post_title = models.CharField("职务", max_length=64, blank=True)
    org_id = models.BigIntegerField("单位编号", null=True)
    org_name = models.CharField("单位", max_length=120)
    org_path = PathField(max_length=60)
    kind = models.CharField("对象", max_length=40, blank=True)
    subject_id = models.BigIntegerField(null=True)
    fields = models.JSONField("改动的栏目", default=list)
    origin = models.CharField("来自", max_length=64, blank=True)
    request_id = models.CharField(max_length=32, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        """Newest first; found by unit and by subject."""

        verbose_name = "操作记录"
        ordering = ("-at", "-id")
        indexes: ClassVar = [
            models.Index(fields=["-at", "-id"], name="journal_newest"),
            models.Index(fields=["org_path", "-at"], name="journal_unit"),
            models.Index(fields=["org_id", "-at"], name="journal_own"),
            models.Index(fields=["kind", "subject_id"], name="journal_subject"),
        ]

    def __str__(self) -> str:
        """The sentence itself."""
        return self.sentence
