"""办结: with a check, per unit and per duty; reopening; what stays."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import Cast
from tests.files.samples import picture
from xinhuo.core.errors import BadInputError, DeniedError, NotNowError
from xinhuo.files.actions import set_attachments, store_file
from xinhuo.plans.actions.closing import close_duty, close_task, reopen
from xinhuo.plans.actions.reports import ROW, prepare_rows
from xinhuo.plans.actions.steering import explain, set_target
from xinhuo.plans.closing import Reported, check, on_time
from xinhuo.plans.enums import TargetKind
from xinhuo.plans.models import Closing
from xinhuo.plans.queries.matrix import build_matrix
from xinhuo.plans.tally import Tally

from .steers import light, pass_days, reported, task
from .works import page_of, report, sent_plan

READY = Reported(
    accepted=True,
    newer_waits=False,
    asks_file=False,
    files=0,
    target=None,
    number=None,
    unit="所",
    below=None,
    late_days=0,
    cause="",
)


def test_nothing_accepted_stops_the_closing_and_the_rest_is_asked() -> None:
    assert check(Reported(**{**_as_dict(READY), "accepted": False})).missing
    assert not check(READY).missing + check(READY).doubts
    doubtful = Reported(
        **{
            **_as_dict(READY),
            "newer_waits": True,
            "target": Decimal(100),
            "number": Decimal(60),
            "below": Tally(3, 5, None),
            "late_days": 3,
        }
    )
    assert [text[:6] for text in check(doubtful).doubts] == [
        "对方又报了新",
        "目标 100",
        "下级 5 个",
        "报晚了 3 ",
    ]


def _as_dict(said: Reported) -> dict[str, Any]:
    return {name: getattr(said, name) for name in Reported.__slots__}


@given(st.lists(st.one_of(st.none(), st.integers(0, 99)), max_size=20))
def test_on_time_is_n_of_m_and_what_never_came_is_not_in_time(pages: list[int | None]) -> None:
    n, m = on_time(pages)

    assert m == len(pages)
    assert n == pages.count(0)


pytestmark_db = pytest.mark.django_db


@pytest.fixture
def sent(cast: Cast) -> Cast:
    sent_plan(cast)
    return cast


@pytestmark_db
def test_only_the_giver_closes_and_only_what_was_accepted(sent: Cast) -> None:
    with pytest.raises(BadInputError, match="还没有审核通过"):
        close_task(task(sent, "guiyang"), by=sent.province_officer)
    reported(sent, "guiyang")

    with pytest.raises(DeniedError):
        close_task(task(sent, "guiyang"), by=sent.guiyang_officer)
    close_task(task(sent, "guiyang"), by=sent.province_officer)

    assert light(sent, "guiyang").text == "✓ 办结"
    with pytest.raises(NotNowError):
        close_task(task(sent, "guiyang"), by=sent.province_leader)


@pytestmark_db
def test_days_late_and_their_cause_stay_after_closing_and_reopening(sent: Cast, settings: Any) -> None:
    pass_days(settings, 33)
    reported(sent, "guiyang")
    explain(task(sent, "guiyang"), "epidemic", "", by=sent.guiyang_officer)
    closing = close_task(task(sent, "guiyang"), by=sent.province_officer)
    with pytest.raises(BadInputError, match="为什么要重新打开"):
        reopen(task(sent, "guiyang"), " ", by=sent.province_officer)
    reopen(task(sent, "guiyang"), "还有两所没建", by=sent.province_officer)

    item = task(sent, "guiyang")
    kept = Closing.objects.get(pk=closing.pk)

    assert (item.closed_at, item.accepted_late_days) == (None, 3)
    assert (kept.late_days, kept.cause, kept.reason) == (3, "疫情", "还有两所没建")
    assert light(sent, "guiyang").state == "green"


@pytestmark_db
def test_a_doubt_has_to_be_confirmed(sent: Cast) -> None:
    set_target(task(sent, "guiyang"), Decimal(10), by=sent.province_officer)
    reported(sent, "guiyang", "5")

    with pytest.raises(BadInputError, match="目标 10 所，现报 5 所"):
        close_task(task(sent, "guiyang"), by=sent.province_officer)
    close_task(task(sent, "guiyang"), confirmed=True, by=sent.province_officer)

    assert task(sent, "guiyang").closed_at is not None


@pytestmark_db
def test_a_duty_that_asks_for_a_deliverable_needs_its_file(sent: Cast) -> None:
    duty = task(sent, "guiyang").duty
    duty.target_kind = TargetKind.DELIVERABLE
    duty.save()
    reported(sent, "guiyang")
    with pytest.raises(BadInputError, match="没有附材料"):
        close_task(task(sent, "guiyang"), confirmed=True, by=sent.province_officer)

    page = page_of(sent, "guiyang")
    row = prepare_rows(page, by=sent.guiyang_officer)[0]
    file = store_file(SimpleUploadedFile("方案.jpg", picture(), "image/jpeg"), by=sent.guiyang_officer)
    set_attachments(ROW, row.pk, [file.pk], by=sent.guiyang_officer)
    reported(sent, "guiyang", "6")

    close_task(task(sent, "guiyang"), by=sent.province_officer)
    assert task(sent, "guiyang").closed_at is not None


@pytestmark_db
def test_a_duty_is_closed_for_all_who_are_ready_and_the_others_say_why(sent: Cast) -> None:
    reported(sent, "guiyang")
    report(sent, "qianxinan", "3")
    duty = task(sent, "guiyang").duty

    closed, left = close_duty(duty, by=sent.province_officer)

    assert closed == 1
    assert [(item.org.short_name, ready.missing[0][:12]) for item, ready in left] == [
        ("黔西南州", "还没有审核通过的进展。请")
    ]
    line = next(
        line
        for block in build_matrix(duty.plan, sent.orgs["province"]).blocks
        for line in block.lines
        if line.duty.pk == duty.pk
    )
    assert [cell.text for cell, _ in line.cells][:2] == ["待审", "✓"]
    with pytest.raises(BadInputError, match="没有要办结的"):
        close_duty(duty, by=sent.qianxinan_officer)
