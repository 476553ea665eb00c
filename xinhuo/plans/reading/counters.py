"""Page numbers that a sharing site printed in front of every page: “2、” in the middle of a sentence."""

import re
from collections.abc import Iterator

from .lines import STOPS, Lines

_COUNTER = re.compile(r"(\d{1,3})、")
PAGE_LEAST = 80  # characters; a page is longer than an item without a stop at its end
PAIR = 2


def page_counters(lines: Lines) -> dict[int, int]:
    """Start and end of each counter. They must follow each other; a list is not cut in mid-sentence again and again."""
    numbered: list[tuple[int, int, int]] = []  # value, start, end
    first: tuple[int, int, int] | None = None
    above, above_counter = "", None
    for start, whole in _printed(lines):
        match = _COUNTER.match(whole)
        counter = (int(match[1]), start, start + match.end()) if match else None
        if counter and _cut(above):
            if not numbered and counter[0] == PAIR:
                first = above_counter
            numbered.append(counter)
        above, above_counter = whole, counter
    values = [value for value, _, _ in numbered]
    if not values or values != list(range(values[0], values[0] + len(values))):
        return {}
    if first is not None and first[0] == 1:
        numbered.insert(0, first)
    return {start: end for _, start, end in numbered} if len(numbered) >= PAIR else {}


def _printed(lines: Lines) -> Iterator[tuple[int, str]]:
    """The lines as printed: a line that was cut at its blanks is whole again."""
    start = end = -1
    for row in lines.rows:
        if not row.soft and start >= 0:
            yield start, lines.text[start:end]
        start, end = (start if row.soft and start >= 0 else row.start), row.end
    if start >= 0:
        yield start, lines.text[start:end]


def _cut(line: str) -> bool:
    return len(line) >= PAGE_LEAST and "。" in line and line[-1] not in STOPS
