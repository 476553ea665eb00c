"""Every level with units below issues a plan of its own."""

import pytest

from tests.cast import Cast
from tests.plans.levels import published, sent_to
from tests.plans.works import delivery_of, later, page_of, report
from xinhuo.documents.actions import receive
from xinhuo.flows.enums import Verdict
from xinhuo.flows.models import Todo
from xinhuo.orgs import paths
from xinhuo.orgs.enums import Kind
from xinhuo.orgs.models import Org
from xinhuo.plans.actions.reports import decide_report
from xinhuo.plans.actions.sending import ReportDates, forward_plan, send_plan
from xinhuo.plans.models import Assignment
from xinhuo.plans.queries.duties import duty_view
from xinhuo.plans.queries.matrix import build_matrix

TEXT = "本单位关工委2026年工作要点\n\n一、组织建设\n1.推动校点联合建立关工委。\n2.召开总结会。\n"


def _teaching_point(cast: Cast) -> Org:
    above = cast.orgs["school"]
    return Org.objects.create(
        parent=above,
        path=above.path + paths.step(0),
        name="下五屯教学点",
        short_name="下五屯教学点",
        kind=Kind.TEACHING_POINT,
    )


@pytest.mark.parametrize(
    ("unit", "below", "reporter"),
    [
        ("province", Kind.PREFECTURE, "qianxinan"),
        ("qianxinan", Kind.COUNTY, "xingyi"),
        ("xingyi", Kind.PRIMARY, "school"),
        ("university", Kind.SUBCOLLEGE, "subcollege"),
    ],
)
def test_a_unit_imports_fixes_and_sends_its_own_plan_and_gets_reports(
    cast: Cast, unit: str, below: str, reporter: str
) -> None:
    plan = sent_to(cast, unit, published(cast, unit, TEXT), to={"kinds": [below]})

    own = set(Assignment.objects.filter(duty__plan=plan).values_list("org__short_name", flat=True))
    assert cast.orgs[reporter].short_name in own
    assert Todo.objects.open().filter(org=cast.orgs[reporter], kind="plans.report").exists()
    report(cast, reporter, "3", "已建")
    page = page_of(cast, reporter)
    assert (page.state, page.to_org_id) == ("submitted", cast.orgs[unit].pk)
    matrix = build_matrix(plan, cast.orgs[unit])
    assert matrix.counts["waiting"] == 1


def test_a_school_with_a_teaching_point_issues_one_too(cast: Cast) -> None:
    point = _teaching_point(cast)
    plan = published(cast, "school", TEXT)

    send_plan(
        plan,
        to={"kinds": [Kind.TEACHING_POINT]},
        to_label="教学点",
        dates=ReportDates(year=later(30)),
        by=cast.school_officer,
    )

    assert Assignment.objects.filter(duty__plan=plan, org=point, by_org=cast.orgs["school"]).exists()


def test_vocational_schools_through_prefectures_and_colleges_directly_give_one_total(cast: Cast) -> None:
    text = "2026年工作要点\n\n一、活动\n1.各中职、高职院校开展工匠进校园。\n"
    plan = published(cast, "province", text, number_unit="场")
    duty = plan.duties.get()
    assert set(duty.scope["kinds"]) == {Kind.VOCATIONAL_COLLEGE, Kind.PREFECTURE}
    sent_to(
        cast,
        "province",
        plan,
        to={"kinds": [Kind.PREFECTURE, Kind.VOCATIONAL_COLLEGE, Kind.UNIVERSITY]},
        half=30,
        year=60,
    )
    delivery = delivery_of(cast, plan, "qianxinan")
    receive(delivery, by=cast.qianxinan_officer)
    forward_plan(
        delivery,
        number="1号",
        title="转发",
        remark="",
        to={"kinds": [Kind.COUNTY]},
        to_label="各县",
        dates=ReportDates(half=later(20), year=later(50)),
        duty_ids=[duty.pk],
        by=cast.qianxinan_officer,
    )
    for unit, number, above in (
        ("xingyi", "4", "qianxinan"),
        ("anlong", "2", "qianxinan"),
        ("qianxinan", "1", "province"),
        ("polytechnic", "10", "province"),
    ):
        page = report(cast, unit, number, "已开展")
        decide_report(page, Verdict.ACCEPT, by=cast.actors[f"{above}_officer"])

    line = next(line for block in build_matrix(plan, cast.orgs["province"]).blocks for line in block.lines)

    assert (line.tally.total, line.tally.fraction) == (
        17,
        "2/3",
    )  # 贵阳市 has not reported: missing, not zero
    view = duty_view(duty, cast.province_officer)
    assert [(share.label, share.tally.fraction, share.tally.total) for share in view.shares] == [
        ("市（州）", "1/2", 7),
        ("高校直报", "1/1", 10),
    ]
    assert view.tally == line.tally
    assert not Assignment.objects.filter(duty=duty, org=cast.orgs["university"]).exists()
    assert Assignment.objects.filter(duty=duty, org=cast.orgs["polytechnic"]).count() == 1
