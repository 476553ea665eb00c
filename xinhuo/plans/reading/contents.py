"""A table of contents above the text: the same headings once more, with or without page numbers."""

import re
from collections.abc import Sequence

from .grammar import starts_with_marker
from .lines import Line

_HEAD = re.compile(r"[【\[]?\s*目\s*[录錄次]\s*[】\]]?")
_SQUEEZED = re.compile(r"[\s\u3000\xa0.·…．—-]+|\d{1,3}$")
_BRACKETS = str.maketrans("（）：，．", "():,.")
MOST = 400  # rows a table of contents may have
LEAST = 2
RUN_LEAST = 3  # headings of a table of contents that has no head of its own
HEADING_LEAST, HEADING_MOST = 4, 60  # characters


def contents_rows(rows: Sequence[Line]) -> list[tuple[int, int]]:
    """Row ranges (end exclusive) from the word 目录 to where the first heading stands for the second time.

    Without that word: headings in a row that all stand once more below, in the same order.
    """
    found = _repeated(rows)
    for at, row in enumerate(rows):
        if len(row.text) <= 8 and _HEAD.fullmatch(row.text):  # noqa: PLR2004  目录 with blanks between
            end = _second(rows, at + 1)
            if end:
                found.append((at, end))
    return found


def _repeated(rows: Sequence[Line]) -> list[tuple[int, int]]:
    keys = [_key(row.text) if _is_heading(row.text) else "" for row in rows]
    last = {key: row for row, key in enumerate(keys)}
    found: list[tuple[int, int]] = []
    first = row = 0
    while row <= len(rows):
        goes_on = row < len(rows) and keys[row] and last[keys[row]] > row
        if goes_on and row > first:
            goes_on = last[keys[row]] > last[keys[row - 1]] > row
        if not goes_on:
            again = [last[key] for key in keys[first:row]]
            if row - first >= RUN_LEAST and again[-1] - again[0] >= row - first + RUN_LEAST:
                found.append((first, row))
            first = row + 1
        row += 1
    return found


def _is_heading(text: str) -> bool:
    return (
        HEADING_LEAST <= len(text) <= HEADING_MOST and text[-1] not in "。；，、" and starts_with_marker(text)
    )


def _second(rows: Sequence[Line], first: int) -> int:
    """The row that repeats row ``first``; 0 if there is none."""
    if first >= len(rows):
        return 0
    head = _key(rows[first].text)
    for row in range(first + LEAST, min(first + MOST, len(rows))):
        if head and _key(rows[row].text) == head:
            return row
    return 0


def _key(text: str) -> str:
    return _SQUEEZED.sub("", text.translate(_BRACKETS))
