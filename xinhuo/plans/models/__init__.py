"""Plans: the text (``text``), the work that comes of it (``work``), how it is steered, the documents that serve it."""

from .served import Served
from .steering import Closing, Delay, Escalation, Extension, Nudge, Timeliness
from .text import Duty, Node, Plan, PlanEdit
from .work import REPORTING, Assignment, Report, ReportCall, ReportRow

__all__ = [
    "REPORTING",
    "Assignment",
    "Closing",
    "Delay",
    "Duty",
    "Escalation",
    "Extension",
    "Node",
    "Nudge",
    "Plan",
    "PlanEdit",
    "Report",
    "ReportCall",
    "ReportRow",
    "Served",
    "Timeliness",
]
