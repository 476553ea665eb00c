"""Workbooks: what was written is what is read, and nothing dangerous is opened."""

import datetime as dt
import io
import struct
import zipfile
from collections.abc import Callable

import openpyxl
import pytest

from xinhuo.core import xlsx_guard
from xinhuo.core.errors import BadInputError
from xinhuo.core.workbook import SheetSpec, read_rows, write_workbook

MIDNIGHT = dt.datetime(2020, 9, 24)  # noqa: DTZ001  a cell of a workbook knows no time zone


def book(*lines: list[object], title: str = "名单") -> io.BytesIO:
    """A workbook as Excel writes it, by another library than ours."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = title
    for line in lines:
        sheet.append(line)
    file = io.BytesIO()
    made.save(file)
    return file


def sheet_xml(body: str) -> io.BytesIO:
    """A workbook whose sheet data is ``body``."""
    source, target = book(["a"]), io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            data = old.read(member)
            if member.filename == "xl/worksheets/sheet1.xml":
                head, _, rest = data.decode().partition("<sheetData>")
                data = f"{head}<sheetData>{body}</sheetData>{rest.partition('</sheetData>')[2]}".encode()
            new.writestr(member.filename, data)
    return target


def test_what_is_written_is_read_again() -> None:
    sheet = SheetSpec(
        "单位",
        ["姓名", "身份证号", "人数", "日期", "备注"],
        [["王强", "520201195001010011", 12, dt.date(2020, 9, 24), None], ["=1+1", "007", 2.5, None, "@x"]],
    )

    rows = read_rows(io.BytesIO(write_workbook([sheet])))

    assert rows == [
        {"姓名": "王强", "身份证号": "520201195001010011", "人数": "12", "日期": "2020-09-24", "备注": ""},
        {"姓名": "=1+1", "身份证号": "007", "人数": "2.5", "日期": "", "备注": "@x"},
    ]
    assert rows.warnings == []


def test_formulas_and_long_numbers_are_written_as_text() -> None:
    data = write_workbook(
        [SheetSpec("x", ["a", "b", "c"], [["=1+1", "http://x.example", 1234567890123456789]])]
    )

    cells = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0][2]

    assert [(cell.data_type, cell.value, cell.hyperlink) for cell in cells] == [
        ("s", "=1+1", None),
        ("s", "http://x.example", None),
        ("s", "1234567890123456789", None),
    ]


def test_sheet_names_are_made_fit_for_excel() -> None:
    data = write_workbook(
        [SheetSpec(name, ["a"], []) for name in ("单位/名单:2020", "x" * 40, "x" * 40, "", "''")]
    )

    assert openpyxl.load_workbook(io.BytesIO(data)).sheetnames == [
        "单位 名单 2020",
        "x" * 31,
        "x" * 27 + "(2)",
        "表",
        "表(2)",
    ]


def test_a_text_too_long_for_a_cell_is_cut_not_lost() -> None:
    rows = read_rows(io.BytesIO(write_workbook([SheetSpec("x", ["a"], [["长" * 40_000]])])))

    assert len(rows[0]["a"]) == 32_767


def test_titles_are_the_first_line_that_is_not_empty() -> None:
    rows = read_rows(
        book([], [None, None], ["姓 名 ", "单位\n名称", None], ["王", " 一小 "], [None, ""], ["李", None])
    )

    assert rows.headers == ["姓 名", "单位 名称"]
    assert rows == [{"姓 名": "王", "单位 名称": "一小"}, {"姓 名": "李", "单位 名称": ""}]
    assert rows.lines == [4, 6]


def test_cells_become_text_as_people_see_them() -> None:
    rows = read_rows(book(["a", "b", "c", "d"], [12.0, True, MIDNIGHT, MIDNIGHT.replace(hour=9, minute=5)]))

    assert list(rows[0].values()) == ["12", "是", "2020-09-24", "2020-09-24 09:05"]


@pytest.mark.parametrize(
    ("header", "value", "doubted"),
    [
        ("身份证号", 520201195001010000, True),
        ("编号", 12345678901234567, True),
        ("证件号码", 12, True),
        ("身份证号", "520201195001010011", False),
        ("人数", 123456789012345, False),
    ],
)
def test_numbers_that_excel_may_have_changed_are_told(header: str, value: object, *, doubted: bool) -> None:
    rows = read_rows(book([header], [value]))

    expected = [
        f"第 2 行“{header}”是数字格式，Excel 可能已经改动了后几位。请把这一列设成文本格式，再填一次。"
    ]
    assert rows.warnings == (expected if doubted else [])


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (lambda: io.BytesIO(b"\xd0\xcf\x11\xe0 an old .xls"), "不是 .xlsx 表格"),
        (lambda: io.BytesIO(b""), "不是 .xlsx 表格"),
        (lambda: io.BytesIO(book(["a"]).getvalue()[:-200]), "不是 .xlsx 表格"),
        (book, "表格是空的"),
        (lambda: book(["姓名", "姓名"]), "“姓名”出现了两次"),
        (lambda: book(["名字"], ["王"]), "表头里缺少：姓名、单位"),
        (lambda: book(["姓名", "单位"], *[["王", "x"]] * 11), "表格超过 10 行"),
    ],
)
def test_a_file_it_cannot_use_is_refused_with_the_reason(file: Callable[[], io.BytesIO], words: str) -> None:
    with pytest.raises(BadInputError) as refusal:
        read_rows(file(), required=("姓名", "单位"), max_rows=10)

    assert words in refusal.value.reason


def test_a_zip_that_is_no_workbook_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("readme.txt", "x")

    with pytest.raises(BadInputError, match="这个文件不是"):
        read_rows(file)


def test_a_large_file_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_guard, "MAX_BYTES", 1024)

    with pytest.raises(BadInputError, match="请分成几个文件导入"):
        read_rows(io.BytesIO(b"x" * 2048))


def bomb(size: int) -> io.BytesIO:
    file = book(["a"])
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/bomb.bin", b"\0" * size)
    return file


def test_a_bomb_that_says_so_is_refused() -> None:
    with pytest.raises(BadInputError, match="展开后太大"):
        read_rows(bomb(xlsx_guard.MAX_UNPACKED + 1))


def test_a_bomb_that_lies_is_refused() -> None:
    size = 8 * 1024 * 1024
    honest, small = struct.pack("<L", size), struct.pack("<L", 10)
    data = bomb(size).getvalue()
    assert data.count(honest) == 2

    with pytest.raises(BadInputError, match="已经损坏"):
        read_rows(io.BytesIO(data.replace(honest, small)))


@pytest.mark.parametrize(
    "body",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        "<row r='1'><c r='XFD1'/></row><row r='9000'><c><v>1</v></c></row>",
        '<x:row xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" r="1"><x:c r="ZZZ99999"/></x:row>',
        "<row>" + "<c/>" * 15_000 + "</row>" + "<row/>" * 200 + "<row><c/></row>",
    ],
)
def test_one_cell_far_away_is_refused_before_it_is_opened(body: str) -> None:
    with pytest.raises(BadInputError, match="展开后太大"):
        read_rows(sheet_xml(body))


def test_the_file_is_left_at_its_start() -> None:
    file = book(["a"], ["b"])

    xlsx_guard.measure(file)

    assert file.tell() == 0


def test_a_template_offers_its_choices_and_keeps_numbers_typed_as_text() -> None:
    many = tuple(f"第{number}片区学校联合党支部" for number in range(60))
    spec = SheetSpec(
        "名单", ["姓名", "电话", "片区"], [["王芳", "0138", many[0]]], choices={2: many}, texts={1}
    )

    book = openpyxl.load_workbook(io.BytesIO(write_workbook([spec])))

    sheet, aside = book.worksheets
    (rule,) = sheet.data_validations.dataValidation
    assert (str(rule.sqref), rule.type) == ("C2:C2001", "list")
    assert rule.formula1 == f"'{aside.title}'!$A$1:$A$60"
    assert aside.sheet_state == "hidden"
    assert [cell.value for cell in aside["A"]] == list(many)
    assert (sheet["B2"].value, sheet["B2"].number_format) == ("0138", "@")
    assert sheet.column_dimensions["B"].number_format == "@"
