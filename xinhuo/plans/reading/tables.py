"""Tables that were flattened into the text: rows of cells, or one cell on each line below 序号."""

import re
from collections.abc import Sequence

from .dates import read_date_line
from .lines import Line, is_table_row
from .look import ORG_END, is_navigation

_CELLS = re.compile(r"\t|[ \u3000\xa0]{2,}|[|｜]")
_HEADS = re.compile(
    r"姓\s*名|名\s*称|单\s*位|内\s*容|时\s*间|责\s*任|备\s*注|职\s*务|职\s*称|电\s*话|学\s*校|类\s*别|项\s*目|得\s*分|分\s*值|指\s*标|性\s*别|地\s*点|任\s*务|"
    r"措\s*施|时\s*限|部\s*门|科\s*室|进\s*度|联系人|年\s*龄|作者|题\s*目|标准|要求"
)
_INDEX = re.compile(r"序\s*号|^编\s*号$|^月\s*份$|^月份\s")
_ENDS = re.compile(
    r"^[、.．]|^[一二三四五六七八九十]{1,3}[、.．]|^第[一二三四五六七八九十]{1,3}[章条节部]|^（[一二三四五六七八九十]{1,2}）|^附\s*件"
)
CELL = 40  # characters; a longer cell is a paragraph
HEADS_LEAST = 2
CELLS_LEAST = 3
ROWS_LEAST = 2
PAIRS_LEAST = 3  # a table of two columns needs more rows to be believed


def table_rows(rows: Sequence[Line]) -> list[tuple[int, int]]:
    """Row ranges (end exclusive) that are tables."""
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(rows):
        end = _flat_table(rows, at) or _cell_rows(rows, at)
        if end > at:
            found.append((at, end))
            at = end
        else:
            at += 1
    return found


def _is_cells(row: Line) -> bool:
    """Three or more cells; cells between tabs may be long, those between blanks must be short."""
    if row.soft:
        return False
    tabbed = [cell for cell in row.text.split("\t") if cell.strip()]
    if len(tabbed) >= CELLS_LEAST:
        return True
    cells = [cell for cell in _CELLS.split(row.text) if cell.strip()]
    return len(cells) >= CELLS_LEAST and max(map(len, cells)) <= CELL


def _is_pair(row: Line) -> bool:
    """A short cell, a tab, and another cell."""
    return not row.soft and is_table_row(row.text)


def _cell_rows(rows: Sequence[Line], at: int) -> int:
    """Consecutive lines of three or more cells; 0 if there is no table."""
    end = at
    while end < len(rows) and _is_cells(rows[end]):
        end += 1
    if end - at < ROWS_LEAST:
        return _pair_rows(rows, at)
    heads = sum(len(_HEADS.findall(rows[i].text)) for i in (at,)) + len(_INDEX.findall(rows[at].text))
    return end if heads >= HEADS_LEAST or end - at > HEADS_LEAST else 0


def _pair_rows(rows: Sequence[Line], at: int) -> int:
    """A table of two columns, or of rows with empty cells; 0 if there is none."""
    end = at
    while end < len(rows) and (_is_pair(rows[end]) or _is_cells(rows[end])):
        end += 1
    return end if end - at >= PAIRS_LEAST else 0


def _flat_table(rows: Sequence[Line], at: int) -> int:
    """A head with 序号 whose cells stand on lines of their own (or on one line) and everything below it."""
    if rows[at].soft or not _INDEX.search(rows[at].text) or len(rows[at].text) > CELL * 2:
        return 0
    heads, end = len(_HEADS.findall(rows[at].text)), at + 1
    while end < len(rows) and len(rows[end].text) <= 12 and _HEADS.search(rows[end].text):  # noqa: PLR2004
        heads += 1
        end += 1
    if heads < HEADS_LEAST:
        return 0
    while end < len(rows) and not _leaves_table(rows, end):
        end += 1
    return end


def _leaves_table(rows: Sequence[Line], at: int) -> bool:
    text = rows[at].text
    if _ENDS.match(text) or _is_signature(rows, at):
        return True
    return rows[at].gap and len(text) > CELL and text[-1] in "。："


def _is_signature(rows: Sequence[Line], at: int) -> bool:
    """An organisation, its date, and no further cell: the document's signature below its table."""
    if at + 1 >= len(rows) or not ORG_END.search(rows[at].text):
        return False
    found = read_date_line(rows[at + 1].text)
    if found is None or found.day is None:
        return False
    below = rows[at + 2].text if at + 2 < len(rows) else ""
    return not below or is_navigation(below) or below.startswith(("附", "（", "(", "抄"))
