"""A table of contents above the text: the same headings once more, with or without page numbers."""

import re
from collections.abc import Sequence

from .lines import Line

_HEAD = re.compile(r"[【\[]?\s*目\s*[录錄次]\s*[】\]]?")
_SQUEEZED = re.compile(r"[\s\u3000\xa0.·…．—-]+|\d{1,3}$")
_BRACKETS = str.maketrans("（）：，．", "():,.")
MOST = 400  # rows a table of contents may have
LEAST = 2


def contents_rows(rows: Sequence[Line]) -> list[tuple[int, int]]:
    """Row ranges (end exclusive) from the word 目录 to where the first heading stands for the second time."""
    found: list[tuple[int, int]] = []
    for at, row in enumerate(rows):
        if len(row.text) <= 8 and _HEAD.fullmatch(row.text):  # noqa: PLR2004  目录 with blanks between
            end = _second(rows, at + 1)
            if end:
                found.append((at, end))
    return found


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
