"""Every place where a marker may stand, with all its readings and what accepting or refusing it costs.

Costs are negative logarithms in spirit: 0 is what every tidy document does, 6 is hardly ever seen. Nothing is
decided here; ``search`` weighs the occurrences against each other.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import IntEnum

from .before import LOOK_BACK, enclosed, is_listed, is_reference
from .grammar import FORMAL, SHAPES, SPOKEN, Level, Shape, signs_before, starts_with_marker
from .lines import BLANK, Line, Lines
from .numerals import HAN

SENTENCE_END = "。；！？;!?：:…”’』」》）)】〕"
COMMAS = "，,、"
CLOSING = ("”", "’", "』", "」", "》", "）", ")", "】", "〕", "…")
HEADING_MOST = 28  # characters; a longer line without a stop is no heading
UNFINISHED = 60  # characters; so long a line without a stop goes on below even where no margin cuts the lines
NO_TEXT = 5.0
NUMERAL_NEXT = 5.0
NUMERAL_AT_START = 2.0  # 一、二级关工委建设 can be a heading
CITED = 3.0
APART = 0.8  # 第一条 is set off by a blank
TEXT_BELOW = 0.8
WEAK_RELIEF = 3.0
PAIR_TAILS = "等年级期线次产届批类流者月季、和与至到号位本"


_CITED = re.compile(r"[规所之的、，,和及款项第中以》）)]|(?:要求|明确|执行)")  # a reference, not a heading
_NAMED = re.compile(r"班(?![子主集会])|款(?!项)|项(?!目)|号|级|[、和]?[（(]\s*\d")  # （1）班 is a name
_ORDINAL = re.compile(rf"第[{HAN}]{{1,3}}[，,、名]")  # 第一，第二，第三名 only counts


class Place(IntEnum):
    """Where in its line an occurrence stands."""

    LINE = 0
    STOP = 1
    SPACE = 2
    COMMA = 3
    GLUED = 4
    WRAP = 5  # at the start of a line that goes on with the sentence above
    SOFT = 6  # behind a blank where a long line probably lost a line break


@dataclass(frozen=True, slots=True)
class Sense:
    """One reading of an occurrence. ``major`` is the number the parent should carry (2 in 2.3)."""

    level: Level
    ordinal: int | None
    shape: str
    cost: float
    end: int
    major: int | None = None
    lost: bool = False
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A place in the text that may be a marker. ``refuse`` is what it costs to take it for plain words."""

    start: int
    place: Place
    senses: tuple[Sense, ...]
    refuse: float


# Accepting and refusing by class group; columns are the places of Place.
_ACCEPT: dict[Level, tuple[float, ...]] = {
    Level.PART: (0.0, 3.0, 1.0, 8.0, 6.0, 3.0, 0.3),
    Level.HAN: (0.0, 1.0, 0.6, 6.0, 3.0, 2.0, 0.3),
    Level.HAN_BRACKET: (0.0, 0.5, 0.4, 3.0, 1.8, 1.0, 0.2),
    Level.DIGIT: (0.0, 1.0, 0.7, 4.0, 2.6, 2.0, 0.3),
    Level.DECIMAL: (0.3, 3.0, 1.5, 7.0, 5.0, 4.0, 0.7),
    Level.DIGIT_BRACKET: (0.0, 0.3, 0.4, 1.5, 1.5, 1.0, 0.2),
    Level.DIGIT_RIGHT: (0.0, 0.8, 0.8, 1.8, 2.2, 2.0, 0.3),
    Level.SPOKEN: (0.0, 0.0, 0.2, 0.8, 1.0, 0.5, 0.0),
    Level.CIRCLE: (0.0, 0.0, 0.2, 0.8, 0.8, 0.5, 0.0),
}
_REFUSE: dict[Level, tuple[float, ...]] = {
    Level.PART: (5.0, 1.0, 2.0, 0.0, 0.0, 1.0, 4.0),
    Level.HAN: (6.0, 2.2, 3.0, 0.2, 0.8, 2.0, 5.0),
    Level.HAN_BRACKET: (6.0, 3.5, 3.5, 1.2, 2.0, 3.0, 5.0),
    Level.DIGIT: (5.5, 2.4, 2.4, 0.4, 1.4, 2.0, 4.5),
    Level.DECIMAL: (4.0, 0.5, 1.0, 0.0, 0.0, 0.5, 3.0),
    Level.DIGIT_BRACKET: (5.5, 3.5, 3.0, 2.0, 2.0, 3.0, 4.5),
    Level.DIGIT_RIGHT: (4.5, 2.0, 2.0, 1.2, 1.0, 2.0, 3.5),
    Level.SPOKEN: (4.5, 4.0, 3.5, 2.2, 2.2, 3.5, 4.5),
    Level.CIRCLE: (5.0, 4.0, 3.5, 2.5, 2.5, 3.5, 4.5),
}
# Where a text lost its line breaks, headings stand in the middle of a line.
_JOINED_ACCEPT: dict[tuple[Level, Place], float] = {
    (Level.PART, Place.STOP): 0.6,
    (Level.PART, Place.GLUED): 2.0,
    (Level.HAN, Place.STOP): 0.3,
    (Level.HAN, Place.GLUED): 1.4,
    (Level.HAN_BRACKET, Place.GLUED): 1.2,
    (Level.DIGIT, Place.STOP): 0.4,
    (Level.DIGIT, Place.GLUED): 1.5,
    (Level.DECIMAL, Place.STOP): 1.2,
    (Level.DECIMAL, Place.GLUED): 2.2,
}
_JOINED_REFUSE: dict[tuple[Level, Place], float] = {
    (Level.PART, Place.STOP): 2.5,
    (Level.PART, Place.GLUED): 0.8,
    (Level.HAN, Place.STOP): 4.5,
    (Level.HAN, Place.GLUED): 1.2,
    (Level.HAN_BRACKET, Place.STOP): 4.5,
    (Level.DIGIT, Place.STOP): 3.6,
    (Level.DIGIT, Place.GLUED): 1.8,
    (Level.DECIMAL, Place.STOP): 1.6,
}
STRAY_STOP = 4.5  # 。、 stands in no sentence
_GROUP = (
    dict.fromkeys(FORMAL, Level.PART) | dict.fromkeys(SPOKEN, Level.SPOKEN) | {Level.DECIMAL3: Level.DECIMAL}
)


def find_occurrences(lines: Lines, closed: Iterable[tuple[int, int]] = ()) -> list[Occurrence]:
    """All places that may be markers, in order, outside the ``closed`` ranges (navigation, tables, rosters)."""
    found: dict[int, list[tuple[Shape, Sense]]] = {}
    for shape, sense, start in _matches(lines):
        found.setdefault(start, []).append((shape, sense))
    shut = sorted(closed)
    starts = [a for a, _ in shut]
    result: list[Occurrence] = []
    covered = 0
    for start in sorted(found):
        at = bisect_right(starts, start) - 1
        if start < covered or (at >= 0 and start < shut[at][1]):
            continue
        occurrence = _occurrence(lines, start, [sense for _, sense in found[start]])
        if occurrence is not None:
            result.append(occurrence)
            covered = max(sense.end for sense in occurrence.senses)
    return result


def _matches(lines: Lines) -> Iterator[tuple[Shape, Sense, int]]:
    text = lines.text
    for shape in SHAPES:
        if shape.line_only:
            for row in lines.rows:
                match = shape.pattern.match(text, _head(row), row.end + shape.reach)
                if match:
                    yield shape, _sense(shape, match.groupdict(), match.end()), match.start()
            continue
        for match in shape.pattern.finditer(text):
            yield shape, _sense(shape, match.groupdict(), match.end()), match.start()


def _head(row: Line) -> int:
    """Where the words of a line begin."""
    return row.start + signs_before(row.text)


def _sense(shape: Shape, groups: dict[str, str | None], end: int) -> Sense:
    ordinal = shape.value(groups.get("n") or "")
    major = groups.get("m")
    leading = int(major.replace("．", ".").rsplit(".", 1)[-1]) if major else None
    return Sense(shape.level, ordinal, shape.name, shape.cost, end, leading, shape.lost, shape.weak)


def _occurrence(lines: Lines, start: int, senses: list[Sense]) -> Occurrence | None:
    index = lines.index_at(start)
    row = lines.rows[index]
    place = _place(lines, index, start)
    if place is not Place.LINE and is_reference(lines.text, row.start, start):
        return None
    if place is not Place.LINE and senses[0].level is Level.DIGIT and is_listed(lines.text, row.start, start):
        return None
    begins = place in _LOST_PLACES and not _breaks_sentence(lines, index, start)
    begins = begins and not (
        place in _INSIDE and lines.text[max(0, start - LOOK_BACK) : start].rstrip(BLANK).endswith(CLOSING)
    )
    senses = [s for s in senses if (begins if s.lost else (s.ordinal or 0) > 0)]
    if start > _head(row):
        senses = [sense for sense in senses if sense.shape not in _LINE_ONLY]
    if not senses:
        return None
    around = enclosed(lines.text, row.start, start)
    priced = tuple(_priced(lines, index, place, around, sense) for sense in senses)
    group = _GROUP.get(priced[0].level, priced[0].level)
    refuse = _REFUSE[group][place]
    if lines.joined:
        refuse = _JOINED_REFUSE.get((group, place), refuse)
    if place is Place.STOP and all(sense.lost for sense in priced):
        refuse = STRAY_STOP
    if all(sense.weak for sense in priced):
        refuse = max(0.5, refuse - WEAK_RELIEF)
    if around or min(sense.cost for sense in priced) >= NO_TEXT:
        refuse = min(refuse, 0.3)
    return Occurrence(start, place, priced, refuse)


_LOST_PLACES = frozenset({Place.LINE, Place.SOFT, Place.STOP})
_INSIDE = frozenset({Place.STOP, Place.SOFT})  # behind other words: “甲” 、“乙” is a list of words
_LINE_ONLY = frozenset(shape.name for shape in SHAPES if shape.line_only)


def _breaks_sentence(lines: Lines, index: int, start: int) -> bool:
    """Whether a line that begins with a bare 、 only goes on with an unfinished one above."""
    if index == 0 or start > lines.rows[index].start or lines.rows[index].gap:
        return False
    above = lines.rows[index - 1].text
    least = HEADING_MOST if lines.width else UNFINISHED
    return len(above) >= least and above[-1] not in SENTENCE_END


def _priced(lines: Lines, index: int, place: Place, around: float, sense: Sense) -> Sense:
    group = _GROUP.get(sense.level, sense.level)
    base = _ACCEPT[group][place]
    if lines.joined:
        base = _JOINED_ACCEPT.get((group, place), base)
    cost = sense.cost + base + around + _after(lines, index, place, sense)
    return replace(sense, cost=cost)


def _place(lines: Lines, index: int, start: int) -> Place:
    row = lines.rows[index]
    if start <= _head(row):
        if row.soft:
            return Place.SOFT
        return Place.WRAP if lines.wrapped_before(index) else Place.LINE
    before = lines.text[start - 1]
    if before in BLANK:
        solid = lines.text[max(row.start, start - LOOK_BACK) : start].rstrip(BLANK)
        return Place.STOP if solid[-1:] and solid[-1] in SENTENCE_END else Place.SPACE
    if before in SENTENCE_END or (before in ".．" and not lines.text[start - 2 : start - 1].isdigit()):
        return Place.STOP
    return Place.COMMA if before in COMMAS else Place.GLUED


def _after(lines: Lines, index: int, place: Place, sense: Sense) -> float:
    """What follows the marker: words, nothing, or another numeral (一、二、三等奖)."""
    row = lines.rows[index]
    rest = lines.text[sense.end : min(row.end, sense.end + 12)].lstrip(BLANK)
    if not rest:
        below = lines.rows[index + 1].text if index + 1 < len(lines.rows) else ""
        ends = sense.end >= row.end and below and not starts_with_marker(below)
        return TEXT_BELOW if ends else NO_TEXT
    if rest[0] in "，,、。；;）)》”’":
        return NO_TEXT
    if sense.level in SPOKEN and _ORDINAL.match(rest):
        return NO_TEXT
    if sense.level in FORMAL:
        return CITED if _CITED.match(rest) else -APART if lines.text[sense.end] in BLANK else 0.0
    return _numeral_next(rest, place, sense)


def _numeral_next(rest: str, place: Place, sense: Sense) -> float:
    """The price of a second numeral behind the marker: 一、二等奖; 1、2号楼; （1）班."""
    if sense.level is Level.HAN and rest[0] in HAN and rest[1:2] and rest[1] in PAIR_TAILS:
        heads_line = place in {Place.LINE, Place.SOFT} and rest[1] not in "、等"
        return NUMERAL_AT_START if heads_line else NUMERAL_NEXT
    if sense.level is Level.DIGIT and rest[0].isdigit() and sense.shape in {"1、", "1，"}:
        tail = rest.lstrip("0123456789")
        return 0.5 if tail[:1] in {"年", "月", "日"} else NUMERAL_NEXT
    if sense.level in {Level.DIGIT_BRACKET, Level.HAN_BRACKET} and _NAMED.match(rest):
        return NUMERAL_NEXT
    return 0.0
