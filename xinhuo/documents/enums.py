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
    ASKED = "asked", "审签中"
    SENT = "sent", "已下发"

    MOVES = nonmember({"draft": ("asked", "sent"), "asked": ("draft", "sent"), "sent": ()})


class DispatchState(TextChoices):
    """Receivers see a dispatch only when it is complete.

    Where the unit approves what leaves it (flows.Route) a dispatch starts as ASKED; BACK is what was returned or taken
    back; CLEARED is approved and waits to be posted to a body outside the tree.
    """

    ASKED = "asked", "审签中"
    BACK = "back", "没有发出"
    CLEARED = "cleared", "已签发，待寄出"
    RUNNING = "running", "正在下发"
    DONE = "done", "已下发"

    MOVES = nonmember(
        {
            "asked": ("running", "cleared", "back"),
            "back": ("asked", "running", "cleared"),
            "cleared": ("done",),
            "running": ("done",),
            "done": (),
        }
    )
    LEFT = nonmember(("running", "done"))


class OutsideHow(TextChoices):
    """How a document went to a body outside the tree."""

    POST = "post", "邮寄"
    EMAIL = "email", "电子邮件"
    FAX = "fax", "传真"
    HAND = "hand", "当面送达"
    SYSTEM = "system", "对方的系统"


class ReceiptHow(TextChoices):
    """How a receipt came about."""

    SIGNED = "signed", "本单位签收"
    PHONE = "phone", "电话告知，上级代录"
    PAPER = "paper", "纸质送达，上级代录"
    PROXY = "proxy", "代管单位代签"


class Effect(TextChoices):
    """What a later document does to an earlier one."""

    POSTPONE = "postpone", "延期"
    ONLINE = "online", "改为线上"
    CANCEL = "cancel", "取消"
    CORRECT = "correct", "更正"
