"""Forwarded to schools without accounts: the county sets who stands in, the central school signs and reports for three."""

import pytest
from playwright.sync_api import Page, expect

from tests.cast import SINCE, Cast
from tests.plans.works import delivery_of, forwarded_plan, later
from xinhuo.documents.actions import receive
from xinhuo.documents.models import Delivery
from xinhuo.orgs.bulk import bulk_create_units
from xinhuo.orgs.enums import Kind
from xinhuo.orgs.facts import UnitFacts, UnitSpec
from xinhuo.orgs.models import Proxy
from xinhuo.orgs.proxies import matters
from xinhuo.plans.models import Assignment, Plan

from .steps import says, settle, sign_in

pytestmark = pytest.mark.django_db(transaction=True)
NAMES = ("兴义市马岭教学点", "兴义市瓦嘎教学点", "兴义市龙井教学点")


def _schools(cast: Cast) -> None:
    specs = [
        UnitSpec(name, cast.orgs["school"].pk, UnitFacts(name, name[3:], Kind.TEACHING_POINT), SINCE)
        for name in NAMES
    ]
    bulk_create_units(specs, by=cast.xingyi_admin, sentence="登记教学点")


def _forward(page: Page, site: str, delivery: Delivery) -> None:
    """The county passes the plan on to all its schools."""
    page.goto(f"{site}{delivery.url}")
    page.get_by_role("link", name="转发给下级").click()
    page.fill("input[name=number]", "兴教关〔2026〕1号")
    page.locator("#to-schools").check()
    settle(page)
    page.fill("input[name=half]", later(10).isoformat())
    page.locator(".xh-actionbar button.btn-primary").click()
    page.locator("button[name=confirm]").click()
    says(page, "已下达给 4 个单位")


def _set_proxies(page: Page) -> None:
    """From the notice on the document to who stands in, and back."""
    says(page, "其中 3 个单位没有账号")
    page.get_by_role("link", name="看是哪些单位").click()
    page.get_by_role("button", name="给勾选的设置代办").click()
    page.locator(".xh-actionbar .btn-primary").click()
    says(page, "核对代办名单")
    expect(page.locator("tbody tr")).to_have_count(3)
    page.locator(".xh-actionbar .btn-primary").click()
    says(page, "3 个单位由别的单位代办")


def _fill_for(page: Page, site: str, name: str) -> None:
    page.goto(site)
    row = page.locator(f".xh-behalf:has-text('代{name}') li", has_text="报送").first
    row.locator("a.btn").click()
    says(page, f"您在代{name}填报")
    field = page.locator("textarea[name^=sentence-]").first
    field.fill("已开展，由中心校统一组织。")
    field.blur()
    settle(page)
    page.locator(".xh-actionbar button.btn-primary").click()
    says(page, "已提交给")


def test_the_central_school_reports_for_three_and_the_county_sees_it(
    live_server: object, page: Page, cast: Cast
) -> None:
    site = str(live_server)
    _schools(cast)
    delivery = receive(delivery_of(cast, forwarded_plan(cast), "xingyi"), by=cast.xingyi_officer)

    sign_in(page, site, "xingyi_officer")
    _forward(page, site, delivery)
    _set_proxies(page)
    assert Proxy.objects.filter(by_org=cast.orgs["school"]).count() == 3 * len(matters())

    sign_in(page, site, "school_officer")
    says(page, "代兴义市马岭教学点")
    page.get_by_role("link", name="一起代签收").click()
    page.locator(".xh-actionbar .btn-primary").click()
    says(page, "已代 3 个单位签收")
    for name in NAMES:
        _fill_for(page, site, name)

    sign_in(page, site, "xingyi_officer")
    page.goto(f"{site}/plans/reports/")
    page.locator("section[aria-labelledby=h-below] tbody a").first.click()
    says(page, "已报 3/4 个单位，其中代报 3 所")
    says(page, "代报：兴义市第一小学 王老师")
    for box in page.locator("input[name=report]").all():
        box.check()
    page.get_by_role("button", name="勾选的都通过").click()
    says(page, "已通过 3 个单位")
    page.goto(f"{site}{Plan.objects.get().duties.get(key='d1').url}")
    says(page, "已审核 3/4 个单位，其中代报 3 所")
    assert Assignment.objects.filter(accepted_proxy=cast.orgs["school"]).count() == 3
