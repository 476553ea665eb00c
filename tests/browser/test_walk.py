"""A walk over every screen: it fits the screen, can be pressed by old fingers, and says nothing wrong to a reader."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, Response, expect

from tests.access.addresses import all_names

from .screens import NOT_SCREENS, SCREENS, Screen, Stage, build_stage
from .steps import serious_problems, settle

LAYOUT = (Path(__file__).parent / "walk.js").read_text("utf-8")
MODES = {"standard": 44, "elder": 60}
"""The least height of anything that can be pressed, in px."""

TWICE = 1000
"""Elder mode has one column at every width: wider than this its words and colours need no second reading."""

PARTS = 4
"""The walk is cut into so many tests, which several workers can share."""

SIZES = ((1440, 900), (390, 844))


def test_every_address_is_walked_or_is_no_screen() -> None:
    walked = {screen.name for screen in SCREENS}

    assert walked & NOT_SCREENS.keys() == set()
    assert walked | NOT_SCREENS.keys() == set(all_names())


@pytest.fixture
def stage(transactional_db: None) -> Stage:
    return build_stage()


class Walker:
    """One browser context that looks at pages as one person after the other."""

    def __init__(self, context: BrowserContext, site: str, stage: Stage, least: int) -> None:
        self.context, self.site, self.stage, self.least = context, site, stage, least
        self.page: Page = context.new_page()
        self.who: str | None = None
        self.heard: list[str] = []
        self.page.on("console", lambda said: self.heard.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.heard.append(str(error)))

    def be(self, who: str) -> None:
        """Take over somebody's session."""
        if who == self.who:
            return
        self.who = who
        self.context.clear_cookies(name="sessionid")
        if who:
            client = Client()
            client.force_login(
                self.stage.world.cast.users[who], backend="django.contrib.auth.backends.ModelBackend"
            )
            value = client.cookies["sessionid"].value
            self.context.add_cookies([{"name": "sessionid", "value": value, "url": self.site}])

    def _press(self, screen: Screen, answer: Response | None) -> Response | None:
        """Go where the screen's clicks lead; the answer that is looked at then."""
        for selector, value in screen.fill.items():
            self.page.fill(selector, value)
        for selector in screen.press[:-1]:
            self.page.locator(selector).first.click()
            settle(self.page)
        last = self.page.locator(screen.press[-1]).first if screen.press else None
        if last and screen.drawer:
            last.click()
            expect(self.page.locator("dialog[open] h2").first).to_be_visible()
        elif last:
            with self.page.expect_navigation() as pressed:
                last.click()
            return pressed.value
        return answer

    def look(self, screen: Screen) -> Iterator[str]:
        """Everything that is wrong with a screen at each size."""
        self.be(screen.who)
        self.heard.clear()
        width, height = SIZES[0]
        self.page.set_viewport_size({"width": width, "height": height})
        address = reverse(screen.name, args=screen.args(self.stage)) + screen.query
        answer = self._press(screen, self.page.goto(f"{self.site}{address}"))
        if answer is None or answer.status != screen.status:
            yield f"status {answer and answer.status}"
        for width, height in SIZES:
            self.page.set_viewport_size({"width": width, "height": height})
            found = self.page.evaluate(LAYOUT, self.least)
            if width < TWICE or self.least == MODES["standard"]:
                found += serious_problems(self.page)
            yield from (f"at {width} px: {problem}" for problem in found)
        expected = f"status of {screen.status}"
        yield from (f"said: {text}" for text in self.heard if screen.status == 200 or expected not in text)


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("mode", MODES)
def test_every_screen_is_fit_for_everybody(
    mode: str, part: int, browser: Browser, live_server: object, stage: Stage
) -> None:
    site = str(live_server)
    context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai")
    context.add_cookies([{"name": "xh_mode", "value": mode, "url": site}])
    walker = Walker(context, site, stage, MODES[mode])

    found = [
        f"{screen.name}{screen.query} {' '.join(screen.press)} ({screen.who or 'signed out'}) {problem}"
        for screen in SCREENS[part::PARTS]
        for problem in walker.look(screen)
    ]
    context.close()

    assert found == [], "\n" + "\n".join(found)
