"""Kinds of forms and columns, states of rounds and returns."""

from enum import nonmember

from django.db.models import TextChoices


class FormKind(TextChoices):
    """What a unit fills. A sheet of indicators will be a kind of its own."""

    LIST = "list", "名单（多行表）"
    WORDS = "words", "文字或附件"


class ColumnType(TextChoices):
    """What a column of a list holds."""

    TEXT = "text", "文字（电话、编号也选这个）"
    NUMBER = "number", "数"
    CHOICE = "choice", "选择"
    PERSON = "person", "人名"
    UNIT = "unit", "单位"
    DATE = "date", "日期"


class RoundState(TextChoices):
    """A round is filled until its unit closes it (or what asked for it is cancelled)."""

    OPEN = "open", "正在收"
    CLOSED = "closed", "已结束"

    MOVES = nonmember({"open": ("closed",), "closed": ()})


class ReturnState(TextChoices):
    """Where a unit's answer stands."""

    DRAFT = "draft", "填写中"
    SUBMITTED = "submitted", "待审核"
    RETURNED = "returned", "请补充"
    ACCEPTED = "accepted", "已通过"

    EDITABLE = nonmember(("draft", "returned", "accepted"))
    SENT = nonmember(("submitted", "accepted"))
    MOVES = nonmember(
        {
            "draft": ("submitted",),
            "submitted": ("accepted", "returned", "draft"),
            "returned": ("submitted",),
            "accepted": ("submitted",),
        }
    )


class Standing(TextChoices):
    """How an answer stands for the unit that asked; what happens inside the other unit is not shown."""

    MISSING = "missing", "还没报"
    SUBMITTED = "submitted", "待审核"
    RETURNED = "returned", "请补充"
    ACCEPTED = "accepted", "已通过"
