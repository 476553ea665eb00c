"""A small fixed plan for tests of the work side: three duties of different scope."""

import datetime as dt
from decimal import Decimal

from tests.cast import Cast
from xinhuo.core import clock
from xinhuo.documents.actions import receive
from xinhuo.documents.enums import DocumentKind
from xinhuo.documents.models import Delivery, Document
from xinhuo.orgs.enums import Kind
from xinhuo.plans.actions.reports import RowInput, prepare_rows, save_rows, stamp, submit_report
from xinhuo.plans.actions.sending import ReportDates, forward_plan, send_plan
from xinhuo.plans.enums import PlanState, TargetKind
from xinhuo.plans.models import Duty, Node, Plan, Report

TEXT = "一、组织建设\n1.推动校点联合建立关工委。\n2.建立健全高校二级关工委。\n3.举办全省培训班。\n"


def fixed_plan(cast: Cast) -> Plan:
    """A published plan of the department: duties for prefectures, for colleges, and its own."""
    moment = clock.now()
    document = Document.objects.create(
        issuer=cast.orgs["province"],
        kind=DocumentKind.KEY_POINTS,
        number="黔教关〔2026〕1号",
        title="2026年工作要点",
        text=TEXT,
        created_at=moment,
        updated_at=moment,
    )
    plan = Plan.objects.create(
        document=document, year=2026, state=PlanState.PUBLISHED, created_at=moment, updated_at=moment
    )
    top = Node.objects.create(
        plan=plan, key="1", position=0, depth=1, marker="一、", text="组织建设", start=0, end=len(TEXT)
    )
    scopes: list[dict[str, object]] = [
        {"own": False, "kinds": [Kind.PREFECTURE], "ids": [], "label": "各市（州）"},
        {
            "own": False,
            "kinds": [Kind.UNIVERSITY, Kind.VOCATIONAL_COLLEGE],
            "ids": [],
            "label": "高校直报",
        },
        {"own": True, "kinds": [], "ids": [], "label": "本级"},
    ]
    for number, scope in enumerate(scopes, start=1):
        start = TEXT.index(f"{number}.")
        end = TEXT.index("\n", start)
        node = Node.objects.create(
            plan=plan,
            key=f"1.{number}",
            parent=top,
            position=number,
            depth=2,
            marker=f"{number}.",
            ordinal=number,
            text=TEXT[start + 2 : end],
            start=start,
            end=end,
            cite=f"要点第{number}条",
        )
        Duty.objects.create(
            plan=plan,
            node=node,
            key=f"d{number}",
            position=number,
            title=TEXT[start + 2 : end - 1],
            start=start,
            end=end,
            target_kind=TargetKind.NUMBER,
            target_unit="所",
            scope=scope,
            due=clock.today() + dt.timedelta(days=90),
        )
    return plan


def later(days: int) -> dt.date:
    """A date so many days from today."""
    return clock.today() + dt.timedelta(days=days)


DIRECT = {"kinds": [Kind.PREFECTURE, Kind.UNIVERSITY, Kind.VOCATIONAL_COLLEGE]}


def sent_plan(cast: Cast) -> Plan:
    """The fixed plan, sent to the prefectures and colleges; half-year in 30 days, year's end in 60."""
    plan = fixed_plan(cast)
    dates = ReportDates(half=later(30), year=later(60))
    send_plan(plan, to=DIRECT, to_label="各市（州）和高校", dates=dates, by=cast.province_officer)
    return plan


def delivery_of(cast: Cast, plan: Plan, unit: str) -> Delivery:
    """The unit's receipt of the plan."""
    return Delivery.objects.get(root=plan.document, org=cast.orgs[unit])


def forwarded_plan(cast: Cast) -> Plan:
    """黔西南州 has received the plan and passed its duty on to its counties, ten days earlier."""
    plan = sent_plan(cast)
    delivery = delivery_of(cast, plan, "qianxinan")
    receive(delivery, by=cast.qianxinan_officer)
    forward_plan(
        delivery,
        number="州教关〔2026〕3号",
        title="转发2026年工作要点",
        remark="",
        to={"kinds": [Kind.COUNTY]},
        to_label="各县（市、区）",
        dates=ReportDates(half=later(20), year=later(50)),
        duty_ids=[duty.pk for duty in plan.duties.all()],
        by=cast.qianxinan_officer,
    )
    return plan


def page_of(cast: Cast, unit: str, kind: str = "half") -> Report:
    """The unit's page."""
    return Report.objects.select_related("call", "org", "to_org").get(org=cast.orgs[unit], call__kind=kind)


def report(cast: Cast, unit: str, number: str | None, sentence: str = "", kind: str = "half") -> Report:
    """The unit's officer writes one number and sentence into the first row and sends the page up."""
    page = page_of(cast, unit, kind)
    by = cast.actors[f"{unit}_officer"]
    row = prepare_rows(page, by=by)[0]
    value = None if number is None else Decimal(number)
    save_rows(page, [RowInput(row.pk, value, sentence, stamp(row))], by=by)
    submit_report(page, by=by)
    page.refresh_from_db()
    return page
