"""黔西南州's own plan, two of whose duties answer the province's: the counties report once, both are served."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from xinhuo.core import clock
from xinhuo.documents.models import Document
from xinhuo.orgs.enums import Kind
from xinhuo.plans.actions.answering import answer_many
from xinhuo.plans.actions.checking import edit_plan, import_plan, publish_plan
from xinhuo.plans.actions.sending import ReportDates, send_plan
from xinhuo.plans.queries.answering import answer_lines, received_duties
from xinhuo.plans.queries.work import call_dates

from .year import QIANXINAN, Scene

HEADING = "一、重点工作"
OWN_ITEM = "组织全州“五老”读书交流活动，各县（市）选送三篇读书心得。"
ANSWERING = 2
FIRST_DAYS, APART_DAYS = 75, 20


def play_own_plan(scene: Scene, say: Callable[[str], None]) -> None:
    """Import, link, fix and send it the way the prefecture's officer would; its dates lie ahead of today."""
    say("黔西南州印发自己的要点，其中两条对应省里的……")
    org = scene.units[QIANXINAN]
    by = scene.officer(org)
    year = scene.plan.year
    received = [
        duty for duty in received_duties(org.pk, year) if len(duty.title) >= 8 and not duty.scope.get("ids")
    ]
    items = [f"各县（市）{duty.title.rstrip('。')}。" for duty in received[:ANSWERING]]
    numbered = "".join(f"{number}.{item}\n" for number, item in enumerate([*items, OWN_ITEM], start=1))
    text = f"{org.committee_name}{year}年工作要点\n\n{HEADING}\n{numbered}"
    plan = import_plan(by=by, text=text).plan
    if plan is None:
        message = "the prefecture's plan could not be read"
        raise RuntimeError(message)
    Document.objects.filter(pk=plan.document_id).update(is_demo=True)
    first = clock.today() + dt.timedelta(days=FIRST_DAYS)
    steps: list[list[Any]] = []
    for place, duty in enumerate(plan.duties.filter(removed=False)):
        due = first + dt.timedelta(days=place * APART_DAYS)
        fields = {"due": due.isoformat(), "due_basis": "inferred"}
        steps += [
            ["set_duty", {"duty": duty.key, "fields": fields}],
            ["confirm_duty", {"duty": duty.key, "on": True}],
        ]
    edit_plan(plan, "batch", {"ops": steps}, version=plan.version, by=by)
    lines = answer_lines(plan, received)
    answer_many(plan, {line.duty.pk: line.match.key for line in lines if line.match}, {}, by=by)
    plan.refresh_from_db()
    publish_plan(plan, version=plan.version, by=by)
    dates = call_dates(org.pk, year)
    send_plan(
        plan,
        to={"kinds": [Kind.COUNTY]},
        to_label=f"{org.short_name}各县（市）",
        dates=ReportDates(half=dates.get("half"), year=dates.get("year")),
        by=by,
    )
