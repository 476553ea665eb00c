"""The dated tree of units. ``Tenure`` is the truth; ``Org`` mirrors the row that holds today."""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.urls import reverse

from xinhuo.core.actor import Actor
from xinhuo.core.fields import PathField, PathRange

from . import paths
from .enums import Kind, Line, Locality, Ownership


def in_force(date: dt.date, prefix: str = "") -> models.Q:
    """Dated rows that hold on ``date``; ``prefix`` (``"second_lines__"``) leads to them from another table."""
    ends = models.Q(**{f"{prefix}valid_to__isnull": True}) | models.Q(**{f"{prefix}valid_to__gt": date})
    return models.Q(**{f"{prefix}valid_from__lte": date}) & ends


class OrgQuerySet(models.QuerySet["Org"]):
    """Named parts of the tree."""

    def visible_to(self, actor: Actor) -> "OrgQuerySet":
        """The actor's own unit and everything below it."""
        return self.filter(PathRange.under("path", actor.path))

    def under(self, path: str) -> "OrgQuerySet":
        """``path`` and everything below it."""
        return self.filter(PathRange.under("path", path))

    def open(self) -> "OrgQuerySet":
        """Units that exist today."""
        return self.filter(closed=False)

    def searched(self, words: str) -> "OrgQuerySet":
        """Units whose name, short name or code fits every word; one or two characters are enough.

        Former and formal names count too: who asks for 水城县 finds 水城区.
        """
        found = self
        for word in words.split():
            once = Tenure.objects.filter(
                models.Q(name__icontains=word) | models.Q(formal_name__icontains=word)
            ).values("org_id")
            found = found.filter(
                models.Q(name__icontains=word)
                | models.Q(short_name__icontains=word)
                | models.Q(code=word)
                | models.Q(pk__in=once)
            )
        return found


class Org(models.Model):
    """A unit as it is today. Changed only by the verbs of ``orgs.actions``."""

    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = PathField(max_length=60, unique=True)
    name = models.CharField("名称", max_length=120)
    short_name = models.CharField("简称", max_length=60)
    kind = models.CharField("类别", max_length=24, choices=Kind)
    ownership = models.CharField("举办者", max_length=12, choices=Ownership, blank=True)
    locality = models.CharField("城乡", max_length=12, choices=Locality, blank=True)
    code = models.CharField("代码", max_length=20, blank=True, db_index=True)
    order = models.PositiveIntegerField("排列", default=0)
    closed = models.BooleanField("已撤并", default=False)
    is_synthetic = models.BooleanField("演示数据", default=False)
    has_accounts = models.BooleanField("有账号", default=False)
    contact_name = models.CharField("联系人", max_length=40, blank=True)
    contact_phone = models.CharField("联系电话", max_length=30, blank=True)

    objects = OrgQuerySet.as_manager()

    class Meta:
        """In tree order, which is also the order of the national list."""

        verbose_name = "单位"
        ordering = ("path",)
        indexes: ClassVar = [
            models.Index(fields=["kind", "path"], name="orgs_kind_path"),
            models.Index(fields=["parent", "order"], name="orgs_parent_order"),
        ]

    def __str__(self) -> str:
        """The full name."""
        return self.name

    @property
    def committee_name(self) -> str:
        """What the unit's committee is called: 盘州市教育局关工委."""
        return f"{self.name}关工委"

    @property
    def depth(self) -> int:
        """Steps below the root."""
        return paths.depth(self.path)

    @property
    def line(self) -> str:
        """The line this unit stands in."""
        college = self.kind in (*Kind.COLLEGES, Kind.SUBCOLLEGE)
        return Line.COLLEGE if college else Line.BUREAU

    @property
    def url(self) -> str:
        """The unit's page."""
        return reverse("orgs:org_detail", args=[self.pk])


class TenureQuerySet(models.QuerySet["Tenure"]):
    """The tree on a date."""

    def on(self, date: dt.date) -> "TenureQuerySet":
        """The rows in force on ``date`` (``valid_to`` is the first day on which a row no longer holds)."""
        return self.filter(in_force(date))


class Tenure(models.Model):
    """What a unit was called, what it was and where it stood, from ``valid_from`` until before ``valid_to``.

    ``formal_name`` is kept where the name in daily use is shorter: 黔西南州教育局 stands for
    黔西南布依族苗族自治州教育局. Empty means: the same as ``name``.
    """

    org = models.ForeignKey(Org, models.PROTECT, related_name="tenures")
    parent = models.ForeignKey(Org, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField("名称", max_length=120)
    formal_name = models.CharField("正式全称", max_length=120, blank=True)
    short_name = models.CharField("简称", max_length=60)
    kind = models.CharField("类别", max_length=24, choices=Kind)
    ownership = models.CharField("举办者", max_length=12, choices=Ownership, blank=True)
    locality = models.CharField("城乡", max_length=12, choices=Locality, blank=True)
    code = models.CharField("代码", max_length=20, blank=True)
    valid_from = models.DateField("起")
    valid_to = models.DateField("止", null=True, blank=True)
    basis = models.CharField("依据", max_length=200, blank=True)

    objects = TenureQuerySet.as_manager()

    class Meta:
        """One current row per unit; dates in order."""

        verbose_name = "单位沿革"
        ordering = ("org_id", "valid_from")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["org"], condition=models.Q(valid_to__isnull=True), name="tenure_one_current"
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=models.F("valid_from")),
                name="tenure_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        """Name and span."""
        return f"{self.name}（{self.valid_from}—{self.valid_to or ''}）"


class OrgLineQuerySet(models.QuerySet["OrgLine"]):
    """Second lines on a date."""

    def on(self, date: dt.date) -> "OrgLineQuerySet":
        """The second lines in force on ``date``."""
        return self.filter(in_force(date))


class OrgLine(models.Model):
    """A dated second line: a unit that also answers to ``superior`` (some vocational colleges do)."""

    org = models.ForeignKey(Org, models.PROTECT, related_name="second_lines")
    superior = models.ForeignKey(Org, models.PROTECT, related_name="second_line_units")
    line = models.CharField("条线", max_length=12, choices=Line)
    valid_from = models.DateField("起")
    valid_to = models.DateField("止", null=True, blank=True)
    basis = models.CharField("依据", max_length=200, blank=True)

    objects = OrgLineQuerySet.as_manager()

    class Meta:
        """One open second line per pair."""

        verbose_name = "第二条线"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["org", "superior"],
                condition=models.Q(valid_to__isnull=True),
                name="orgline_one_open",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=models.F("valid_from")),
                name="orgline_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        """Who also answers to whom."""
        return f"{self.org} → {self.superior}"


class ProxyQuerySet(models.QuerySet["Proxy"]):
    """Who stands in for whom."""

    def on(self, date: dt.date) -> "ProxyQuerySet":
        """Those in force on ``date``."""
        return self.filter(in_force(date))

    def visible_to(self, actor: Actor) -> "ProxyQuerySet":
        """Those for units of the own subtree, and those by which the own unit stands in for another."""
        return self.filter(PathRange.under("org__path", actor.path) | models.Q(by_org_id=actor.org_id))


class Proxy(models.Model):
    """``by_org`` stands in for ``org`` in one matter between two dates (代管、代报).

    ``matter`` is the key of a ``core.contracts.ProxyMatter``; ``reason`` the agreement on paper, or why.
    """

    org = models.ForeignKey(Org, models.PROTECT, related_name="proxies")
    by_org = models.ForeignKey(Org, models.PROTECT, related_name="stands_in")
    matter = models.CharField("事项", max_length=40)
    valid_from = models.DateField("起")
    valid_to = models.DateField("止", null=True, blank=True)
    reason = models.CharField("依据", max_length=200, blank=True)
    set_by = models.CharField("设置人", max_length=64)
    created_at = models.DateTimeField()

    objects = ProxyQuerySet.as_manager()

    class Meta:
        """One at a time per unit and matter."""

        verbose_name = "代管代报"
        ordering = ("org__path", "matter", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["org", "matter"], condition=models.Q(valid_to__isnull=True), name="proxy_one_open"
            ),
            models.CheckConstraint(condition=~models.Q(org=models.F("by_org")), name="proxy_for_another"),
        ]
        indexes: ClassVar = [models.Index(fields=["by_org", "matter"], name="orgs_proxy_by")]

    def __str__(self) -> str:
        """Who for whom."""
        return f"{self.by_org.short_name}代{self.org.short_name}"


class Selection(models.Model):
    """The one audience: criteria that people can read, and the ids they gave when it was used.

    ``criteria`` holds the keys that ``selections.matching`` explains; ``org_ids`` is frozen at first use.
    """

    owner = models.ForeignKey(Org, models.PROTECT, related_name="selections")
    label = models.CharField("说明", max_length=200)
    criteria = models.JSONField(default=dict)
    org_ids = models.JSONField(default=list)
    frozen_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Newest first."""

        verbose_name = "发送范围"
        ordering = ("-id",)

    def __str__(self) -> str:
        """The words shown to people: 9 个市（州）."""
        return self.label
