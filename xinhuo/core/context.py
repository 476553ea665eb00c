"""What every page's frame needs: who acts, the navigation, the mode, whom to ring."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject

from .actor import Actor
from .contracts import Badge, NavItem, by_kind, collect
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
    counter: Callable[[], int]

    @property
    def count(self) -> int:
        """How many things wait behind this entry; 0 shows nothing."""
        return self.counter()


def shell(request: HttpRequest) -> dict[str, Any]:
    """The context processor of the frame (``core/base.html``)."""
    actor: Actor | None = getattr(request, "actor", None)
    return {
        "actor": actor,
        "posts": getattr(request, "posts", ()),
        "help_line": getattr(request, "help_line", None),
        "elder": mode_of(request) == ELDER,
        "nav": SimpleLazyObject(lambda: navigation(actor)),
        "tools": SimpleLazyObject(lambda: tools(actor)),
        "layout": "core/part.html" if is_htmx(request) else "core/base.html",
    }


@dataclass(frozen=True, slots=True)
class ToolLink:
    """A small link with a number at the top, as the frame shows it."""

    key: str
    label: str
    url: str
    icon: str
    count: int
    counted: str


def tools(actor: Actor | None) -> list[ToolLink]:
    """The small links of the header; none when signed out."""
    if actor is None:
        return []
    return [
        ToolLink(item.key, item.label, reverse(item.url_name), item.icon, item.count(actor), item.counted)
        for item in collect("header_tools")
    ]


def mode_of(request: HttpRequest) -> str:
    """``elder`` or ``standard``, from the cookie."""
    return ELDER if request.COOKIES.get(MODE_COOKIE) == ELDER else STANDARD


def navigation(actor: Actor | None) -> list[NavLink]:
    """The entries this actor may use, in their order; none when signed out."""
    if actor is None:
        return []
    items = sorted(collect("nav"), key=lambda item: (item.order, item.key))
    links = (_link(item, actor) for item in items if item.visible is None or item.visible(actor))
    return [link for link in links if link is not None]


def _link(item: NavItem, actor: Actor) -> NavLink | None:
    try:
        url = reverse(item.url_name)
    except NoReverseMatch:  # an app switched off in the addresses; a test walks all entries
        return None
    badge: Badge | None = by_kind("badges").get(item.key)
    counted: dict[str, int] = {}

    def count() -> int:
        if badge is not None and item.key not in counted:
            counted[item.key] = badge.count(actor)  # shown twice, in the navigation and the tab bar
        return counted.get(item.key, 0)

    return NavLink(item.key, item.label, url, item.icon, item.elder, item.tab, count)
