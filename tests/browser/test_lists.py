"""A notice with a list in a real browser: two counties answer, the prefecture merges, the province has one sheet."""

import datetime as dt
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.cast import Cast
from xinhuo.core import clock
from xinhuo.core.workbook import read_rows
from xinhuo.reporting.models import Return

from .steps import says, settle, sign_in, todo

pytestmark = pytest.mark.django_db(transaction=True)

TITLE = "关于召开工作会议的通知"
DUE = 20
PASTED = "姓名\t性别\t联系电话\t是否住宿\t民族\n李 雷\t男\t０８５９-３２２２２２２\t是\t汉\n韩梅\t女\t不知道\t看情况\t汉\n"


def _write(page: Page, site: str) -> None:
    """The province writes a notice, asks for 参会回执 without one column, and sends it to 黔西南州 and 贵阳市."""
    page.goto(f"{site}/documents/new/")
    page.fill("input[name=title]", TITLE)
    page.fill("textarea[name=text]", "请派人参会，并报参会回执。")
    settle(page)
    page.get_by_role("button", name="设要求回复什么").click()
    page.get_by_role("button", name="参会回执").click()
    says(page, "栏目已放好")
    page.locator("#col-remark").get_by_role("button", name="删掉").click()
    says(page, "已删掉这一栏")
    page.locator("#col-phone").get_by_role("button", name="上移").click()
    page.get_by_role("button", name="设好了，接着写").click()
    says(page, "名单《参会回执》")
    page.get_by_role("button", name="存好，选发给谁").click()
    page.locator("#to-prefectures").check()
    settle(page)
    page.fill("input[name=due]", (clock.today() + dt.timedelta(days=DUE)).isoformat())
    page.locator(".xh-actionbar button.btn-primary").click()
    says(page, "要求回复")
    page.get_by_role("button", name="确认下发").click()
    says(page, "已下发给 2 个单位")


def _pass_on(page: Page, site: str) -> None:
    """黔西南州 receives and forwards; the counties are asked the same."""
    sign_in(page, site, "qianxinan_officer")
    todo(page, "签收")
    page.get_by_role("button", name="签收").click()
    page.get_by_role("link", name="转发给下级").click()
    expect(page.get_by_label("请下级也照样回复")).to_be_checked()
    page.locator("#to-counties").check()
    settle(page)
    page.fill("input[name=due]", (clock.today() + dt.timedelta(days=DUE - 5)).isoformat())
    page.locator(".xh-actionbar button.btn-primary").click()
    page.get_by_role("button", name="确认转发").click()
    says(page, "已转发给 2 个单位")


def _type_a_row(page: Page, site: str) -> None:
    """兴义市 types on screen; what is wrong is said at the cell; it saves itself."""
    sign_in(page, site, "xingyi_officer")
    todo(page, f"回复：《{TITLE}》")
    row = page.locator(".xh-rows tbody tr").first
    row.get_by_label("姓名").fill("王芳")
    row.get_by_label("联系电话").fill("13800000001")
    row.get_by_label("到达日期").fill("下周")
    row.get_by_label("到达日期").blur()
    settle(page)
    expect(page.locator("#check")).to_contain_text("“下周”不是日期")
    page.reload()
    row = page.locator(".xh-rows tbody tr").first
    expect(row.locator(".xh-cellmsg").first).to_contain_text("“下周”不是日期")
    row.get_by_label("到达日期").fill("9月3日")
    row.get_by_label("是否住宿").select_option("是")
    page.get_by_role("button", name="提交给黔西南州").click()
    says(page, "已提交给黔西南州教育局关工委")


def _paste_and_upload(page: Page, site: str, tmp_path: Path) -> None:
    """安龙县 pastes two people, mends the bad cells, then uploads the filled template once more: nothing doubles."""
    sign_in(page, site, "anlong_officer")
    todo(page, f"回复：《{TITLE}》")
    page.get_by_text("从 Excel 复制、粘贴").click()
    page.get_by_label("在 Excel 里选中几行").fill(PASTED)
    page.get_by_role("button", name="放进名单").click()
    says(page, "加进来 2 行")
    says(page, "没有对应栏目、没读的：民族")
    page.get_by_role("button", name="提交给黔西南州").click()
    says(page, "1 行要改")
    second = page.locator(".xh-rows tbody tr").nth(1)
    expect(second.locator(".xh-cellmsg")).to_contain_text("请填：是、否")
    second.get_by_label("是否住宿").select_option("否")
    second.get_by_label("联系电话").fill("13800000001")
    second.get_by_label("姓名").fill("王芳")
    page.get_by_role("button", name="存好", exact=True).click()
    page.get_by_text("下载模板，填好再传回来").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="下载模板").click()
    book = tmp_path / "模板.xlsx"
    download.value.save_as(book)
    page.set_input_files("#workbook", book)
    page.get_by_role("button", name="读进来").click()
    says(page, "有 2 行和表里已有的一样，没有再加")
    page.get_by_role("button", name="提交给黔西南州").click()
    says(page, "已提交给黔西南州教育局关工委")


def _merge(page: Page, site: str) -> None:
    """黔西南州 takes both over in one press, adds one person of its own, and sends everything on."""
    sign_in(page, site, "qianxinan_officer")
    page.goto(f"{site}/returns/")
    page.get_by_role("link", name="去填报").click()
    says(page, "已报 2/2 个单位")
    page.get_by_role("button", name="把勾选单位的并进来").click()
    says(page, "已把兴义市、安龙县报的并进来")
    expect(page.locator("section[aria-labelledby=h-taken] tbody tr")).to_have_count(3)
    expect(page.locator("section[aria-labelledby=h-taken] .is-double")).to_have_count(2)
    row = page.locator(".xh-rows tbody tr").first
    row.get_by_label("姓名").fill("岑主任")
    row.get_by_label("联系电话").fill("13900000009")
    row.get_by_label("是否住宿").select_option("否")
    page.get_by_role("button", name="提交给省教育厅").click()
    says(page, "已提交给贵州省教育厅关工委")


def test_a_list_is_asked_for_filled_merged_and_one_sheet(
    page: Page, live_server: object, transactional_db: None, cast: Cast, tmp_path: Path
) -> None:
    site = str(live_server)
    sign_in(page, site, "province_officer")
    _write(page, site)
    _pass_on(page, site)
    _type_a_row(page, site)
    _paste_and_upload(page, site, tmp_path)
    _merge(page, site)

    sign_in(page, site, "province_officer")
    page.goto(f"{site}/returns/")
    page.locator("section[aria-labelledby=h-asked] tbody a").click()
    expect(page.locator("section[aria-labelledby=h-missing]")).to_contain_text("贵阳市教育局")
    says(page, "已报 1/2 个单位")
    expect(page.locator(".xh-merged tbody tr")).to_have_count(4)
    page.get_by_label("只看重复的").check()
    settle(page)
    expect(page.locator(".xh-merged tbody tr")).to_have_count(2)
    page.get_by_label("只看重复的").uncheck()
    settle(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="导出 .xlsx").click()
    rows = read_rows(BytesIO(Path(download.value.path()).read_bytes()))
    assert [(row["填报单位"], row["汇总单位"], row["姓名"], row["联系电话"]) for row in rows] == [
        ("黔西南州", "黔西南州", "岑主任", "13900000009"),
        ("兴义市", "黔西南州", "王芳", "13800000001"),
        ("安龙县", "黔西南州", "李雷", "０８５９-３２２２２２２"),
        ("安龙县", "黔西南州", "王芳", "13800000001"),
    ]
    assert "第 5 行（安龙县）" in rows[1]["重复"]
    page.locator("section[aria-labelledby=h-units]").get_by_role("link", name="去审核").click()
    page.fill("textarea[name=reason]", "请补带队领导")
    page.get_by_role("button", name="请黔西南州补充").click()
    says(page, "已办：黔西南州的回复")
    assert Return.objects.get(org=cast.orgs["qianxinan"]).state == "returned"


def test_a_list_is_filled_without_scripts(
    browser, live_server: object, transactional_db: None, cast: Cast
) -> None:
    from tests.reporting.notices import notice, return_of  # noqa: PLC0415  the cast is built by then

    site = str(live_server)
    ret = return_of(cast, notice(cast, "qianxinan"), "qianxinan")
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    sign_in(page, site, "qianxinan_officer")
    page.goto(f"{site}{ret.url}")
    row = page.locator(".xh-rows tbody tr").first
    row.get_by_label("姓名").fill("王芳")
    page.get_by_role("button", name="多加几行").click()
    expect(page.locator(".xh-rows tbody tr")).to_have_count(11)
    expect(page.locator(".xh-rows tbody tr").first.locator(".xh-cellmsg").first).to_contain_text("请填写")
    page.locator(".xh-rows tbody tr").first.get_by_role("button", name="拿掉").click()
    page.get_by_role("button", name="找回拿掉的").click()
    expect(page.locator(".xh-rows tbody tr").first.get_by_label("姓名")).to_have_value("王芳")
    context.close()
