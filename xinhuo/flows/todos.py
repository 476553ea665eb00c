"""Opening and closing what waits. Called by verbs, inside their transactions."""

import datetime as dt
from collections.abc import Collection

from xinhuo.core import clock

from .enums import Wait
from .models import Process, Todo


def open_todo(
    *,
    org_id: int,
    wait: Wait,
    kind: str,
    subject_id: int,
    title: str,
    role: str = "",
    person_id: int | None = None,
    detail: str = "",
    cite: str = "",
    due: dt.date | None = None,
) -> Todo:
    """Put one thing on a post's list; opening the same thing again refreshes its words and date."""
    words = {
        "person_id": person_id,
        "title": title[:200],
        "detail": detail[:300],
        "cite": cite[:120],
        "due": due,
    }
    todo, _ = Todo.objects.update_or_create(
        org_id=org_id,
        role=role,
        wait=wait,
        kind=kind,
        subject_id=subject_id,
        closed_at=None,
        defaults=words,
        create_defaults={**words, "opened_at": clock.now()},
    )
    return todo


def task_before(process: Process) -> Todo | None:
    """The row that asked the sending unit for what climbs now; its date and source come back with the work."""
    asked = Todo.objects.filter(
        org_id=process.org_id,
        kind=process.kind,
        subject_id=process.subject_id,
        wait__in=(Wait.FILL, Wait.CORRECT),
        closed_at__isnull=False,
    )
    return asked.order_by("-closed_at", "-id").first()


def hand_over(org_id: int, from_person_id: int, to_person_id: int) -> int:
    """What waits for one person of a unit waits for the successor from now on; returns how many rows moved."""
    return Todo.objects.open().filter(org_id=org_id, person_id=from_person_id).update(person_id=to_person_id)


def close_todos(kind: str, subject_id: int, *waits: Wait, org_id: int | None = None) -> int:
    """Take a subject's open rows off the lists (all of them, or only some waits or one unit's)."""
    rows = Todo.objects.open().filter(kind=kind, subject_id=subject_id)
    if waits:
        rows = rows.filter(wait__in=waits)
    if org_id is not None:
        rows = rows.filter(org_id=org_id)
    return rows.update(closed_at=clock.now())


def close_many(kind: str, subject_ids: Collection[int], *waits: Wait) -> int:
    """The same for many subjects at once."""
    rows = Todo.objects.open().filter(kind=kind, subject_id__in=subject_ids, wait__in=waits)
    return rows.update(closed_at=clock.now())
