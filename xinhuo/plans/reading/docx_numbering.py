"""Automatic numbering of Word files, rebuilt from the numbering definitions the way Word counts.

Counters belong to the abstract list, so two lists over the same definition go on counting unless one of them
overrides its start. A level starts anew after a higher one, unless its definition forbids it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from .numerals import han_numeral

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LEVELS = 9
_BARE_DIGIT = re.compile(r"\d+$")
_BARE_HAN = re.compile(r"^[一二三四五六七八九十百]+$")
_SPACED = re.compile(r"[章节条编篇款分]$|\d$")


@dataclass(slots=True)
class LevelRule:
    """How one level of a list is printed and counted."""

    start: int = 1
    fmt: str = "decimal"
    text: str = ""
    restart: int | None = None  # the level after which it starts anew; 0 = never
    legal: bool = False


@dataclass(slots=True)
class _List:
    abstract: str
    overrides: dict[int, int] = field(default_factory=dict)
    levels: dict[int, LevelRule] = field(default_factory=dict)


def _letters(value: int) -> str:
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)


def _roman(value: int) -> str:
    result = ""
    for size, sign in (
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ):
        count, value = divmod(value, size)
        result += sign * count
    return result


def _from(first: str, most: int) -> Callable[[int], str]:
    return lambda value: chr(ord(first) + value - 1) if 1 <= value <= most else str(value)


def _han(value: int) -> str:
    return han_numeral(value) if 0 < value < 1000 else str(value)  # noqa: PLR2004


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda v: f"{v:02d}",
    "upperLetter": lambda v: _letters(v).upper(),
    "lowerLetter": _letters,
    "upperRoman": lambda v: _roman(v).upper(),
    "lowerRoman": _roman,
    "decimalEnclosedCircle": _from("①", 20),
    "decimalEnclosedCircleChinese": _from("①", 20),
    "decimalEnclosedParen": _from("⑴", 20),
    "decimalEnclosedFullstop": _from("⒈", 20),
    "ideographEnclosedCircle": _from("㈠", 10),
    "decimalFullWidth": lambda v: str(v).translate({ord(str(d)): chr(0xFF10 + d) for d in range(10)}),
    "none": lambda _: "",
} | dict.fromkeys(
    (
        "chineseCounting", "chineseCountingThousand", "ideographDigital", "japaneseCounting", "taiwaneseCounting",
        "taiwaneseCountingThousand", "taiwaneseDigital", "japaneseDigitalTenThousand", "chineseLegalSimplified",
    ),
    _han,
)  # fmt: skip


class Numbering:
    """The lists of a document and how far each has counted."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        """Take the roots of numbering.xml and styles.xml; either may be missing."""
        self._abstract: dict[str, dict[int, LevelRule]] = {}
        self._by_style: dict[tuple[str, str], int] = {}
        self._lists: dict[str, _List] = {}
        self._links: dict[str, str] = {}
        self._styles: dict[str, tuple[str | None, str | None, str | None]] = {}
        self._counters: dict[str, list[int | None]] = {}
        self._started: set[tuple[str, int]] = set()
        if numbering is not None:
            self._read_lists(numbering)
        if styles is not None:
            self._read_styles(styles)

    def _read_lists(self, root: etree._Element) -> None:
        for item in root.iter(f"{W}abstractNum"):
            key = item.get(f"{W}abstractNumId") or ""
            self._abstract[key] = {}
            for level in item.findall(f"{W}lvl"):
                number = _int(level.get(f"{W}ilvl"), 0)
                self._abstract[key][number] = _rule(level)
                style = _value(level, "pStyle")
                if style:
                    self._by_style[key, style] = number
            link = _value(item, "numStyleLink")
            if link:
                self._links[key] = link
        for item in root.iter(f"{W}num"):
            entry = _List(_value(item, "abstractNumId") or "")
            for override in item.findall(f"{W}lvlOverride"):
                number = _int(override.get(f"{W}ilvl"), 0)
                start = _value(override, "startOverride")
                if start is not None:
                    entry.overrides[number] = _int(start, 1)
                level_element = override.find(f"{W}lvl")
                if level_element is not None:
                    entry.levels[number] = _rule(level_element)
            self._lists[item.get(f"{W}numId") or ""] = entry

    def _read_styles(self, root: etree._Element) -> None:
        for style in root.iter(f"{W}style"):
            number = style.find(f"{W}pPr/{W}numPr")
            self._styles[style.get(f"{W}styleId") or ""] = (
                _value(number, "numId") if number is not None else None,
                _value(number, "ilvl") if number is not None else None,
                _value(style, "basedOn"),
            )

    def marker(self, properties: etree._Element | None) -> str:
        """The printed number of a paragraph with these properties, ready to stand before its words."""
        found = self._list_of(properties)
        if found is None:
            return ""
        entry, level = found
        rules = self._rules(entry)
        rule = entry.levels.get(level) or rules.get(level)
        if rule is None or rule.fmt == "bullet":
            return ""
        counters = self._count(entry, level, rules)
        text = re.sub(
            r"%([1-9])",
            lambda match: self._shown(entry, rules, counters, int(match[1]) - 1, legal=rule.legal),
            rule.text,
        ).strip()
        return _readable(text)

    def _list_of(self, properties: etree._Element | None) -> tuple[_List, int] | None:
        if properties is None:
            return None
        own = properties.find(f"{W}numPr")
        key = _value(own, "numId") if own is not None else None
        level = _value(own, "ilvl") if own is not None else None
        style, seen = _value(properties, "pStyle"), 0
        first_style = style
        while style and (key is None or level is None) and seen < LEVELS:
            style_key, style_level, above = self._styles.get(style, (None, None, None))
            key = key if key is not None else style_key
            level = level if level is not None else style_level
            style, seen = above, seen + 1
        entry = self._lists.get(key or "")
        if entry is None or key == "0":
            return None
        linked = self._by_style.get((entry.abstract, first_style or ""))
        return entry, _int(level, linked or 0)

    def _rules(self, entry: _List) -> dict[int, LevelRule]:
        link = self._links.get(entry.abstract)
        if link:
            target = self._lists.get(self._styles.get(link, (None, None, None))[0] or "")
            if target is not None and target.abstract != entry.abstract:
                return self._abstract.get(target.abstract, {})
        return self._abstract.get(entry.abstract, {})

    def _count(self, entry: _List, level: int, rules: dict[int, LevelRule]) -> list[int | None]:
        counters = self._counters.setdefault(entry.abstract, [None] * LEVELS)
        level = min(level, LEVELS - 1)
        for above in range(level):
            if counters[above] is None:
                counters[above] = self._first(entry, above, rules)
        before = counters[level]
        fresh = level in entry.overrides and (str(id(entry)), level) not in self._started
        self._started.add((str(id(entry)), level))
        counters[level] = self._first(entry, level, rules) if before is None or fresh else before + 1
        for below in range(level + 1, LEVELS):
            rule = rules.get(below)
            if rule is None or rule.restart is None or 0 < level + 1 <= rule.restart:
                counters[below] = None
        return counters

    @staticmethod
    def _first(entry: _List, level: int, rules: dict[int, LevelRule]) -> int:
        if level in entry.overrides:
            return entry.overrides[level]
        rule = entry.levels.get(level) or rules.get(level)
        return rule.start if rule else 1

    @staticmethod
    def _shown(
        entry: _List, rules: dict[int, LevelRule], counters: list[int | None], level: int, *, legal: bool
    ) -> str:
        value = counters[level] if level < LEVELS else None
        if value is None:
            return ""
        rule = entry.levels.get(level) or rules.get(level) or LevelRule()
        return str(value) if legal else _FORMATS.get(rule.fmt, str)(value)


def _readable(text: str) -> str:
    """A bare number gets the stop the printed page shows as a gap; 第一章 and 1.1 keep a gap before the words."""
    if _BARE_DIGIT.fullmatch(text):
        return f"{text}."
    if _BARE_HAN.match(text):
        return f"{text}、"
    return f"{text} " if _SPACED.search(text) else text


def _rule(level: etree._Element) -> LevelRule:
    restart = _value(level, "lvlRestart")
    legal = level.find(f"{W}isLgl")
    return LevelRule(
        start=_int(_value(level, "start"), 1),
        fmt=_value(level, "numFmt") or "decimal",
        text=_value(level, "lvlText") or "",
        restart=None if restart is None else _int(restart, 0),
        legal=legal is not None and legal.get(f"{W}val") not in {"0", "false"},
    )


def _value(parent: etree._Element | None, name: str) -> str | None:
    child = parent.find(f"{W}{name}") if parent is not None else None
    return None if child is None else child.get(f"{W}val")


def _int(text: str | None, default: int) -> int:
    try:
        return int(text) if text is not None else default
    except ValueError:
        return default
