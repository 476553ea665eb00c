"""Uploaded files, stored by their content, and what they are attached to."""

from typing import ClassVar

from django.db import models
from django.urls import reverse

from xinhuo.orgs.models import Org

from .enums import FileKind


class StoredFile(models.Model):
    """One upload. Its bytes lie under a path made of their SHA-256; equal bytes are kept once.

    ``mime`` was found in the content, never taken from the browser. ``is_safe_inline`` marks what a browser may
    show in the page: images that were written anew, and PDF.
    """

    sha256 = models.CharField(max_length=64, db_index=True)
    name = models.CharField("文件名", max_length=200)
    size = models.BigIntegerField("大小")
    mime = models.CharField(max_length=100)
    kind = models.CharField("类别", max_length=12, choices=FileKind)
    path = models.CharField(max_length=120)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    is_safe_inline = models.BooleanField(default=False)
    org = models.ForeignKey(Org, models.PROTECT, related_name="files")
    by_person_id = models.BigIntegerField(null=True)
    by_name = models.CharField("上传人", max_length=64)
    at = models.DateTimeField("上传时间")

    class Meta:
        """Newest first."""

        verbose_name = "附件"
        ordering = ("-id",)
        indexes: ClassVar = [models.Index(fields=["org", "-id"], name="files_org")]

    def __str__(self) -> str:
        """The name it was uploaded with."""
        return self.name

    @property
    def url(self) -> str:
        """Where those who may see it read it."""
        return reverse("files:file", args=[self.pk, self.name])


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    """Attachments by subject."""

    def of(self, kind: str, subject_id: int) -> "AttachmentQuerySet":
        """What is attached to a subject now, in order."""
        return self.filter(kind=kind, subject_id=subject_id, removed_at__isnull=True).select_related("file")


class Attachment(models.Model):
    """A file belongs to a subject ``(kind, subject_id)``. Removing it keeps the row: it may have been reported."""

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="attachments")
    kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    org = models.ForeignKey(Org, models.PROTECT, related_name="attachments")
    label = models.CharField("说明", max_length=120, blank=True)
    position = models.PositiveIntegerField(default=0)
    attached_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        """In the order given; a file hangs on a subject once."""

        verbose_name = "附件关系"
        ordering = ("position", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["file", "kind", "subject_id"],
                condition=models.Q(removed_at__isnull=True),
                name="attachment_once",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["kind", "subject_id"], name="files_attach_subject")]

    def __str__(self) -> str:
        """The file's name."""
        return str(self.file)
