"""Plans of every level: 黔西南州 writes its own, and answers the department with it."""

from tests.cast import Cast
from tests.plans.works import later
from xinhuo.plans.actions.checking import edit_plan, import_plan, publish_plan
from xinhuo.plans.actions.sending import ReportDates, send_plan
from xinhuo.plans.models import Assignment, Duty, Plan

OWN_TEXT = "黔西南州教育局关工委2026年工作要点\n\n一、组织建设\n1.推动各县（市）校点联合建立关工委。\n2.办好州级读书活动。\n"


def published(cast: Cast, unit: str, text: str = OWN_TEXT, *, number_unit: str = "所") -> Plan:
    """The unit's own plan, imported, its first duty made to report a number, and fixed."""
    by = cast.actors[f"{unit}_officer"]
    plan = import_plan(by=by, text=text).plan
    assert plan is not None
    first = plan.duties.order_by("position")[0]
    fields = {"target_kind": "number", "target_unit": number_unit}
    edit_plan(plan, "set_duty", {"duty": first.key, "fields": fields}, version=0, by=by)
    publish_plan(plan, version=1, by=by)
    plan.refresh_from_db()
    return plan


def sent_to(
    cast: Cast, unit: str, plan: Plan, *, to: dict[str, object], half: int = 20, year: int = 50
) -> Plan:
    """The plan goes to these units; pages are due in so many days."""
    dates = ReportDates(half=later(half), year=later(year))
    send_plan(plan, to=to, to_label="下级", dates=dates, by=cast.actors[f"{unit}_officer"])
    return plan


def own_plan(cast: Cast, unit: str = "qianxinan") -> Plan:
    """黔西南州's own plan, sent to its two counties."""
    return sent_to(cast, unit, published(cast, unit), to={"kinds": ["county"]})


def first_duty(plan: Plan) -> Duty:
    """The duty that asks for a number."""
    return plan.duties.order_by("position")[0]


def given(duty: Duty, cast: Cast, unit: str) -> Assignment:
    """What the unit was given of it."""
    return Assignment.objects.get(duty=duty, org=cast.orgs[unit])
