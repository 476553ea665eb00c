"""What the workbench shows: everything that waits, my duties, what came in, how those below stand."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.core.contracts import by_kind
from xinhuo.documents.models import Delivery
from xinhuo.flows.enums import Wait
from xinhuo.flows.models import Todo
from xinhuo.orgs.models import Org
from xinhuo.plans.enums import ReportState
from xinhuo.plans.kinds import REPORT
from xinhuo.plans.lights import Light, State
from xinhuo.plans.models import Assignment, Report
from xinhuo.plans.queries.duties import standing
from xinhuo.plans.queries.lights import Below, Lamps, lights_below
from xinhuo.plans.queries.pages import CallLine, call_lines
from xinhuo.plans.tally import STANDING_WORDS
from xinhuo.reporting.kinds import RETURN
from xinhuo.reporting.models import Return

MOST_TODOS = 200
MOST_DUTIES = 12
SOON_DAYS = 3
FEW_PAGES, NAMED = 4, 3
VERBS = {
    Wait.RECEIVE: "去签收",
    Wait.FILL: "去填报",
    Wait.CORRECT: "去补充",
    Wait.DECIDE: "去审核",
    Wait.CONFIRM: "去确认",
    Wait.ATTACH: "去补传",
    Wait.PROPOSE: "去拟办",
    Wait.RULE: "去批示",
    Wait.HANDLE: "去办理",
}


@dataclass(frozen=True, slots=True)
class TodoLine:
    """One thing that waits, or many alike as one line, ready to print."""

    todo: Todo
    title: str
    detail: str
    url: str
    button: str
    light: str
    left: str

    @property
    def spoken(self) -> str:
        """The full sentence that 朗读 reads."""
        due = f"{self.todo.due.month}月{self.todo.due.day}日前办，{self.left}。" if self.todo.due else ""
        return f"{self.todo.get_wait_display()}。{self.title}。{self.detail}{due}"


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


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for the actor's post, and for the units it stands in for, unit by unit; ``count`` is all of it."""

    lines: list[TodoLine]
    for_others: list["OnBehalf"]
    count: int

    @property
    def others_count(self) -> int:
        """How much of it is for other units."""
        return sum(len(group.lines) for group in self.for_others)

    @property
    def receipts(self) -> int:
        """How many signatures wait at those units: several are given at once."""
        return sum(line.todo.wait == Wait.RECEIVE for group in self.for_others for line in group.lines)


@dataclass(frozen=True, slots=True)
class OnBehalf:
    """What waits at one unit the actor's unit stands in for."""

    org: Org
    lines: list[TodoLine]


def waiting(actor: Actor) -> Waiting:
    """Everything that waits, soonest first, in one query for the own unit and those it stands in for."""
    found = Todo.objects.open().with_stood_for(actor).select_related("org")
    todos = list(found[:MOST_TODOS])
    own = [todo for todo in todos if todo.org_id == actor.org_id]
    groups: dict[int, OnBehalf] = {}
    for todo in todos:
        if todo.org_id != actor.org_id:
            groups.setdefault(todo.org_id, OnBehalf(todo.org, [])).lines.append(_line(todo))
    ordered = sorted(groups.values(), key=lambda group: group.org.path)
    count = len(todos) if len(todos) < MOST_TODOS else found.count()
    return Waiting(_lines(own), ordered, count)


def _lines(todos: Sequence[Todo]) -> list[TodoLine]:
    """The rows; pages that wait for a decision stand together when they are many."""
    pages = [todo for todo in todos if todo.kind == REPORT and todo.wait == Wait.DECIDE]
    calls = _by_call(pages)  # one query, whether few pages wait or many
    grouped = calls if len(pages) >= FEW_PAGES else {}
    answers = [todo for todo in todos if todo.kind == RETURN and todo.wait == Wait.DECIDE]
    if len(answers) >= FEW_PAGES:
        grouped |= _by_round(answers)
    lines = []
    for todo in todos:
        call = grouped.get((todo.kind, todo.subject_id)) if todo.wait == Wait.DECIDE else None
        if call is None:
            lines.append(_line(todo))
        elif call.first == todo.pk:
            lines.append(_call_line(todo, call))
    return lines


def _line(todo: Todo) -> TodoLine:
    light, left = _time_left(todo)
    url = by_kind("subjects")[todo.kind].url(todo.subject_id)
    return TodoLine(todo, todo.title, todo.detail, url, VERBS[Wait(todo.wait)], light, left)


@dataclass(slots=True)
class _Call:
    title: str
    first: int
    url: str
    names: list[str]


def _by_call(pages: Sequence[Todo]) -> dict[tuple[str, int], _Call]:
    """Pages that wait for a decision, by what they answer: fifty of them are one line, not fifty."""
    wanted = [todo.subject_id for todo in pages]
    reports = {item.pk: item for item in Report.objects.filter(pk__in=wanted).select_related("call", "org")}
    calls: dict[int, _Call] = {}
    found: dict[tuple[str, int], _Call] = {}
    for todo in pages:
        report = reports[todo.subject_id]
        url = reverse("plans:call_detail", args=[report.call_id]) + f"?state={ReportState.SUBMITTED}"
        call = calls.setdefault(report.call_id, _Call(report.call.title, todo.pk, url, []))
        call.names.append(report.org.short_name)
        found[todo.kind, todo.subject_id] = call
    return found


def _by_round(answers: Sequence[Todo]) -> dict[tuple[str, int], _Call]:
    """The same for answers to one notice."""
    wanted = [todo.subject_id for todo in answers]
    rows = Return.objects.filter(pk__in=wanted).select_related("round", "org").defer("rows", "text")
    returns = {item.pk: item for item in rows}
    calls: dict[int, _Call] = {}
    found: dict[tuple[str, int], _Call] = {}
    for todo in answers:
        ret = returns[todo.subject_id]
        title = f"《{ret.round.title}》的回复"
        call = calls.setdefault(ret.round_id, _Call(title, todo.pk, ret.round.url, []))
        call.names.append(ret.org.short_name)
        found[todo.kind, todo.subject_id] = call
    return found


def _call_line(todo: Todo, call: _Call) -> TodoLine:
    names = "、".join(call.names[:NAMED]) + ("等" if len(call.names) > NAMED else "")
    detail = f"{names}交来。看过没有问题的，可以一起通过。"
    title = f"{len(call.names)} 个单位的{call.title}"
    return TodoLine(todo, title, detail, call.url, VERBS[Wait(todo.wait)], "", "")


@dataclass(frozen=True, slots=True)
class DutyLine:
    """One of the unit's own duties with its light."""

    assignment: Assignment
    words: str
    light: Light
    below: Below | None


def my_duties(actor: Actor) -> tuple[list[DutyLine], int]:
    """The unit's duties that are not closed yet, what is slow first, and how many it has in all this year."""
    own = Assignment.objects.complete().filter(org_id=actor.org_id, duty__removed=False, cancelled_by=None)
    own = own.exclude(duty__plan__state="checking")
    ordered = own.select_related("duty__node", "duty__plan", "org", "delivery").order_by(
        "-duty__plan__year", "due", "duty__position"
    )
    items = list(ordered)
    lamps = Lamps()
    lit = [(item, lamps.of(item)) for item in items]
    open_items = [(item, light) for item, light in lit if light.state != State.DONE]
    shown = sorted(open_items, key=lambda pair: -pair[1].trouble)[:MOST_DUTIES]
    below = lights_below({item.pk: item.duty for item, _ in shown}, lamps)
    lines = [
        DutyLine(item, STANDING_WORDS[standing(item)], light, below.get(item.pk)) for item, light in shown
    ]
    return lines, len(items)


def came_in(actor: Actor) -> list[Delivery]:
    """The latest documents that reached the unit."""
    found = Delivery.objects.complete().filter(org_id=actor.org_id)
    return list(found.select_related("document", "document__issuer")[:6])


def asked_below(actor: Actor) -> list[CallLine]:
    """The pages the unit asked for, with their progress."""
    return call_lines(actor)[:4]
