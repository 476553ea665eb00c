"""What totals use is what was accepted, or ``xinhuo doctor`` says where not."""

import pytest

from tests.cast import Cast
from xinhuo.flows.actions import decide
from xinhuo.flows.enums import Verdict
from xinhuo.flows.queries import open_process
from xinhuo.plans.models import Assignment
from xinhuo.plans.queries.integrity import total_faults

from .works import report, sent_plan

pytestmark = pytest.mark.django_db


def test_an_accepted_number_changed_by_hand_is_found(cast: Cast) -> None:
    sent_plan(cast)
    page = report(cast, "guiyang", "12", "建了12个。")
    process = open_process("plans.report", page.pk)
    assert process is not None
    decide(process, Verdict.ACCEPT, by=cast.province_officer)
    assert total_faults() == []

    Assignment.objects.filter(org=cast.orgs["guiyang"]).update(accepted_number=13)

    assert total_faults() == ["贵阳市的“推动校点联合建立关工委”"]
