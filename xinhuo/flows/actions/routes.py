"""The unit's own steps before anything leaves it."""

from collections.abc import Sequence

from django.db import transaction

from xinhuo.core.actor import Actor
from xinhuo.core.answer import require
from xinhuo.core.errors import BadInputError
from xinhuo.journal.actions import journal

from ..enums import INNER_ORDER
from ..models import Route
from ..rules import can_set_route


@transaction.atomic
def set_route(org_id: int, roles: Sequence[str], *, by: Actor) -> Route:
    """Set which posts inside the unit must agree before anything leaves it; an empty list means none.

    What is already on its way keeps the steps it started with.
    """
    require(can_set_route(by, org_id))
    if list(roles) != [role for role in INNER_ORDER if role in roles]:
        raise BadInputError("内部审签只能按“秘书长 → 负责人”的顺序设置。")
    route, _ = Route.objects.update_or_create(org_id=org_id, defaults={"roles": list(roles)})
    journal(by, "flows.route_set", f"把内部审签设为：{route}", kind="flows.route", subject_id=route.pk)
    return route
