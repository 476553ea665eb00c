"""Which duty resembles which, with the words they share: a proposal with its reason, never a decision. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

ALIKE = 0.34  # share of common pairs of characters above which a duty is proposed
SHORTEST_WORDS = 4  # shared words shorter than this explain nothing
MOST_SHOWN = 16
_BLANK = re.compile(r"[\s，。；：、,.;:“”\"（）()《》]+")


@dataclass(frozen=True, slots=True)
class Match:
    """The most alike of several texts: its key, how alike (0..1), and the longest words in common."""

    key: int
    share: float
    words: str

    @property
    def reason(self) -> str:
        """Why it is proposed, in one sentence."""
        if len(self.words) >= SHORTEST_WORDS:
            return f"两处都写到“{self.words[:MOST_SHOWN]}”"
        return "两处的说法相近"


def likeness(one: str, other: str) -> float:
    """How much two texts have in common, from 0 to 1: pairs of neighbouring characters, blanks and points aside."""
    a, b = _pairs(one), _pairs(other)
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def common_words(one: str, other: str) -> str:
    """The longest stretch that stands in both."""
    a, b = _BLANK.sub("", one), _BLANK.sub("", other)
    found = SequenceMatcher(None, a, b, autojunk=False).find_longest_match()
    return a[found.a : found.a + found.size]


def best_match(text: str, others: Iterable[tuple[int, str]], *, least: float = ALIKE) -> Match | None:
    """The most alike of ``others`` (key, text); None when nothing comes near."""
    scored = [(likeness(text, other), key, other) for key, other in others]
    share, key, other = max(scored, default=(0.0, 0, ""), key=lambda item: item[0])
    return Match(key, share, common_words(text, other)) if share >= least else None


def _pairs(text: str) -> frozenset[str]:
    plain = _BLANK.sub("", text)
    return frozenset(plain[at : at + 2] for at in range(len(plain) - 1))
