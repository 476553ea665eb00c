"""Which documents serve which duties: a notice about a training serves the duty that asks for it."""

from typing import ClassVar

from django.db import models

from xinhuo.documents.models import Document

from .text import Duty


class Served(models.Model):
    """A document serves a duty. A document may serve none or many."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="served")
    duty = models.ForeignKey(Duty, models.PROTECT, related_name="served")

    class Meta:
        """Once per pair."""

        verbose_name = "出处"
        ordering = ("document_id", "duty_id")
        constraints: ClassVar = [models.UniqueConstraint(fields=["document", "duty"], name="served_once")]

    def __str__(self) -> str:
        """Which document serves what."""
        return f"{self.document} → {self.duty}"
