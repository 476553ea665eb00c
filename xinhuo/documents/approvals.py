"""What is decided inside the unit before it leaves."""

from xinhuo.core.contracts import Flow

from .actions import approving
from .kinds import SENDING

FLOWS = (
    Flow(
        kind=SENDING,
        label="发文审签",
        on_arrive=approving.on_arrive,
        on_accept=approving.on_accept,
        on_return=approving.on_return,
        on_recall=approving.on_recall,
    ),
)
