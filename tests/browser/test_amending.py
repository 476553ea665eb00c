"""A plan's half-year date is postponed after it was sent and passed on: nobody is late, everybody sees both dates."""

import datetime as dt

import pytest
from django.conf import LazySettings
from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.plans.works import forwarded_plan, later
from xinhuo.core.dates_zh import short_date
from xinhuo.plans.models import Assignment, ReportCall

from .steps import says, settle, sign_in, todo

pytestmark = pytest.mark.django_db(transaction=True)


def _postpone(page: Page, site: str, document: int) -> None:
    """The department gives a new half-year date, looks whom it touches, sends."""
    page.goto(f"{site}/documents/{document}/")
    page.get_by_role("link", name="延期、取消、更正").click()
    page.fill("input[name=date-half]", later(45).isoformat())
    page.fill("input[name=number]", "黔教关〔2026〕9号")
    page.locator(".xh-actionbar .btn-primary").click()
    says(page, "变更前再看一眼")
    says(page, "一起顺延 15 天")
    page.locator("button[name=confirm]").click()
    says(page, "收到过原文件的单位都会收到")


def _fill(page: Page) -> None:
    for field in page.locator("textarea[name^=sentence-]").all():
        field.fill("已开展。")
        field.blur()
    settle(page)
    page.locator(".xh-actionbar button.btn-primary").click()
    says(page, "已提交给")


def test_nobody_is_late_and_the_county_sees_old_and_new_date(
    live_server: object, page: Page, cast: Cast, settings: LazySettings
) -> None:
    site = str(live_server)
    plan = forwarded_plan(cast)
    old, new = ReportCall.objects.get(issuer=cast.orgs["qianxinan"], kind="half").due, later(35)

    sign_in(page, site, "province_officer")
    _postpone(page, site, plan.document_id)

    sign_in(page, site, "xingyi_officer")
    says(page, "延期")
    todo(page, "报送2026年上半年进展")
    says(page, f"原定{short_date(old)}")
    says(page, short_date(new))
    says(page, "黔教关〔2026〕9号")

    settings.CLOCK_SHIFT = dt.timedelta(days=30)  # ten days after the old date, five before the new one
    sign_in(page, site, "xingyi_officer")
    expect(page.locator("main")).not_to_contain_text("已超期")
    todo(page, "报送2026年上半年进展")
    _fill(page)
    sign_in(page, site, "qianxinan_officer")
    todo(page, "兴义市")
    page.get_by_role("button", name="通过").click()
    says(page, "已办")
    assert Assignment.objects.get(org=cast.orgs["xingyi"]).accepted_late_days == 0


def test_whoever_passed_it_on_is_told_and_sets_its_own_date(
    live_server: object, page: Page, cast: Cast
) -> None:
    site = str(live_server)
    plan = forwarded_plan(cast)
    sign_in(page, site, "province_officer")
    _postpone(page, site, plan.document_id)

    sign_in(page, site, "qianxinan_officer")
    todo(page, "延期")
    page.get_by_role("link", name="看一看").click()
    page.fill("input[name=date-half]", later(50).isoformat())
    page.get_by_role("button", name="存好").click()
    says(page, "不能晚于这一天")
    page.fill("input[name=date-half]", later(40).isoformat())
    page.get_by_role("button", name="存好").click()
    says(page, "已改好 1 个日期")
    assert ReportCall.objects.get(issuer=cast.orgs["qianxinan"], kind="half").due == later(40)


def test_a_cancelled_conference_leaves_every_list(live_server: object, page: Page, cast: Cast) -> None:
    site = str(live_server)
    plan = forwarded_plan(cast)
    sign_in(page, site, "province_officer")
    page.goto(f"{site}/documents/{plan.document_id}/amend/")
    page.get_by_role("link", name="取消", exact=True).click()
    says(page, "整份文件取消")
    page.locator(".xh-actionbar .btn-primary").click()
    page.locator("button[name=confirm]").click()

    sign_in(page, site, "xingyi_officer")
    expect(page.locator(".xh-todo > li", has_text="报送2026年上半年进展")).to_have_count(0)
    page.goto(f"{site}/documents/")
    says(page, "已取消（依据")
