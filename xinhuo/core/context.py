"""What every page's frame needs: who acts, the navigation, the mode, whom to ring."""

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject

from .actor import Actor
from .contracts import NavItem, by_kind, collect
from .counting import Counts
from .http import HttpRequest, is_htmx

MODE_COOKIE = "xh_mode"
ELDER = "elder"
STANDARD = "standard"


@dataclass(frozen=True, slots=True)
class NavLink:
    """An entry of the navigation as the frame shows it; the number is counted only when it is shown."""

    key: str
    label: str
    url: str
    icon: str
    elder: bool
    tab: bool
    counts: Counts

    @property
    def count(self) -> int:
        """How many things wait behind this entry; 0 shows nothing."""
        return self.counts[self.key]


def shell(request: HttpRequest) -> dict[str, Any]:
    """The context processor of the frame (``core/base.html``)."""
    actor: Actor | None = getattr(request, "actor", None)
    counts = _counts(actor) if actor else None
    return {
        "actor": actor,
        "posts": getattr(request, "posts", ()),
        "help_line": getattr(request, "help_line", None),
        "elder": mode_of(request) == ELDER,
        "nav": SimpleLazyObject(lambda: navigation(actor, counts)),
        "tools": tools(actor, counts),
        "layout": "core/part.html" if is_htmx(request) else "core/base.html",
    }


def _counts(actor: Actor) -> Counts:
    """The numbers of the navigation and of the header's small links."""
    sources = {key: badge.count for key, badge in by_kind("badges").items()}
    return Counts(actor, sources | {item.key: item.count for item in collect("header_tools")})


@dataclass(frozen=True, slots=True)
class ToolLink:
    """A small link with a number at the top, as the frame shows it."""

    key: str
    label: str
    url: str
    icon: str
    counted: str
    counts: Counts

    @property
    def count(self) -> int:
        """How many new things are behind it; 0 shows nothing."""
        return self.counts[self.key]


def tools(actor: Actor | None, counts: Counts | None = None) -> list[ToolLink]:
    """The small links of the header; none when signed out."""
    if actor is None:
        return []
    shared = counts if counts is not None else _counts(actor)
    return [
        ToolLink(item.key, item.label, reverse(item.url_name), item.icon, item.counted, shared)
        for item in collect("header_tools")
    ]


def mode_of(request: HttpRequest) -> str:
    """``elder`` or ``standard``, from the cookie."""
    return ELDER if request.COOKIES.get(MODE_COOKIE) == ELDER else STANDARD


def navigation(actor: Actor | None, counts: Counts | None = None) -> list[NavLink]:
    """The entries this actor may use, in their order; none when signed out."""
    if actor is None:
        return []
    if counts is None:
        counts = Counts(actor, {key: badge.count for key, badge in by_kind("badges").items()})
    items = sorted(collect("nav"), key=lambda item: (item.order, item.key))
    links = (_link(item, counts) for item in items if item.visible is None or item.visible(actor))
    return [link for link in links if link is not None]


def _link(item: NavItem, counts: Counts) -> NavLink | None:
    try:
        url = reverse(item.url_name)
    except NoReverseMatch:  # an app switched off in the addresses; a test walks all entries
        return None
    return NavLink(item.key, item.label, url, item.icon, item.elder, item.tab, counts)
