"""The title of a document: one line or several, found among the lines above its text."""

from dataclasses import dataclass

from .docnumber import leading_number
from .layout import Layout
from .lines import BLANK
from .look import ORG_END, TITLE_END, TITLE_START, Kind, is_title
from .model import PartKind

_NEEDS_ABOUT = ("的通知", "的意见", "的决定", "的函", "的通报", "的公告", "的通告", "的请示", "的批复")
WHOLE_TITLE = 10  # characters; a shorter line may be the rest of a title
MOST_LINES = 4
LINE_MOST = 45
TITLE_SIGN = 2.0
DISTANCE = 0.4
FARTHEST = 30  # rows


@dataclass(frozen=True, slots=True)
class FoundTitle:
    """A title and where it stands; ``rows`` is empty when it was cut out of a longer line."""

    text: str
    start: int
    end: int
    rows: tuple[int, int]


NO_TITLE = FoundTitle("", 0, 0, (0, 0))


def find_title(layout: Layout, first: int, body: int) -> FoundTitle:
    """The best title in rows ``first`` to ``body``, else one inside a longer line."""
    best, best_score = NO_TITLE, -100.0
    for row in range(first, body):
        if layout.looks[row].kind is Kind.TITLE and layout.roles[row] is PartKind.BODY:
            found = _grown(layout, first, row)
            score = _score(layout, found, body)
            if score >= best_score:
                best, best_score = found, score
    if best.text:
        return best
    return _inside_line(layout, first, min(body + 3, len(layout.looks)))


def _score(layout: Layout, found: FoundTitle, body: int) -> float:
    between = sum(
        layout.looks[row].kind in {Kind.SHORT, Kind.TITLE, Kind.ORG} and len(layout.lines.rows[row].text) > 1
        for row in range(found.rows[1], min(body, found.rows[1] + FARTHEST))
    )
    return bool(TITLE_START.match(found.text)) * TITLE_SIGN - DISTANCE * min(between, 10)


def _grown(layout: Layout, first: int, row: int) -> FoundTitle:
    """Take in the lines above that belong to the title."""
    rows = layout.lines.rows
    top, text = row, rows[row].text
    while top > first and row - top < MOST_LINES - 1 and _belongs(layout, top, text):
        top -= 1
        text = rows[top].text + text
    number = leading_number(text)
    return FoundTitle(_tidy(text[number:]), rows[top].start + number, rows[row].end, (top, row + 1))


def _belongs(layout: Layout, top: int, text: str) -> bool:
    above, kind = layout.lines.rows[top - 1].text, layout.looks[top - 1].kind
    if layout.roles[top - 1] is not PartKind.BODY or kind not in {Kind.SHORT, Kind.ORG, Kind.TITLE}:
        return False
    if len(above) > LINE_MOST or above[-1] in "：:。，,；;" or above.endswith("文件"):
        return False
    if text.count("》") > text.count("《"):
        return True
    if text.endswith(_NEEDS_ABOUT) and "关于" not in text and "《" not in text:
        return not TITLE_END.search(above) and above[-1] not in "〕号"
    if not TITLE_START.match(text):
        broken = len(text) < WHOLE_TITLE or text[0] in "的和与及暨、》”"
        return broken and (not TITLE_END.search(above) or above[-1] == "》")
    headless = text.startswith(("关于", "转发", "印发", "20", "19", "二"))
    return (
        headless
        and bool(ORG_END.search(above))
        and len(above) > MOST_LINES
        and not layout.lines.rows[top].gap
    )


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
