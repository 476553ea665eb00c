"""The stages of a processing slip."""

from enum import nonmember

from django.db.models import TextChoices


class Stage(TextChoices):
    """Entered; then it waits for a proposal, for a leader's words, for those who carry it out; closed."""

    PROPOSE = "propose", "待拟办"
    RULE = "rule", "待批示"
    HANDLE = "handle", "承办中"
    CLOSED = "closed", "已办结"

    MOVES = nonmember(
        {"propose": ("rule", "handle"), "rule": ("handle",), "handle": ("closed",), "closed": ()}
    )
