"""The checking desk in a real browser: keyboard, cursor, two people, no scripts."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.cast import PASSWORD, Cast
from xinhuo.plans.models import Plan

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Open = Callable[..., Page]


@pytest.fixture
def site(live_server: object) -> str:
    """The address of the running site."""
    return str(live_server)


@pytest.fixture
def sign_in(site: str, browser: Browser, browser_context_args: dict[str, object], cast: Cast) -> Open:
    """Open an own browser window of a person."""

    def window(who: str, **more: object) -> Page:
        page = browser.new_context(**{**browser_context_args, **more}).new_page()  # type: ignore[arg-type]
        page.goto(f"{site}/login/")
        page.fill("input[name=username]", who)
        page.fill("input[name=password]", PASSWORD)
        page.locator("main button[type=submit]").first.click()
        expect(page).not_to_have_url(re.compile("/login/"))
        return page

    return window


def desk_of(site: str, plan: Plan, query: str = "") -> str:
    return f"{site}/plans/{plan.pk}/check/{query}"


def test_the_keyboard_moves_promotes_opens_and_undoes(site: str, sign_in: Open, plan: Plan) -> None:
    page = sign_in("province_officer")
    page.goto(desk_of(site, plan))
    bar = page.locator("#checkbar")

    page.locator("#open-1_2").focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(bar).to_contain_text("第2条下移")
    expect(page.locator("#open-1_2")).to_be_focused()
    page.keyboard.press("Alt+ArrowLeft")
    expect(bar).to_contain_text("第2条升一级")
    page.keyboard.press("Alt+z")
    expect(bar).to_contain_text("已撤销：第2条升一级")
    page.locator("#open-1_2").focus()
    page.keyboard.press("Enter")

    expect(page.locator("#node-1_2-text")).to_be_visible()
    assert [node.key for node in plan.nodes.order_by("position")] == ["1", "1.1", "1.3", "1.2"]


def test_words_are_cut_at_the_cursor(site: str, sign_in: Open, plan: Plan) -> None:
    page = sign_in("province_officer")
    page.goto(desk_of(site, plan, "?edit=1.1"))
    words = page.locator("#node-1_1-text")

    words.focus()
    words.evaluate("area => area.setSelectionRange(7, 7)")
    page.keyboard.press("Shift")
    expect(page.locator("#node-1_1-at option:checked")).to_have_text(
        "光标处：…甲校建立组织。｜乙校建立组织。…"
    )
    page.locator('button[value="split_node:1.1"]').click()

    expect(page.locator("#node-e1-text")).to_have_value("乙校建立组织。")
    expect(words).to_have_value("甲校建立组织。")


def test_what_was_typed_is_saved_by_itself_and_before_going_elsewhere(
    site: str, sign_in: Open, plan: Plan
) -> None:
    page = sign_in("province_officer")
    page.goto(desk_of(site, plan, "?edit=1.2"))

    page.fill("#duty-1_2-0-title", "读书活动")
    page.press("#duty-1_2-0-title", "Tab")
    expect(page.locator("#saved")).to_contain_text("已自动保存")
    page.fill("#node-1_2-text", "丙校开展读书活动。")
    page.locator("#open-1_3").click()

    expect(page.locator("#node-1_3-text")).to_be_visible()
    assert plan.nodes.get(key="1.2").text == "丙校开展读书活动。"
    assert plan.duties.get(key="1.2-0").title == "读书活动"


def test_the_slower_of_two_keeps_the_words_and_may_insist(site: str, sign_in: Open, plan: Plan) -> None:
    first, second = sign_in("province_officer"), sign_in("province_secretary")
    first.goto(desk_of(site, plan, "?edit=1.2"))
    second.goto(desk_of(site, plan))

    second.locator("#tick-1_3").check(force=True)
    expect(second.locator("#checkbar")).to_contain_text("1/3")
    first.fill("#duty-1_2-0-title", "读书活动")
    first.press("#duty-1_2-0-title", "Tab")
    expect(first.locator("#clash")).to_contain_text("钱秘书")
    expect(first.locator("#duty-1_2-0-title")).to_have_value("读书活动")
    first.get_by_role("button", name="仍按我的再存一次").click()

    expect(first.locator("#checkbar")).to_contain_text("1/3")
    expect(first.locator("#clash")).to_be_empty()
    assert plan.duties.get(key="1.2-0").title == "读书活动"


def test_the_desk_works_on_a_phone_without_scripts(site: str, sign_in: Open, sample_plan: Plan) -> None:
    page = sign_in("province_officer", java_script_enabled=False, viewport={"width": 390, "height": 844})
    page.goto(desk_of(site, sample_plan))

    page.locator("#accept-2").click()
    expect(page.locator("#head-number")).to_have_value("黔教办函〔2020〕38号")
    page.locator("#offer-2_8").click()
    expect(page.locator("#row-2_8 .xh-kids > li")).to_have_count(3)
    page.locator("#row-2_8").get_by_role("button", name="记为已核对").click()
    expect(page.locator("#checkbar")).to_contain_text("1/16")
    page.locator("#open-2_12").click()
    page.locator("#duty-2_12-0-title").fill("乡村儿童教育公益活动")
    page.locator("#panel-done").click()
    expect(page.locator("#row-2_12 .xh-nodetitle")).to_have_text("乡村儿童教育公益活动")
    page.locator("#undo").click()

    expect(page.locator("#row-2_12 .xh-nodetitle")).not_to_have_text("乡村儿童教育公益活动")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
