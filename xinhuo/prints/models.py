"""What was printed, in which version, with which check code."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse

from xinhuo.core.actor import Actor
from xinhuo.core.fields import PathRange
from xinhuo.files.models import Attachment
from xinhuo.orgs.models import Org

from . import codes
from .kinds import MARK


class PrintMarkQuerySet(models.QuerySet["PrintMark"]):
    """Who may see which prints, as far as a query can say it; ``rules.can_see_mark`` asks the subject too."""

    def visible_to(self, actor: Actor) -> "PrintMarkQuerySet":
        """Those of the own unit and of units below."""
        return self.filter(PathRange.under("org__path", actor.path))

    def with_scans(self) -> "PrintMarkQuerySet":
        """Each with ``scans``: how many sealed scans lie beside it."""
        hanging = Attachment.objects.filter(
            kind=MARK, subject_id=models.OuterRef("pk"), removed_at__isnull=True
        ).order_by()
        counted = hanging.values("subject_id").annotate(number=models.Count("pk")).values("number")
        return self.annotate(scans=Coalesce(models.Subquery(counted), 0))


class PrintMark(models.Model):
    """One version of a subject on paper, as ``org`` saw and printed it.

    ``version`` is the digest of what stood on the sheet: when the subject's own version is another today, the print is
    out of date. ``token`` stands in the QR code's address, ``code`` beside it for people without a telephone camera.
    """

    kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    org = models.ForeignKey(Org, models.PROTECT, related_name="+")
    version = models.CharField(max_length=64)
    token = models.CharField(max_length=32, unique=True)
    code = models.CharField("核对码", max_length=12, unique=True)
    title = models.CharField("标题", max_length=200)
    made_at = models.DateTimeField("打印时间")
    by_person_id = models.BigIntegerField(null=True)
    by_name = models.CharField("打印人", max_length=64)

    objects = PrintMarkQuerySet.as_manager()

    class Meta:
        """Newest first; the same version printed twice bears the same code."""

        verbose_name = "打印件"
        ordering = ("-id",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "subject_id", "org", "version"], name="printmark_once")
        ]

    def __str__(self) -> str:
        """Title and code."""
        return f"{self.title} {self.shown_code}"

    @property
    def shown_code(self) -> str:
        """The code as it is printed."""
        return codes.shown(self.code)

    @property
    def url(self) -> str:
        """The public page that the QR code leads to."""
        return reverse("prints:public", args=[self.token])
