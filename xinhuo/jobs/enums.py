"""States of long work."""

from enum import nonmember

from django.db.models import TextChoices


class JobState(TextChoices):
    """Where a job stands. ``UNCERTAIN``: it was cut while sending something out, so a person has to look."""

    QUEUED = "queued", "排队中"
    RUNNING = "running", "进行中"
    DONE = "done", "已完成"
    FAILED = "failed", "没有办成"
    CANCELLED = "cancelled", "已取消"
    UNCERTAIN = "uncertain", "不确定"

    OPEN = nonmember(("queued", "running", "uncertain"))
    MOVING = nonmember(("queued", "running"))
    MOVES = nonmember(
        {
            "queued": ("running", "cancelled", "failed"),
            "running": ("done", "failed", "cancelled", "queued", "uncertain"),
            "uncertain": ("queued", "done"),
            "failed": ("queued",),
            "cancelled": ("queued",),
            "done": (),
        }
    )
