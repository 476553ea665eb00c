"""What one more marker costs on a stack of open lists: the price list of irregularities.

A stack holds one open list per class, outermost first. The parent of a new marker is whatever list of a higher
class is still open: the class decides, the number only says how believable the reading is.
"""

from typing import NamedTuple

from .grammar import FORMAL, INLINE, SPOKEN, Level
from .markers import Place, Sense

SUCCESSOR = -1.5  # exactly the next number: chance alone would hardly do that
RUN_ON = -1.0  # numbers that run on across chapters
RUN_ON_ODD = 0.4  # ... in a class that usually restarts
RUN_ON_BRACKET = -0.6  # （一） often runs on under 一、
RESUMED_SPOKEN = -3.5  # 二是 on a line of its own goes on after what stood below 一是
RUN_ON_INLINE = 0.6
LOST_FIRST = 2.5
LOST_NEXT = 2.0
LOST_ODD = 1.0  # a bare stop of another kind than the list prints: 、 among 1. 2.
DUPLICATE = 3.0
GAP = 2.0
GAP_MORE = 0.4  # for each further missing number
GAP_MOST = 5
RESTART = 2.6
RESTART_INLINE = 1.2
RESUMED = 0.4  # an outer list of the same class goes on after an inner one
BACKWARD = 5.0
LATE_START = 3.5
SINGLE = 5.0  # an inline enumeration of one
SINGLE_LINE = 2.5  # ... that stands on a line of its own: it may go on
SHAPE_CHANGE = 0.4
LONE_RISE = 5.0  # ... and what stood there was a single marker with nothing below it
RISE = 1.5  # a class above the first root appears late
FOREIGN_MAJOR = 4.0  # 12.9 where no 12 is open
LOOSE_MAJOR = 1.5
SCALE = 1000  # keeps the leading number of 2.3 beside the last one


_WHOLE = {
    "、": "一、",
    "—、": "一、",
    ".一": "一.",
    "、1": "1、",
    ".": "1.",
    "（）": "（一）",
    "（—）": "（一）",
    "（）1": "（1）",
}


class Open(NamedTuple):
    """An open list: class, last number (guessed for a lost one), members, shape, inline, outer list's number."""

    level: Level
    last: int
    members: int
    shape: str
    inline: bool
    outer: int


Stack = tuple[Open, ...]
Memory = tuple[tuple[Level, int], ...]


class Step(NamedTuple):
    """The result of accepting a marker: price, new stack, new memory, and the irregularities met."""

    cost: float
    stack: Stack
    memory: Memory
    codes: tuple[str, ...]


def closing(stack: Stack, keep: int) -> float:
    """The price of closing all lists from index ``keep`` on."""
    return sum(
        SINGLE_LINE if item.level in SPOKEN and not item.inline else SINGLE
        for item in stack[keep:]
        if item.members == 1 and (item.inline or item.level in INLINE)
    )


def enter(stack: Stack, memory: Memory, sense: Sense, place: Place) -> Step:
    """Accept a marker: close what is not above it, then go on in its list or open a new one."""
    keep = len(stack)
    while keep and stack[keep - 1].level > sense.level:
        keep -= 1
    cost = closing(stack, keep)
    for item in stack[keep:]:
        memory = _remember(memory, item)
    inline = sense.weak or place not in (Place.LINE, Place.SPACE, Place.WRAP, Place.SOFT)
    if keep and stack[keep - 1].level == sense.level:
        price, item, codes = _sibling(stack[keep - 1], sense, inline=inline)
        return Step(cost + price, (*stack[: keep - 1], item), memory, codes)
    price, item, codes = _opening(stack[:keep], memory, sense, inline=inline)
    if not keep and stack:
        price += RISE + (LONE_RISE if stack[0].members == 1 and len(stack) == 1 else 0.0)
        codes = (*codes, "class_rise")
    return Step(cost + price, (*stack[:keep], item), memory, codes)


def _remember(memory: Memory, item: Open) -> Memory:
    if item.level is Level.CIRCLE or (item.level in SPOKEN and item.inline):
        return memory
    return (*(pair for pair in memory if pair[0] != item.level), (item.level, item.last))


def _number(sense: Sense) -> int:
    number = sense.ordinal or 0
    return number if sense.major is None else sense.major * SCALE + number


def _opening(
    above: Stack, memory: Memory, sense: Sense, *, inline: bool
) -> tuple[float, Open, tuple[str, ...]]:
    number = _number(sense)
    last = dict(memory).get(sense.level, 0)
    codes: tuple[str, ...] = ()
    if sense.lost:
        price, number, codes = LOST_FIRST, (last + 1 if sense.level is Level.DIGIT else 1), ("numeral_lost",)
    elif sense.major is not None:
        price, codes = _decimal_opening(above, sense)
    elif number == 1:
        price = 0.0
    elif last and number == last + 1 and not (inline and sense.level in SPOKEN):
        price = _run_on(sense.level) + (RUN_ON_INLINE if inline else 0.0)
        inline = False  # it has company in the list it goes on with
    else:
        beyond = number - last - 2 if 0 < last < number else number - 2
        price, codes = LATE_START + GAP_MORE * min(max(beyond, 0), GAP_MOST), ("numeral_gap",)
    return price, Open(sense.level, number, 1, sense.shape, inline, 0), codes


def _run_on(level: Level) -> float:
    if level in SPOKEN:
        return RESUMED_SPOKEN
    if level is Level.HAN_BRACKET:
        return RUN_ON_BRACKET
    return RUN_ON if level in FORMAL or level is Level.DIGIT else RUN_ON_ODD


def _decimal_opening(above: Stack, sense: Sense) -> tuple[float, tuple[str, ...]]:
    parent = above[-1].last % SCALE if above else 0
    price = 0.0 if sense.ordinal == 1 else LATE_START
    codes = () if sense.ordinal == 1 else ("numeral_gap",)
    if parent != sense.major:
        near = sense.ordinal == 1 and (not above or above[-1].level < Level.DIGIT)
        price += LOOSE_MAJOR if near else FOREIGN_MAJOR
    return price, codes


def _sibling(item: Open, sense: Sense, *, inline: bool) -> tuple[float, Open, tuple[str, ...]]:
    number, outer = _number(sense), item.outer
    price = 0.0 if sense.lost or _WHOLE.get(item.shape, item.shape) == sense.shape else SHAPE_CHANGE
    codes: tuple[str, ...] = ()
    if sense.lost:
        same = item.shape in {sense.shape, _WHOLE.get(sense.shape, "")}
        price, number, codes = LOST_NEXT + (0.0 if same else LOST_ODD), item.last + 1, ("numeral_lost",)
    elif number == item.last + 1:
        price += SUCCESSOR
    elif sense.major is not None and number == (item.last // SCALE + 1) * SCALE + 1:
        price += RUN_ON
    elif outer and number == outer + 1:
        price, outer = price + RESUMED, 0
    elif number == item.last:
        price, codes = price + DUPLICATE, ("numeral_duplicate",)
    elif number == 1:
        price += RESTART_INLINE if inline and item.inline else RESTART
        outer, codes = item.last, ("numeral_restart",)
        if item.members == 1 and (item.inline or item.level in INLINE):
            price += SINGLE
    elif number > item.last:
        price, codes = price + GAP + GAP_MORE * min(number - item.last - 2, GAP_MOST), ("numeral_gap",)
    else:
        price, codes = price + BACKWARD, ("numeral_backward",)
    members = 1 if "numeral_restart" in codes else 2  # one, or enough
    return price, Open(item.level, number, members, sense.shape, inline and item.inline, outer), codes
