"""The matrix on paper, as Chromium prints it."""

from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Page

from tests.browser.steps import sign_in
from tests.cast import SINCE, Cast
from xinhuo.orgs import paths
from xinhuo.orgs.enums import Kind
from xinhuo.orgs.models import Org, Tenure
from xinhuo.plans.actions.sending import ReportDates, send_plan
from xinhuo.plans.models import Assignment, Plan

from .works import DIRECT, fixed_plan, later

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
POINTS = 72 / 25.4
MARGIN = 15 * POINTS
NAMES = (
    "六盘水市", "遵义市", "安顺市", "毕节市", "铜仁市", "贵安新区", "威宁自治县", "仁怀市",
    "黔东南苗族侗族自治州", "黔南布依族苗族自治州",
)  # fmt: skip


@pytest.fixture
def plan(cast: Cast) -> Plan:
    """A plan for twelve single units and the colleges, with long titles and large numbers."""
    top = cast.orgs["province"]
    for number, name in enumerate(NAMES):
        org = Org.objects.create(
            parent=top,
            path=top.path + paths.step(20 + number),
            name=f"{name}教育局",
            short_name=name,
            kind=Kind.PREFECTURE,
            order=20 + number,
        )
        Tenure.objects.create(
            org=org, parent=top, name=org.name, short_name=name, kind=org.kind, valid_from=SINCE
        )
    made = fixed_plan(cast)
    made.duties.filter(key="d1").update(
        title="推动全省中小学校和教学点联合建立关工委组织，实现全覆盖", target_unit="人次"
    )
    dates = ReportDates(year=later(400))
    send_plan(made, to=DIRECT, to_label="全部", dates=dates, by=cast.province_officer)
    Assignment.objects.filter(duty__key="d1").update(
        accepted_number=123456, accepted_revision=1, sent_revision=1
    )
    return made


def words_of(path: Path) -> list[tuple[str, float, float, float]]:
    """Every character on paper: itself, its left and right edge, the width of its page."""
    found = []
    for sheet in pypdfium2.PdfDocument(path):
        text = sheet.get_textpage()
        for index in range(text.count_chars()):
            left, _, right, _ = text.get_charbox(index)
            found.append((text.get_text_range(index, 1), left, right, sheet.get_width()))
    return found


def test_the_matrix_fits_on_landscape_paper(
    live_server: object, page: Page, cast: Cast, plan: Plan, tmp_path: Path
) -> None:
    sign_in(page, str(live_server), "province_officer")
    page.goto(f"{live_server}{plan.url}")

    page.pdf(path=tmp_path / "matrix.pdf", prefer_css_page_size=True)

    printed = words_of(tmp_path / "matrix.pdf")
    text = "".join(letter for letter, *_ in printed)
    assert all(
        column in text.replace("\r\n", "").replace("\n", "") for column in ("黔西南", "黔南", "高校直报")
    )
    assert {round(width) for *_, width in printed} == {842}  # landscape
    outside = [
        letter
        for letter, left, right, width in printed
        if letter.strip() and not MARGIN - 1 <= left < right <= width - MARGIN + 1
    ]
    assert outside == []
    table = page.locator("table.xh-matrix")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": round((297 - 30) / 25.4 * 96), "height": 700})
    assert table.evaluate("table => table.scrollWidth <= table.parentElement.clientWidth + 1")
