"""Verbs of the engine: start, decide, recall, help a colleague, and the unit's own route."""

from .deciding import decide, recall
from .helping import help_with
from .routes import set_route
from .scans import add_scan
from .starting import start_process

__all__ = ["add_scan", "decide", "help_with", "recall", "set_route", "start_process"]
