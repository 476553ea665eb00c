"""June: a conference notice, replies as a list, one merged sheet; and then the conference is postponed."""

import datetime as dt

from playwright.sync_api import Page, expect

from tests.browser.steps import says, settle, todo
from xinhuo.plans.lights import State
from xinhuo.plans.models import Assignment
from xinhuo.plans.queries.lights import Lamps
from xinhuo.reporting.models import Return

from .office import Office, accept, nobody_is_late, sign_for, waits

TITLE = "关于召开全省关工委工作现场会的通知"
DUE, LATER = dt.date(2026, 6, 25), dt.date(2026, 7, 6)
ANSWER = f"回复：《{TITLE}》"
POSTPONED_BY = "黔教关函〔2026〕18号"


def a_conference_is_called(office: Office) -> None:
    """The department writes a notice that asks for 参会回执 and sends it to the same four units."""
    page = office.sits("province_officer")
    office.opens("/documents/new/")
    page.fill("input[name=title]", TITLE)
    page.fill("textarea[name=text]", "请派人参会，并报参会回执。")
    settle(page)
    page.get_by_role("button", name="设要求回复什么").click()
    page.get_by_role("button", name="参会回执").click()
    says(page, "栏目已放好")
    page.get_by_role("button", name="设好了，接着写").click()
    says(page, "名单《参会回执》")
    page.get_by_role("button", name="存好，选发给谁").click()
    for group in ("prefectures", "colleges"):
        page.locator(f"#to-{group}").check()
        settle(page)
    page.fill("input[name=due]", DUE.isoformat())
    page.locator(".xh-actionbar button.btn-primary").click()
    page.get_by_role("button", name="确认下发").click()
    says(page, "已下发给 4 个单位")
    sign_for(office, "guiyang", "university", "qianxinan", "polytechnic")


def _answer(office: Office, unit: str, name: str, phone: str) -> None:
    """A unit names who comes, on screen."""
    page = office.sits(f"{unit}_officer")
    todo(page, ANSWER)
    row = page.locator(".xh-rows tbody tr").first
    row.get_by_label("姓名").fill(name)
    row.get_by_label("联系电话").fill(phone)
    row.get_by_label("是否住宿").select_option("是")
    settle(page)
    page.get_by_role("button", name="提交给省教育厅").click()
    says(page, "已提交给贵州省教育厅关工委")


def _open_sheet(office: Office) -> Page:
    page = office.opens("/returns/")
    page.locator("section[aria-labelledby=h-asked] tbody a").click()
    return page


def two_units_reply_and_the_sheet_is_one(office: Office) -> None:
    """贵阳市 and 贵州大学 name who comes; the sheet has both with their unit, and names who is missing."""
    _answer(office, "guiyang", "罗克敏", "13800000001")
    _answer(office, "university", "龙文海", "13800000002")
    office.sits("province_officer")
    page = _open_sheet(office)
    says(page, "已报 2/4 个单位")
    rows = page.locator(".xh-merged tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.filter(has_text="罗克敏")).to_contain_text("贵阳市")
    expect(rows.filter(has_text="龙文海")).to_contain_text("贵州大学")
    missing = page.locator("section[aria-labelledby=h-missing]")
    expect(missing).to_contain_text("黔西南州教育局")
    expect(missing).to_contain_text("黔西南民族职业技术学院")
    expect(missing).not_to_contain_text("贵阳市")
    accept(office, "province_officer", "贵阳市", "贵州大学", what=ANSWER)


def the_issuer_postpones(office: Office) -> None:
    """One document gives the new date to everybody who got the notice."""
    page = office.sits("province_officer")
    office.opens("/documents/sent/")
    page.get_by_role("link", name=TITLE).first.click()
    page.get_by_role("link", name="延期、取消、更正").click()
    page.fill("input[name=date-document]", LATER.isoformat())
    page.fill("input[name=number]", POSTPONED_BY)
    page.locator(".xh-actionbar .btn-primary").click()
    says(page, "变更前再看一眼")
    says(page, "没有单位会因为这次变更变成超期")
    page.locator("button[name=confirm]").click()
    says(page, "收到过原文件的单位都会收到")


def nobody_is_late_by_it(office: Office) -> None:
    """Three days after the old date: who has not answered has time left, who has answered is left alone."""
    for unit in ("qianxinan", "polytechnic"):
        sign_for(office, unit)
        says(office.page, POSTPONED_BY)
        page = office.opens("/")
        waits(page, ANSWER, LATER, "还有 8 天")
        expect(page.locator("main")).not_to_contain_text("已超期")
    page = office.sits("guiyang_officer")
    expect(page.locator(".xh-todo > li", has_text=ANSWER)).to_have_count(0)

    silent = Return.objects.filter(round__title=TITLE, first_sent_at=None)
    assert {(item.org.short_name, item.due) for item in silent} == {("黔西南州", LATER), ("黔职院", LATER)}
    nobody_is_late()
    lamps = Lamps()
    given = Assignment.objects.select_related("duty__plan", "duty__node", "org", "by_org", "delivery")
    assert {lamps.of(item).state for item in given} <= {State.GREEN, State.DONE, State.IDLE}

    _answer(office, "qianxinan", "韦国梁", "13800000003")
    accept(office, "province_officer", "黔西南州", what=ANSWER)
    answered = Return.objects.get(round__title=TITLE, org=office.cast.orgs["qianxinan"])
    assert answered.accepted_late_days == 0
    page = _open_sheet(office)
    says(page, "已报 3/4 个单位")
    expect(page.locator(".xh-merged tbody tr")).to_have_count(3)
