"""What of the waiting things stands in the daily mail: new, soon, late — each once. ``window`` is pure."""

import datetime as dt
from collections.abc import Iterator

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.core.contracts import DigestLine, by_kind
from xinhuo.core.dates_zh import due_date

from .models import Todo

SOON = dt.timedelta(days=3)
WEEK = 7
MOST = 100


def window(due: dt.date | None, today: dt.date) -> str:
    """The span in which one reminder is enough: new, the last days before ``due``, then each week it is late.

    A date that was moved opens new ones: whoever was told of the old date is told of the new.
    """
    if due is None:
        return "new"
    if today > due:
        return f"late:{due}:{((today - due).days - 1) // WEEK}"
    return f"soon:{due}" if due - today <= SOON else f"new:{due}"


def lines(actor: Actor) -> Iterator[DigestLine]:
    """What waits for the post, soonest first."""
    today = clock.today()
    subjects = by_kind("subjects")
    for todo in Todo.objects.open().waiting_for(actor)[:MOST]:
        when = f"，{due_date(todo.due)}" if todo.due else ""
        subject = subjects.get(todo.kind)
        yield DigestLine(
            key=f"flows.todo:{todo.pk}",
            window=window(todo.due, today),
            text=f"{todo.get_wait_display()}：{todo.title}{when}（{actor.org_name}）",
            url=subject.url(todo.subject_id) if subject else "",
            late=todo.due is not None and todo.due < today,
        )


def waiting(actor: Actor) -> int:
    """How many things wait for the post in all."""
    return Todo.objects.open().waiting_for(actor).count()
