"""Shorthands for tests of steering: time that passes, one unit's task, an accepted page."""

import datetime as dt
from typing import Any

from tests.cast import Cast
from xinhuo.core import clock
from xinhuo.flows.actions import decide
from xinhuo.flows.enums import Verdict
from xinhuo.flows.queries import open_process
from xinhuo.plans.lights import Light
from xinhuo.plans.models import Assignment, Report
from xinhuo.plans.queries.lights import Lamps

from .works import report


def pass_days(settings: Any, days: int) -> None:
    """It is so many days later."""
    settings.CLOCK_SHIFT = getattr(settings, "CLOCK_SHIFT", dt.timedelta()) + dt.timedelta(days=days)


def task(cast: Cast, unit: str, key: str = "d1") -> Assignment:
    """A unit's duty of the small plan, read anew."""
    related = Assignment.objects.select_related(
        "duty__plan__document", "duty__node", "org", "by_org", "delivery"
    )
    return related.get(duty__key=key, org=cast.orgs[unit])


def light(cast: Cast, unit: str, key: str = "d1") -> Light:
    """Its light today."""
    return Lamps().of(task(cast, unit, key))


def accept(page: Report, cast: Cast, who: str) -> None:
    """The unit above says yes."""
    process = open_process("plans.report", page.pk)
    assert process is not None
    decide(process, Verdict.ACCEPT, by=cast.actors[who])


def reported(
    cast: Cast, unit: str, number: str = "5", above: str = "province_officer", kind: str = "half"
) -> Report:
    """The unit's page is sent and accepted."""
    page = report(cast, unit, number, "已开展", kind)
    accept(page, cast, above)
    return page


def today() -> dt.date:
    """The date of the moved clock."""
    return clock.today()
