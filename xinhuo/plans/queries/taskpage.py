"""What the page of one duty of one unit shows, and the list of all of them."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.http import urlencode

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.orgs.models import Org

from ..closing import Ready
from ..dates import due_of
from ..enums import ExtensionState
from ..lights import Light, Summary, percent
from ..models import Assignment, Closing, Delay, Extension, Timeliness
from .closing import readiness_of
from .lights import Lamps, lights_below
from .steering import Contact, contacts_of, with_own_contact
from .tasks import SHOWS, Task, counted, given_by, held_by, narrowed, with_lights

SIZE = 100


@dataclass(frozen=True, slots=True)
class TaskPoint:
    """One time point as it holds for the unit."""

    due: dt.date
    share: str
    passed: bool


@dataclass(frozen=True, slots=True)
class TaskView:
    """One duty of one unit."""

    light: Light
    below: Summary | None
    points: list[TaskPoint]
    late: list[Timeliness]
    delays: list[Delay]
    extensions: list[Extension]
    closings: list[Closing]
    contacts: list[Contact]
    ready: Ready

    @property
    def cause(self) -> Delay | None:
        """The cause that holds: the newest."""
        return self.delays[-1] if self.delays else None

    @property
    def asked(self) -> Extension | None:
        """The application that waits."""
        return next((item for item in self.extensions if item.state == ExtensionState.ASKED), None)


def task_page(item: Assignment, actor: Actor) -> TaskView:
    """Read everything; whom to ring only where the unit above looks."""
    lamps = Lamps()
    below = lights_below({item.pk: item.duty}, lamps).get(item.pk)
    points = lamps.points(item.duty, due_of(item), item.org.kind)
    found = contacts_of([item.org_id]).get(item.org_id, []) if item.org_id != actor.org_id else []
    closes = item.by_org_id == actor.org_id and item.closed_at is None
    delays = list(item.delays.select_related("by_org"))
    cause = str(delays[-1]) if delays else ""
    return TaskView(
        light=lamps.of(item),
        below=below.lights if below else None,
        points=[TaskPoint(point.due, percent(point.share), point.due < clock.today()) for point in points],
        late=list(item.timeliness.filter(days__gt=0).select_related("report__call"))
        if item.accepted_late_days
        else [],
        delays=delays,
        extensions=list(item.extensions.all()),
        closings=list(item.closings.all()),
        contacts=with_own_contact(item.org, found) if item.org_id != actor.org_id else [],
        ready=readiness_of(item, below=below.tally if below else None, cause=cause) if closes else Ready(),
    )


@dataclass(slots=True)
class TasksView:
    """The list with what it is narrowed to."""

    tasks: Sequence[Task]
    total: int
    counts: Mapping[str, int]
    show: str
    words: str
    own: bool
    page: int
    pages: int
    unit: Org | None = None
    shows: list[tuple[str, str]] = field(default_factory=list)

    def address(self, page: int) -> str:
        """The address of another page of the list."""
        asked = {
            "show": self.show,
            "q": self.words,
            "own": "1" if self.own else "",
            "unit": self.unit.pk if self.unit else "",
            "page": page,
        }
        return "?" + urlencode({key: value for key, value in asked.items() if value})

    @property
    def earlier(self) -> str:
        """The page before, if any."""
        return self.address(self.page - 1) if self.page > 1 else ""

    @property
    def later(self) -> str:
        """The page after, if any."""
        return self.address(self.page + 1) if self.page < self.pages else ""


def tasks_page(actor: Actor, asked: Mapping[str, Any], unit: Org | None = None) -> TasksView:
    """All that the unit gave, narrowed and paged; with ``own`` what it holds, with ``unit`` what that one holds."""
    own = asked.get("own") == "1" or (unit is not None and unit.pk == actor.org_id)
    holder = actor.org_id if own else unit.pk if unit else None
    show = str(asked.get("show", ""))
    show = show if show in SHOWS else ""
    words = str(asked.get("q", "")).strip()[:40]
    tasks = with_lights(held_by(holder) if holder else given_by(actor.org_id))
    if words:
        tasks = [task for task in tasks if words in task.item.duty.title or words in task.item.org.name]
    counts = counted(tasks)
    found = narrowed(tasks, show)
    pages = max(1, -(-len(found) // SIZE))
    number = str(asked.get("page", "1"))
    page = min(max(int(number) if number.isascii() and number.isdecimal() else 1, 1), pages)
    return TasksView(
        tasks=found[(page - 1) * SIZE : page * SIZE],
        total=len(found),
        counts=counts,
        show=show,
        words=words,
        own=own,
        page=page,
        pages=pages,
        unit=unit,
        shows=[(key, label) for key, (label, _) in SHOWS.items()],
    )
