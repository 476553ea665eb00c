"""Inside the office, in a real browser: approval with a signature on paper, the slip from entry to end, a check code."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdfium2 import PdfDocument

from tests.cast import Cast
from tests.files.samples import PDF, photo
from tests.plans.works import report, sent_plan
from xinhuo.documents.models import Delivery, Document
from xinhuo.flows.actions import set_route
from xinhuo.flows.enums import Verdict
from xinhuo.flows.models import Decision
from xinhuo.plans.actions.reports import decide_report
from xinhuo.prints.models import PrintMark
from xinhuo.slips.models import Slip

from .steps import says, settle, sign_in, todo

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    """The sealed scan: the document's only content."""
    path = tmp_path / "盖章扫描件.pdf"
    path.write_bytes(PDF)
    return path


@pytest.fixture
def signed(tmp_path: Path) -> Path:
    """The page the leader signed, photographed."""
    path = tmp_path / "签字页.jpg"
    path.write_bytes(photo())
    return path


def _attach(page: Page, field: str, path: Path) -> None:
    page.set_input_files(f"#{field}-new", path)
    expect(page.locator(f"#{field}-uploader")).to_contain_text(path.name)
    settle(page)


def test_a_sealed_scan_passes_the_secretary_and_a_leader_on_paper_and_goes_out(
    live_server: object, page: Page, cast: Cast, sealed: Path, signed: Path
) -> None:
    site = str(live_server)
    set_route(cast.orgs["province"].pk, ["secretary", "leader"], by=cast.province_officer)

    sign_in(page, site, "province_officer")
    page.goto(f"{site}/documents/new/")
    page.fill("input[name=title]", "关于做好秋季学期关工委工作的通知")
    page.fill("input[name=number]", "黔教关函〔2026〕9号")
    _attach(page, "files", sealed)
    page.get_by_role("button", name="存好，选发给谁").click()
    page.locator("#to-prefectures").check()
    settle(page)
    page.locator("#to-colleges").check()
    settle(page)
    page.locator(".xh-actionbar .btn-primary").click()
    says(page, "先送本单位审签")
    page.get_by_role("button", name="送本单位审签").click()
    says(page, "正在本单位审签：现在等秘书长")
    assert Delivery.objects.count() == 0

    sign_in(page, site, "province_secretary")
    todo(page, "关于做好秋季学期关工委工作的通知")
    says(page, "2 个市（州）、2 所高校")
    says(page, sealed.name)
    page.get_by_role("button", name="同意", exact=True).click()
    says(page, "已同意，转到下一步审签。")
    assert Delivery.objects.count() == 0

    sign_in(page, site, "province_officer")
    document = Document.objects.get()
    page.goto(f"{site}{document.url}")
    page.get_by_role("link", name="看审签").click()
    page.get_by_role("link", name="打印审签单").click()
    page.get_by_role("button", name="加核对码").click()
    says(page, "负责人意见")
    says(page, PrintMark.objects.get().shown_code)
    page.get_by_role("link", name="回去").click()
    page.fill("input[name=on_behalf_of]", "赵厅长")
    _attach(page, "scan", signed)
    page.get_by_role("button", name="同意", exact=True).click()
    says(page, "已签发，文件已经发出。")
    decision = Decision.objects.get(on_behalf_of="赵厅长")
    assert decision.scan_id is not None
    assert Delivery.objects.complete().count() == 4

    sign_in(page, site, "university_officer")
    todo(page, "关于做好秋季学期关工委工作的通知")
    says(page, sealed.name)
    says(page, "正文在附件里")
    page.get_by_role("button", name="签收").click()
    says(page, "已签收")


def test_a_slip_from_the_entry_of_an_outside_document_to_its_end(
    live_server: object, page: Page, cast: Cast, sealed: Path, signed: Path
) -> None:
    site = str(live_server)
    sign_in(page, site, "province_officer")
    page.goto(f"{site}/slips/setting/")
    page.get_by_label("登记收文号").check()
    page.get_by_role("button", name="存好").click()
    page.goto(f"{site}/documents/outside/new/")
    page.fill("input[name=outside_issuer]", "教育部关工委")
    page.fill("input[name=title]", "关于开展“读懂中国”活动的通知")
    _attach(page, "files", sealed)
    page.get_by_role("button", name="登记", exact=True).click()
    says(page, "来文已登记")

    page.goto(site)
    todo(page, "拟办")
    page.fill("textarea[name=proposal]", "拟转发各市（州）和高校。")
    page.get_by_label("周敏").check()
    page.get_by_role("button", name="拟好了").click()
    says(page, "已拟办，等领导批示。")
    page.get_by_role("link", name="打印处理笺").click()
    page.get_by_role("button", name="加核对码").click()
    expect(page.locator(".xh-sheet-paper")).to_contain_text("领导批示")
    expect(page.locator(".xh-sheet-code img")).to_be_visible()
    assert len(PdfDocument(page.pdf(prefer_css_page_size=True))) == 1
    page.get_by_role("link", name="回去").click()

    page.fill("input[name=on_behalf_of]", "赵厅长")
    _attach(page, "scan", signed)
    page.get_by_role("button", name="代录批示，交承办").click()
    says(page, "批示已记下")
    says(page, "周敏代录")

    page.goto(site)
    todo(page, "承办")
    page.fill("textarea[name=note]", "已转发，并请各地月底前报名单。")
    page.get_by_role("button", name="我这一项办好了").click()
    page.goto(site)
    todo(page, "办结")
    page.fill("textarea[name=outcome]", "已转发并汇总上报。")
    page.get_by_role("button", name="办结", exact=True).click()
    says(page, "已办结。")
    slip = Slip.objects.get()
    assert (slip.stage, slip.ruled_by, slip.tasks.get().note) == (
        "closed",
        "赵厅长",
        "已转发，并请各地月底前报名单。",
    )
    expect(page.locator(".xh-files")).to_contain_text(signed.name)


def test_a_printed_page_is_valid_and_after_a_change_out_of_date(
    live_server: object, page: Page, cast: Cast
) -> None:
    site = str(live_server)
    sent_plan(cast)
    item = report(cast, "guiyang", "3", "已在三所学校开展")
    sign_in(page, site, "guiyang_officer")
    page.goto(f"{site}{item.url}")
    page.get_by_role("link", name="打印", exact=True).click()
    page.get_by_role("button", name="加核对码").click()
    code = PrintMark.objects.get().shown_code
    expect(page.locator(".xh-sheet-code")).to_contain_text(code)

    page.context.clear_cookies()
    page.goto(f"{site}/p/")
    page.fill("input[name=code]", code.lower())
    page.get_by_role("button", name="核对").click()
    says(page, "有效。")
    says(page, "贵阳市教育局")

    decide_report(item, Verdict.RETURN, reason="请核实", by=cast.province_officer)
    sign_in(page, site, "guiyang_officer")
    page.goto(f"{site}{item.url}")
    sentence = page.locator("textarea[name^=sentence-]").first
    with page.expect_response("**/save/"):
        sentence.fill("已在四所学校开展")
        sentence.blur()
    settle(page)
    page.context.clear_cookies()
    page.goto(f"{site}{PrintMark.objects.get().url}")
    says(page, "这份打印件已不是最新")
