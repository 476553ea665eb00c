"""What a unit makes at the end of its year: the summary, packages for bodies above, meetings."""

from typing import ClassVar, Self, TypeVar

from django.db import models
from django.urls import reverse

from xinhuo.core.actor import Actor
from xinhuo.documents.models import Document
from xinhuo.files.models import StoredFile
from xinhuo.orgs.models import Org

from .text import Duty
from .work import Assignment

Row = TypeVar("Row", bound=models.Model)


class OwnQuerySet(models.QuerySet[Row]):
    """Rows that are their unit's own."""

    def visible_to(self, actor: Actor) -> Self:
        """The own unit's."""
        return self.filter(org_id=actor.org_id)


class Summary(models.Model):
    """The draft of a unit's 总结 for a year, made of accepted sentences."""

    org = models.ForeignKey(Org, models.PROTECT, related_name="summaries")
    year = models.PositiveIntegerField("年度")
    title = models.CharField("标题", max_length=120)
    collected_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    objects = OwnQuerySet.as_manager()

    class Meta:
        """One per unit and year."""

        verbose_name = "年度总结"
        ordering = ("-year", "-id")
        constraints: ClassVar = [models.UniqueConstraint(fields=["org", "year"], name="summary_once")]

    def __str__(self) -> str:
        """The title."""
        return self.title

    @property
    def url(self) -> str:
        """The draft's page."""
        return reverse("plans:summary_detail", args=[self.pk])


class SummaryLine(models.Model):
    """One sentence with its source: who said it, in which revision. ``source_text`` stays as it was accepted."""

    summary = models.ForeignKey(Summary, models.PROTECT, related_name="lines")
    duty = models.ForeignKey(Duty, models.PROTECT, related_name="+")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="+")
    org = models.ForeignKey(Org, models.PROTECT, related_name="+")
    revision_id = models.BigIntegerField()
    position = models.PositiveIntegerField()
    source_text = models.TextField()
    text = models.TextField("写进总结的话")
    chosen = models.BooleanField("用", default=True)
    updated_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """In the order people gave them."""

        verbose_name = "总结里的一句"
        ordering = ("duty__plan_id", "duty__position", "position", "id")

    def __str__(self) -> str:
        """The first words."""
        return self.text[:20]


class Package(models.Model):
    """Material sent to a body outside the tree (教育部关工委): files renamed by its rule, a table, a result."""

    org = models.ForeignKey(Org, models.PROTECT, related_name="packages")
    year = models.PositiveIntegerField("年度")
    title = models.CharField("名称", max_length=120)
    to_name = models.CharField("报给", max_length=80)
    pattern = models.CharField("文件名规则", max_length=120)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    objects = OwnQuerySet.as_manager()

    class Meta:
        """Newest first."""

        verbose_name = "上报材料"
        ordering = ("-id",)

    def __str__(self) -> str:
        """The name."""
        return self.title

    @property
    def url(self) -> str:
        """The package's page."""
        return reverse("plans:package_detail", args=[self.pk])


class PackageItem(models.Model):
    """One file of a package; ``title`` is what it is called above, ``result`` what became of it."""

    package = models.ForeignKey(Package, models.PROTECT, related_name="items")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    title = models.CharField("题名", max_length=120)
    result = models.CharField("结果", max_length=120, blank=True)
    result_on = models.DateField("结果日期", null=True, blank=True)
    result_by = models.CharField("登记人", max_length=64, blank=True)

    class Meta:
        """In order; a file goes in once."""

        verbose_name = "上报材料明细"
        ordering = ("package_id", "position", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["package", "file"], name="packageitem_file_once")
        ]

    def __str__(self) -> str:
        """What it is called."""
        return self.title


class Meeting(models.Model):
    """A meeting: agenda, who came, what was said and decided. ``document`` is the 纪要 its decisions were read from."""

    org = models.ForeignKey(Org, models.PROTECT, related_name="meetings")
    title = models.CharField("会议名称", max_length=120)
    held_on = models.DateField("日期")
    place = models.CharField("地点", max_length=80, blank=True)
    chair = models.CharField("主持人", max_length=40, blank=True)
    agenda = models.TextField("议程", blank=True)
    attended = models.TextField("参加人员", blank=True)
    minutes = models.TextField("会议情况", blank=True)
    decisions = models.TextField("议定事项", blank=True)
    document = models.OneToOneField(
        Document, models.PROTECT, null=True, blank=True, related_name="meeting", verbose_name="纪要"
    )
    by_name = models.CharField("记录人", max_length=64)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    objects = OwnQuerySet.as_manager()

    class Meta:
        """Newest first."""

        verbose_name = "会议"
        ordering = ("-held_on", "-id")

    def __str__(self) -> str:
        """The name."""
        return self.title

    @property
    def url(self) -> str:
        """The meeting's page."""
        return reverse("plans:meeting_detail", args=[self.pk])

    @property
    def version(self) -> str:
        """Changes with every save; a form that carries an older one is refused with 409."""
        return f"{self.updated_at.timestamp():.6f}"
