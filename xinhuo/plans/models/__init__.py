"""Plans: the text (``text``), the work that comes of it (``work``), the documents that serve it (``served``)."""

from .served import Served
from .text import Duty, Node, Plan, PlanEdit
from .work import Assignment, Report, ReportCall, ReportRow

__all__ = ["Assignment", "Duty", "Node", "Plan", "PlanEdit", "Report", "ReportCall", "ReportRow", "Served"]
