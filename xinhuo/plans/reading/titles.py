"""The title of a document: one line or several, found among the lines above its text."""

import re
from dataclasses import dataclass

from .docnumber import leading_number
from .grammar import signs_before
from .layout import Layout
from .lines import BLANK, squeezed
from .look import FILE_NAME, ORG_END, TITLE_END, TITLE_START, Kind, is_title
from .model import PartKind

_NEEDS_ABOUT = re.compile(
    r"的[^的《》]{0,4}(?:通知|意见|意見|决定|決定|函|通报|通報|公告|通告|请示|請示|批复|批覆|答复|报告)$"
)
_ABOUT = re.compile(r"关于|關於|關于|转发|轉發|印发|印發|对")
_QUOTED = re.compile(r"《[^《》]*》")
_PIECE = re.compile(
    r"[【\[]?(?:第[一二三四五六七八九十\d]{1,3}篇|(?:篇|范文)[一二三四五六七八九十\d]{1,3})[】\]]?\s*[:：]\s*(?=\S)"
)
_RED_HEAD = re.compile(r"^[^关關]*文件$")  # 某某局文件 stands above a title and is no part of it
_CRUMBS = re.compile(r"(?:当前|所在|现在的|您的|你的|您现在的)位置|當前位置")
WHOLE_TITLE = 10  # characters; a shorter line may be the rest of a title
MOST_LINES = 4
LINE_MOST = 45
TITLE_SIGN = 2.0
DISTANCE = 0.4
FARTHEST = 30  # rows
NEAR_NAME = 15  # rows below the page's own name in which the document's title stands


@dataclass(frozen=True, slots=True)
class FoundTitle:
    """A title and where it stands; ``rows`` is empty when it was cut out of a longer line."""

    text: str
    start: int
    end: int
    rows: tuple[int, int]


NO_TITLE = FoundTitle("", 0, 0, (0, 0))


def find_title(layout: Layout, first: int, body: int) -> FoundTitle:
    """The best title in rows ``first`` to ``body``, else one inside a longer line.

    The page's own name and the path to it (当前位置) tell where the navigation ends.
    """
    if (whole := _all_of_name(layout)) is not None:
        return whole
    crumbs = _behind_crumbs(layout, first, body)
    for start in (layout.named, crumbs, first):
        if start is None:
            continue
        best = _best(layout, start, body if start != layout.named else min(body, start + NEAR_NAME))
        if best.text:
            return best
        if start == layout.named:
            return _whole_row(layout, start)
        if start == crumbs:
            break
    if layout.labelled is not None:
        start, end = layout.labelled
        return FoundTitle(_tidy(layout.lines.text[start:end]), start, end, (0, 0))
    return _inside_line(layout, crumbs or first, min(body + 3, len(layout.looks)))


def _all_of_name(layout: Layout) -> FoundTitle | None:
    """The rows that together say a name printed elsewhere (标题：…), where there are several."""
    if layout.named is None or layout.labelled is None:
        return None
    rows, name = layout.lines.rows, squeezed(layout.lines.text[slice(*layout.labelled)])
    text, row = "", layout.named
    while row < len(rows) and name.startswith(squeezed(text + rows[row].text)):
        text += rows[row].text
        row += 1
    if squeezed(text) != name:
        return None
    return FoundTitle(_tidy(text), rows[layout.named].start, rows[row - 1].end, (layout.named, row))


def _whole_row(layout: Layout, row: int) -> FoundTitle:
    line = layout.lines.rows[row]
    return FoundTitle(_tidy(line.text), line.start, line.end, (row, row + 1))


def _behind_crumbs(layout: Layout, first: int, body: int) -> int | None:
    rows = layout.lines.rows
    return next((row + 1 for row in range(body - 1, first - 1, -1) if _CRUMBS.search(rows[row].text)), None)


def _best(layout: Layout, first: int, body: int) -> FoundTitle:
    best, best_score = NO_TITLE, -100.0
    for row in range(first, body):
        if layout.looks[row].kind is Kind.TITLE and layout.roles[row] is PartKind.BODY:
            found = _grown(layout, first, row)
            score = _score(layout, found, body)
            if score >= best_score:
                best, best_score = found, score
    return best


def _score(layout: Layout, found: FoundTitle, body: int) -> float:
    between = sum(
        layout.looks[row].kind in {Kind.SHORT, Kind.TITLE, Kind.ORG} and len(layout.lines.rows[row].text) > 1
        for row in range(found.rows[1], min(body, found.rows[1] + FARTHEST))
    )
    return bool(TITLE_START.match(found.text)) * TITLE_SIGN - DISTANCE * min(between, 10)


def _grown(layout: Layout, first: int, row: int) -> FoundTitle:
    """Take in the lines above that belong to the title."""
    rows = layout.lines.rows
    top, text = row, rows[row].text.rstrip("*")
    while top > first and row - top < MOST_LINES - 1 and _belongs(layout, top, text):
        top -= 1
        text = rows[top].text + text
    number = leading_number(text) or _piece(text) or signs_before(text)
    end = rows[row].start + len(FILE_NAME.sub("", rows[row].text.rstrip("*")))
    return FoundTitle(_tidy(FILE_NAME.sub("", text[number:])), rows[top].start + number, end, (top, row + 1))


def _piece(text: str) -> int:
    """The length of 篇一： in front of a title."""
    match = _PIECE.match(text)
    return match.end() if match else 0


def _belongs(layout: Layout, top: int, text: str) -> bool:
    """Whether the row above ``top`` belongs to the title that begins with ``text``."""
    above, kind = layout.lines.rows[top - 1].text, layout.looks[top - 1].kind
    if layout.roles[top - 1] is not PartKind.BODY or kind not in {Kind.SHORT, Kind.ORG, Kind.TITLE}:
        return False
    if len(above) > LINE_MOST or above[-1] in "：:。，,；;" or _RED_HEAD.search(above):
        return False
    return text.count("》") > text.count("《") or _goes_on(layout, top, above, text)


def _goes_on(layout: Layout, top: int, above: str, text: str) -> bool:
    """Whether the words of a title go on from one row to the next."""
    ended = bool(TITLE_END.search(squeezed(above)))
    if _ABOUT.search(above) and TITLE_START.match(above) and not _ABOUT.search(text):
        return not ended
    plain = _QUOTED.sub("", squeezed(text))
    if _NEEDS_ABOUT.search(plain) and not _ABOUT.search(plain):
        ended = bool(_NEEDS_ABOUT.search(squeezed(above)))
        return not ended and (bool(_ABOUT.search(above)) if "《" in text else above[-1] not in "〕号號")
    if not TITLE_START.match(text):
        broken = len(text) < WHOLE_TITLE or text[0] in "的和与及暨、》”"
        return broken and (not ended or above[-1] == "》")
    headless = text.startswith(("关于", "關於", "關于", "转发", "印发", "20", "19", "二"))
    apart = layout.lines.rows[top].gap and not layout.lines.spaced
    return headless and bool(ORG_END.search(above)) and len(above) > MOST_LINES and not apart


def _inside_line(layout: Layout, first: int, last: int) -> FoundTitle:
    """A title that shares its line with a date, a source or the text."""
    for row in range(first, last):
        line = layout.lines.rows[row]
        at = line.start
        for piece in line.text.replace("\u3000", " ").replace("\xa0", " ").replace("\t", " ").split(" "):
            words = piece.strip(BLANK)
            if len(words) > 8 and is_title(words) and TITLE_START.match(words):  # noqa: PLR2004
                label = words.find("：") + 1
                return FoundTitle(_tidy(words[label:]), at + label, at + len(words), (0, 0))
            at += len(piece) + 1
    return NO_TITLE


def _tidy(text: str) -> str:
    """Letter-spaced and broken titles lose their blanks; blanks between Latin words stay."""
    parts = text.replace("\u3000", " ").replace("\xa0", " ").split()
    result = ""
    for part in parts:
        latin = result[-1:].isascii() and part[:1].isascii() and result[-1:].isalpha()
        result += (" " if latin else "") + part
    return result
