"""One unit is slow, in the browser: the group's words, the escalation, the late page, and what stays of it."""

import re
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from tests.cast import PASSWORD, SINCE, Cast
from tests.plans.steers import pass_days, reported, task
from tests.plans.works import delivery_of, sent_plan
from xinhuo.core.actor import Role
from xinhuo.documents.actions import receive
from xinhuo.people.models import Appointment, Person, User
from xinhuo.plans.actions.escalating import prepare_escalations
from xinhuo.plans.models import Closing

from .steps import says, settle, sign_in, todo

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def late(cast: Cast, settings: Any) -> Cast:
    """The half-year page was due ten days ago; 黔西南州 and the colleges sent it in time, 贵阳市 did not."""
    plan = sent_plan(cast)
    for unit in ("qianxinan", "guiyang", "university", "polytechnic"):
        receive(delivery_of(cast, plan, unit), by=cast.actors[f"{unit}_officer"])
    for unit in ("qianxinan", "university", "polytechnic"):
        reported(cast, unit)
    boss = Person.objects.create(name="何主任", phone="13900000009")
    user = User(person=boss, username="guiyang_leader")
    user.set_password(PASSWORD)
    user.save()
    Appointment.objects.create(
        person=boss, org=cast.orgs["guiyang"], role=Role.LEADER, title="主任", valid_from=SINCE
    )
    pass_days(settings, 40)
    prepare_escalations()
    return cast


def _name_and_remind(page: Page) -> None:
    """The words for the group name the one unit; it is reminded once."""
    page.get_by_role("link", name="进展调度").click()
    says(page, "要注意的单位")
    page.get_by_role("link", name=re.compile("报送《2026年上半年进展》")).click()
    words = page.locator("#group-words")
    expect(words).to_have_value(re.compile("以下 1 个单位还没报《2026年上半年进展》.*已过 10 天"))
    expect(words).to_have_value(re.compile("贵阳市。"))
    expect(words).not_to_have_value(re.compile("黔西南"))
    code = page.locator("img.xh-code")
    expect(code).to_have_js_property("complete", True)
    assert code.evaluate("image => image.naturalWidth") > 100
    page.get_by_role("link", name="进展调度", exact=True).click()
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.locator(".xh-actionbar")).to_be_visible()
    expect(page.locator(".xh-tabbar")).to_be_hidden()
    page.set_viewport_size({"width": 1440, "height": 900})
    page.locator("input[name=unit]").check()
    page.get_by_role("button", name="提醒勾选的单位").click()
    says(page, "已提醒 1 个单位")
    says(page, "这一轮都提醒过了")
    expect(page.locator("input[name=unit]")).to_have_count(0)


def _explain_and_send(page: Page) -> None:
    """The late unit says why and sends its page."""
    todo(page, "报送")
    says(page, "时限已经过了 10 天")
    page.get_by_role("link", name="说明原因").click()
    page.locator("select[name=cause]").select_option("epidemic")
    page.get_by_role("button", name="记下原因").click()
    page.locator("input[name^=number-]").first.fill("12")
    page.locator("textarea[name^=sentence-]").first.fill("已建12所。")
    page.locator("textarea[name^=sentence-]").first.blur()
    settle(page)
    page.locator(".xh-actionbar button.btn-primary").click()
    says(page, "已提交给")


def _close_and_reopen(page: Page) -> None:
    """Days late and cause are there before, after the closing and after the reopening."""
    says(page, "晚 10 天，原因：疫情")
    page.get_by_role("button", name="办结").click()
    says(page, "已办结贵阳市的这一项")
    says(page, "晚 10 天，原因：疫情")
    page.locator("summary", has_text="重新打开").click()
    page.locator("[name=reason]").fill("还有三所没建。")
    page.get_by_role("button", name="重新打开").click()
    says(page, "办结时记下的晚报天数不变")
    says(page, "晚 10 天，原因：疫情")


def test_a_slow_unit_is_named_told_and_its_days_late_stay(
    live_server: object, page: Page, late: Cast
) -> None:
    site = str(live_server)
    sign_in(page, site, "province_officer")
    _name_and_remind(page)

    sign_in(page, site, "province_secretary")
    todo(page, "贵阳市有 1 件已超期")
    page.locator("[name=words]").fill("请安排专人办理。")
    page.get_by_role("button", name="送贵阳市负责人").click()
    says(page, "已送贵阳市负责人")

    sign_in(page, site, "guiyang_leader")
    todo(page, "请您过问")
    says(page, "请安排专人办理。")
    page.get_by_role("button", name="知道了，安排办理").click()
    says(page, "已告诉上级您知道了")

    sign_in(page, site, "guiyang_officer")
    _explain_and_send(page)

    sign_in(page, site, "province_officer")
    todo(page, "贵阳市")
    page.get_by_role("button", name="通过").click()
    says(page, "已办")
    page.goto(f"{site}{task(late, 'guiyang').url}")
    _close_and_reopen(page)

    assert task(late, "guiyang").accepted_late_days == 10
    assert Closing.objects.get().late_days == 10


def test_the_leaders_page_is_one_sheet_of_paper(
    live_server: object, page: Page, late: Cast, tmp_path: Path
) -> None:
    site = str(live_server)
    sign_in(page, site, "province_leader")
    page.get_by_role("link", name="一页看全局").click()
    says(page, "该打个电话的")
    paper = tmp_path / "leader.pdf"
    page.pdf(path=paper, prefer_css_page_size=True)

    sheets = pypdfium2.PdfDocument(paper)

    assert len(sheets) == 1
    assert [round(side) for side in sheets[0].get_size()] == [595, 842]  # A4, upright
    assert "贵阳市" in sheets[0].get_textpage().get_text_bounded()
