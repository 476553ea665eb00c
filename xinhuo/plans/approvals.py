"""What climbs out of this app."""

from xinhuo.core.contracts import Flow

from .actions import report_flow
from .kinds import REPORT

FLOWS = (
    Flow(
        kind=REPORT,
        label="进展报送",
        on_arrive=report_flow.on_arrive,
        on_accept=report_flow.on_accept,
        on_return=report_flow.on_return,
        on_recall=report_flow.on_recall,
    ),
)
