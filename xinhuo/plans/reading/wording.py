"""Doubts about the wording itself: misplaced quotation marks, doubled dashes, half-width punctuation."""

import re
from collections.abc import Iterator

from .model import Doubt

_QUOTED = re.compile(
    r"[“\"](?P<n>两个|四个|三个|六个|两学)[”\"](?P<rest>确立|维护|意识|自信|全面(?!小康|推进|加强|落实|提升|提高|贯彻)|代表(?!大会)|必须|一做)"
)
_DASH = re.compile(r"(?P<a>(?:19|20)\d\d)年?\s*(?:-{2,}|－{2,}|~{2,}|_{2,})\s*(?P<b>(?:19|20)\d\d)")
_HALF = re.compile(
    r"(?<=[一-鿿”’》）)\d])[,;:?!](?=\s*[一-鿿“‘《（(①-⑳])|[(][^()\r\n]{0,40}[一-鿿][^()\r\n]{0,40}[)]|(?<=[一-鿿”》）)])[,;:](?=\s|$)"
)
_ANY_HALF = re.compile(r"[,;:()]")
_PLACEHOLDER = re.compile(r"(?<=\S)[□■]+|�+|(?<![×xX])[×xX]{2,8}(?=[年月日市县区校])|_{3,}|\?{3,}")
_HALF_LEAST = 3
_MOST_SHOWN = 20  # of one kind; the rest is counted in the last one


def wording_doubts(text: str, start: int, end: int) -> Iterator[Doubt]:
    """Doubts in the document's own words, between ``start`` and ``end``."""
    for match in _QUOTED.finditer(text, start, end):
        whole = f"“{match['n']}{match['rest']}”"
        yield Doubt(
            "misplaced_quotes",
            f"引号的位置可能不对，通常写作{whole}。请您核对原件后决定。",
            *match.span(),
            whole,
        )
    for match in _DASH.finditer(text, start, end):
        tidy = f"{match['a']}—{match['b']}"
        yield Doubt("double_dash", f"连接号不规范，建议写作“{tidy}”。", *match.span(), tidy)
    yield from _halfwidth(text, start, end)
    yield from _placeholders(text, start, end)


def _halfwidth(text: str, start: int, end: int) -> Iterator[Doubt]:
    if len(_HALF.findall(text[start:end])) < _HALF_LEAST:
        return
    marks = sum(1 for match in _ANY_HALF.finditer(text, start, end) if not _in_number(text, match.start()))
    yield Doubt(
        "halfwidth_punctuation",
        f"正文里有 {marks} 处半角标点（, ; : ( )），建议统一改为全角。原文保持不变。",
        start,
        end,
        "，；：（）",
    )


def _in_number(text: str, at: int) -> bool:
    """1,284 and 15:02 keep their marks."""
    return text[at] in ",:" and text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit()


def _placeholders(text: str, start: int, end: int) -> Iterator[Doubt]:
    found = list(_PLACEHOLDER.finditer(text, start, end))
    for match in found[:_MOST_SHOWN]:
        yield Doubt(
            "illegible", f"这里有认不出或没填的内容“{match.group()[:8]}”，请对照原件补上。", *match.span()
        )
    if len(found) > _MOST_SHOWN:
        rest = len(found) - _MOST_SHOWN
        yield Doubt(
            "illegible",
            f"后面还有 {rest} 处认不出或没填的内容。",
            found[_MOST_SHOWN].start(),
            found[-1].end(),
        )
