"""The page of steering, the words for the group and the telephone list, read in a fixed number of queries."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.documents.models import Document

from ..enums import EscalationState, ReportState
from ..group_text import missing_words
from ..models import Escalation, Report, ReportCall
from .closing import punctuality
from .replies import replies_owed
from .steering import (
    Owed,
    UnitLine,
    contacts_of,
    nudged,
    pages_owed,
    receipts_owed,
    unit_lines,
    with_own_contact,
)
from .tasks import Task, given_by, with_lights


@dataclass(frozen=True, slots=True)
class About:
    """One call or one document that units still owe something for: the group is told about it as a whole."""

    kind: str
    pk: int
    title: str
    due: dt.date
    days: int
    units: int


@dataclass(frozen=True, slots=True)
class SteerView:
    """Everything the page of steering shows."""

    lines: Sequence[UnitLine]
    about: Sequence[About]
    escalations: Sequence[Escalation]
    receipts: int
    pages: int
    late: int  # pages and replies past their date
    red: int
    amber: int
    fresh: int

    @property
    def troubled(self) -> int:
        """Units on the page."""
        return len(self.lines)


def steer_page(actor: Actor) -> SteerView:
    """Read it for the actor's unit: only those it sent to, asked or gave work to; never those beside it."""
    receipts, pages = receipts_owed(actor.org_id), pages_owed(actor.org_id, soon=True)
    tasks = with_lights(given_by(actor.org_id))
    replies = replies_owed(actor.org_id)
    owed = [*pages, *replies, *receipts]
    lines = unit_lines(owed, tasks)
    done, rates = nudged(owed), punctuality(actor.org_id, pages)
    for org_id, found in contacts_of(lines).items():
        lines[org_id].contacts = found
    for org_id, line in lines.items():
        line.contacts = with_own_contact(line.org, line.contacts)[:2]
        line.reminded_at = done.last.get(org_id)
        line.pages_in_time = rates.get(org_id, (0, 0))
    waiting = Escalation.objects.filter(by_org_id=actor.org_id, state=EscalationState.PREPARED)
    return SteerView(
        lines=list(lines.values()),
        about=_about(owed),
        escalations=list(waiting.select_related("org")),
        receipts=len(receipts),
        pages=len(pages),
        late=sum(item.days > 0 for item in (*pages, *replies)),
        red=_with_trouble(tasks, 2),
        amber=_with_trouble(tasks, 1),
        fresh=len({item.org.pk for item in owed if not done.covers(item)}),
    )


def _with_trouble(tasks: Sequence[Task], trouble: int) -> int:
    return sum(task.light.trouble == trouble for task in tasks)


def _about(items: Sequence[Owed]) -> list[About]:
    groups: dict[tuple[str, int], list[Owed]] = {}
    for item in items:
        groups.setdefault((str(item.kind), item.about), []).append(item)
    return [
        About(
            kind,
            pk,
            found[0].title,
            min(item.due for item in found),
            max(item.days for item in found),
            len(found),
        )
        for (kind, pk), found in groups.items()
    ]


@dataclass(frozen=True, slots=True)
class GroupText:
    """Words to be copied, with what their picture shows."""

    kind: str
    pk: int
    title: str
    words: str
    address: str
    units: int


def group_text(actor: Actor, kind: str, pk: int, address: str) -> GroupText | None:
    """The words about one call or one document of the actor's unit; None when it is none of its own."""
    if kind == "page":
        return _pages_text(actor, pk, address)
    texts = {"receipt": _receipts_text, "reply": _replies_text}
    return texts[kind](actor, pk, address) if kind in texts else None


def _signed(actor: Actor) -> str:
    today = clock.today()
    return f"{actor.org_name}关工委 {today.month}月{today.day}日"


def _pages_text(actor: Actor, pk: int, address: str) -> GroupText | None:
    call = ReportCall.objects.filter(pk=pk, issuer_id=actor.org_id).first()
    if call is None:
        return None
    rows = Report.objects.filter(
        call=call, cancelled_by=None, state_above__in=(ReportState.DRAFT, ReportState.RETURNED)
    )
    found = rows.exclude(org_id=actor.org_id).select_related("org").order_by("org__path")
    silent = [row.org.short_name for row in found if row.state_above == ReportState.DRAFT]
    asked = [row.org.short_name for row in found if row.state_above == ReportState.RETURNED]
    words = missing_words(
        what=f"报《{call.title}》",
        names=silent,
        due=call.due,
        days=max((clock.today() - call.due).days, 0),
        asked=asked,
        address=address,
        by=_signed(actor),
    )
    return GroupText("page", pk, call.title, words, address, len(silent) + len(asked))


def _receipts_text(actor: Actor, pk: int, address: str) -> GroupText | None:
    document = Document.objects.filter(pk=pk, issuer_id=actor.org_id).first()
    if document is None:
        return None
    owed = [item for item in receipts_owed(actor.org_id) if item.about == pk]
    today = clock.today()
    words = missing_words(
        what=f"签收《{document.title}》",
        names=[item.org.short_name for item in owed],
        due=min((item.due for item in owed), default=today),
        days=max((item.days for item in owed), default=0),
        address=address,
        by=_signed(actor),
    )
    return GroupText("receipt", pk, document.title, words, address, len(owed))


def _replies_text(actor: Actor, pk: int, address: str) -> GroupText | None:
    document = Document.objects.filter(pk=pk, issuer_id=actor.org_id).first()
    if document is None:
        return None
    owed = [item for item in replies_owed(actor.org_id) if item.about == pk]
    title = document.root_or_self.title
    words = missing_words(
        what=f"回复《{title}》",
        names=[item.org.short_name for item in owed if not item.asked],
        due=min((item.due for item in owed), default=clock.today()),
        days=max((item.days for item in owed), default=0),
        asked=[item.org.short_name for item in owed if item.asked],
        address=address,
        by=_signed(actor),
    )
    return GroupText("reply", pk, title, words, address, len(owed))


def phone_list(actor: Actor) -> list[UnitLine]:
    """All units that owe something, with everybody who can be rung, in the order of the tree."""
    tasks = with_lights(given_by(actor.org_id))
    owed = [
        *receipts_owed(actor.org_id),
        *pages_owed(actor.org_id, soon=True),
        *replies_owed(actor.org_id),
    ]
    lines = unit_lines(owed, tasks)
    found = contacts_of(lines)
    for org_id, line in lines.items():
        line.contacts = with_own_contact(line.org, found.get(org_id, []))
    return sorted(lines.values(), key=lambda line: line.org.path)
