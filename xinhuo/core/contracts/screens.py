"""What an app puts on screens that are not its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from xinhuo.core.actor import Actor


@dataclass(frozen=True, slots=True)
class HeaderTool:
    """A small link with a number at the top of every page: ``count`` as of a Badge, 3 条新消息 when ``counted`` so."""

    key: str
    label: str
    url_name: str
    icon: str
    count: Callable[[Actor], int | QuerySet[Any]]
    counted: str


@dataclass(frozen=True, slots=True)
class NavItem:
    """An entry of the main navigation; ``tab`` puts it into the phone's tab bar too."""

    key: str
    label: str
    url_name: str
    icon: str
    order: int
    elder: bool = True
    tab: bool = False
    visible: Callable[[Actor], bool] | None = None


@dataclass(frozen=True, slots=True)
class Badge:
    """A number shown on a navigation entry.

    ``count`` gives it, or better the rows to count: those of all entries are counted in one query.
    """

    key: str
    count: Callable[[Actor], int | QuerySet[Any]]


@dataclass(frozen=True, slots=True)
class PanelLine:
    """One line of a unit page's panel: a link with a short note beside it."""

    text: str
    url: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class UnitPanel:
    """What an app shows on a unit's page; ``lines(actor, org_id)`` in a fixed number of queries."""

    key: str
    label: str
    lines: Callable[[Actor, int], list[PanelLine]]
