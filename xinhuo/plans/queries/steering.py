"""What the page of steering shows, per unit: receipts and pages that are missing, what is slow, who was reminded."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from xinhuo.core import clock
from xinhuo.core.actor import Role
from xinhuo.core.clock import SHANGHAI
from xinhuo.orgs.models import Org
from xinhuo.people.models import Appointment

from ..dates import late_days, page_due
from ..enums import NudgeKind, ReportState
from ..lights import Summary, summary
from ..models import Nudge, Report
from ..windows import SOON_DAYS, receipt_due, window
from .receipts import unsigned
from .tasks import Task, cause_words, latest_cause

SEVERAL = 3
"""So many slow duties of one unit are worth a call."""


@dataclass(frozen=True, slots=True)
class Owed:
    """One thing a unit owes: a receipt, a page or a reply, by when, and how many days late it is (0: not late yet)."""

    kind: NudgeKind
    subject_id: int
    org: Org
    title: str
    due: dt.date
    days: int
    about: int
    asked: bool = False
    cause: str = ""

    @property
    def window(self) -> str:
        """The window of reminding it lies in today."""
        return window(self.due, clock.today())


@dataclass(slots=True)
class UnitLine:
    """One unit with everything it owes."""

    org: Org
    receipts: list[Owed] = field(default_factory=list)
    pages: list[Owed] = field(default_factory=list)
    replies: list[Owed] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    reminded_at: dt.datetime | None = None
    contacts: list["Contact"] = field(default_factory=list)
    pages_in_time: tuple[int, int] = (0, 0)

    @property
    def lights(self) -> Summary:
        """What is slow among its duties."""
        return summary(((task.light.state, 1) for task in self.tasks), "项")

    @property
    def weight(self) -> tuple[int, int, int]:
        """What comes first on the page: late pages, then what is over its date, then what is slow."""
        red = sum(task.light.trouble > 1 for task in self.tasks)
        return (
            sum(item.days > 0 for item in (*self.pages, *self.receipts, *self.replies)),
            red,
            self.lights.troubled,
        )

    @property
    def needs_call(self) -> bool:
        """Somebody should ring: a page or a duty is over its date, or several duties are slow."""
        late = any(item.days > 0 for item in self.pages) or any(task.light.trouble > 1 for task in self.tasks)
        return late or len(self.tasks) >= SEVERAL


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody of a unit who can be rung."""

    name: str
    title: str
    phone: str


def receipts_owed(org_id: int) -> list[Owed]:
    """Documents of a unit that others should have signed for."""
    today = clock.today()
    rows = unsigned().filter(document__issuer_id=org_id)
    found = []
    for row in rows.select_related("org", "document").order_by("org__path", "created_at"):
        due = receipt_due(row.created_at.astimezone(SHANGHAI).date())
        days = late_days(today, due, row.org.kind)
        if days:
            found.append(
                Owed(NudgeKind.RECEIPT, row.pk, row.org, row.document.title, due, days, row.document_id)
            )
    return found


def pages_owed(org_id: int, *, soon: bool = False) -> list[Owed]:
    """Pages that others should have sent to a unit by now; with ``soon`` also those due in the next days."""
    today = clock.today()
    last = today + dt.timedelta(days=SOON_DAYS if soon else -1)
    rows = (
        Report.objects.filter(cancelled_by=None)
        .filter(
            to_org_id=org_id, state_above__in=(ReportState.DRAFT, ReportState.RETURNED), call__due__lte=last
        )
        .exclude(org_id=org_id)
    )
    rows = rows.select_related("org", "call").annotate(cause=latest_cause(report="pk"))
    found = []
    for row in rows.order_by("org__path", "call__due"):
        due = page_due(row.call.due, row.org.kind)
        if due > last:
            continue
        asked = row.state_above == ReportState.RETURNED
        days = late_days(today, due, row.org.kind) if due < today else 0
        cause = cause_words(row.cause)  # type: ignore[attr-defined]  # annotated above
        found.append(
            Owed(NudgeKind.PAGE, row.pk, row.org, row.call.title, due, days, row.call_id, asked, cause)
        )
    return found


def contacts_of(org_ids: Iterable[int]) -> dict[int, list[Contact]]:
    """Whom to ring in each unit: officers first, then secretaries and leaders, as far as they have a number."""
    order = {Role.OFFICER: 0, Role.SECRETARY: 1, Role.LEADER: 2}
    posts = Appointment.objects.current().filter(org_id__in=list(org_ids) or [0], role__in=list(order))
    found: dict[int, list[Contact]] = {}
    ranked = sorted(posts.select_related("person"), key=lambda post: (order[Role(post.role)], post.pk))
    for post in ranked:
        if post.person.phone:
            contact = Contact(post.person.name, post.post_title, post.person.phone)
            found.setdefault(post.org_id, []).append(contact)
    return found


def with_own_contact(org: Org, found: list[Contact]) -> list[Contact]:
    """The unit's own contact first; the same number stands once."""
    own = [Contact(org.contact_name, "联系人", org.contact_phone)] if org.contact_phone else []
    return own + [contact for contact in found if contact.phone != org.contact_phone]


def unit_lines(owed: Iterable[Owed], tasks: Iterable[Task]) -> dict[int, UnitLine]:
    """What each unit owes, the units that owe nothing left out; the heaviest first."""
    lines: dict[int, UnitLine] = {}
    for item in owed:
        line = lines.setdefault(item.org.pk, UnitLine(item.org))
        kinds = {NudgeKind.RECEIPT: line.receipts, NudgeKind.PAGE: line.pages, NudgeKind.REPLY: line.replies}
        kinds[item.kind].append(item)
    for task in tasks:
        if task.light.trouble:
            lines.setdefault(task.item.org_id, UnitLine(task.item.org)).tasks.append(task)
    ordered = sorted(lines.values(), key=lambda line: ([-number for number in line.weight], line.org.path))
    return {line.org.pk: line for line in ordered}


@dataclass(frozen=True, slots=True)
class Nudged:
    """What a unit reminded others of: when each unit last, and of what in which window."""

    last: Mapping[int, dt.datetime]
    done: frozenset[tuple[str, int, str]]

    def covers(self, item: Owed) -> bool:
        """Whether this was reminded of in its window already."""
        return (str(item.kind), item.subject_id, item.window) in self.done


def nudged(items: Iterable[Owed]) -> Nudged:
    """The reminders about the things owed; one query, however many there are."""
    subjects = {item.subject_id for item in items} or {0}
    rows = Nudge.objects.filter(subject_id__in=subjects).order_by("at")
    last: dict[int, dt.datetime] = {}
    done = set()
    for org_id, kind, subject_id, window_, at in rows.values_list(
        "org_id", "kind", "subject_id", "window", "at"
    ):
        last[org_id] = at
        done.add((kind, subject_id, window_))
    return Nudged(last, frozenset(done))
