"""December and January: the summary is drafted from what was accepted; what goes on is carried over."""

from docx import Document
from playwright.sync_api import expect

from tests.browser.steps import says
from xinhuo.plans.models import Plan

from .office import Office
from .slow import LATE_WORDS, the_days_late_are_shown
from .spring import PREFECTURE_WORDS


def the_summary_is_drafted(office: Office, plan: Plan) -> None:
    """Each accepted sentence stands in the draft with the unit that wrote it, on screen and in the Word file."""
    page = office.sits("province_officer")
    the_days_late_are_shown(office)
    office.opens("/plans/")
    page.get_by_role("link", name="年底总结和材料").click()
    says(page, "2026年总结和材料")
    page.get_by_role("button", name="起草总结").click()
    duty = plan.duties.get(key="d1")
    page.get_by_role("link", name=duty.title).click()
    for unit, words in (("黔西南州", PREFECTURE_WORDS), ("贵阳市", LATE_WORDS)):
        line = page.locator(".xh-fill > li", has=page.get_by_text(f"{unit}，2026年"))
        expect(line.get_by_label("写进总结的话")).to_have_value(words)
    page.get_by_role("link", name="回到目录").click()
    with page.expect_download() as got:
        page.get_by_role("link", name="下载，带出处").click()
    text = "\n".join(item.text for item in Document(got.value.path()).paragraphs)
    assert f"{PREFECTURE_WORDS}（黔西南州，" in text
    assert f"{LATE_WORDS}（贵阳市，" in text


def the_year_is_carried_over(office: Office, plan: Plan) -> None:
    """January: next year's plan begins with a duty of this one, and each leads to the other."""
    old = plan.duties.get(key="d1")
    page = office.sits("province_officer")
    office.opens(f"/plans/{plan.pk}/carry/")
    page.get_by_label(f"结转“{old.title}”").check()
    page.get_by_role("button", name="起草明年要点").click()
    says(page, "已起草2027年要点")
    page.get_by_role("link", name="定稿").click()
    page.get_by_role("button", name="定稿").click()
    says(page, "已定稿")

    fresh = Plan.objects.get(year=2027).duties.get(removed=False)
    assert (fresh.carried_from_id, fresh.target_unit) == (old.pk, old.target_unit)
    office.opens(fresh.url)
    link = page.locator("li", has_text="结转自").get_by_role("link")
    expect(link).to_contain_text("2026年")
    link.click()
    expect(page.locator("h1")).to_contain_text(old.title)
