"""States and kinds of plans, duties and reports."""

from enum import nonmember

from django.db.models import TextChoices


class PlanState(TextChoices):
    """A plan is checked against its source, then fixed; fixed plans are sent and reported on."""

    CHECKING = "checking", "核对中"
    PUBLISHED = "published", "已定稿"

    MOVES = nonmember({"checking": ("published",), "published": ()})


class EditionState(TextChoices):
    """A second version waits until a person has looked at what it changes; a newer upload replaces it."""

    DRAFT = "draft", "待确认"
    ADOPTED = "adopted", "已采用"
    DROPPED = "dropped", "没有采用"

    MOVES = nonmember({"draft": ("adopted", "dropped"), "adopted": (), "dropped": ()})


class Stance(TextChoices):
    """Whether the units lead a duty or help another body with it."""

    LEAD = "lead", "牵头"
    COOPERATE = "cooperate", "配合"


class TargetKind(TextChoices):
    """What a report on a duty consists of."""

    NUMBER = "number", "报数"
    DELIVERABLE = "deliverable", "报成果"
    PARAGRAPH = "paragraph", "报一段话"


class Basis(TextChoices):
    """Where a date comes from; kept with the date and shown."""

    STATED = "stated", "原文写明"
    NOTICE = "notice", "后续通知"
    INFERRED = "inferred", "系统推定"


class CallKind(TextChoices):
    """When a page of all duties is asked for."""

    HALF = "half", "半年"
    YEAR = "year", "年终"
    REQUEST = "request", "临时"


class ReportState(TextChoices):
    """A page belongs to its unit until it is sent up; a return or recall makes it editable again."""

    DRAFT = "draft", "填写中"
    SUBMITTED = "submitted", "待审核"
    RETURNED = "returned", "请补充"
    ACCEPTED = "accepted", "已审核"

    EDITABLE = nonmember(("draft", "returned", "accepted"))
    MOVES = nonmember(
        {
            "draft": ("submitted",),
            "submitted": ("accepted", "returned", "draft"),
            "returned": ("submitted",),
            "accepted": ("submitted",),
        }
    )


class DelayCause(TextChoices):
    """Why something is late; “其他” needs words."""

    ADJUSTED = "adjusted", "上级调整"
    EPIDEMIC = "epidemic", "疫情"
    STAFF = "staff", "人手不足"
    FUNDS = "funds", "经费没有到位"
    OTHER = "other", "其他"


class ExtensionState(TextChoices):
    """A unit asks for more time; the unit that gave the duty says yes or no."""

    ASKED = "asked", "等上级决定"
    GRANTED = "granted", "已同意"
    REFUSED = "refused", "没有同意"

    MOVES = nonmember({"asked": ("granted", "refused"), "granted": (), "refused": ()})


class NudgeKind(TextChoices):
    """Of what a unit can be reminded."""

    RECEIPT = "receipt", "签收"
    PAGE = "page", "报送"
    REPLY = "reply", "回复"


class EscalationState(TextChoices):
    """Prepared by the schedule, released or dropped by a person, noticed by the unit's leader."""

    PREPARED = "prepared", "等您看"
    RELEASED = "released", "已送负责人"
    DROPPED = "dropped", "先不送"
    SEEN = "seen", "负责人已知道"

    MOVES = nonmember({"prepared": ("released", "dropped"), "released": ("seen",), "dropped": (), "seen": ()})
