"""Kinds and states of documents, and how a receipt came about."""

from enum import nonmember

from django.db.models import TextChoices


class DocumentKind(TextChoices):
    """The kinds of official document the office sends (domain glossary: 工作要点, 通知, 函, 通报, 纪要)."""

    KEY_POINTS = "key_points", "工作要点"
    NOTICE = "notice", "通知"
    LETTER = "letter", "函"
    CIRCULAR = "circular", "通报"
    MINUTES = "minutes", "纪要"


class DocumentState(TextChoices):
    """A draft belongs to its unit alone; once sent it is visible to its receivers."""

    DRAFT = "draft", "起草中"
    SENT = "sent", "已下发"

    MOVES = nonmember({"draft": ("sent",), "sent": ()})


class DispatchState(TextChoices):
    """Receivers see a dispatch only when it is complete."""

    RUNNING = "running", "正在下发"
    DONE = "done", "已下发"

    MOVES = nonmember({"running": ("done",), "done": ()})


class ReceiptHow(TextChoices):
    """How a receipt came about."""

    SIGNED = "signed", "本单位签收"
    PHONE = "phone", "电话告知，上级代录"
    PAPER = "paper", "纸质送达，上级代录"
