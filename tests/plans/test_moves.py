"""When a unit moves in the tree, what it has not settled yet follows; what was accepted stays where it was."""

import pytest

from tests.cast import Cast
from xinhuo.flows.enums import Verdict
from xinhuo.orgs import paths
from xinhuo.orgs.models import Org
from xinhuo.plans.actions.reports import decide_report
from xinhuo.plans.models import Assignment, Report
from xinhuo.plans.moves import UNIT_CHANGES

from .works import forwarded_plan, report

pytestmark = pytest.mark.django_db


def _move(org: Org, under: Org, number: int) -> None:
    """The bare change of the path, as a move leaves it."""
    org.parent, org.path = under, under.path + paths.step(number)
    org.save()


def test_open_work_follows_and_accepted_work_stays(cast: Cast) -> None:
    forwarded_plan(cast)
    page = report(cast, "xingyi", "3", "建了3个。")
    decide_report(page, Verdict.ACCEPT, by=cast.qianxinan_officer)
    _move(cast.orgs["xingyi"], cast.orgs["guiyang"], 40)
    _move(cast.orgs["anlong"], cast.orgs["guiyang"], 41)

    moved = {
        change.label: (change.preview(cast.orgs["guiyang"].pk), change.apply(cast.orgs["guiyang"].pk))
        for change in UNIT_CHANGES
    }

    above = dict(
        Assignment.objects.filter(by_org=cast.orgs["qianxinan"]).values_list("org__short_name", "a1")
    )
    assert above == {"兴义市": cast.orgs["qianxinan"].pk, "安龙县": cast.orgs["guiyang"].pk}
    half = dict(
        Report.objects.filter(call__issuer=cast.orgs["qianxinan"], call__kind="half").values_list(
            "org__short_name", "a1"
        )
    )
    assert half == above
    assert all(before == after > 0 for before, after in moved.values())
