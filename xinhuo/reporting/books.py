"""Lists as .xlsx: the template a unit fills, and the merged sheet."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from xinhuo.core.workbook import SheetSpec

from .cells import number_of
from .columns import Column
from .enums import ColumnType
from .merging import Line
from .queries.rounds import Collected

WIDTHS = {
    ColumnType.NUMBER: 12,
    ColumnType.DATE: 14,
    ColumnType.CHOICE: 14,
    ColumnType.PERSON: 12,
    ColumnType.UNIT: 26,
}
TEXT_WIDTH = 20
KEPT_AS_TEXT = (ColumnType.TEXT, ColumnType.PERSON, ColumnType.UNIT)


def template(title: str, columns: Sequence[Column], rows: Sequence[dict[str, Any]]) -> list[SheetSpec]:
    """The sheet to fill, with what stands there already, and a sheet that explains the columns."""
    sheet = SheetSpec(
        title or "名单",
        [column.heading for column in columns],
        [[value_of(column, row["cells"].get(column.key, "")) for column in columns] for row in rows],
        [_width(column) for column in columns],
        {place: column.choices for place, column in enumerate(columns) if column.type == ColumnType.CHOICE},
        {place for place, column in enumerate(columns) if column.type in KEPT_AS_TEXT},
    )
    notes = [
        [column.heading, "必填" if column.required else "可以不填", _how(column), column.help]
        for column in columns
    ]
    return [sheet, SheetSpec("填写说明", ["栏目", "要不要填", "怎样填", "说明"], notes, [24, 12, 40, 40])]


def merged(found: Collected) -> list[SheetSpec]:
    """The merged sheet with its unit columns, and who answered and who did not."""
    headings = ["填报单位", "汇总单位", *(column.heading for column in found.columns), "重复"]
    widths = [24, 18, *(_width(column) for column in found.columns), 30]
    units = [
        [
            answer.ret.org.name,
            answer.standing.label,
            len(answer.rows) if answer.said else None,
            "没有要报的" if (answer.said or {}).get("nothing") else "",
            (answer.said or {}).get("text", ""),
            answer.ret.org.contact_name,
            answer.ret.org.contact_phone,
        ]
        for answer in found.answers
    ]
    summary = SheetSpec(
        "各单位情况",
        ["单位", "状态", "行数", "备注", "文字", "联系人", "电话"],
        units,
        [26, 10, 8, 14, 60, 12, 18],
        texts={5, 6},
    )
    if not found.columns:
        return [summary]
    return [
        SheetSpec(found.round.form.title or "汇总", headings, _lines(found), widths),
        summary,
        _sums(found),
    ]


def _lines(found: Collected) -> Iterator[list[Any]]:
    for place, line in enumerate(found.lines):
        values = [value_of(column, line.cells.get(column.key, "")) for column in found.columns]
        yield [line.unit, line.sender, *values, _doubles(found, place)]


def _doubles(found: Collected, place: int) -> str:
    others = found.doubles.get(place, ())
    return "和" + "、".join(_place(found.lines[other], other) for other in others) + "重复" if others else ""


def _place(line: Line, place: int) -> str:
    return f"第 {place + 2} 行（{line.unit}）"


def _sums(found: Collected) -> SheetSpec:
    rows = [
        [
            item.column.heading,
            None if item.value is None else exact(item.value),
            item.reporters,
            item.expected,
        ]
        for item in found.sums
    ]
    return SheetSpec("合计", ["栏目", "合计", "有数的单位", "应报单位"], rows, [24, 14, 12, 12])


def value_of(column: Column, text: str) -> Any:
    """A cell as Excel should have it: numbers and dates where they can be read, else the text as it is."""
    if column.type == ColumnType.NUMBER and (number := number_of(text)) is not None:
        return exact(number)
    if column.type == ColumnType.DATE:
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            return text
    return text


def exact(number: Any) -> int | float:
    """A number Excel writes as it is meant: hundredths of less than a hundred milliards are exact in a float."""
    return int(number) if number == int(number) else float(number)


def _width(column: Column) -> int:
    return max(WIDTHS.get(ColumnType(column.type), TEXT_WIDTH), 2 * len(column.heading) + 2)


def _how(column: Column) -> str:
    words = {
        ColumnType.NUMBER: f"只填数{f'，单位是{column.unit}' if column.unit else ''}",
        ColumnType.CHOICE: f"从下拉里选：{'、'.join(column.choices)}",
        ColumnType.PERSON: "姓名",
        ColumnType.UNIT: "单位名称，不填就是本单位",
        ColumnType.DATE: "2020-09-03 或者 9月3日都可以",
    }
    return words.get(ColumnType(column.type), "文字；电话、编号照原样写")
