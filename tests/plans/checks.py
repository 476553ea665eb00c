"""Plans brought in for the tests of the checking desk, and shorthands to look at their rows."""

from django.core.files.base import ContentFile

from tests.cast import Cast
from xinhuo.plans.actions.checking import import_plan
from xinhuo.plans.models import Duty, Node, Plan

from .sample import SAMPLE
from .small import TEXT


def imported(cast: Cast, text: str = TEXT) -> Plan:
    plan = import_plan(by=cast.province_officer, text=text).plan
    assert plan is not None
    return plan


def the_sample(cast: Cast) -> Plan:
    upload = ContentFile(SAMPLE.read_bytes(), name="要点.txt")
    plan = import_plan(by=cast.province_officer, upload=upload).plan
    assert plan is not None
    return plan


def live_nodes(plan: Plan) -> list[str]:
    return list(
        Node.objects.filter(plan=plan, removed=False).order_by("position").values_list("key", flat=True)
    )


def live_duties(plan: Plan) -> list[str]:
    return list(
        Duty.objects.filter(plan=plan, removed=False).order_by("position").values_list("key", flat=True)
    )


def codes(plan: Plan, code: str) -> list[int]:
    return [number for number, doubt in enumerate(plan.reading["warnings"]) if doubt["code"] == code]
