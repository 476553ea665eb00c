"""What climbs out of this app."""

from xinhuo.core.contracts import Flow

from .actions import climbing
from .kinds import RETURN

FLOWS = (
    Flow(
        kind=RETURN,
        label="回复",
        on_arrive=climbing.on_arrive,
        on_accept=climbing.on_accept,
        on_return=climbing.on_return,
        on_recall=climbing.on_recall,
    ),
)
