"""The original words in pieces for the screen: detected units, times and results, doubts, and gaps shown as □."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from xinhuo.plans.reading.hints import hints_in

from .state import Piece

GAP = "□"
MARKED = {"unit": "who", "time": "when", "deliverable": "what"}
SIGNS = {"who": "责", "when": "时", "what": "果"}
FIRST = ("doubt", "when", "what", "who")  # what wins where two overlap
NOT_UNDERLINED = frozenset(
    {
        "document_number_damaged",
        "signed_on_doubtful",
        "numeral_lost",
        "noise_dropped",
        "table_dropped",
        "annex_dropped",
    }
)
LONGEST_DOUBT = 80  # characters; a longer stretch is spoken of, not underlined
LONGEST_WORDS = 2000  # characters compared to find what a proposal adds


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of original words. ``kind`` is empty, ``gap``, ``break``, ``doubt``, ``who``, ``when`` or ``what``."""

    text: str
    kind: str = ""

    @property
    def sign(self) -> str:
        """The little word behind a detected phrase."""
        return SIGNS.get(self.kind, "")


def marked(
    source: str, pieces: Sequence[Piece], doubts: Iterable[Mapping[str, Any]], reading: Mapping[str, Any]
) -> list[Segment]:
    """The words of ``pieces`` in order, with everything the reader noticed in them."""
    found: list[Segment] = []
    open_doubts = list(doubts)
    last = None
    for first, stop in sorted(pieces):
        words = source[first:stop]
        start, end = first + len(words) - len(words.lstrip()), first + len(words.rstrip())
        if start >= end:
            continue
        if last is not None and source[last:start].strip() == "" and start > last:
            found.append(Segment("", "break"))
        found += _piece(source, start, end, open_doubts, reading)
        last = end
    return found


def _piece(
    source: str, start: int, end: int, doubts: Sequence[Mapping[str, Any]], reading: Mapping[str, Any]
) -> list[Segment]:
    spans = [*_doubt_spans(start, end, doubts), *_hint_spans(source, start, end, reading)]
    gaps = {at: number for doubt in doubts for at, number in gaps_of(source, doubt) if start <= at <= end}
    found: list[Segment] = []
    at = start
    for first, last, kind in _apart(spans):
        found += _with_gaps(source, at, first, "", gaps)
        found += _with_gaps(source, first, last, kind, gaps)
        at = last
    found += _with_gaps(source, at, end, "", gaps)
    if gaps.get(end):
        found.append(Segment(GAP * gaps[end], "gap"))
    return found


def _with_gaps(source: str, start: int, end: int, kind: str, gaps: Mapping[int, int]) -> Iterator[Segment]:
    at = start
    for place in sorted(place for place in gaps if start <= place < end):
        if place > at:
            yield Segment(source[at:place], kind)
        yield Segment(GAP * gaps[place], "gap")
        at = place
    if end > at:
        yield Segment(source[at:end], kind)


def gaps_of(source: str, doubt: Mapping[str, Any]) -> list[tuple[int, int]]:
    """Where characters are missing and how many: what the proposal has and the source lacks."""
    if doubt["code"] == "numeral_lost":
        return [(doubt["start"], 1)]
    if doubt["code"] not in {"document_number_damaged", "signed_on_doubtful"} or not doubt["proposal"]:
        return []
    printed = source[doubt["start"] : doubt["end"]]
    if len(printed) > LONGEST_WORDS:
        return []
    codes = SequenceMatcher(None, printed, doubt["proposal"], autojunk=False).get_opcodes()
    return [(doubt["start"] + a, d - c) for tag, a, _, c, d in codes if tag == "insert"]


def _doubt_spans(start: int, end: int, doubts: Iterable[Mapping[str, Any]]) -> Iterator[tuple[int, int, str]]:
    for doubt in doubts:
        first, last = doubt["start"], doubt["end"]
        if (
            start <= first < last <= end
            and last - first <= LONGEST_DOUBT
            and doubt["code"] not in NOT_UNDERLINED
        ):
            yield first, last, "doubt"


def _hint_spans(
    source: str, start: int, end: int, reading: Mapping[str, Any]
) -> Iterator[tuple[int, int, str]]:
    units = tuple(reading.get("issuer_unit", {}).get("places", ()))
    for hint in hints_in(source, start, end, year=reading.get("year"), units=units):
        kind = MARKED.get(hint.kind)
        bare_zone = hint.rule == "unit.zones" and not any(character.isdigit() for character in hint.text)
        if kind is None or bare_zone:
            continue
        first = hint.start
        what = str(hint.value.get("deliverable") or "")
        if what and what in hint.text:  # the result itself, without the verb in front of it
            first += hint.text.index(what)
        yield first, hint.end, kind


def _apart(spans: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Spans that do not overlap, by rank and then by place."""
    kept: list[tuple[int, int, str]] = []
    for span in sorted(spans, key=lambda item: (FIRST.index(item[2]), item[0], -item[1])):
        if span[0] < span[1] and not any(a < span[1] and span[0] < b for a, b, _ in kept):
            kept.append(span)
    return sorted(kept)
