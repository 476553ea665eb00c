"""The most consistent way to read all markers of a document, found by dynamic programming.

The state after each occurrence is the stack of open lists and the last numbers of the closed ones. States that
agree in both are merged, the cheapest is kept; a bounded number of states survives, so time stays linear.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .markers import Occurrence, Sense
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
    taken: set[int] = set()
    while trail is not None:
        chosen.append(Chosen(occurrences[trail.at], trail.sense, trail.codes, segments[trail.at]))
        taken.add(trail.at)
        trail = trail.before
    chosen.reverse()
    refused = tuple(o for index, o in enumerate(occurrences) if index not in taken)
    return Outcome(tuple(chosen), refused, cost)
