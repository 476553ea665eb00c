"""What is late for so long that a unit's leader should know, and whether it still is."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse

from xinhuo.core import clock
from xinhuo.core.clock import SHANGHAI

from ..dates import due_of, late_days, page_due
from ..enums import ReportState
from ..models import Assignment, Report
from ..windows import ESCALATE_DAYS, receipt_due
from .receipts import unsigned
from .replies import waiting_replies

RECEIPT, PAGE, REPLY, TASK = "receipt", "page", "reply", "task"


@dataclass(frozen=True, slots=True)
class Late:
    """One thing a unit owes another for long."""

    kind: str
    subject_id: int
    org_id: int
    by_org_id: int
    title: str
    due: dt.date
    url: str

    def as_item(self) -> dict[str, Any]:
        """As it is kept with the escalation."""
        return {
            "kind": self.kind,
            "id": self.subject_id,
            "title": self.title,
            "due": self.due.isoformat(),
            "url": self.url,
        }


def late_for_long() -> Iterator[Late]:
    """Receipts, replies, pages and duties of the whole tree that are late by more than ``ESCALATE_DAYS`` days."""
    last = clock.today() - dt.timedelta(days=ESCALATE_DAYS)
    yield from _receipts(_waiting_receipts(), last)
    yield from _replies(waiting_replies().filter(due__lt=last))
    pages = list(_pages(_waiting_pages().filter(call__due__lt=last)))
    yield from pages
    told = {(item.by_org_id, item.org_id) for item in pages}
    for task in _tasks(_silent_tasks().filter(due__lt=last)):
        if (
            task.by_org_id,
            task.org_id,
        ) not in told:  # a page that never came says the same of all its duties
            yield task


def _waiting_receipts() -> Any:
    return unsigned().exclude(document__state="draft").select_related("org", "document")


def _waiting_pages() -> Any:
    rows = Report.objects.filter(cancelled_by=None).filter(
        state_above__in=(ReportState.DRAFT, ReportState.RETURNED), call__due__lt=clock.today()
    )
    return rows.select_related("org", "call")


def _silent_tasks() -> Any:
    """Duties over their date of which nothing was ever reported; those nobody signed for are receipts."""
    rows = Assignment.objects.complete().filter(
        sent_revision=None,
        cancelled_by=None,
        closed_at=None,
        due__lt=clock.today(),
        duty__standing=False,
        duty__removed=False,
    )
    unread = Exists(unsigned().filter(pk=OuterRef("delivery")))
    return rows.exclude(unread).select_related("org", "duty")


def _too_late(due: dt.date, kind: str) -> bool:
    return late_days(clock.today(), due, kind) > ESCALATE_DAYS


def _receipts(rows: Any, last: dt.date) -> Iterator[Late]:
    for row in rows.iterator(chunk_size=1000):
        due = receipt_due(row.created_at.astimezone(SHANGHAI).date())
        if due < last and _too_late(due, row.org.kind):
            title = f"签收《{row.document.title}》"
            yield Late(RECEIPT, row.pk, row.org_id, row.document.issuer_id, title, due, row.url)


def _pages(rows: Any) -> Iterator[Late]:
    for row in rows.iterator(chunk_size=1000):
        due = page_due(row.call.due, row.org.kind)
        if row.to_org_id != row.org_id and _too_late(due, row.org.kind):
            title = f"报送《{row.call.title}》"
            yield Late(PAGE, row.pk, row.org_id, row.to_org_id, title, due, row.url)


def _replies(rows: Any) -> Iterator[Late]:
    for row in rows.iterator(chunk_size=1000):
        if _too_late(row.due, row.org.kind):
            title = f"回复《{row.round.title}》"
            yield Late(REPLY, row.pk, row.org_id, row.round.asker_id, title, row.due, row.url)


def _tasks(rows: Any) -> Iterator[Late]:
    for row in rows.iterator(chunk_size=1000):
        due = due_of(row)
        if due and row.by_org_id != row.org_id and _too_late(due, row.org.kind):
            url = reverse("plans:task_detail", args=[row.pk])
            yield Late(TASK, row.pk, row.org_id, row.by_org_id, row.duty.title, due, url)


def still_late(items: Iterable[Mapping[str, Any]]) -> set[tuple[str, int]]:
    """Which of the kept items are still open; four queries."""
    wanted: dict[str, list[int]] = {}
    for item in items:
        wanted.setdefault(item["kind"], []).append(item["id"])
    sources = {RECEIPT: _waiting_receipts, PAGE: _waiting_pages, REPLY: waiting_replies, TASK: _silent_tasks}
    return {
        (kind, pk)
        for kind, source in sources.items()
        for pk in source().filter(pk__in=wanted.get(kind) or [0]).values_list("pk", flat=True)
    }
