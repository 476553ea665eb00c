"""How a case is measured: equality first, then rounds in which ours and the peer take turns."""

import gc
import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

FEWEST_ROUNDS = 5
LONG_ENOUGH = 0.05  # seconds; a shorter run is repeated within its round until the clock can tell


class UnequalError(AssertionError):
    """Ours and the peer do not give the same result, so their times say nothing."""


@dataclass(frozen=True)
class Bench:
    """One comparison.

    ``ours`` and ``theirs`` do the same work on data made beforehand. ``comparable`` turns a result into what must
    be equal.
    """

    peer: str
    ours: Callable[[], Any]
    theirs: Callable[[], Any]
    notes: str = ""
    rounds: int = 7
    comparable: Callable[[Any], Any] = field(default=lambda result: result)


@dataclass(frozen=True)
class Result:
    """What is written to ``NAME.json``: ``ratio`` is the median of peer ÷ ours over the rounds."""

    name: str
    ratio: float
    ours_ms: float
    peer: str
    peer_ms: float
    rounds: int
    notes: str


def measure(name: str, bench: Bench, clock: Callable[[], float] = time.perf_counter) -> Result:
    """Measure one case. Raises UnequalError before any timing if the two results differ."""
    mine, other = bench.comparable(bench.ours()), bench.comparable(bench.theirs())
    if mine != other:
        raise UnequalError(f"{name}: ours {_short(mine)} is not the peer's {_short(other)}")
    repeats = _repeats(bench.ours, clock), _repeats(bench.theirs, clock)
    pairs: list[tuple[float, float]] = []
    for number in range(max(bench.rounds, FEWEST_ROUNDS)):
        gc.collect()
        if number % 2:  # who goes second finds warmer caches; taking turns evens that out
            theirs = _timed(bench.theirs, repeats[1], clock)
            ours = _timed(bench.ours, repeats[0], clock)
        else:
            ours = _timed(bench.ours, repeats[0], clock)
            theirs = _timed(bench.theirs, repeats[1], clock)
        pairs.append((ours, theirs))
    return Result(
        name=name,
        ratio=round(median(theirs / ours for ours, theirs in pairs), 3),
        ours_ms=round(median(ours for ours, _ in pairs) * 1000, 3),
        peer=bench.peer,
        peer_ms=round(median(theirs for _, theirs in pairs) * 1000, 3),
        rounds=len(pairs),
        notes=bench.notes,
    )


def save(result: Result, folder: Path) -> Path:
    """Write ``NAME.json`` into the folder and return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{result.name}.json"
    path.write_text(json.dumps(asdict(result), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return path


def _timed(work: Callable[[], Any], repeats: int, clock: Callable[[], float]) -> float:
    start = clock()
    for _ in range(repeats):
        work()
    return (clock() - start) / repeats


def _repeats(work: Callable[[], Any], clock: Callable[[], float]) -> int:
    start = clock()
    work()
    once = max(clock() - start, 1e-7)
    return max(1, round(LONG_ENOUGH / once))


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 200 else f"{text[:200]}…"  # noqa: PLR2004  enough to see the difference
