"""What the flows engine calls when a page arrives, is accepted, returned or taken back."""

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.flows.climbs import climbs
from xinhuo.flows.enums import ProcessState
from xinhuo.flows.models import Revision
from xinhuo.flows.queries import accepted_stands

from ..enums import ReportState
from ..kinds import REPORT
from ..models import Assignment, Report
from ..queries.work import next_call_report
from .assigning import open_fill_todo
from .mirroring import mirror
from .timeliness import freeze

SHOWN = {
    ProcessState.OPEN: ReportState.SUBMITTED,
    ProcessState.ACCEPTED: ReportState.ACCEPTED,
    ProcessState.RETURNED: ReportState.RETURNED,
}


def _report(report_id: int) -> Report:
    return Report.objects.select_related("call", "org", "to_org").get(pk=report_id)


def _mirror(report: Report) -> None:
    """Bring the page's assignments in line with all pages of the unit that speak about them."""
    mirror(Assignment.objects.filter(rows__report=report))


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
