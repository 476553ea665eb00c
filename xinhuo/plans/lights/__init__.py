"""Lights (● ▲ ◆ ○ ✓): what a duty's time points say about what was reported. Pure; rules and words are data."""

from .judge import Facts, Light, judge, percent
from .pauses import Pause, days_between, moved, read_pauses
from .rules import GLYPHS, RULES, SLACK, TROUBLE, State
from .schedule import Point, schedule
from .worst import Summary, noun_for, summary

__all__ = [
    "GLYPHS",
    "RULES",
    "SLACK",
    "TROUBLE",
    "Facts",
    "Light",
    "Pause",
    "Point",
    "State",
    "Summary",
    "days_between",
    "judge",
    "moved",
    "noun_for",
    "percent",
    "read_pauses",
    "schedule",
    "summary",
]
