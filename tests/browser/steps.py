"""What people do in the browser, in their own words."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.cast import PASSWORD

SAMPLE = Path("xinhuo/demo/data/guizhou-2020-work-plan.txt")
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
SERIOUS = {"serious", "critical"}


def sign_in(page: Page, site: str, who: str) -> None:
    """Sign somebody in who may be signed in as another."""
    page.context.clear_cookies()
    page.goto(f"{site}/login/")
    page.fill("input[name=username]", who)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    expect(page.locator("h1")).to_contain_text("同志")


def todo(page: Page, words: str) -> None:
    """Press the button of the to-do that holds these words."""
    row = page.locator(".xh-todo > li", has_text=words).first
    row.locator("a.btn").click()


def says(page: Page, words: str) -> None:
    """The page says these words somewhere."""
    expect(page.locator("body")).to_contain_text(words)


LAY_BARS = """(position) => {
  for (const bar of document.querySelectorAll(".xh-actionbar, .xh-tabbar")) bar.style.position = position;
}"""


def serious_problems(page: Page) -> list[str]:
    """What axe finds that is serious: rule and the first place.

    The bars at the foot lie in the page meanwhile: what happens to be half under one can be scrolled free.
    """
    page.evaluate(AXE.read_text("utf-8"))
    page.evaluate(LAY_BARS, "static")
    found = page.evaluate(
        "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
    )
    page.evaluate(LAY_BARS, "")
    return [
        f"{item['id']}: {item['nodes'][0]['html'][:160]}"
        for item in found["violations"]
        if item["impact"] in SERIOUS
    ]


UNSAVED = """() => Object.keys(localStorage).some(key => key.startsWith('xh-keep|'))
    && document.querySelector('[data-xh-keep][hx-trigger*=delay], [data-xh-keep] [hx-trigger*=delay]') !== null"""
"""A form that saves itself a moment after each change has not done so yet."""


def settle(page: Page) -> None:
    """Wait until what was typed is stored and nothing is swapped any more.

    A save that is due in a moment is waited for: the network alone is idle until it starts. What cannot be taken
    (and is said on the page) stays unsaved, so the waiting ends after two seconds.
    """
    for _ in range(20):
        page.wait_for_load_state("networkidle")
        if not page.evaluate(UNSAVED):
            break
        page.wait_for_timeout(100)
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)


def number_in(text: str) -> int:
    """The first number in a text."""
    found = re.search(r"\d+", text)
    assert found, text
    return int(found.group())
