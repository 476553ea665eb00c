"""The package for the body above the tree, and meetings whose decisions become duties."""

import datetime as dt

import pytest

from tests.cast import Cast
from tests.plans.december import reported
from tests.plans.levels import own_plan
from tests.plans.works import later
from xinhuo.core.errors import BadInputError, DeniedError, NotNowError
from xinhuo.orgs.enums import Kind
from xinhuo.plans.actions.checking import publish_plan
from xinhuo.plans.actions.meetings import read_decisions, record_meeting
from xinhuo.plans.actions.packages import (
    choose_files,
    create_package,
    name_items,
    package_stamp,
    register_result,
)
from xinhuo.plans.actions.sending import ReportDates, send_plan
from xinhuo.plans.models import Assignment, Meeting
from xinhuo.plans.queries.packages import named_items, offered_files, table_sheets


def test_a_package_renames_files_by_the_rule_and_its_results_are_entered_later(cast: Cast) -> None:
    own_plan(cast)
    reported(cast)
    by = cast.qianxinan_officer
    package = create_package(
        title="读懂中国", to_name="教育部关工委", pattern="{省份}-{单位}-{题名}", year=2026, by=by
    )
    offered = offered_files(package, by)[0]

    key = (offered.material.assignment.pk, offered.file.pk)
    assert choose_files(package, [key, key, (key[0], 999)], by=by) == 1
    package.refresh_from_db()
    item = package.items.get()
    name_items(package, "{年度}{省份}-{单位}-{题名}", {item.pk: "忆往昔"}, seen=package_stamp(package), by=by)
    package.refresh_from_db()
    named = named_items(package)
    assert named[0].name == "2026贵州省-兴义市教育局-忆往昔.jpg"

    register_result(item, "一等奖", dt.date(2026, 12, 30), by=by)
    assert choose_files(package, [], by=by) == 1  # what has a result was sent away and stays
    package.refresh_from_db()
    table, figures = table_sheets(named_items(package))
    assert next(iter(table.rows))[5] == "一等奖"
    assert list(figures.rows)[-1] == ("合计", 1, 1)


def test_a_package_is_its_units_own_and_of_two_people_one_is_told(cast: Cast) -> None:
    own_plan(cast)
    by = cast.qianxinan_officer
    package = create_package(title="读懂中国", to_name="教育部关工委", pattern="{题名}", year=2026, by=by)

    with pytest.raises(NotNowError, match="同事刚改过"):
        name_items(package, "{题名}", {}, seen="0", by=by)
    with pytest.raises(DeniedError):
        choose_files(package, [], by=cast.guiyang_officer)
    with pytest.raises(BadInputError, match="校名"):
        create_package(title="x", to_name="y", pattern="{题名}{校名}", year=2026, by=by)


def _met(cast: Cast, decisions: str) -> Meeting:
    return record_meeting(
        None,
        by=cast.province_officer,
        title="2026年总结会",
        held_on=dt.date(2026, 12, 20),
        place="贵阳",
        chair="赵厅长",
        agenda="1.听汇报",
        attended="各市州",
        minutes="大家作了交流。",
        decisions=decisions,
    )


def test_what_a_meeting_decided_becomes_assigned_duties(cast: Cast) -> None:
    meeting = _met(cast, "各市（州）报送骨干老师名单\n召开全省座谈会")

    plan = read_decisions(meeting, by=cast.province_officer)

    assert (plan.year, plan.document.kind, plan.duties.count()) == (2026, "minutes", 2)
    publish_plan(plan, version=plan.version, by=cast.province_officer)
    send_plan(
        plan,
        to={"kinds": [Kind.PREFECTURE]},
        to_label="各市（州）",
        dates=ReportDates(year=later(20)),
        by=cast.province_officer,
    )
    first = plan.duties.order_by("position")[0]
    assert first.node.cite == "纪要第1条"
    assert Assignment.objects.filter(duty=first, org=cast.orgs["qianxinan"]).exists()
    with pytest.raises(NotNowError, match="已经读成"):
        read_decisions(meeting, by=cast.province_officer)


def test_minutes_without_decisions_say_what_to_write(cast: Cast) -> None:
    meeting = _met(cast, "  ")

    with pytest.raises(BadInputError, match="一行写一件"):
        read_decisions(meeting, by=cast.province_officer)
    with pytest.raises(NotNowError, match="刚改过"):
        record_meeting(
            meeting,
            by=cast.province_officer,
            seen="0",
            title="x",
            held_on=meeting.held_on,
            place="",
            chair="",
            agenda="",
            attended="",
            minutes="",
            decisions="",
        )
