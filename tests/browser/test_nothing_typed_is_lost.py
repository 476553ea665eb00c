"""What was typed when the login ran out is on the page again after the login, for the same person only."""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from tests.cast import PASSWORD, Cast
from tests.plans.works import TEXT, page_of, sent_plan
from xinhuo.documents.models import Document
from xinhuo.plans.actions.importing import import_plan
from xinhuo.plans.actions.reports import RowInput, prepare_rows, save_rows, stamp
from xinhuo.plans.models import Node, Report, ReportRow

from .steps import says, sign_in

pytestmark = pytest.mark.django_db(transaction=True)
FOUND = "找回了您上次没存上的内容"
WORDS = "已推动12所学校建立关工委。"


@pytest.fixture
def report(cast: Cast) -> Report:
    sent_plan(cast)
    return page_of(cast, "guiyang")


def open_report(page: Page, site: str, report: Report) -> None:
    sign_in(page, site, "guiyang_officer")
    page.goto(f"{site}{report.url}")


def log_in_again(page: Page, who: str) -> None:
    """On the login page that came up by itself."""
    expect(page).to_have_url(re.compile("/login/"))
    page.fill("input[name=username]", who)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    expect(page).not_to_have_url(re.compile("/login/"))


def kept(page: Page) -> list[str]:
    """The addresses of the forms whose words this computer holds."""
    keys: list[str] = page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('xh-keep|'))")
    return [key.split("|")[2] for key in keys]


def wait_until_saved(page: Page) -> None:
    """The server has everything: nothing is left on this computer."""
    for _ in range(50):
        if not kept(page):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"still on this computer: {kept(page)}")


def test_a_report_page_whose_login_ran_out_in_mid_typing(
    live_server: object, page: Page, report: Report
) -> None:
    open_report(page, str(live_server), report)
    field = page.locator("textarea[name^=sentence-]").first
    Session.objects.all().delete()
    field.fill(WORDS)
    field.blur()  # the page saves itself, and is sent to the login instead

    says(page, "您刚才写的内容已经留在这台电脑上")
    log_in_again(page, "guiyang_officer")

    says(page, FOUND)
    expect(field).to_have_value(WORDS)
    wait_until_saved(page)
    says(page, "存好，可以随时关掉这一页")
    assert ReportRow.objects.get().sentence == WORDS
    page.reload()
    expect(field).to_have_value(WORDS)
    expect(page.locator("[data-xh-found]")).to_have_count(0)


def test_with_all_cookies_gone_the_way_leads_through_the_login_back(
    live_server: object, page: Page, report: Report
) -> None:
    open_report(page, str(live_server), report)
    field = page.locator("textarea[name^=sentence-]").first
    field.type("已推动12所")
    page.context.clear_cookies()
    page.get_by_role("button", name="存好", exact=True).click()

    expect(page.locator("h1")).to_have_text("刚才没有提交")
    says(page, "您写的内容已经留在这台电脑上")
    page.get_by_role("link", name="重新登录").click()
    log_in_again(page, "guiyang_officer")

    says(page, FOUND)
    expect(field).to_have_value("已推动12所")


def test_nobody_else_is_shown_the_words_and_the_author_finds_them_on_the_workbench(
    live_server: object, page: Page, report: Report
) -> None:
    site = str(live_server)
    open_report(page, site, report)
    Session.objects.all().delete()
    page.locator("textarea[name^=sentence-]").first.fill(WORDS)
    page.goto(f"{site}/units/")

    log_in_again(page, "province_officer")
    page.goto(f"{site}/")
    expect(page.locator("h1")).to_contain_text("周敏")
    expect(page.locator("body")).not_to_contain_text(WORDS)
    expect(page.locator("[data-xh-found]")).to_have_count(0)

    sign_in(page, site, "guiyang_officer")
    says(page, "您有没存上的内容")
    page.get_by_role("link", name="接着写").click()
    says(page, FOUND)
    expect(page.locator("textarea[name^=sentence-]").first).to_have_value(WORDS)


def test_signing_out_forgets(live_server: object, page: Page, report: Report) -> None:
    open_report(page, str(live_server), report)
    page.route("**/save/", lambda route: route.abort())  # the line is down
    field = page.locator("textarea[name^=sentence-]").first
    field.fill(WORDS)
    field.blur()
    says(page, "没有网络")
    assert kept(page) == [report.url]

    page.locator(".xh-util").get_by_role("button", name="退出", exact=True).click()

    says(page, "您已经退出")
    assert kept(page) == []


def test_what_a_colleague_changed_meanwhile_is_not_covered(
    live_server: object, page: Page, cast: Cast, report: Report
) -> None:
    open_report(page, str(live_server), report)
    field = page.locator("textarea[name^=sentence-]").first
    Session.objects.all().delete()
    field.fill(WORDS)
    field.blur()
    expect(page).to_have_url(re.compile("/login/"))
    row = prepare_rows(report, by=cast.guiyang_officer)[0]
    save_rows(report, [RowInput(row.pk, None, "同事写的。", stamp(row))], by=cast.guiyang_officer)

    log_in_again(page, "guiyang_officer")

    expect(field).to_have_value("同事写的。")
    says(page, f"“{WORDS}”")
    page.get_by_role("button", name="换成我写的").click()
    wait_until_saved(page)
    assert ReportRow.objects.get().sentence == WORDS


def test_a_draft_that_was_never_saved(live_server: object, page: Page, cast: Cast) -> None:
    site = str(live_server)
    sign_in(page, site, "province_officer")
    page.goto(f"{site}/documents/new/")
    Session.objects.all().delete()
    page.fill("[name=title]", "关于报送材料的通知")
    page.fill("[name=text]", "各单位：\n请报送。")
    page.get_by_role("button", name="存草稿").click()
    log_in_again(page, "province_officer")

    says(page, FOUND)
    expect(page.locator("[name=text]")).to_have_value("各单位：\n请报送。")
    page.get_by_role("button", name="存草稿").click()
    says(page, "草稿已存好")
    assert Document.objects.get().text == "各单位：\n请报送。"
    assert kept(page) == []


def test_a_paragraph_on_the_import_desk(live_server: object, page: Page, cast: Cast) -> None:
    site = str(live_server)
    done = import_plan(by=cast.province_officer, text=f"2026年工作要点\n{TEXT}")
    assert done.plan is not None
    sign_in(page, site, "province_officer")
    page.goto(f"{site}/plans/{done.plan.pk}/check/")
    page.locator("article[data-node]", has_text="校点联合").get_by_role("link", name="改").click()
    words = page.locator("#panel textarea").first
    expect(words).to_be_visible()
    Session.objects.all().delete()
    words.fill("推动校点联合建立关工委，覆盖全部教学点。")
    words.blur()
    log_in_again(page, "province_officer")

    says(page, FOUND)  # the paragraph is opened again
    expect(words).to_have_value("推动校点联合建立关工委，覆盖全部教学点。")
    wait_until_saved(page)
    expect(page.locator("#saved")).to_contain_text("已自动保存")
    assert Node.objects.filter(text__contains="覆盖全部教学点", removed=False).exists()
