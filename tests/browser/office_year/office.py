"""The office whose year is walked: a browser, a moved clock, and the few presses that every stage shares."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from django.conf import LazySettings
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.steps import says, settle, sign_in, todo
from tests.cast import PASSWORD, SINCE, Cast
from tests.plans.works import fixed_plan
from xinhuo.core import clock
from xinhuo.core.actor import Role
from xinhuo.core.dates_zh import short_date
from xinhuo.flows.models import Todo
from xinhuo.people.models import Appointment, Person, User
from xinhuo.plans.models import Plan

NINE_O_CLOCK = dt.time(9, tzinfo=clock.SHANGHAI)
HALF = "2026年上半年进展"


@dataclass
class Office:
    """Whoever sits at the desk, on the day it is."""

    site: str
    page: Page
    cast: Cast
    settings: LazySettings
    folder: Path

    def day(self, month: int, day: int, year: int = 2026) -> None:
        """It is nine in the morning of this day."""
        moment = dt.datetime.combine(dt.date(year, month, day), NINE_O_CLOCK)
        self.settings.CLOCK_SHIFT = moment - timezone.now()

    def sits(self, who: str) -> Page:
        """Somebody signs in; the to-dos stand there."""
        sign_in(self.page, self.site, who)
        return self.page

    def opens(self, url: str) -> Page:
        """An address of the site."""
        self.page.goto(f"{self.site}{url}")
        return self.page


def hire_leader(cast: Cast) -> None:
    """贵阳市 has a leader who signs in himself."""
    boss = Person.objects.create(name="何主任", phone="13900000009")
    user = User(person=boss, username="guiyang_leader")
    user.set_password(PASSWORD)
    user.save()
    Appointment.objects.create(
        person=boss, org=cast.orgs["guiyang"], role=Role.LEADER, title="主任", valid_from=SINCE
    )


def key_points(cast: Cast) -> Plan:
    """The department's checked plan; its duties run until the end of November."""
    plan = fixed_plan(cast)
    plan.duties.update(due=dt.date(2026, 11, 30))
    return plan


def sign_for(office: Office, *units: str) -> None:
    """Units receive what came, one after the other."""
    for unit in units:
        page = office.sits(f"{unit}_officer")
        todo(page, "签收")
        page.get_by_role("button", name="签收").click()
        says(page, "已签收")


def waits(page: Page, words: str, day: dt.date, left: str) -> None:
    """The to-do with these words stands there with this date and time left, its light still green."""
    row = page.locator(".xh-todo > li", has_text=words)
    expect(row).to_have_count(1)
    expect(row).to_contain_text(f"{short_date(day)}前")
    expect(row.locator("[data-light=green]")).to_contain_text(left)


def write_page(page: Page, number: str, words: str) -> None:
    """The whole page in one sitting: a number (if the unit has one of its own) and a sentence, then it is sent."""
    if number:
        page.locator("input[name^=number-]").fill(number)
    for field in page.locator("textarea[name^=sentence-]").all():
        field.fill(words)
        field.blur()
    settle(page)
    says(page, "存好，可以随时关掉这一页")
    page.locator(".xh-actionbar button.btn-primary").click()
    says(page, "已提交给")


def send_page(office: Office, unit: str, number: str, words: str) -> None:
    """A unit opens its half-year page from its to-dos, writes it and sends it."""
    page = office.sits(f"{unit}_officer")
    todo(page, f"报送{HALF}")
    write_page(page, number, words)


def accept(office: Office, who: str, *names: str, what: str = f"：{HALF}") -> None:
    """Whoever asked reads what these units sent and says yes."""
    page = office.sits(who)
    for name in names:
        office.opens("/")
        todo(page, f"{name}{what}")
        page.get_by_role("button", name="通过").first.click()
        says(page, "已办")


def nobody_is_late() -> None:
    """No to-do of anybody is past its date."""
    late = Todo.objects.open().filter(due__lt=clock.today())
    assert [(item.org.short_name, item.title, item.due) for item in late] == []
