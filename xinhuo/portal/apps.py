"""The portal app."""

from django.apps import AppConfig

from xinhuo.core.actor import Actor
from xinhuo.core.contracts import Badge, NavItem


def _waiting(actor: Actor) -> int:
    from .queries import todo_count

    return todo_count(actor)


class PortalConfig(AppConfig):
    """Composes what the other apps offer."""

    name = "xinhuo.portal"
    label = "portal"
    verbose_name = "工作台"

    nav = (NavItem("workbench", "工作台", "portal:workbench", "layout-dashboard", 10, tab=True),)
    badges = (Badge("workbench", _waiting),)
