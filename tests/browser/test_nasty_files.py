"""Three files as offices send them, imported in the browser: every annotated node is there, nothing fails."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.plans.reading.corpus_kit import FOLDER, load
from xinhuo.plans.models import Plan

from .steps import says, sign_in

pytestmark = pytest.mark.django_db(transaction=True)

FILES = {
    "31-docx-auto-numbers": "自动编号和表格.docx",
    "34-pdf-hard-wraps": "硬换行.pdf",
    "41-long-one-line": "一行到底.txt",
}


@pytest.mark.parametrize("name", FILES)
def test_a_nasty_file_is_read_into_its_nodes(
    live_server: object, page: Page, cast: Cast, tmp_path: Path, name: str
) -> None:
    document = load(FOLDER / f"{name}.txt")
    data, _ = document.file()
    path = tmp_path / FILES[name]
    path.write_bytes(document.text.encode("gb18030") if path.suffix == ".txt" else data)
    sign_in(page, str(live_server), "province_officer")
    page.goto(f"{live_server}/plans/import/")
    page.set_input_files("input[type=file]", path)

    page.get_by_role("button", name="上传并识别").click()
    says(page, "核对导入的文件")

    nodes = list(Plan.objects.get().nodes.filter(removed=False).order_by("position"))
    assert [node.depth for node in nodes] == [gold.depth for gold in document.gold]
    expect(page.locator("#desk")).to_contain_text(document.gold[-1].words.strip()[:6])
    assert len(cast.orgs) > 0
