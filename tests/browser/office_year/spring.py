"""May and June: the document travels down, the first page comes up."""

import datetime as dt

from playwright.sync_api import expect

from tests.browser.steps import says, settle, todo
from xinhuo.core.dates_zh import short_date
from xinhuo.plans.models import Assignment, Plan, ReportCall

from .office import HALF, Office, accept, key_points, send_page, sign_for, waits, write_page

HALF_DUE, YEAR_DUE = dt.date(2026, 7, 10), dt.date(2026, 11, 30)
EARLIER_HALF, EARLIER_YEAR = dt.date(2026, 6, 30), dt.date(2026, 11, 20)
OWN_NUMBER = "州教关〔2026〕3号"
COUNTY_WORDS = "全市46所校点联合建立关工委。"
PREFECTURE_WORDS = "全州58所校点联合建立关工委。"


def the_document_leaves(office: Office) -> Plan:
    """The department sends its 要点 to the prefectures and colleges, with both dates."""
    plan = key_points(office.cast)
    page = office.sits("province_officer")
    office.opens(f"/plans/{plan.pk}/send/")
    for group in ("prefectures", "colleges"):
        page.locator(f"#to-{group}").check()
        settle(page)
    page.fill("input[name=half]", HALF_DUE.isoformat())
    page.fill("input[name=year]", YEAR_DUE.isoformat())
    page.locator(".xh-actionbar button.btn-primary").click()
    says(page, "下达前再看一眼")
    page.locator("button[name=confirm]").click()
    says(page, "已下达给 4 个单位")
    sign_for(office, "guiyang", "university", "polytechnic")
    return plan


def it_is_forwarded_under_an_own_number(office: Office) -> None:
    """黔西南州 receives it and passes it on with an earlier date; its counties see that number and that date."""
    sign_for(office, "qianxinan")
    page = office.page
    page.get_by_role("link", name="转发给下级").click()
    page.fill("input[name=number]", OWN_NUMBER)
    page.locator("#to-counties").check()
    settle(page)
    page.fill("input[name=half]", EARLIER_HALF.isoformat())
    page.fill("input[name=year]", EARLIER_YEAR.isoformat())
    page.locator(".xh-actionbar button.btn-primary").click()
    says(page, "转发前再看一眼")
    page.locator("button[name=confirm]").click()
    says(page, "已下达给 2 个单位")

    sign_for(office, "anlong", "xingyi")
    says(page, OWN_NUMBER)
    office.opens("/")
    waits(page, f"报送{HALF}", EARLIER_HALF, "还有")
    dues = ReportCall.objects.filter(kind="half").values_list("issuer__short_name", "due")
    assert set(dues) == {("省教育厅", HALF_DUE), ("黔西南州", EARLIER_HALF)}


def a_county_writes_its_page_in_one_sitting(office: Office) -> None:
    """兴义市 writes and sends, 黔西南州 accepts and reports in its turn; the colleges do as well."""
    send_page(office, "xingyi", "46", COUNTY_WORDS)
    send_page(office, "anlong", "12", "全县12所校点联合建立关工委。")
    accept(office, "qianxinan_officer", "兴义市", "安龙县")
    page = office.sits("xingyi_officer")
    expect(page.locator(".xh-todo > li", has_text=f"报送{HALF}")).to_have_count(0)
    task = Assignment.objects.get(org=office.cast.orgs["xingyi"])
    office.opens(task.url)
    says(page, COUNTY_WORDS)
    assert (task.accepted_number, task.accepted_late_days) == (46, 0)

    page = office.sits("qianxinan_officer")
    todo(page, f"报送{HALF}")
    says(page, "下级已审核 2/2 个单位，合计 58 所")
    says(page, f"{short_date(HALF_DUE)}（还有 30 天）")
    write_page(page, "", PREFECTURE_WORDS)  # the number comes from below
    send_page(office, "university", "1", "校关工委已建立。")
    send_page(office, "polytechnic", "1", "院关工委已建立。")
    accept(office, "province_officer", "黔西南州", "贵州大学", "黔职院")
    assert Assignment.objects.get(duty=task.duty, org=office.cast.orgs["qianxinan"]).accepted_number == 58
