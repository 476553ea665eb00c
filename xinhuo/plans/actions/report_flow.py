"""What the flows engine calls when a page arrives, is accepted, returned or taken back."""

from collections.abc import Sequence

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.flows.climbs import climbs, climbs_of
from xinhuo.flows.enums import ProcessState
from xinhuo.flows.models import Revision
from xinhuo.flows.queries import accepted_stands

from ..enums import ReportState
from ..kinds import REPORT
from ..models import Assignment, Report
from ..queries.work import next_call_report
from ..said import Page, Said, accepted_of, sent_of
from .assigning import open_fill_todo
from .timeliness import freeze, worst_days

SENT = ("sent_number", "sent_sentence", "sent_revision", "sent_at", "returned_revision")
SHOWN = {
    ProcessState.OPEN: ReportState.SUBMITTED,
    ProcessState.ACCEPTED: ReportState.ACCEPTED,
    ProcessState.RETURNED: ReportState.RETURNED,
}
ACCEPTED = (
    "accepted_number",
    "accepted_sentence",
    "accepted_revision",
    "accepted_at",
    "accepted_late_days",
    "accepted_proxy",
)


def _report(report_id: int) -> Report:
    return Report.objects.select_related("call", "org", "to_org").get(pk=report_id)


def _mirror(report: Report) -> None:
    """Bring the page's assignments in line with all pages of the unit that speak about them.

    Worked out anew from the revisions each time: a page for an earlier date, corrected late, never covers what a
    later one said, and what was taken back or withdrawn stops counting.
    """
    found = Assignment.objects.select_for_update(of=("self",)).filter(rows__report=report)
    found = found.filter(cancelled_by=None)  # what was accepted of a cancelled duty stays as it is
    items = list(found.order_by("pk"))
    pages = _pages(items)
    late = worst_days(item.pk for item in items)
    for item in items:
        _write_accepted(item, accepted_of(pages, item.pk), late.get(item.pk))
        _write_sent(item, sent_of(pages, item.pk))
    Assignment.objects.bulk_update(items, (*ACCEPTED, *SENT))


def _pages(items: Sequence[Assignment]) -> list[Page]:
    """The unit's pages about these assignments with what was sent of them, the earliest date first."""
    reports = Report.objects.filter(rows__assignment__in=items).select_related("call").distinct()
    ordered = list(reports.order_by("call__due", "pk"))
    climbed = climbs_of(REPORT, [item.pk for item in ordered])
    return [Page(climbed[item.pk]) for item in ordered]


def _write_accepted(item: Assignment, said: Said | None, late: int | None) -> None:
    known = [days for days in (late, item.accepted_late_days) if days is not None]
    item.accepted_late_days = max(known, default=None)  # frozen: a later change never takes a day away
    revision = said.revision.pk if said else None
    if revision == item.accepted_revision:
        return
    item.accepted_revision = revision
    item.accepted_number, item.accepted_sentence = (said.number, said.sentence) if said else (None, "")
    item.accepted_at = said.ended_at if said else None
    item.accepted_proxy_id = said.by_org_id if said else None


def _write_sent(item: Assignment, said: Said | None) -> None:
    item.sent_revision = said.revision.pk if said else None
    item.sent_number, item.sent_sentence = (said.number, said.sentence) if said else (None, "")
    item.sent_at = said.revision.at if said else None
    item.returned_revision = item.sent_revision if said and said.returned else None


def _show_above(report: Report) -> None:
    """Bring ``state_above`` in line with the newest climb that reached the upper unit and was not taken back."""
    sending = climbs(REPORT, report.pk).sending
    report.state_above = SHOWN[ProcessState(sending.state)] if sending else ReportState.DRAFT


def on_arrive(report_id: int, number: int, by: Actor) -> None:  # noqa: ARG001 - the engine's signature
    """The page has left the unit: upper levels may see it; what says something new counts as sent."""
    report = _report(report_id)
    if report.first_sent_at is None:
        report.first_sent_at = Revision.objects.get(kind=REPORT, subject_id=report_id, number=number).at
    _show_above(report)
    report.save(update_fields=["first_sent_at", "state_above"])
    _mirror(report)


def on_accept(report_id: int, number: int, by: Actor) -> None:  # noqa: ARG001 - the engine's signature
    """Totals use what was accepted; days late are frozen now and stay visible. The next page comes up."""
    report = _report(report_id)
    report.advance(ReportState.ACCEPTED)
    report.accepted_at = clock.now()
    _show_above(report)
    report.save(update_fields=["state", "state_above", "accepted_at"])
    freeze(report, Revision.objects.get(kind=REPORT, subject_id=report_id, number=number))
    _mirror(report)
    following = next_call_report(report)
    if following is not None:
        open_fill_todo(following)


def on_return(report_id: int, number: int, by: Actor) -> None:  # noqa: ARG001 - the engine's signature
    """The page is the unit's again; the assignments show that more was asked for."""
    _give_back(report_id, ReportState.RETURNED)


def on_recall(report_id: int, number: int, by: Actor) -> None:  # noqa: ARG001 - the engine's signature
    """What was sent no longer counts as sent; what was accepted before stays accepted, and so does the page."""
    stands = accepted_stands(REPORT, report_id)
    _give_back(report_id, ReportState.ACCEPTED if stands else ReportState.DRAFT)


def _give_back(report_id: int, state: ReportState) -> None:
    report = _report(report_id)
    report.advance(state)
    _show_above(report)
    report.save(update_fields=["state", "state_above"])
    _mirror(report)
