"""The outline of a plan: nodes and duties as a pure value, and the operations people apply to it.

The state is always *reading + operations in order*: undo is a replay without the last operation. Nothing here
knows Django; the verbs of ``plans.actions`` write what comes out of it.
"""

from .build import from_reading
from .errors import OutlineError
from .operations import OPERATIONS, Op, apply, replay
from .state import Duty, Node, Outline

__all__ = [
    "OPERATIONS",
    "Duty",
    "Node",
    "Op",
    "Outline",
    "OutlineError",
    "apply",
    "from_reading",
    "replay",
]
