"""The most consistent way to read all markers of a document, found by dynamic programming.

The state after each occurrence is the stack of open lists and the last numbers of the closed ones. States that
agree in both are merged, the cheapest is kept; a bounded number of states survives, so time stays linear.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .grammar import INLINE, SPOKEN
from .markers import Occurrence, Place, Sense
from .steps import Memory, Stack, Step, closing, enter

WIDTH = 12  # states kept
SLACK = 10.0  # a state this much worse than the best never wins again


@dataclass(frozen=True, slots=True)
class Chosen:
    """An accepted marker: the occurrence, its reading, and the irregularities that were accepted with it."""

    occurrence: Occurrence
    sense: Sense
    codes: tuple[str, ...]
    segment: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the search decided: accepted markers in order, and the occurrences taken for plain words."""

    chosen: tuple[Chosen, ...]
    refused: tuple[Occurrence, ...]
    cost: float


class _Trail(NamedTuple):
    before: "_Trail | None"
    at: int
    sense: Sense
    codes: tuple[str, ...]


_State = tuple[float, _Trail | None]
_Key = tuple[Stack, Memory]


def most_consistent(occurrences: Sequence[Occurrence], breaks: Sequence[int] = ()) -> Outcome:
    """Choose readings. At each position in ``breaks`` a new document starts and every list is closed."""
    states: dict[_Key, _State] = {((), ()): (0.0, None)}
    bounds = sorted(breaks)
    segments: list[int] = []
    segment = 0
    for index, occurrence in enumerate(occurrences):
        while segment < len(bounds) and occurrence.start >= bounds[segment]:
            states = _close_all(states)
            segment += 1
        segments.append(segment)
        states = _pruned(_advance(states, index, occurrence))
    cost, trail = next(iter(_close_all(states).values()))
    return _outcome(occurrences, segments, cost, trail)


def _close_all(states: dict[_Key, _State]) -> dict[_Key, _State]:
    best = min(
        ((cost + closing(stack, 0), trail) for (stack, _), (cost, trail) in states.items()),
        key=lambda state: state[0],
    )
    return {((), ()): best}


def _advance(states: dict[_Key, _State], index: int, occurrence: Occurrence) -> dict[_Key, _State]:
    following: dict[_Key, _State] = {}
    for key, (cost, trail) in states.items():
        _offer(following, key, cost + occurrence.refuse, trail)
        for sense in occurrence.senses:
            step: Step = enter(*key, sense, occurrence.place)
            price = cost + sense.cost + step.cost
            target = (step.stack, step.memory)
            known = following.get(target)
            if known is None or price < known[0]:
                following[target] = (price, _Trail(trail, index, sense, step.codes))
    return following


def _offer(states: dict[_Key, _State], key: _Key, cost: float, trail: _Trail | None) -> None:
    known = states.get(key)
    if known is None or cost < known[0]:
        states[key] = (cost, trail)


def _pruned(states: dict[_Key, _State]) -> dict[_Key, _State]:
    if len(states) == 1:
        return states
    ranked = sorted(states.items(), key=lambda item: item[1][0])
    limit = ranked[0][1][0] + SLACK
    return {key: state for key, state in ranked[:WIDTH] if state[0] <= limit}


def _outcome(
    occurrences: Sequence[Occurrence], segments: Sequence[int], cost: float, trail: _Trail | None
) -> Outcome:
    chosen: list[Chosen] = []
    while trail is not None:
        chosen.append(Chosen(occurrences[trail.at], trail.sense, trail.codes, segments[trail.at]))
        trail = trail.before
    chosen.reverse()
    chosen = _in_company(chosen)
    taken = {id(item.occurrence) for item in chosen}
    refused = tuple(o for o in occurrences if id(o) not in taken)
    return Outcome(tuple(chosen), refused, cost)


def _in_company(chosen: list[Chosen]) -> list[Chosen]:
    """Without members of spoken or circled lists that stand alone below their parent: one is no enumeration."""
    parents: list[int] = []
    count: dict[tuple[int, int, bool], int] = {}
    stack: list[int] = []
    for index, item in enumerate(chosen):
        while stack and (
            chosen[stack[-1]].segment != item.segment or chosen[stack[-1]].sense.level >= item.sense.level
        ):
            stack.pop()
        parents.append(stack[-1] if stack else -1)
        stack.append(index)
        if item.sense.level in INLINE:
            family = (item.segment, parents[-1], item.sense.level in SPOKEN)
            count[family] = count.get(family, 0) + 1
    on_lines = _line_neighbours(chosen)
    return [
        item
        for index, (item, parent) in enumerate(zip(chosen, parents, strict=True))
        if item.sense.level not in INLINE
        or index in on_lines
        or count[item.segment, parent, item.sense.level in SPOKEN] > 1
    ]


def _line_neighbours(chosen: list[Chosen]) -> set[int]:
    """Spoken members on lines of their own that follow each other, whatever stands below them: 一是 … （1） … 二是."""
    found: set[int] = set()
    before: int | None = None
    for index, item in enumerate(chosen):
        if item.sense.level not in SPOKEN or item.occurrence.place is not Place.LINE:
            continue
        if before is not None and (item.sense.ordinal or 0) == (chosen[before].sense.ordinal or 0) + 1:
            found |= {before, index}
        before = index
    return found
