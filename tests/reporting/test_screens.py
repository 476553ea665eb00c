"""The pages of answers and rounds: nothing typed is lost, every refusal says what to do."""

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from xinhuo.core.workbook import SheetSpec, read_rows, write_workbook
from xinhuo.documents.asking import Wanted
from xinhuo.reporting.actions import close_round, submit_return
from xinhuo.reporting.columns import Column
from xinhuo.reporting.enums import ColumnType

from .notices import WANG, answer, fill, notice, pass_on, return_of, round_of, rule

NUMBERS = Wanted(
    wants_list=True,
    title="订阅数",
    columns=(Column("paper", "报刊", unique=True), Column("n", "份数", ColumnType.NUMBER, unit="份")),
)


@pytest.fixture
def desk(cast: Cast, client: Client) -> "Desk":
    return Desk(cast, client)


class Desk:
    """黔西南州's officer at the page of an answer."""

    def __init__(self, cast: Cast, client: Client, wanted: Wanted | None = None) -> None:
        self.cast, self.client = cast, client
        self.document = notice(cast, "qianxinan", **({"wanted": wanted} if wanted else {}))
        self.ret = return_of(cast, self.document, "qianxinan")
        self.be("qianxinan_officer")

    def be(self, who: str) -> None:
        """Sign somebody in."""
        self.client.force_login(self.cast.users[who])

    def post(self, do: str = "save", *, seen: int = 0, htmx: bool = False, **fields: Any) -> Any:
        """Press a button of the page."""
        headers = {"HX-Request": "true", "HX-Target": "check"} if htmx else {}
        address = reverse("reporting:return_save", args=[self.ret.pk])
        data = {"do": do, "seen": seen, "page": 1, **fields}
        return self.client.post(address, data, headers=headers)

    def rows(self, *rows: dict[str, str]) -> dict[str, Any]:
        """Rows as the page posts them."""
        cells = {f"r{n}.{key}": value for n, row in enumerate(rows, 1) for key, value in row.items()}
        return {"row": [f"r{n}" for n in range(1, len(rows) + 1)], **cells}

    def kept(self) -> list[str]:
        """The names in the list now."""
        self.ret.refresh_from_db()
        return [row["cells"].get("name", "") for row in self.ret.rows if not row.get("gone")]


def test_a_colleague_was_faster_the_page_says_so_and_keeps_what_was_typed(desk: Desk) -> None:
    fill(desk.cast, desk.ret, WANG)
    fill(desk.cast, desk.ret, {**WANG, "name": "王小芳"}, by="qianxinan_leader")

    page = desk.post(seen=1, **desk.rows({**WANG, "name": "王大芳"}))

    text = page.content.decode()
    assert page.status_code == 409
    assert "岑主任刚刚改过" in text
    assert 'value="王大芳"' in text
    assert "王小芳" in text
    assert desk.kept() == ["王小芳"]


def test_the_autosave_tells_the_same_in_its_part(desk: Desk) -> None:
    fill(desk.cast, desk.ret, WANG)
    fill(desk.cast, desk.ret, {**WANG, "name": "王小芳"}, by="qianxinan_leader")

    part = desk.post(seen=1, htmx=True, **desk.rows({**WANG, "name": "王大芳"}))

    text = part.content.decode()
    assert part.status_code == 422
    assert "岑主任刚刚改过" in text
    assert 'name="seen" value="1"' in text
    assert "<html" not in text


def test_the_autosave_stores_and_hands_the_new_version_back(desk: Desk) -> None:
    part = desk.post(htmx=True, **desk.rows({**WANG, "arrives": "下周"}))

    text = part.content.decode()
    assert part.status_code == 200
    assert 'name="seen" value="1"' in text
    assert "“下周”不是日期" in text
    assert desk.kept() == ["王芳"]


def test_a_refused_paste_keeps_the_box_and_everything_else(desk: Desk) -> None:
    page = desk.post("paste", pasted="  \n\t", **desk.rows(WANG))

    assert page.status_code == 422
    assert "粘贴框里没有读到内容" in page.content.decode()
    assert desk.kept() == ["王芳"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"not a workbook", "不是 .xlsx"),
        (write_workbook([SheetSpec("x", ["甲", "乙"], [["1", "2"]])]), "第一行要有栏目名称"),
    ],
)
def test_a_workbook_that_cannot_be_read_says_why_and_loses_nothing(
    desk: Desk, content: bytes, words: str
) -> None:
    page = desk.post("upload", workbook=SimpleUploadedFile("x.xlsx", content), **desk.rows(WANG))

    assert page.status_code == 422
    assert words in page.content.decode()
    assert desk.kept() == ["王芳"]
    assert "还没有选文件" in desk.post("upload", **desk.rows(WANG)).content.decode()


def test_a_workbook_with_bad_cells_comes_in_with_a_word_at_each(desk: Desk) -> None:
    book = write_workbook(
        [
            SheetSpec(
                "x",
                ["姓名", "联系电话", "是否住宿", "民族"],
                [["王芳", "013800000001", "看情况", "汉"], ["李雷", 13800000002, "否", ""]],
            )
        ]
    )

    done = desk.post("upload", workbook=SimpleUploadedFile("回执.xlsx", book))

    assert done.status_code == 302
    text = desk.client.get(done.url).content.decode()
    assert "加进来 2 行" in text
    assert "没读的：民族" in text
    assert "请填：是、否" in text
    assert desk.kept() == ["王芳", "李雷"]
    assert [row["cells"]["phone"] for row in desk.ret.rows] == ["013800000001", "13800000002"]


def test_the_template_can_be_filled_and_read_again(desk: Desk) -> None:
    fill(desk.cast, desk.ret, WANG)

    book = b"".join(
        desk.client.get(reverse("reporting:return_template", args=[desk.ret.pk])).streaming_content
    )

    rows = read_rows(BytesIO(book))
    assert rows.headers[:3] == ["姓名", "性别", "单位"]
    assert rows[0]["联系电话"] == "13800000001"
    sheet = ZipFile(BytesIO(book)).read("xl/worksheets/sheet1.xml").decode()
    assert '<dataValidation type="list"' in sheet
    assert '"男,女"' in sheet
    assert 'numFmtId="49"' in ZipFile(BytesIO(book)).read("xl/styles.xml").decode()


def test_the_merged_sheet_keeps_text_text_and_numbers_numbers(cast: Cast, client: Client) -> None:
    desk = Desk(cast, client, NUMBERS)
    answer(cast, desk.ret, {"paper": "=1+1", "n": "12.5"}, {"paper": "中国火炬", "n": "1,284"})
    desk.be("province_officer")

    book = b"".join(
        client.get(reverse("reporting:round_export", args=[round_of(desk.document).pk])).streaming_content
    )

    sheet = ZipFile(BytesIO(book)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert read_rows(BytesIO(book))[0]["报刊"] == "=1+1"
    assert "<v>12.5</v>" in sheet
    assert "<v>1284</v>" in sheet


def test_a_long_list_has_pages_and_a_save_touches_only_the_page_shown(desk: Desk) -> None:
    lines = "\n".join(f"王芳{n}\t女\t\t\t138{n:08}\t\t是" for n in range(60))
    done = desk.post("paste", pasted=lines)

    text = desk.client.get(done.url).content.decode()
    assert "第 2 页，共 2 页" in text
    assert ">51<" in text.replace('<span class="xh-rowno">第 </span>', ">").replace(
        '<span class="xh-rowno"> 行</span>', "<"
    )
    desk.post(seen=1, page=2)
    assert len(desk.kept()) == 60


def test_an_accepted_answer_is_read_until_it_is_to_be_corrected(desk: Desk) -> None:
    rule(desk.cast, answer(desk.cast, desk.ret, WANG))

    shown = desk.client.get(desk.ret.url).content.decode()
    again = desk.client.get(f"{desk.ret.url}?edit=1").content.decode()

    assert "要改，再报一次" in shown
    assert "提交给" not in shown
    assert "提交给省教育厅" in again
    assert "?edit=1&page=1" in desk.post(seen=1, **desk.rows({**WANG, "name": "王小芳"})).url


def test_an_ended_round_says_so_instead_of_a_form(desk: Desk) -> None:
    close_round(round_of(desk.document), by=desk.cast.province_officer)

    assert "这次收集已经结束" in desk.client.get(desk.ret.url).content.decode()
    assert desk.post(**desk.rows(WANG)).status_code == 409


def test_what_a_unit_below_sent_anew_is_pointed_out(cast: Cast, client: Client) -> None:
    desk = Desk(cast, client)
    below = pass_on(cast, desk.document, "qianxinan", "xingyi")
    child = answer(cast, return_of(cast, below, "xingyi"), WANG)
    desk.post("take", child=[child.pk])
    assert "已并入" in client.get(desk.ret.url).content.decode()

    child.refresh_from_db()
    answer(cast, child, {**WANG, "name": "王小芳"})

    assert "对方又报了新的" in client.get(desk.ret.url).content.decode()


def test_what_is_missing_is_listed_before_anything_is_sent(desk: Desk) -> None:
    address = reverse("reporting:return_submit", args=[desk.ret.pk])

    page = desk.client.post(address, {"seen": 0, "page": 1, **desk.rows({"name": "王芳"})})

    assert page.status_code == 422
    assert "1 行要改" in page.content.decode()
    assert "请填写“联系电话”" in page.content.decode()
    desk.ret.refresh_from_db()
    assert desk.ret.state == "draft"
    fill(desk.cast, desk.ret, WANG)
    submit_return(desk.ret, by=desk.cast.qianxinan_officer)
