"""States of what climbs, and kinds of what waits."""

from enum import nonmember

from django.db.models import TextChoices

from xinhuo.core.actor import Role

INNER_ORDER = (Role.SECRETARY, Role.LEADER)
"""Posts that may have to agree inside a unit, in the order in which they are asked; an officer sends."""


class ProcessState(TextChoices):
    """A process is open until somebody decides or its sender takes it back."""

    OPEN = "open", "待审核"
    ACCEPTED = "accepted", "已通过"
    RETURNED = "returned", "请补充"
    RECALLED = "recalled", "已撤回"

    MOVES = nonmember(
        {
            "open": ("accepted", "returned", "recalled"),
            "accepted": (),
            "returned": (),
            "recalled": (),
        }
    )


class Verdict(TextChoices):
    """What a step decided."""

    ACCEPT = "accept", "通过"
    RETURN = "return", "请补充"


class Wait(TextChoices):
    """What a Todo waits for; the label is the word shown in front of the row."""

    RECEIVE = "receive", "签收"
    FILL = "fill", "填报"
    CORRECT = "correct", "补充"
    DECIDE = "decide", "审核"
    CONFIRM = "confirm", "确认"
    ATTACH = "attach", "补传"
    PROPOSE = "propose", "拟办"
    RULE = "rule", "批示"
    HANDLE = "handle", "承办"
