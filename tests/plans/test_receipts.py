"""Who has answered a document has got it, whether or not somebody pressed 签收."""

from typing import Any

import pytest

from tests.cast import Cast
from tests.reporting.notices import WANG, answer, notice, return_of
from xinhuo.documents.models import Delivery
from xinhuo.orgs.enums import Kind
from xinhuo.plans.actions.sending import ReportDates, send_plan
from xinhuo.plans.queries.escalating import TASK, late_for_long
from xinhuo.plans.queries.receipts import unsigned

from .steers import pass_days
from .works import DIRECT, fixed_plan, later, report, sent_plan

pytestmark = pytest.mark.django_db


def _waiting() -> set[str]:
    return {row.org.short_name for row in unsigned().select_related("org")}


def test_a_unit_that_sent_its_page_owes_no_receipt(cast: Cast) -> None:
    sent_plan(cast)
    assert _waiting() == {"黔西南州", "贵阳市", "贵州大学", "黔职院"}

    report(cast, "guiyang", "3", "建了3个。")

    assert _waiting() == {"黔西南州", "贵州大学", "黔职院"}


def test_what_its_page_left_out_is_late_all_the_same(cast: Cast, settings: Any) -> None:
    plan = fixed_plan(cast)
    plan.duties.filter(key__in=("d1", "d2")).update(scope={"kinds": [Kind.PREFECTURE]}, due=later(5))
    dates = ReportDates(half=later(30), year=later(60))
    send_plan(plan, to=DIRECT, to_label="各市（州）", dates=dates, by=cast.province_officer)
    report(cast, "guiyang", "3", "第一项建了3个。")
    pass_days(settings, 15)

    late = [(item.kind, item.title) for item in late_for_long() if item.org_id == cast.orgs["guiyang"].pk]

    assert late == [(TASK, "建立健全高校二级关工委")]


def test_a_unit_that_answered_a_notice_owes_no_receipt(cast: Cast) -> None:
    document = notice(cast, "qianxinan", "guiyang")
    Delivery.objects.update(received_at=None)

    answer(cast, return_of(cast, document, "guiyang"), WANG)

    assert _waiting() == {"黔西南州"}
