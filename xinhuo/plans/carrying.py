"""The text of a new year's draft, made of last year's duties. Pure."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

HAN = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Item:
    """One duty to go on with: the heading it stood under, and its words."""

    key: int
    heading: str
    words: str


def draft_text(title: str, items: Sequence[Item]) -> tuple[str, dict[int, tuple[int, int]]]:
    """A plan in the usual form, and where each item stands in it (half-open ranges)."""
    text = f"{title}\n\n"
    places: dict[int, tuple[int, int]] = {}
    heading, part = None, 0
    for number, item in enumerate(items, start=1):
        if item.heading != heading:
            heading, part = item.heading, part + 1
            text += f"{_han(part)}、{heading}\n"
        start = len(text)
        text += f"{number}.{_sentence(item.words)}\n"
        places[item.key] = (start, len(text))
    return text, places


def a_year_later(day: dt.date | None) -> dt.date | None:
    """The same day of the next year; 29 February becomes 28 February."""
    if day is None:
        return None
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def _sentence(words: str) -> str:
    flat = " ".join(words.split()).strip()
    return flat if flat.endswith(("。", "；", "！", "？")) else f"{flat}。"


def _han(number: int) -> str:
    return HAN[number - 1] if number <= len(HAN) else f"十{HAN[number - 11]}"
