"""What the flows engine calls when a page arrives, is accepted, returned or taken back."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.flows.models import Revision

from ..enums import ReportState
from ..models import Assignment, Report
from ..queries.work import next_call_report
from .assigning import REPORT, open_fill_todo
from .reports import says_something

SENT = ("sent_number", "sent_sentence", "sent_revision", "sent_at", "returned_revision")
ACCEPTED = ("accepted_number", "accepted_sentence", "accepted_revision", "accepted_at", "accepted_late_days")


def _report(report_id: int) -> Report:
    return Report.objects.select_related("call", "org", "to_org").get(pk=report_id)


def _revision(report_id: int, number: int) -> Revision:
    return Revision.objects.get(kind=REPORT, subject_id=report_id, number=number)


def _rows(revision: Revision) -> Iterator[tuple[Assignment, Mapping[str, Any]]]:
    """The assignments a revision speaks about, locked, with their snapshot rows; empty rows are left out."""
    rows = {row["assignment"]: row for row in revision.snapshot["rows"] if says_something(row)}
    for item in Assignment.objects.select_for_update(of=("self",)).filter(pk__in=rows):
        yield item, rows[item.pk]


def number_in(row: Mapping[str, Any]) -> Decimal | None:
    """The unit's total in a snapshot row."""
    return None if row["total"] is None else Decimal(row["total"])


def _same_as_accepted(item: Assignment, row: Mapping[str, Any], accepted: Mapping[str, Any] | None) -> bool:
    if item.accepted_revision is None or accepted is None:
        return False
    keys = ("total", "sentence", "files")
    return all(row[key] == accepted[key] for key in keys)


def _accepted_rows(assignments: list[Assignment]) -> dict[int, Mapping[str, Any]]:
    revisions = Revision.objects.in_bulk(
        {item.accepted_revision for item in assignments if item.accepted_revision}
    )
    found: dict[int, Mapping[str, Any]] = {}
    for item in assignments:
        revision = revisions.get(item.accepted_revision or 0)
        for row in revision.snapshot["rows"] if revision else ():
            if row["assignment"] == item.pk:
                found[item.pk] = row
    return found


def on_arrive(report_id: int, number: int, by: Actor) -> None:  # noqa: ARG001 - the engine's signature
    """The page has left the unit: upper levels may see it; what says something new counts as sent."""
    report = _report(report_id)
    revision = _revision(report_id, number)
    if report.first_sent_at is None:
        report.first_sent_at = revision.at
        report.save(update_fields=["first_sent_at"])
    pairs = list(_rows(revision))
    accepted = _accepted_rows([item for item, _ in pairs])
    changed = []
    for item, row in pairs:
        if _same_as_accepted(item, row, accepted.get(item.pk)):
            continue
        item.sent_number, item.sent_sentence = number_in(row), row["sentence"]
        item.sent_revision, item.sent_at, item.returned_revision = revision.pk, revision.at, None
        changed.append(item)
    Assignment.objects.bulk_update(changed, SENT)


def on_accept(report_id: int, number: int, by: Actor) -> None:  # noqa: ARG001 - the engine's signature
    """Totals use what was accepted; days late are frozen now and stay visible. The next page comes up."""
    report = _report(report_id)
    revision = _revision(report_id, number)
    late = max((revision.at.astimezone(clock.SHANGHAI).date() - report.call.due).days, 0)
    changed = []
    for item, row in _rows(revision):
        item.accepted_number, item.accepted_sentence = number_in(row), row["sentence"]
        item.accepted_revision, item.accepted_at, item.accepted_late_days = revision.pk, clock.now(), late
        item.sent_revision, item.returned_revision = revision.pk, None
        item.sent_number, item.sent_sentence, item.sent_at = (
            item.accepted_number,
            item.accepted_sentence,
            revision.at,
        )
        changed.append(item)
    Assignment.objects.bulk_update(changed, (*ACCEPTED, *SENT))
    report.state, report.accepted_at = ReportState.ACCEPTED, clock.now()
    report.save(update_fields=["state", "accepted_at"])
    following = next_call_report(report)
    if following is not None:
        open_fill_todo(following)


def on_return(report_id: int, number: int, by: Actor) -> None:  # noqa: ARG001 - the engine's signature
    """The page is the unit's again; the assignments show that more was asked for."""
    revision = _revision(report_id, number)
    Assignment.objects.filter(sent_revision=revision.pk).update(returned_revision=revision.pk)
    Report.objects.filter(pk=report_id).update(state=ReportState.RETURNED)


def on_recall(report_id: int, number: int, by: Actor) -> None:  # noqa: ARG001 - the engine's signature
    """What was sent no longer counts as sent; what was accepted before stays accepted."""
    revision = _revision(report_id, number)
    for item in Assignment.objects.select_for_update(of=("self",)).filter(sent_revision=revision.pk):
        item.sent_revision, item.sent_number = item.accepted_revision, item.accepted_number
        item.sent_sentence, item.sent_at = item.accepted_sentence, item.accepted_at
        item.returned_revision = None
        item.save(update_fields=list(SENT))
    Report.objects.filter(pk=report_id).update(state=ReportState.DRAFT)
