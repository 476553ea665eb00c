"""The main job in a real browser: a document goes in, assigned, reported and accepted work comes out."""

import datetime as dt
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.cast import Cast
from xinhuo.core import clock
from xinhuo.plans.models import Assignment, Duty, Plan

from .steps import SAMPLE, says, settle, sign_in, todo

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A picture with a place in it, as a telephone makes it."""
    path = tmp_path / "活动现场.jpg"
    image = Image.new("RGB", (640, 480), "darkgreen")
    exif = Image.Exif()
    exif[0x010F] = "telephone"
    target = BytesIO()
    image.save(target, "JPEG", exif=exif)
    path.write_bytes(target.getvalue())
    return path


def _day(days: int) -> str:
    return (clock.today() + dt.timedelta(days=days)).isoformat()


def _import_and_fix(page: Page, site: str) -> None:
    """The province reads the sample, corrects one node and makes two duties of one item."""
    page.goto(f"{site}/plans/import/")
    page.set_input_files("input[type=file]", SAMPLE)
    page.get_by_role("button", name="上传并识别").click()
    says(page, "核对导入的文件")
    row = page.locator("article[data-node]", has_text="基层关工委领导班子").first
    row.get_by_role("link", name="改").click()
    words = page.locator("textarea[id$=-text]").first
    expect(words).to_be_visible()
    words.fill(words.input_value() + "（已核）")
    words.blur()
    settle(page)
    offer = page.get_by_role("button", name="拆成 3 个落实点").first
    offer.click()
    settle(page)
    page.get_by_role("link", name="定稿", exact=True).click()
    page.get_by_role("button", name="定稿").click()


def _send(page: Page) -> None:
    """To the prefectures and colleges, 抄送 two units, with both dates."""
    page.locator("#to-prefectures").check()
    settle(page)
    page.locator("#to-colleges").check()
    settle(page)
    page.locator("section[aria-labelledby=h-copy] summary", has_text="从名单里").click()
    for name in ("花溪", "安龙"):
        page.locator("#copy-q").fill(name)
        page.locator("section[aria-labelledby=h-copy] button[name=find]").click()
        settle(page)
        page.locator("section[aria-labelledby=h-copy] label", has_text=name).locator("input").check()
        settle(page)
    says(page, "抄送 2 个单位")
    page.fill("input[name=half]", _day(30))
    page.fill("input[name=year]", _day(90))
    page.locator(".xh-actionbar button.btn-primary").click()
    says(page, "下达前再看一眼")
    page.locator("button[name=confirm]").click()
    says(page, "已下达给 4 个单位")


def _forward(page: Page, group: str, number: str) -> None:
    """Sign for the plan and pass it on under an own number, with earlier dates."""
    todo(page, "签收")
    page.get_by_role("button", name="签收").click()
    says(page, "已签收")
    page.get_by_role("link", name="转发给下级").click()
    page.fill("input[name=number]", number)
    page.locator(f"#to-{group}").check()
    settle(page)
    page.fill("input[name=half]", _day(20))
    page.fill("input[name=year]", _day(80))
    page.locator(".xh-actionbar button.btn-primary").click()
    says(page, "转发前再看一眼")
    says(page, number)
    page.locator("button[name=confirm]").click()
    says(page, "已下达给")


def _fill(page: Page, words: str, photo: Path | None = None) -> None:
    """Write one sentence per duty; the first row gets a photo."""
    for field in page.locator("textarea[name^=sentence-]").all():
        field.fill(words)
        field.blur()
    settle(page)
    if photo:
        first = page.locator(".xh-fill > li").first
        first.locator("summary").click()
        first.locator("input[type=file]").first.set_input_files(photo)
        expect(first).to_contain_text(photo.name)
        settle(page)
    says(page, "存好，可以随时关掉这一页")
    page.locator(".xh-actionbar button.btn-primary").click()
    says(page, "已提交给")


def test_the_main_job_from_the_document_to_the_matrix(
    live_server: object, page: Page, cast: Cast, photo: Path
) -> None:
    site = str(live_server)
    sign_in(page, site, "province_officer")
    _import_and_fix(page, site)
    _send(page)
    plan = Plan.objects.get()
    assert plan.nodes.get(text__contains="（已核）").ordinal == 2
    assert plan.duties.filter(removed=False, node__ordinal=7).count() == 3

    sign_in(page, site, "qianxinan_officer")
    _forward(page, "counties", "州教关〔2026〕3号")

    sign_in(page, site, "xingyi_officer")
    todo(page, "签收")
    page.get_by_role("button", name="签收").click()
    page.goto(site)
    todo(page, "报送")
    _fill(page, "已在12所学校开展。", photo)

    sign_in(page, site, "qianxinan_officer")
    todo(page, "兴义市")
    expect(page.locator("main")).to_contain_text("已在12所学校开展。")
    expect(page.locator("main")).to_contain_text(photo.name)
    page.locator("[name=reason]").fill("请写明参加人数。")
    page.get_by_role("button", name="请兴义市补充").click()

    sign_in(page, site, "xingyi_officer")
    todo(page, "请补充")
    says(page, "请写明参加人数。")
    _fill(page, "已在12所学校开展，640人参加。")

    sign_in(page, site, "qianxinan_officer")
    todo(page, "兴义市")
    expect(page.locator("main")).to_contain_text("640人参加")
    page.get_by_role("button", name="通过").click()
    says(page, "已办")

    sign_in(page, site, "province_officer")
    page.goto(f"{site}/plans/{plan.pk}/")
    expect(page.locator(".xh-cell a", has_text="1/2").first).to_be_visible()
    accepted = Assignment.objects.filter(org=cast.orgs["xingyi"], accepted_revision__isnull=False)
    assert accepted.count() == Assignment.objects.filter(org=cast.orgs["xingyi"]).count()


def test_the_same_for_a_university_and_its_college(live_server: object, page: Page, cast: Cast) -> None:
    site = str(live_server)
    sign_in(page, site, "province_officer")
    _import_and_fix(page, site)
    _send(page)

    sign_in(page, site, "university_officer")
    _forward(page, "subcolleges", "贵大关〔2026〕1号")

    sign_in(page, site, "subcollege_officer")
    todo(page, "签收")
    page.get_by_role("button", name="签收").click()
    page.goto(site)
    todo(page, "报送")
    _fill(page, "学院已组织采访3位老同志。")

    sign_in(page, site, "university_officer")
    todo(page, "农学院")
    page.get_by_role("button", name="通过").click()
    page.goto(site)
    todo(page, "报送")
    says(page, "下级已审核 1/1 个单位")
    _fill(page, "全校已开展。")

    sign_in(page, site, "province_officer")
    todo(page, "贵州大学")
    page.get_by_role("button", name="通过").click()
    page.goto(f"{site}/plans/{Plan.objects.get().pk}/?column=g-college")
    duty = Duty.objects.filter(removed=False, assignments__org=cast.orgs["university"]).first()
    assert duty is not None
    cell = page.locator(f"#duty-{duty.pk} .xh-cell a")
    expect(cell).to_contain_text("1/2")
    cell.click()
    expect(page.locator("#drawer")).to_contain_text("全校已开展。")
