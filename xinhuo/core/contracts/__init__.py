"""What an app tells the engines about itself: dataclasses listed on its AppConfig, collected on first use.

An engine (flows, reporting, journal, portal) never imports the apps above it. Each ``AppConfig`` lists tuples
named like the kinds below (``subjects``, ``measures``, ``verbs`` …) and ``collect`` gathers them.
"""

from .engines import DigestLine, DigestSource, Flow, JobKind, Measure, Notice, Schedule, Subject, Verb
from .papers import (
    AmendableDate,
    AmendmentHook,
    Change,
    DeliveryHook,
    DocumentAction,
    DocumentSource,
    IncomingAction,
    TrayLink,
)
from .registry import by_kind, collect
from .screens import Badge, HeaderTool, NavItem, PanelLine, UnitPanel
from .units import HandOver, ProxyMatter, UnitChange

__all__ = [
    "AmendableDate",
    "AmendmentHook",
    "Badge",
    "Change",
    "DeliveryHook",
    "DigestLine",
    "DigestSource",
    "DocumentAction",
    "DocumentSource",
    "Flow",
    "HandOver",
    "HeaderTool",
    "IncomingAction",
    "JobKind",
    "Measure",
    "NavItem",
    "Notice",
    "PanelLine",
    "ProxyMatter",
    "Schedule",
    "Subject",
    "TrayLink",
    "UnitChange",
    "UnitPanel",
    "Verb",
    "by_kind",
    "collect",
]
