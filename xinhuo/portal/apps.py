"""The portal app."""

from typing import Any

from django.apps import AppConfig
from django.db.models import QuerySet

from xinhuo.core.actor import Actor
from xinhuo.core.contracts import Badge, NavItem


def _waiting(actor: Actor) -> QuerySet[Any]:
    from xinhuo.flows.models import Todo

    return Todo.objects.open().with_stood_for(actor)


class PortalConfig(AppConfig):
    """Composes what the other apps offer."""

    name = "xinhuo.portal"
    label = "portal"
    verbose_name = "工作台"

    nav = (NavItem("workbench", "工作台", "portal:workbench", "layout-dashboard", 10, tab=True),)
    badges = (Badge("workbench", _waiting),)
