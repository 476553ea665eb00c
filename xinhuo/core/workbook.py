"""Reading what people send as .xlsx, and writing .xlsx that Excel and WPS open as it was meant."""

import datetime as dt
import re
import tempfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO, Any

import python_calamine
import xlsxwriter

from .errors import BadInputError
from .xlsx_guard import NOT_XLSX, measure

MAX_ROWS = 20_000
EXACT_DIGITS = 15
"""Excel keeps no more digits of a number: longer ones lose their end when they are not text."""

LONGEST_CELL = 32_767
LONGEST_RULE = 255
"""A drop-down's choices may not be longer than this when they stand in the rule itself."""

CHOICE_LINES = 2_000
AS_TEXT = 49
"""Excel's own number for the format "text"."""

ID_WORDS = ("身份证", "证件号")
FORBIDDEN_IN_TITLE = re.compile(r"[\[\]:*?/\\']")


class Rows(list[dict[str, str]]):
    """The rows of a sheet by column title, every value as trimmed text.

    ``headers`` are the titles as found; ``lines[i]`` is the line in Excel of row ``i``; ``warnings`` are
    sentences for the person about values that Excel may have changed.
    """

    def __init__(self, headers: Sequence[str]) -> None:
        """Start without rows."""
        super().__init__()
        self.headers = list(headers)
        self.lines: list[int] = []
        self.warnings: list[str] = []


@dataclass(frozen=True, slots=True)
class SheetSpec:
    """A sheet to write: its name, the column titles, rows of plain values, and column widths in characters.

    For templates people fill: ``choices`` (by column number) become drop-downs, the columns numbered in ``texts``
    keep what is typed as text, so that a telephone number does not lose its first zero.
    """

    title: str
    headers: Sequence[str]
    rows: Iterable[Sequence[Any]]
    widths: Sequence[int] = ()
    choices: Mapping[int, Sequence[str]] = field(default_factory=dict)
    texts: Collection[int] = ()


def read_rows(file: IO[bytes], *, required: Sequence[str] = (), max_rows: int = MAX_ROWS) -> Rows:
    """Read the first sheet of an .xlsx; the first line that is not empty holds the titles.

    Empty lines are left out. Raises BadInputError with a sentence for the person: not an .xlsx, too large,
    no titles, a title twice, a title of ``required`` missing, or more than ``max_rows`` rows.
    """
    measure(file)
    table = _cells(file)
    start = next((index for index, row in enumerate(table) if any(_text(cell) for cell in row)), None)
    if start is None:
        raise BadInputError("表格是空的：第一张工作表里没有内容。请检查是不是传错了文件。")
    rows = Rows(_headers(table[start], required))
    for line, cells in enumerate(table[start + 1 :], start + 2):
        if any(_text(cell) for cell in cells):
            rows.append(_row(rows, cells, line))
            rows.lines.append(line)
        if len(rows) > max_rows:
            raise BadInputError(f"表格超过 {max_rows:,} 行。请分成几个文件导入。")
    return rows


def write_workbook(sheets: Iterable[SheetSpec]) -> bytes:
    """The workbook as bytes; for large ones send ``workbook_file`` instead."""
    with workbook_file(sheets) as file:
        return file.read()


def workbook_file(sheets: Iterable[SheetSpec]) -> IO[bytes]:
    """Write a workbook row by row into a temporary file, ready to be read and gone when closed.

    Text stays text: identity numbers keep their digits, and ``=1+1`` is no formula. Numbers stay numbers.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115  handed to the caller, who closes it
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": True,
    }
    with xlsxwriter.Workbook(file, options) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        words = book.add_format({"num_format": AS_TEXT})
        used: set[str] = set()
        for spec in sheets:
            sheet = book.add_worksheet(_title(spec.title, used))
            _prepare_columns(book, sheet, spec, words)
            _write_sheet(sheet, spec, bold, {"day": day, "words": words})
    file.seek(0)
    return file


def _prepare_columns(book: Any, sheet: Any, spec: SheetSpec, words: Any) -> None:
    """Widths, text columns and drop-downs; choices too long for a rule stand on a hidden sheet of their own."""
    for column, header in enumerate(spec.headers):
        width = spec.widths[column] if column < len(spec.widths) else max(10, 2 * len(header) + 2)
        sheet.set_column(column, column, width, words if column in spec.texts else None)
    for column, items in spec.choices.items():
        source: Any = list(items)
        if len(",".join(items)) > LONGEST_RULE:
            aside = book.add_worksheet()
            aside.hide()
            for line, item in enumerate(items):
                aside.write_string(line, 0, item)
            source = f"='{aside.get_name()}'!$A$1:$A${len(items)}"
        rule = {"validate": "list", "source": source, "error_title": "请从下拉里选", "error_type": "warning"}
        sheet.data_validation(1, column, CHOICE_LINES, column, rule)


def _write_sheet(sheet: Any, spec: SheetSpec, bold: Any, formats: Mapping[str, Any]) -> None:
    for column, header in enumerate(spec.headers):
        sheet.write_string(0, column, header, bold)
    sheet.freeze_panes(1, 0)
    for line, values in enumerate(spec.rows, 1):
        for column, value in enumerate(values):
            words = formats["words"] if column in spec.texts else None
            _write_cell(sheet, (line, column), value, formats["day"], words)


def _write_cell(sheet: Any, place: tuple[int, int], value: Any, day: Any, words: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        sheet.write_datetime(*place, value, day)
    elif isinstance(value, (int, float)) and not isinstance(value, bool) and len(str(value)) <= EXACT_DIGITS:
        sheet.write_number(*place, value)
    else:
        sheet.write_string(*place, str(value)[:LONGEST_CELL], words)


def _title(title: str, used: set[str]) -> str:
    """A name Excel takes: at most 31 characters, none of the forbidden ones, and no other sheet's."""
    base = FORBIDDEN_IN_TITLE.sub(" ", title).strip() or "表"
    name, number = base[:31], 1
    while name.lower() in used:
        number += 1
        name = f"{base[:27]}({number})"
    used.add(name.lower())
    return name


def _cells(file: IO[bytes]) -> list[list[Any]]:
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(file)
        names = [
            meta.name
            for meta in book.sheets_metadata
            if meta.visible == python_calamine.SheetVisibleEnum.Visible
        ]
        if not names:
            raise BadInputError("这个文件里没有可见的工作表。请检查是不是传错了文件。")
        return book.get_sheet_by_name(names[0]).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise BadInputError(NOT_XLSX) from error


def _headers(cells: Sequence[Any], required: Sequence[str]) -> list[str]:
    headers = [" ".join(_text(cell).split()) for cell in cells]
    while headers and not headers[-1]:
        headers.pop()
    twice = next((name for index, name in enumerate(headers) if name and name in headers[:index]), None)
    if twice:
        raise BadInputError(f"表头里“{twice}”出现了两次。请改成不同的名字，再上传。")
    missing = [name for name in required if name not in headers]
    if missing:
        raise BadInputError(f"表头里缺少：{'、'.join(missing)}。第一行要写表头，请对照模板检查。")
    return headers


def _row(rows: Rows, cells: Sequence[Any], line: int) -> dict[str, str]:
    values: dict[str, str] = {}
    for index, header in enumerate(rows.headers):
        cell = cells[index] if index < len(cells) else ""
        if header:
            values[header] = _text(cell)
            if isinstance(cell, (int, float)) and not isinstance(cell, bool):
                _doubt_number(rows, header, values[header], line)
    return values


def _doubt_number(rows: Rows, header: str, text: str, line: int) -> None:
    digits = len(text.lstrip("-").partition(".")[0])
    if digits > EXACT_DIGITS or any(word in header for word in ID_WORDS):
        rows.warnings.append(
            f"第 {line} 行“{header}”是数字格式，Excel 可能已经改动了后几位。请把这一列设成文本格式，再填一次。"
        )


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    if isinstance(value, dt.datetime):
        return value.isoformat(" ", "minutes")
    return str(value).strip()
