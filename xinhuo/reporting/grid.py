"""Tables as they come from outside: pasted out of Excel, or read from a workbook. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .cells import clean
from .columns import Column, header

NUMBERING = frozenset({"序号", "编号", "no", "no.", "#"})
QUOTE = '"'

Cells = dict[str, str]


@dataclass(slots=True)
class Table:
    """Rows of cells by column key; ``ignored`` are headings that fit no column, ``missing`` labels not found."""

    rows: list[Cells] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def parse_pasted(text: str) -> list[list[str]]:
    """The cells of what Excel or WPS puts on the clipboard: tabs between cells, cells with line breaks in quotes."""
    rows: list[list[str]] = [[]]
    place, text = 0, text.replace("\r\n", "\n").replace("\r", "\n")
    while place <= len(text):
        cell, place = _cell(text, place)
        rows[-1].append(clean(cell))
        if place >= len(text):
            break
        if text[place] == "\n":
            rows.append([])
        place += 1
    return [row for row in rows if any(row)]


def _cell(text: str, start: int) -> tuple[str, int]:
    """One cell and where it ends. A quote opens a cell only when another one closes it at the cell's end."""
    if text.startswith(QUOTE, start):
        place, parts = start + 1, []
        while (end := text.find(QUOTE, place)) >= 0:
            parts.append(text[place:end])
            if text.startswith(QUOTE, end + 1):
                parts.append(QUOTE)
                place = end + 2
                continue
            if end + 1 == len(text) or text[end + 1] in "\t\n":
                return "".join(parts), end + 1
            break
    ends = [found for mark in "\t\n" if (found := text.find(mark, start)) >= 0]
    end = min(ends, default=len(text))
    return text[start:end], end


def from_grid(grid: Sequence[Sequence[str]], columns: Sequence[Column]) -> Table:
    """Put cells under columns: by the first line where it holds headings, else in order.

    A leading column of running numbers is left out.
    """
    if not grid:
        return Table()
    table = Table()
    places = _places(grid[0], columns)
    if places is not None:
        table.ignored = [
            text for place, text in enumerate(grid[0]) if text and place not in places and not _numbers(text)
        ]
        table.missing = [column.label for column in columns if column.key not in places.values()]
        grid = grid[1:]
    else:
        shift = _running(grid, len(columns))
        places = {number + shift: column.key for number, column in enumerate(columns)}
        extra = max((len(row) for row in grid), default=0) - shift - len(columns)
        table.ignored = [f"多出来的 {extra} 列"] if extra > 0 else []
    for row in grid:
        cells = {key: row[place] for place, key in places.items() if place < len(row) and row[place]}
        if cells:
            table.rows.append(cells)
    return table


def from_records(
    headers: Sequence[str], records: Iterable[Mapping[str, str]], columns: Sequence[Column]
) -> Table:
    """The same for a workbook whose rows are already held by heading."""
    by_name = {header(column.label): column.key for column in columns}
    keys = {text: by_name[header(text)] for text in headers if header(text) in by_name}
    table = Table(
        ignored=[text for text in headers if text and text not in keys and not _numbers(text)],
        missing=[column.label for column in columns if column.key not in keys.values()],
    )
    for record in records:
        cells = {key: value for text, key in keys.items() if (value := clean(record.get(text, "")))}
        if cells:
            table.rows.append(cells)
    return table


def _places(first: Sequence[str], columns: Sequence[Column]) -> dict[int, str] | None:
    """Which place holds which column, where the line reads like headings: most of its words are labels."""
    by_name = {header(column.label): column.key for column in columns}
    places: dict[int, str] = {}
    for place, text in enumerate(first):
        key = by_name.get(header(text)) if text else None
        if key and key not in places.values():
            places[place] = key
    words = sum(1 for text in first if text and not _numbers(text))
    return places if places and 2 * len(places) >= words else None


def _running(grid: Sequence[Sequence[str]], width: int) -> int:
    """1 where every line starts with a running number and is one cell longer than the list is wide."""
    longest = max(len(row) for row in grid)
    numbered = all(row and row[0] == str(number) for number, row in enumerate(grid, 1))
    return 1 if numbered and longest == width + 1 else 0


def _numbers(text: str) -> bool:
    return header(text) in NUMBERING
