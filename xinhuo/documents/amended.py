"""What a later document changes of an earlier one, and the columns by which records remember it."""

import datetime as dt
from typing import Any

from django.db import models

from .enums import Effect

DOCUMENT = "document"
"""The key of the document's own 报送时限 among the dates that can be moved."""


class Amendment(models.Model):
    """``document`` (own number, title, words) changes ``amends``, for exactly the units that got that one.

    ``moves`` holds ``{key: {"label", "old", "new"}}`` with ISO dates as the issuer set them: whoever passed the
    earlier document on with an earlier date has that moved by the same number of days. ``cancels`` holds
    ``{key: label}``; ``whole`` means that the document itself is cancelled.
    """

    document = models.OneToOneField("documents.Document", models.PROTECT, related_name="amendment")
    amends = models.ForeignKey("documents.Document", models.PROTECT, related_name="amendments")
    effect = models.CharField("变更", max_length=12, choices=Effect)
    moves = models.JSONField(default=dict)
    cancels = models.JSONField(default=dict)
    whole = models.BooleanField("整份取消", default=False)
    place = models.CharField("线上方式", max_length=300, blank=True)

    class Meta:
        """Newest first."""

        verbose_name = "文件变更"
        ordering = ("-id",)

    def __str__(self) -> str:
        """The effect and the document it rests on."""
        return f"{self.get_effect_display()}（依据 {self.document.cite}）"

    @property
    def days(self) -> dict[str, int]:
        """By how many days each date moves."""
        day = dt.date.fromisoformat
        return {key: (day(move["new"]) - day(move["old"])).days for key, move in self.moves.items()}

    @property
    def moved(self) -> list[dict[str, Any]]:
        """The dates as the issuer moved them, for people: label, old and new."""
        day = dt.date.fromisoformat
        return [{**move, "old": day(move["old"]), "new": day(move["new"])} for move in self.moves.values()]


class Cancellable(models.Model):
    """A record nothing more is owed on, and the document that says so."""

    cancelled_by = models.ForeignKey(
        "documents.Amendment",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="取消依据",
    )

    class Meta:
        """Abstract: the columns stand in each table."""

        abstract = True


class Movable(Cancellable):
    """A record with a ``due`` date that was moved: what it was before, and the document that moved it."""

    due_before = models.DateField("原定时限", null=True, blank=True)
    amended_by = models.ForeignKey(
        "documents.Amendment",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="改期依据",
    )

    class Meta:
        """Abstract: the columns stand in each table."""

        abstract = True
