"""Cutting what units wrote into sentences, and numbering headings. Pure."""

import re

_END = re.compile(r"(?<=[。！？；\n])")
HAN = "〇一二三四五六七八九"
TEN = 10


def sentences(text: str) -> list[str]:
    """The sentences of a text, each with its closing mark; nothing is dropped but blanks."""
    found = (" ".join(piece.split()) for piece in _END.split(text))
    return [piece for piece in found if piece.strip("。；！？ ")]


def closed(text: str) -> str:
    """A sentence that can stand in a paragraph: with a closing mark, semicolons made full stops."""
    words = text.strip().rstrip("；;，,")
    return words if words.endswith(("。", "！", "？")) or not words else f"{words}。"


def han(number: int) -> str:
    """1 → 一, 12 → 十二, 23 → 二十三."""
    tens, ones = divmod(number, TEN)
    first = "" if tens == 0 else "十" if tens == 1 else f"{HAN[tens]}十"
    return first + (HAN[ones] if ones else "")
