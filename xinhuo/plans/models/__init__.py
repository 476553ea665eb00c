"""Plans: the text (``text``, ``editions``), the work that comes of it (``work``), the year's end (``closing``)."""

from .closing import Meeting, Package, PackageItem, Summary, SummaryLine
from .editions import PlanVersion
from .text import Duty, Node, Plan, PlanEdit
from .work import Assignment, Report, ReportCall, ReportRow

__all__ = [
    "Assignment",
    "Duty",
    "Meeting",
    "Node",
    "Package",
    "PackageItem",
    "Plan",
    "PlanEdit",
    "PlanVersion",
    "Report",
    "ReportCall",
    "ReportRow",
    "Summary",
    "SummaryLine",
]
