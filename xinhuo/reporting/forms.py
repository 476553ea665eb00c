"""Reading what the pages of answers and rounds post."""

import re
from io import BytesIO
from typing import Any

from django.utils.datastructures import MultiValueDict
from django.utils.http import urlencode

from xinhuo.core.errors import BadInputError
from xinhuo.core.workbook import read_rows

from .actions.filling import Entry
from .columns import Column
from .enums import Standing
from .grid import Table, from_grid, from_records, parse_pasted
from .queries.rounds import Collected

LONGEST_TEXT = 20_000
LONGEST_PASTE = 2_000_000
PAGE = 100
ROW_ID = re.compile(r"[A-Za-z0-9-]{1,60}")
"""Ids are made by the pages; whatever else is posted is no row."""


class ReturnPost:
    """What stands in the form of an answer: rows ``row`` with cells ``<row>.<column>``, the text, the version."""

    def __init__(self, data: MultiValueDict[str, str], columns: list[Column]) -> None:
        """Read everything; nothing is judged here."""
        self.data = data
        self.columns = columns
        self.rows = {
            row_id: {column.key: data.get(f"{row_id}.{column.key}", "") for column in columns}
            for row_id in data.getlist("row")
            if ROW_ID.fullmatch(row_id)
        }
        seen = data.get("seen", "")
        self.seen = int(seen) if seen.isdecimal() else 0
        self.text = _text(data["text"]) if "text" in data else None

    @property
    def entry(self) -> Entry:
        """For the verb."""
        nothing = "nothing" in self.data if "has_nothing" in self.data else None
        return Entry(self.rows, self.seen, self.text, nothing)

    @property
    def wish(self) -> tuple[str, str]:
        """The button that was pressed, and what it is about: ``remove`` and a row's id."""
        name, _, about = self.data.get("do", "save").partition(":")
        return name, about

    @property
    def page(self) -> int:
        """The page of rows that was shown, or is wanted now."""
        wanted = self.data.get("page", "1")
        return int(wanted) if wanted.isdecimal() and len(wanted) < 6 else 1  # noqa: PLR2004  a page number

    def pasted(self) -> Table:
        """The rows in the box for pasting; BadInputError when there are none."""
        table = from_grid(parse_pasted(self.data.get("pasted", "")[:LONGEST_PASTE]), self.columns)
        if not table.rows:
            raise BadInputError("粘贴框里没有读到内容。请在 Excel 里选中要报的几行，复制，再粘贴到框里。")
        return table

    def uploaded(self, upload: Any) -> tuple[Table, list[str]]:
        """The rows of a workbook and what to check in them; BadInputError where it cannot be read."""
        if upload is None:
            raise BadInputError("还没有选文件。请先选填好的 .xlsx，再点“读进来”。")
        found = read_rows(BytesIO(upload.read()))
        table = from_records(found.headers, found, self.columns)
        if not table.rows:
            known = "、".join(column.label for column in self.columns[:6])
            raise BadInputError(
                f"没有读到内容：第一行要有栏目名称（{known}），下面要有填好的行。请用下载的模板填。"
            )
        return table, found.warnings


def _text(typed: object) -> str:
    """A text as it is kept: plain line ends, nothing a database refuses."""
    return str(typed).replace("\r\n", "\n").replace("\x00", "")[:LONGEST_TEXT]


def ids_of(data: MultiValueDict[str, str], name: str) -> list[int]:
    """The numbers ticked under a name."""
    return [int(item) for item in data.getlist(name) if item.isdecimal() and len(item) < 19]  # noqa: PLR2004  an id


class RoundFilter:
    """The filters of a merged sheet, read from the address; unknown values fall back to everything."""

    def __init__(self, data: Any, found: Collected) -> None:
        """Keep the choices and what they apply to."""
        self.found = found
        self.unit = str(data.get("unit", ""))
        self.words = str(data.get("q", "")).strip()[:40]
        self.state = str(data.get("state", "")) if data.get("state") in Standing.values else ""
        self.only_doubles = data.get("doubles") == "1"
        self.accepted_only = data.get("accepted") == "1"

    @property
    def units(self) -> list[tuple[str, str]]:
        """Units that were asked."""
        return [
            ("", "全部单位"),
            *((str(item.ret.org_id), item.ret.org.short_name) for item in self.found.answers),
        ]

    @property
    def states(self) -> list[tuple[str, str]]:
        """How answers stand."""
        return [("", "全部状态"), *((str(value), label) for value, label in Standing.choices)]

    @property
    def answers(self) -> list[Any]:
        """The units that are shown."""
        return [
            item
            for item in self.found.answers
            if self.unit in {"", str(item.ret.org_id)} and self.state in {"", item.standing}
        ]

    @property
    def places(self) -> list[int]:
        """The places of the rows that are shown."""
        shown = {item.ret.pk for item in self.answers}
        return [
            place
            for place, line in enumerate(self.found.lines)
            if line.return_id in shown
            and (not self.only_doubles or place in self.found.doubles)
            and (
                not self.words or self.words in line.unit or any(self.words in v for v in line.cells.values())
            )
        ]

    @property
    def query(self) -> str:
        """The filters as they stand in an address."""
        wanted = {
            "unit": self.unit,
            "state": self.state,
            "q": self.words,
            "doubles": "1" if self.only_doubles else "",
            "accepted": "1" if self.accepted_only else "",
        }
        return urlencode({key: value for key, value in wanted.items() if value})
