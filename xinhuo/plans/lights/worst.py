"""What a parent shows: its worst due child and how many (“▲ 3 个县进展较慢”)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .rules import GLYPHS, TROUBLE, State

NOUNS: Mapping[str, str] = {
    "prefecture": "个市（州）",
    "county": "个县",
    "university": "所高校",
    "vocational_college": "所高校",
    "adult_college": "所高校",
    "college": "所高校",
    "subcollege": "个学院",
    "kindergarten": "所幼儿园",
    "teaching_point": "个教学点",
    "primary": "所学校",
    "junior": "所学校",
    "nine_year": "所学校",
    "senior": "所学校",
    "vocational": "所学校",
    "special": "所学校",
}
COLLEGES = ("university", "vocational_college", "adult_college")


@dataclass(frozen=True, slots=True)
class Summary:
    """The light of many: the worst of those that are due, and how many of each."""

    state: State
    counts: Mapping[State, int]
    noun: str = "个单位"

    @property
    def glyph(self) -> str:
        """● ▲ ◆ ✓ ○."""
        return GLYPHS[self.state]

    @property
    def total(self) -> int:
        """How many there are."""
        return sum(self.counts.values())

    @property
    def troubled(self) -> int:
        """How many are slow or late."""
        return sum(number for state, number in self.counts.items() if TROUBLE[state])

    @property
    def words(self) -> str:
        """3 个县进展较慢; both kinds where there are both."""
        red, amber = self.counts.get(State.RED, 0), self.counts.get(State.AMBER, 0)
        parts = [
            f"{number} {self.noun}{word}" for number, word in ((red, "已超期"), (amber, "进展较慢")) if number
        ]
        if parts:
            return "，".join(parts)
        return {State.GREEN: "正常", State.DONE: "办结", State.IDLE: "未到时"}[self.state]

    @property
    def text(self) -> str:
        """Glyph and words, as it prints."""
        return f"{self.glyph} {self.words}"


def noun_for(kinds: Iterable[str]) -> str:
    """How units of these kinds are counted; different ones are plainly units."""
    nouns = {NOUNS.get(kind, "个单位") for kind in kinds}
    return nouns.pop() if len(nouns) == 1 else "个单位"


def summary(states: Iterable[tuple[State, int]], noun: str = "个单位") -> Summary:
    """The worst of ``(state, how many)``. Those not due yet count, but say nothing; all closed is closed."""
    counts: dict[State, int] = {}
    for state, number in states:
        if number:
            counts[state] = counts.get(state, 0) + number
    for state in (State.RED, State.AMBER, State.GREEN):
        if counts.get(state):
            return Summary(state, counts, noun)
    state = State.IDLE if counts.get(State.IDLE) or not counts else State.DONE
    return Summary(state, counts, noun)
