"""From the reader's hints to a proposed duty. Every proposed value keeps its reason; a person decides."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from . import scopes
from .align import own_words
from .state import Duty, Node, Outline, Piece, Reason

MAX_TITLE = 120
SHORT_TITLE = 36  # characters; longer titles wrap in the matrix
LEAST_TITLE = 8
YEAR_END = "12-31"
WIDE = str.maketrans({",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "?": "？", "!": "！"})
_CLAUSE = re.compile(r"[^，；。,;！!]+")
_FILLER = re.compile(r"^(?:[;；,，。、\s]|以及|并且?|同时[，,]?)+")
_QUOTES = {"“": "”", "《": "》", "（": "）", "(": ")", "〔": "〕"}


def wide(text: str) -> str:
    """Half-width punctuation as Chinese text has it. One character for one, so places stay the same."""
    return text.translate(WIDE)


def title_of(text: str) -> str:
    """A short title: the first clause that says something, quotes and brackets kept whole."""
    plain = wide(_FILLER.sub("", text.strip())).rstrip("；。，：")
    end = 0
    for match in _CLAUSE.finditer(plain):
        end = match.end()
        head = plain[:end]
        if _balanced(head) and len(head) >= LEAST_TITLE and not head.endswith(("合作", "要求")):
            break
    title = plain[: end or len(plain)]
    return title if len(title) <= MAX_TITLE else f"{title[: MAX_TITLE - 1]}…"


def _balanced(text: str) -> bool:
    return all(text.count(left) == text.count(right) for left, right in _QUOTES.items())


def retitled(duty: Duty, text: str) -> Duty:
    """The duty with other words; a title nobody has touched follows them."""
    title = title_of(text) if duty.title == title_of(duty.text) else duty.title
    return replace(duty, text=text, title=title, confirmed=False)


def hints_in(outline: Outline, ranges: Sequence[Piece]) -> Iterator[Mapping[str, Any]]:
    """The reader's hints whose words lie within one of the ranges."""
    for hint in outline.reading.get("hints", ()):
        if any(start <= hint["start"] and hint["end"] <= end for start, end in ranges):
            yield hint
