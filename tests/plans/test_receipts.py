"""Who has answered a document has got it, whether or not somebody pressed 签收."""

import pytest

from tests.cast import Cast
from tests.reporting.notices import WANG, answer, notice, return_of
from xinhuo.documents.models import Delivery
from xinhuo.plans.queries.receipts import unsigned

from .works import report, sent_plan

pytestmark = pytest.mark.django_db


def _waiting() -> set[str]:
    return {row.org.short_name for row in unsigned().select_related("org")}


def test_a_unit_that_sent_its_page_owes_no_receipt(cast: Cast) -> None:
    sent_plan(cast)
    assert _waiting() == {"黔西南州", "贵阳市", "贵州大学", "黔职院"}

    report(cast, "guiyang", "3", "建了3个。")

    assert _waiting() == {"黔西南州", "贵州大学", "黔职院"}


def test_a_unit_that_answered_a_notice_owes_no_receipt(cast: Cast) -> None:
    document = notice(cast, "qianxinan", "guiyang")
    Delivery.objects.update(received_at=None)

    answer(cast, return_of(cast, document, "guiyang"), WANG)

    assert _waiting() == {"黔西南州"}
