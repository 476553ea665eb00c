"""The main job by keyboard alone, and without scripts."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.cast import PASSWORD, Cast, build_cast
from tests.files.samples import photo
from tests.plans.works import forwarded_plan, page_of
from xinhuo.documents.models import Delivery, Document
from xinhuo.flows.climbs import climbs

from .steps import says, settle, sign_in, todo

pytestmark = pytest.mark.django_db(transaction=True)
MOST_TABS = 60
FOCUSED = """() => {
  const item = document.activeElement;
  const words = item.getAttribute("aria-label") || (item.labels && item.labels[0] ? item.labels[0].innerText : item.innerText);
  return { words: (words || "").trim(), ring: getComputedStyle(item).outlineStyle };
}"""


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """黔西南州 has passed the plan on; 兴义市 has still to sign for it and to report."""
    cast = build_cast()
    forwarded_plan(cast)
    return cast


def _tab_to(page: Page, words: str) -> None:
    """Press Tab until what is focused is called so, and can be seen to be focused."""
    passed = []
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        passed.append(focused["words"])
        if focused["words"].startswith(words):
            assert focused["ring"] == "solid", f"“{words}” shows no focus"
            return
    pytest.fail(f"Tab does not lead to “{words}”, only to {passed}")


def test_from_login_to_the_sent_page_by_keyboard(page: Page, live_server: object, cast: Cast) -> None:
    page.goto(f"{live_server}/login/")
    _tab_to(page, "登录名")
    page.keyboard.type("xingyi_officer")
    _tab_to(page, "密码")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    says(page, "刘长庚同志")

    _tab_to(page, "去填报")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("兴义市：")
    _tab_to(page, "数量")
    page.keyboard.type("46")
    _tab_to(page, "进展")
    page.keyboard.type("已建46所。")
    _tab_to(page, "照片和材料")
    page.keyboard.press("Enter")
    _tab_to(page, "选择文件")
    settle(page)
    says(page, "已写 1/1 项")
    _tab_to(page, "提交给黔西南州")
    page.keyboard.press("Enter")

    says(page, "已提交给黔西南州教育局关工委。")
    sent = page_of(cast, "xingyi")
    assert (sent.state, sent.rows.get().number, sent.rows.get().sentence) == ("submitted", 46, "已建46所。")


def test_the_skip_link_leads_past_the_navigation(page: Page, live_server: object, cast: Cast) -> None:
    sign_in(page, str(live_server), "xingyi_officer")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)["words"] == "跳到正文"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.getElementById('main').contains(document.activeElement)")


@pytest.fixture
def plain(browser: Browser, live_server: object, cast: Cast) -> Iterator[Page]:
    """A browser that runs no scripts, signed in as 兴义市's officer."""
    context = browser.new_context(java_script_enabled=False, locale="zh-CN", timezone_id="Asia/Shanghai")
    page = context.new_page()
    sign_in(page, str(live_server), "xingyi_officer")
    yield page
    context.close()


def test_without_scripts_a_document_is_received_and_its_page_reported(
    plain: Page, live_server: object, cast: Cast, tmp_path: Path
) -> None:
    picture = tmp_path / "活动现场.jpg"
    picture.write_bytes(photo())
    todo(plain, "签收")
    plain.get_by_role("button", name="签收").click()
    says(plain, "已签收")
    delivery = Delivery.objects.get(org=cast.orgs["xingyi"])
    assert (delivery.received_by, delivery.received_at is not None) == ("刘长庚", True)

    plain.goto(str(live_server))
    todo(plain, "报送")
    plain.fill("input[name^=number-]", "46")
    plain.fill("textarea[name^=sentence-]", "已建46所。")
    plain.get_by_text("照片和材料").first.click()
    plain.set_input_files(".xh-fill input[type=file]", picture)
    plain.get_by_role("button", name="存好").click()
    says(plain, "活动现场.jpg")
    expect(plain.locator("textarea[name^=sentence-]")).to_have_value("已建46所。")
    plain.get_by_role("button", name="提交给黔西南州").click()
    says(plain, "已提交给黔西南州教育局关工委。")

    revision = climbs("plans.report", page_of(cast, "xingyi").pk).latest
    assert revision is not None
    [row] = revision.snapshot["rows"]
    assert (row["own"], row["sentence"], [file["name"] for file in row["files"]]) == (
        "46",
        "已建46所。",
        ["活动现场.jpg"],
    )


def test_without_scripts_a_document_is_written_and_sent(plain: Page, live_server: object, cast: Cast) -> None:
    plain.goto(f"{live_server}/documents/new/")
    plain.fill("input[name=title]", "关于报送材料的通知")
    plain.fill("textarea[name=text]", "请报送材料。")
    plain.get_by_role("button", name="存好，选发给谁").click()
    plain.get_by_role("button", name="下一步").click()
    says(plain, "还没有选发给谁")
    plain.locator("#to-schools").check()
    plain.get_by_role("button", name="下一步").click()
    says(plain, "兴义")
    plain.get_by_role("button", name="确认下发").click()
    says(plain, "已下发给 1 个单位")

    document = Document.objects.get(title="关于报送材料的通知")
    assert [row.org for row in document.deliveries.all()] == [cast.orgs["school"]]
