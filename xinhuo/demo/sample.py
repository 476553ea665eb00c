"""Reads the sample plan with the real reader and checks it the way a person would, edit by recorded edit."""

import datetime as dt
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.documents.models import Document
from xinhuo.orgs.models import Org
from xinhuo.plans.actions.checking import edit_plan, import_plan, publish_plan, settle_doubt
from xinhuo.plans.models import Plan
from xinhuo.plans.queries.checking import edits_of, outline_of

from .people import officer_of
from .units import installer

SAMPLE = Path(__file__).parent / "data" / "guizhou-2020-work-plan.txt"
ACCEPTED_DOUBTS = ("document_number_damaged", "numeral_lost", "halfwidth_punctuation", "double_dash")
SOON_DAYS, LATE_DAYS = 45, 160
COUNTED = {
    "关工委组织建设": "所",
    "领导班子": "人",
    "二级关工委": "个",
    "“五老”队伍": "人",
    "主题教育活动": "场",
    "工匠进校园": "场",
    "老校长下乡": "所",
    "骨干老师": "人",
    "读书活动": "所",
    "普法": "场",
    "订阅": "份",
}


def import_sample(province: Org, rng: random.Random, say: Callable[[str], None]) -> Plan:
    """Import, check and fix the sample plan as the province's officer."""
    say("读入样例文件《2020年工作要点》，逐条核对……")
    by = officer_of(province, rng, by=installer())
    done = import_plan(by=by, upload=ContentFile(SAMPLE.read_bytes(), name="2020年工作要点.txt"))
    if done.plan is None:
        message = f"the sample could not be read: {done.message}"
        raise RuntimeError(message)
    plan = done.plan
    _settle(plan, by)
    _split(plan, by)
    _set_duties(plan, by, rng)
    publish_plan(plan, version=_version(plan), by=by)
    Document.objects.filter(pk=plan.document_id).update(is_demo=True)
    plan.refresh_from_db()
    return plan


def _version(plan: Plan) -> int:
    plan.refresh_from_db(fields=["version"])
    return plan.version


def _settle(plan: Plan, by: Actor) -> None:
    """Accept the proposals a person would accept; the doubtful date stays as printed."""
    codes = [item["code"] for item in plan.reading["warnings"]]
    for code in ACCEPTED_DOUBTS:
        places = [place for place, found in enumerate(codes) if found == code]
        if places:
            settle_doubt(plan, places, "accept", version=_version(plan), by=by)


def _split(plan: Plan, by: Actor) -> None:
    """Take over every proposal to split an item into several duties."""
    outline = outline_of(plan, edits_of(plan))
    for duty in [duty for duty in outline.duties.values() if duty.proposal]:
        args = {"duty": duty.key, "accept": True}
        edit_plan(plan, "split_duty", args, version=_version(plan), by=by)


def _set_duties(plan: Plan, by: Actor, rng: random.Random) -> None:
    """Dates relative to today, numbers where they can be counted, and every duty looked at once."""
    outline = outline_of(plan, edits_of(plan))
    today = clock.today()
    operations: list[list[Any]] = []
    for duty in outline.duties.values():
        due = today + dt.timedelta(days=rng.randrange(SOON_DAYS, LATE_DAYS))
        fields: dict[str, Any] = {"due": due.isoformat(), "due_basis": "inferred"}
        unit = next((unit for words, unit in COUNTED.items() if words in duty.title + duty.text), "")
        if unit and not duty.scope.get("own"):
            fields |= {"target_kind": "number", "target_unit": unit}
        operations += [
            ["set_duty", {"duty": duty.key, "fields": fields}],
            ["confirm_duty", {"duty": duty.key, "on": True}],
        ]
    edit_plan(plan, "batch", {"ops": operations}, version=_version(plan), by=by)
