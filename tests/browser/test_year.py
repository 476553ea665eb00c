"""The office's year in the browser: own plan, one report for both, second version, December, January."""

import pytest
from docx import Document
from playwright.sync_api import Page, expect

from tests.cast import Cast, build_cast
from tests.plans.levels import OWN_TEXT, first_duty, given, own_plan
from tests.plans.works import page_of, report, sent_plan
from xinhuo.flows.enums import Verdict
from xinhuo.plans.actions.reports import decide_report
from xinhuo.plans.models import Assignment, Plan
from xinhuo.plans.queries.work import children_tallies

from .steps import says, settle, sign_in, todo

pytestmark = pytest.mark.django_db(transaction=True)
PREFECTURE, COUNTY, PROVINCE = "qianxinan_officer", "xingyi_officer", "province_officer"


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return build_cast()


def _accept(cast: Cast, unit: str, words: str) -> None:
    decide_report(report(cast, unit, "46", words), Verdict.ACCEPT, by=cast.qianxinan_officer)


def test_a_county_reports_once_and_the_prefectures_page_for_the_province_is_filled(
    page: Page, live_server: object, cast: Cast
) -> None:
    site = str(live_server)
    upper = sent_plan(cast).duties.get(key="d1")
    own = own_plan(cast)
    sign_in(page, site, PREFECTURE)
    page.goto(f"{site}/plans/{own.pk}/")
    page.locator("summary", has_text="更多").click()
    page.get_by_role("link", name="对应上级的落实点").click()
    says(page, "两处都写到“校点联合建立关工委")
    page.get_by_role("button", name="就对应这一条").click()
    says(page, "改了 1 处对应")

    sign_in(page, site, COUNTY)
    todo(page, "上半年进展")
    page.get_by_label("数量（所）").fill("46")
    page.get_by_label("进展，一句话").first.fill("已建46所。")
    page.get_by_role("button", name="提交给黔西南州").click()
    page.get_by_label("先这样提交").check()
    page.get_by_role("button", name="提交给黔西南州").click()
    says(page, "已提交给黔西南州教育局关工委")

    sign_in(page, site, PREFECTURE)
    todo(page, "兴义市：")
    page.get_by_role("button", name="通过").first.click()
    mine = page_of(cast, "qianxinan")
    page.goto(f"{site}{mine.url}")
    says(page, "已审核通过的自动带来，不用再填")
    expect(page.get_by_label("进展，一句话")).to_have_value("兴义市：已建46所。")
    says(page, "下级已审核 1/2 个单位，合计 46 所")
    page.get_by_role("button", name="提交给省教育厅").click()
    says(page, "已提交给贵州省教育厅关工委")
    above = given(upper, cast, "qianxinan")
    assert above.sent_number == 46
    assert children_tallies([above.pk])[above.pk].total == 46


def test_last_years_duties_are_carried_into_january(page: Page, live_server: object, cast: Cast) -> None:
    site = str(live_server)
    plan = own_plan(cast)
    _accept(cast, "xingyi", "已建46所。")
    sign_in(page, site, PREFECTURE)
    page.goto(f"{site}/plans/{plan.pk}/carry/")
    says(page, "没有办完：1/2 个单位已审核")
    page.get_by_label("结转“推动各县（市）校点联合建立关工委”").check()
    page.get_by_role("button", name="起草明年要点").click()

    says(page, "已起草2027年要点")
    fresh = Plan.objects.get(year=2027)
    assert fresh.duties.get(removed=False).carried_from_id == first_duty(plan).pk
    page.get_by_role("link", name="定稿").click()
    page.get_by_role("button", name="定稿").click()
    says(page, "已定稿")
    page.goto(f"{site}{fresh.duties.get(removed=False).url}")
    says(page, "结转自 2026年")


def test_the_summary_is_chosen_edited_and_taken_away_as_a_word_file(
    page: Page, live_server: object, cast: Cast
) -> None:
    site = str(live_server)
    own_plan(cast)
    _accept(cast, "xingyi", "已建46所。下半年再建10所。")
    sign_in(page, site, PREFECTURE)
    page.goto(f"{site}/plans/")
    page.get_by_role("link", name="年底总结和材料").click()
    page.get_by_role("button", name="起草总结").click()
    page.get_by_role("link", name="推动各县（市）校点联合建立关工委").click()
    says(page, "兴义市，")
    page.get_by_label("写进总结的话").first.fill("全州建成46所。")
    page.get_by_label("用这一句").nth(1).uncheck()
    settle(page)
    says(page, "用 1 句，共 2 句")
    says(page, "已存好")
    page.get_by_role("link", name="回到目录").click()
    with page.expect_download() as got:
        page.get_by_role("link", name="下载，带出处").click()

    text = "\n".join(item.text for item in Document(got.value.path()).paragraphs)
    assert "全州建成46所。（兴义市，" in text
    assert "下半年" not in text


def test_a_second_version_carries_duties_and_reports_over(
    page: Page, live_server: object, cast: Cast
) -> None:
    site = str(live_server)
    plan = own_plan(cast)
    _accept(cast, "xingyi", "已建46所。")
    duty = first_duty(plan)
    old = "1.推动各县（市）校点联合建立关工委。\n2.办好州级读书活动。"
    new = "1.走访困难学生家庭。\n2.大力推动各县（市）校点联合建立关工委。"
    text = OWN_TEXT.replace(old, new)
    sign_in(page, site, PREFECTURE)
    page.goto(f"{site}/plans/{plan.pk}/compare/")
    page.locator("textarea[name=text]").fill(text)
    page.get_by_role("button", name="看改了哪里").click()
    says(page, "1 个落实点接着办，1 个删去，1 个新增")
    page.get_by_role("button", name="采用第2版").click()
    says(page, "已改为第2版")

    duty.refresh_from_db()
    assert duty.text.startswith("大力推动")
    assert given(duty, cast, "xingyi").accepted_number == 46
    added = Assignment.objects.filter(duty__key__startswith="v2-", org=cast.orgs["xingyi"])
    assert added.count() == 1
    sign_in(page, site, COUNTY)
    todo(page, "有了第2版")
    expect(page.locator("ins").first).to_contain_text("走访")
    page.get_by_role("button", name="知道了").click()
    says(page, "已从待办里拿掉")
    page.goto(f"{site}{duty.url}")
    expect(page.locator("ins")).to_have_text("大力")
    page.goto(f"{site}/plans/{plan.pk}/versions/")
    page.get_by_role("link", name="第1版").click()
    says(page, "办好州级读书活动")


def test_what_a_meeting_decided_becomes_a_duty(page: Page, live_server: object, cast: Cast) -> None:
    site = str(live_server)
    sign_in(page, site, PREFECTURE)
    page.goto(f"{site}/plans/meetings/new/")
    page.get_by_label("会议名称").fill("2026年总结会")
    page.get_by_label("日期").fill("2026-12-20")
    page.get_by_label("议定事项").fill("各县（市）报送骨干老师名单\n表扬先进")
    page.get_by_role("button", name="存好").click()
    page.get_by_role("button", name="读成落实点，去布置").click()

    says(page, "议定事项已读成落实点")
    plan = Plan.objects.get(document__kind="minutes")
    assert plan.duties.count() == 2
