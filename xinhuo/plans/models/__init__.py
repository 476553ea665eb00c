"""Plans: text and editions, the work that comes of it and how it is steered, what serves it, the year's end."""

from .editions import PlanVersion
from .served import Served
from .steering import Closing, Delay, Escalation, Extension, Nudge, Timeliness
from .text import Duty, Node, Plan, PlanEdit
from .work import REPORTING, Assignment, Report, ReportCall, ReportRow
from .yearend import Meeting, Package, PackageItem, Summary, SummaryLine

__all__ = [
    "REPORTING",
    "Assignment",
    "Closing",
    "Delay",
    "Duty",
    "Escalation",
    "Extension",
    "Meeting",
    "Node",
    "Nudge",
    "Package",
    "PackageItem",
    "Plan",
    "PlanEdit",
    "PlanVersion",
    "Report",
    "ReportCall",
    "ReportRow",
    "Served",
    "Summary",
    "SummaryLine",
    "Timeliness",
]
