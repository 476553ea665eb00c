"""A township of the demonstration: a central school stands in for three teaching points without a computer."""

import datetime as dt
import random

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.documents.actions import receive_many
from xinhuo.documents.models import Delivery
from xinhuo.documents.queries.reachless import to_sign_for_others
from xinhuo.flows.actions import decide
from xinhuo.flows.enums import Verdict
from xinhuo.flows.queries import open_process
from xinhuo.orgs.bulk import bulk_create_units
from xinhuo.orgs.enums import Kind, Locality, Ownership
from xinhuo.orgs.facts import UnitFacts, UnitSpec
from xinhuo.orgs.models import Org
from xinhuo.orgs.proxies import matters
from xinhuo.orgs.proxying import PARENT, ProxyTerms, set_proxies
from xinhuo.plans.actions.reports import RowInput, prepare_rows, save_rows, stamp, submit_report
from xinhuo.plans.actions.sending import ReportDates, forward_plan
from xinhuo.plans.kinds import REPORT
from xinhuo.plans.models import Report

from .people import contacts
from .units import RECORDS_BEGIN
from .year import EARLIER_DAYS, HALF_DAYS, YEAR_DAYS, Scene

COUNTY, CENTRAL = "522301", "522301/maling"
POINTS = ("瓦嘎", "龙井", "平寨")
REPORTED = 2
"""So many of the points are reported for already; the last one waits on the central school's list."""


def load_village(units: dict[str, Org], rng: random.Random, *, by: Actor) -> None:
    """Add the central school and its points to ``units``, with made-up contacts."""
    school = UnitFacts(
        "兴义市马岭镇中心小学", "马岭镇中心小学", Kind.PRIMARY, Ownership.PUBLIC, Locality.TOWN
    )
    specs = [UnitSpec(CENTRAL, units[COUNTY].pk, school, RECORDS_BEGIN, "演示", is_synthetic=True)]
    for name in POINTS:
        facts = UnitFacts(
            f"兴义市马岭镇{name}教学点",
            f"{name}教学点",
            Kind.TEACHING_POINT,
            Ownership.PUBLIC,
            Locality.RURAL,
        )
        specs.append(UnitSpec(f"{CENTRAL}/{name}", CENTRAL, facts, RECORDS_BEGIN, "演示", is_synthetic=True))
    made = bulk_create_units(specs, by=by, sentence="登记马岭镇的学校")
    contacts(made.values(), rng)
    units.update(made)


def play_village(scene: Scene) -> None:
    """The county passes the plan on; the central school signs and reports for its points."""
    county, central = scene.units[COUNTY], scene.units[CENTRAL]
    points = [scene.units[f"{CENTRAL}/{name}"] for name in POINTS]
    officer, teacher = scene.officer(county), scene.officer(central)
    terms = ProxyTerms(
        [item.key for item in matters()], clock.today(), reason="演示：教学点没有电脑，签了代报委托书"
    )
    set_proxies(points, PARENT, terms, by=officer)
    _pass_on(scene, county, [central, *points])
    receive_many([Delivery.objects.get(root=scene.plan.document, org=central)], by=teacher)
    receive_many(list(to_sign_for_others(teacher)), by=teacher)
    for number, point in enumerate(points[:REPORTED]):
        page = _report(point, teacher)
        process = open_process(REPORT, page.pk)
        if process is not None and number == 0:
            decide(process, Verdict.ACCEPT, by=officer)


def _pass_on(scene: Scene, county: Org, schools: list[Org]) -> None:
    delivery = Delivery.objects.select_related("org").get(root=scene.plan.document, org=county)
    today = clock.today()
    forward_plan(
        delivery,
        number=f"演示〔{today.year}〕21号",
        title=f"转发《{scene.plan.document.title}》",
        remark="没有电脑的教学点，由中心校代签收、代填报。",
        to={"ids": [org.pk for org in schools]},
        to_label="马岭镇的学校",
        dates=ReportDates(
            half=today + dt.timedelta(days=HALF_DAYS - 2 * EARLIER_DAYS),
            year=today + dt.timedelta(days=YEAR_DAYS - 2 * EARLIER_DAYS),
        ),
        duty_ids=[duty.pk for duty in scene.plan.duties.filter(removed=False)[:4]],
        by=scene.officer(county),
    )


def _report(point: Org, teacher: Actor) -> Report:
    page = Report.objects.select_related("call", "org", "to_org").get(org=point, call__kind="half")
    rows = prepare_rows(page, by=teacher)
    said = [
        RowInput(row.pk, None, f"{point.short_name}已开展，由中心校统一组织。", stamp(row)) for row in rows
    ]
    save_rows(page, said, by=teacher)
    submit_report(page, by=teacher)
    return page
