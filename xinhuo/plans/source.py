"""Cutting a text into the part before, inside and after a piece of it, by nested ranges. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quoted:
    """Three pieces of a text: what stands before the marked words, the words, what stands after."""

    before: str
    marked: str
    after: str


def quote(text: str, outer: tuple[int, int], inner: tuple[int, int]) -> Quoted:
    """The piece ``outer`` of ``text`` with ``inner`` marked; ranges are clipped, so that bad ones never fail."""
    start, end = max(outer[0], 0), min(outer[1], len(text))
    first, last = max(inner[0], start), min(inner[1], end)
    if first >= last:
        return Quoted(text[start:end].strip(), "", "")
    return Quoted(text[start:first].lstrip(), text[first:last].strip(), text[last:end].rstrip())
