"""The list of what waits, on a telephone."""

import pytest
from playwright.sync_api import Page

from tests.cast import Cast
from tests.slips.test_slips import arrive

from .steps import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 390, "height": 844}
HAIR = 2  # a letter's box is a little higher than its line
LONG = "关于召开全省教育系统关心下一代工作委员会工作现场会的通知"
WORDS = "row => row.querySelector('h3').parentElement.querySelector('p').getBoundingClientRect().top"


def test_a_title_of_several_lines_does_not_run_into_the_words_below_it(
    live_server: object, page: Page, cast: Cast
) -> None:
    arrive(cast, LONG)
    page.set_viewport_size(PHONE)
    sign_in(page, str(live_server), "qianxinan_officer")
    row = page.locator(".xh-todo > li", has_text=LONG)
    title = row.locator("h3 a").evaluate(
        "link => { const range = document.createRange(); range.selectNodeContents(link);"
        " const box = range.getBoundingClientRect(); return [box.height, box.bottom]; }"
    )

    assert title[0] > 30, "the title takes more than one line"
    assert row.evaluate(WORDS) >= title[1] - HAIR
