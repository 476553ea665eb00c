"""July: one unit is slow. It is named, its leader is told, decides on paper, and the late page comes."""

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.steps import says, settle, todo
from tests.files.samples import photo
from tests.plans.steers import task
from xinhuo.plans.actions.escalating import prepare_escalations
from xinhuo.plans.models import Closing, Plan
from xinhuo.slips.models import Slip

from .office import HALF, Office, accept, write_page

LATE_DAYS = 12
LATE_WORDS = "全市9所校点建立关工委。"
KEPT = f"晚 {LATE_DAYS} 天，原因：人手不足"
RULING = "请罗市办本周内报省厅。"


def the_group_text_names_it(office: Office) -> None:
    """Ten days after the date the words for the group name 贵阳市 and nobody else."""
    prepare_escalations()  # what the daily schedule does
    page = office.sits("province_officer")
    page.get_by_role("link", name="进展调度").click()
    says(page, "要注意的单位")
    page.get_by_role("link", name=re.compile(f"报送《{HALF}》")).click()
    words = page.locator("#group-words")
    expect(words).to_have_value(re.compile(f"以下 1 个单位还没报《{HALF}》.*已过 10 天"))
    expect(words).to_have_value(re.compile("贵阳市。"))
    expect(words).not_to_have_value(re.compile("黔西南|贵州大学|黔职院"))


def the_secretary_releases_the_escalation(office: Office) -> None:
    """Nothing reaches 贵阳市's leader until the secretary has looked; then it does."""
    page = office.sits("guiyang_leader")
    expect(page.locator(".xh-todo > li", has_text="请您过问")).to_have_count(0)

    page = office.sits("province_secretary")
    todo(page, "贵阳市有 1 件已超期")
    page.locator("[name=words]").fill("请安排专人办理。")
    page.get_by_role("button", name="送贵阳市负责人").click()
    says(page, "已送贵阳市负责人")

    page = office.sits("guiyang_leader")
    todo(page, "请您过问")
    says(page, "请安排专人办理。")
    page.get_by_role("button", name="知道了，安排办理").click()
    says(page, "已告诉上级您知道了")


def a_leader_rules_on_paper(office: Office, plan: Plan) -> None:
    """In 贵阳市 the slip of the document is signed on paper; the clerk records whose words they are, with the scan."""
    page = office.sits("guiyang_officer")
    office.opens("/slips/setting/")
    page.get_by_label("登记收文号").check()
    page.get_by_role("button", name="存好").click()
    office.opens(f"/documents/{plan.document_id}/")
    page.get_by_role("link", name="看本单位的收文").click()
    page.get_by_role("link", name="处理笺").click()
    page.get_by_role("button", name="登记，走处理笺").click()
    page.fill("textarea[name=proposal]", "拟由办公室汇总后补报上半年进展。")
    page.get_by_label("罗市办").check()
    page.get_by_role("button", name="拟好了").click()
    says(page, "已拟办，等领导批示。")
    page.fill("input[name=on_behalf_of]", "杨局长")
    page.fill("textarea[name=ruling]", RULING)
    scan = _signed_page(office.folder)
    page.set_input_files("#scan-new", scan)
    expect(page.locator("#scan-uploader")).to_contain_text(scan.name)
    settle(page)
    page.get_by_role("button", name="代录批示，交承办").click()
    says(page, "批示已记下")
    says(page, RULING)
    says(page, "杨局长（罗市办代录）")
    expect(page.locator(".xh-files")).to_contain_text(scan.name)
    slip = Slip.objects.get()
    assert (slip.ruled_by, slip.recorded_by, slip.stage) == ("杨局长", "罗市办", "handle")


def _signed_page(folder: Path) -> Path:
    path = folder / "签字的处理笺.jpg"
    path.write_bytes(photo())
    return path


def the_late_page_is_accepted(office: Office) -> None:
    """贵阳市 says why it is late, sends its page, finishes its slip; the department accepts."""
    page = office.sits("guiyang_officer")
    todo(page, f"报送{HALF}")
    says(page, f"时限已经过了 {LATE_DAYS} 天")
    page.get_by_role("link", name="说明原因").click()
    page.locator("select[name=cause]").select_option(label="人手不足")
    page.get_by_role("button", name="记下原因").click()
    write_page(page, "9", LATE_WORDS)
    office.opens("/")
    todo(page, "承办")
    page.fill("textarea[name=note]", "已报省厅。")
    page.get_by_role("button", name="我这一项办好了").click()
    says(page, "您这一项办好了")
    accept(office, "province_officer", "贵阳市")


def it_is_closed_and_its_days_late_stay(office: Office) -> None:
    """办结; how late it was is still shown."""
    page = office.sits("province_officer")
    office.opens(task(office.cast, "guiyang").url)
    says(page, KEPT)
    page.get_by_role("button", name="办结").click()
    says(page, "已办结贵阳市的这一项")
    assert Closing.objects.get().late_days == LATE_DAYS
    the_days_late_are_shown(office)


def the_days_late_are_shown(office: Office) -> None:
    """On the closed duty's page, whatever the date is by now."""
    item = task(office.cast, "guiyang")
    page = office.opens(item.url)
    expect(page.locator("section[aria-labelledby=h-close]")).to_contain_text(KEPT)
    assert item.accepted_late_days == LATE_DAYS
