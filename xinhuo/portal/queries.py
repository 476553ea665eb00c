"""What the workbench shows: everything that waits, my duties, what came in, how those below stand."""

from dataclasses import dataclass

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.core.contracts import by_kind
from xinhuo.documents.models import Delivery
from xinhuo.flows.models import Todo
from xinhuo.plans.models import Assignment
from xinhuo.plans.queries.duties import standing
from xinhuo.plans.queries.pages import CallLine, call_lines
from xinhuo.plans.queries.work import children_tallies
from xinhuo.plans.tally import STANDING_WORDS, Standing, Tally

MOST_TODOS = 100
MOST_DUTIES = 12
SOON_DAYS = 3
VERBS = {"receive": "去签收", "fill": "去填报", "correct": "去补充", "decide": "去审核", "confirm": "去确认"}


@dataclass(frozen=True, slots=True)
class TodoLine:
    """One thing that waits, ready to print."""

    todo: Todo
    url: str
    button: str
    light: str
    left: str

    @property
    def spoken(self) -> str:
        """The full sentence that 朗读 reads."""
        due = f"{self.todo.due.month}月{self.todo.due.day}日前办，{self.left}。" if self.todo.due else ""
        return f"{self.todo.get_wait_display()}。{self.todo.title}。{self.todo.detail}{due}"


def _time_left(todo: Todo) -> tuple[str, str]:
    """The to-do's own light is time left: three days or less is near, past the date is over."""
    if todo.due is None:
        return "", ""
    days = clock.days_left(todo.due)
    if days < 0:
        return "red", f"已超期 {-days} 天"
    if days == 0:
        return "amber", "今天"
    if days == 1:
        return "amber", "明天"
    return ("amber" if days <= SOON_DAYS else "green"), f"还有 {days} 天"


def todo_lines(actor: Actor) -> tuple[list[TodoLine], int]:
    """What waits for the actor's post, soonest first, and how many there are in all."""
    found = Todo.objects.open().waiting_for(actor)
    subjects = by_kind("subjects")
    lines = []
    for todo in found[:MOST_TODOS]:
        light, left = _time_left(todo)
        lines.append(TodoLine(todo, subjects[todo.kind].url(todo.subject_id), VERBS[todo.wait], light, left))
    count = len(lines) if len(lines) < MOST_TODOS else found.count()
    return lines, count


def todo_count(actor: Actor) -> int:
    """The number in the navigation."""
    return Todo.objects.open().waiting_for(actor).count()


@dataclass(frozen=True, slots=True)
class DutyLine:
    """One of the unit's own duties."""

    assignment: Assignment
    words: str
    state: str
    below: Tally | None


def my_duties(actor: Actor) -> tuple[list[DutyLine], int]:
    """The unit's duties that are not settled yet, the soonest first, and how many it has in all this year."""
    items = list(
        Assignment.objects.filter(org_id=actor.org_id, duty__removed=False)
        .exclude(duty__plan__state="checking")
        .select_related("duty__node", "duty__plan")
        .order_by("-duty__plan__year", "due", "duty__position")
    )
    open_items = [item for item in items if standing(item) != Standing.ACCEPTED][:MOST_DUTIES]
    below = children_tallies(item.pk for item in open_items)
    lines = [
        DutyLine(item, STANDING_WORDS[standing(item)], standing(item), below.get(item.pk))
        for item in open_items
    ]
    return lines, len(items)


def came_in(actor: Actor) -> list[Delivery]:
    """The latest documents that reached the unit."""
    found = Delivery.objects.complete().filter(org_id=actor.org_id)
    return list(found.select_related("document", "document__issuer")[:6])


def asked_below(actor: Actor) -> list[CallLine]:
    """The pages the unit asked for, with their progress."""
    return call_lines(actor)[:4]
