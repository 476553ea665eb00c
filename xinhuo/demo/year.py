"""A believable half year: the plan goes down, is received, passed on, reported, accepted — all by the real verbs."""

import datetime as dt
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.documents.actions import receive
from xinhuo.documents.models import Delivery
from xinhuo.flows.actions import decide
from xinhuo.flows.enums import Verdict
from xinhuo.flows.queries import open_process
from xinhuo.orgs.enums import Kind
from xinhuo.orgs.models import Org
from xinhuo.plans.actions.reports import RowInput, prepare_rows, save_rows, stamp, submit_report
from xinhuo.plans.actions.sending import ReportDates, forward_plan, send_plan
from xinhuo.plans.enums import TargetKind
from xinhuo.plans.kinds import REPORT
from xinhuo.plans.models import Plan, Report, ReportRow

from .people import officer_of

HALF_DAYS, YEAR_DAYS = 20, 150
EARLIER_DAYS = 8
COLLEGES_LATE, COUNTIES_SILENT, ROWS_EMPTY = 0.2, 0.12, 0.08
PROVINCE, QIANXINAN, ZONE = "520000", "522300", "gui-an"
PASSING_ON = ("520100", "520200", "520300", "522300")
COLLEGES_PASSING_ON = ("4152010657", "4152010672")
NOT_RECEIVED = ("520500",)
OUTCOMES = {
    "520100": "accept",
    "520400": "accept",
    "520600": "accept",
    "520300": "wait",
    "522600": "wait",
    "520200": "return",
}
SENTENCES = (
    "已制定方案并召开会议部署，工作按计划推进。",
    "已在所属学校开展，效果较好，下半年继续扩大范围。",
    "组织“五老”深入学校开展活动，师生反响良好。",
    "已完成前期准备，计划下半年集中开展。",
    "明确专人负责，定期调度，各项工作正常推进。",
)
REASON = "请补充活动照片和参加人数，其他内容不用重写。"


@dataclass(frozen=True, slots=True)
class Scene:
    """What every step of the demonstration needs."""

    units: dict[str, Org]
    plan: Plan
    rng: random.Random
    by: Actor

    def officer(self, org: Org) -> Actor:
        """The unit's officer, made up when there is none."""
        return officer_of(org, self.rng, by=self.by)


def play(scene: Scene, say: Callable[[str], None]) -> None:
    """Send the plan and let half a year pass."""
    say("下达给 9 个市（州）和全部高校……")
    _send(scene)
    receivers = _receive_all(scene)
    say("市（州）转发到县，高校转发到二级学院……")
    for code in (*PASSING_ON, *COLLEGES_PASSING_ON):
        _pass_on(scene, scene.units[code])
    say("各单位报送进展……")
    _counties(scene)
    for code, outcome in OUTCOMES.items():
        _report(scene, scene.units[code], outcome)
    _colleges(scene, receivers)


def _send(scene: Scene) -> None:
    today = clock.today()
    send_plan(
        scene.plan,
        to={"kinds": [Kind.PREFECTURE, *Kind.COLLEGES]},
        to_label="9 个市（州）和全部高校",
        copies={"ids": [scene.units[ZONE].pk]},
        copies_label="贵安新区",
        dates=ReportDates(
            half=today + dt.timedelta(days=HALF_DAYS), year=today + dt.timedelta(days=YEAR_DAYS)
        ),
        by=scene.officer(scene.units[PROVINCE]),
    )


def _receive_all(scene: Scene) -> list[Org]:
    """All prefectures but one and most colleges sign for it."""
    missing = {scene.units[code].pk for code in NOT_RECEIVED}
    received = []
    deliveries = (
        Delivery.objects.complete().filter(root=scene.plan.document, is_copy=False).select_related("org")
    )
    for delivery in deliveries.order_by("org__path"):
        late = delivery.org.kind != Kind.PREFECTURE and scene.rng.random() < COLLEGES_LATE
        if delivery.org_id in missing or (late and delivery.org.code not in COLLEGES_PASSING_ON):
            continue
        receive(delivery, by=scene.officer(delivery.org))
        received.append(delivery.org)
    return received


def _pass_on(scene: Scene, org: Org) -> None:
    delivery = Delivery.objects.select_related("org").get(root=scene.plan.document, org=org)
    today = clock.today()
    below = Kind.COUNTY if org.kind == Kind.PREFECTURE else Kind.SUBCOLLEGE
    label = f"{org.short_name}各县（市、区）" if below == Kind.COUNTY else f"{org.short_name}各二级学院"
    forward_plan(
        delivery,
        number=f"演示〔{today.year}〕{scene.rng.randrange(3, 40)}号",
        title=f"转发《{scene.plan.document.title}》",
        remark="请结合实际抓好落实，按时报送进展。",
        to={"kinds": [below]},
        to_label=label,
        dates=ReportDates(
            half=today + dt.timedelta(days=HALF_DAYS - EARLIER_DAYS),
            year=today + dt.timedelta(days=YEAR_DAYS - EARLIER_DAYS),
        ),
        duty_ids=[duty.pk for duty in scene.plan.duties.filter(removed=False)],
        by=scene.officer(org),
    )


def _counties(scene: Scene) -> None:
    """In 黔西南州 every state can be seen; elsewhere most counties are accepted."""
    special = {"522301": "", "522328": "return", "522302": "wait"}
    for code in PASSING_ON:
        for county in Org.objects.filter(parent=scene.units[code], kind=Kind.COUNTY).order_by("path"):
            delivery = Delivery.objects.filter(root=scene.plan.document, org=county).first()
            if delivery is None or (county.code not in special and scene.rng.random() < COUNTIES_SILENT):
                continue
            receive(delivery, by=scene.officer(county))
            outcome = special.get(county.code, scene.rng.choice(("accept", "accept", "accept", "wait", "")))
            if outcome:
                _report(scene, county, outcome)


def _colleges(scene: Scene, receivers: Iterable[Org]) -> None:
    for org in receivers:
        if org.kind not in Kind.COLLEGES or org.code in COLLEGES_PASSING_ON:
            continue
        outcome = scene.rng.choice(("accept", "accept", "wait", "", ""))
        if outcome:
            _report(scene, org, outcome)


def _report(scene: Scene, org: Org, outcome: str) -> None:
    """Fill the half-year page, send it, and let the unit above decide as ``outcome`` says."""
    page = Report.objects.filter(org=org, call__kind="half").select_related("call", "org", "to_org").first()
    if page is None:
        return
    by = scene.officer(org)
    rows = prepare_rows(page, by=by)
    save_rows(page, [_words(row, scene.rng) for row in rows], by=by)
    submit_report(page, by=by)
    process = open_process(REPORT, page.pk)
    if process is None or outcome == "wait":
        return
    above = scene.officer(page.to_org)
    if outcome == "accept":
        decide(process, Verdict.ACCEPT, by=above)
    else:
        decide(process, Verdict.RETURN, by=above, reason=REASON)


def _words(row: ReportRow, rng: random.Random) -> RowInput:
    """A number where the duty asks for one, one of a few plain sentences, now and then nothing at all."""
    if rng.random() < ROWS_EMPTY:
        return RowInput(row.pk, None, "", stamp(row))
    counted = row.assignment.duty.target_kind == TargetKind.NUMBER
    number = Decimal(rng.randrange(1, 60)) if counted else None
    return RowInput(row.pk, number, rng.choice(SENTENCES), stamp(row))
