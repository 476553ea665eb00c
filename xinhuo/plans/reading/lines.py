"""The text as lines with their places, and what a single line looks like."""

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import pairwise

from .grammar import starts_with_marker

BLANK = " \t\u3000\xa0\ufeff\u200b\u200c\u200d\u2060\u202f\u2002\u2003\u2009\x00"
STOPS = "。；！？;!?：:…”’』」》）)】〕"
_LINE = re.compile(r"[^\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
SENTENCES = 5  # of a paragraph that has swallowed others
FEW_ROWS = 4
JOINED_SHARE = 0.6
LONG_LEAST = 120
CELL = 20  # characters before a tab that can be the first cell of a row
ALONE = 200  # characters; a longer line that is nearly the whole text holds several, whatever its stops
LONG = 400  # characters; a longer line may hold several paragraphs
_BREAK = re.compile(
    r"(?<=[一-鿿。；：？！，、”）)》】:;,.0-9])[ \t\u3000\xa0\u2002\u2003]+(?=[一-鿿（(《“【①-⑳㈠-㈩⑴-⒇0-9０-９、.．])"
)
_ANNEX = re.compile(r"(?<=[。；])附\s*件\s*\d?\s*[：:]")
_SIGNED = re.compile(
    r"(?<=[。！；])[一-鿿（）()]{3,30}(?:委员会|关工委|局|厅|党委|党组|办公室|学院|大学|学校|小学|中学|幼儿园|中心|处)"
    r"[ \u3000\xa0]*(?:20\d\d年\d{1,2}月\d{1,2}日|二[〇○零][一-鿿〇○]{2}年[一-鿿]{1,2}月[一-鿿]{1,3}日)"
)
_PUBLIC = re.compile(r"[（(](?:此件|主动|依申请)[^（）()]{2,12}[）)](?=[一-鿿])")
_DATED = re.compile(r"[ \u3000\xa0]20\d\d年\d{1,2}月\d{1,2}日$")
DATE_MOST = 16  # characters of a date with a blank before it
_TITLE = re.compile(
    r"[^。；：，,;:！？]{2,60}?(?:的通知|的意见|的决定|的函|工作要点|工作计划|工作安排|实施方案|工作方案|工作总结|工作规则|工作任务|重点工作|"
    r"管理办法|考核办法|工作思路|任务分解|工作规划)(?![及和与暨》”的、])"
)
WRAP_SHARE = 0.8  # a line this close to the usual full width may have been cut by the margin
WRAP_LEAST = 4  # so many unfinished full lines make a hard-wrapped document
WRAP_RANGE = range(16, 100)  # characters a page's line may hold
PASSED = 1.25  # half-width characters let a line hold a little more


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line without the blanks around it. ``gap``: an empty line stands above; ``soft``: cut at a blank.

    A page that lost its line breaks is one long line; the blanks left in it are the best trace of paragraphs.
    """

    start: int
    end: int
    text: str
    gap: bool
    soft: bool = False


@dataclass(frozen=True, slots=True)
class Lines:
    """All printed lines of a text; ``width`` is the margin of a hard-wrapped text, else 0."""

    text: str
    rows: tuple[Line, ...]
    width: int
    starts: tuple[int, ...] = field(repr=False, default=())
    joined: bool = False  # the line breaks between paragraphs are lost
    spaced: bool = False  # an empty line stands below nearly every line: it means nothing

    def index_at(self, position: int) -> int:
        """The number of the line that holds a position (the one before it, if it stands between lines)."""
        return max(0, bisect_right(self.starts, position) - 1)

    def rows_in(self, start: int, end: int) -> tuple[int, int]:
        """The lines (end exclusive) that have characters in a range."""
        first = self.index_at(start)
        if first < len(self.rows) and self.rows[first].end <= start:
            first += 1
        return first, self.index_at(max(start, end - 1)) + 1

    def wrapped_before(self, index: int) -> bool:
        """Whether line ``index`` only goes on with the sentence of the line above."""
        if not self.width or index == 0 or self.rows[index].gap:
            return False
        above = self.rows[index - 1].text
        return len(above) >= self.width * WRAP_SHARE and above[-1] not in STOPS


def squeezed(text: str) -> str:
    """A text without any blanks, also without those that a page printed as &nbsp;."""
    return re.sub(r"\s|&nbsp;", "", text)


def split_lines(text: str, *, wrapped: bool = False) -> Lines:
    """Cut a text into printed lines. Works for any newline convention and is linear.

    ``wrapped`` says that the format is known to break lines at the margin.
    """
    few = text.count("\n") + text.count("\r") < FEW_ROWS
    rows: list[Line] = []
    bodies: list[str] = []
    last_end = 0
    for match in _LINE.finditer(text):
        raw = match.group()
        body = raw.strip(BLANK)
        if not body:
            continue
        start = match.start() + raw.index(body[0])
        newlines = text.count("\n", last_end, start) or text.count("\r", last_end, start)
        bodies.append(body)
        gap = newlines > 1 or not rows
        rows += (
            _soft(start, body, gap=gap)
            if _holds_lines(body, few=few)
            else [Line(start, start + len(body), body, gap)]
        )
        last_end = start + len(body)
    ordered = tuple(rows)
    width = _width(ordered, 1 if wrapped else WRAP_LEAST)
    spaced = sum(row.gap for row in ordered) > JOINED_SHARE * len(ordered)
    starts = tuple(row.start for row in ordered)
    return Lines(text, ordered, width, starts, joined=_joined(bodies), spaced=spaced)


def _joined(bodies: list[str]) -> bool:
    """Whether most words stand in very long lines of many sentences."""
    few = len(bodies) <= FEW_ROWS
    least, sentences = (LONG_LEAST, 2) if few else (LONG, SENTENCES)
    long = sum(
        len(body)
        for body in bodies
        if len(body) > least and (body.count("。") >= sentences or (few and len(body) > ALONE))
    )
    return long > JOINED_SHARE * sum(map(len, bodies))


def _holds_lines(body: str, *, few: bool) -> bool:
    """Whether one line is really several: nearly all of the text, very long, signed, or with markers at its blanks."""
    if "。" in body and _DATED.search(body[-DATE_MOST:]):
        return True
    if len(body) <= LONG_LEAST or (not few and is_table_row(body)):
        return False
    marked = sum(starts_with_marker(body[m.end() : m.end() + 12]) for m in _BREAK.finditer(body))
    return few or len(body) > LONG or marked > 1


def is_table_row(body: str) -> bool:
    """Cells between tabs; a marker in front of a tab is a paragraph."""
    first, tab, rest = body.partition("\t")
    return bool(tab and rest) and len(first) <= CELL and not starts_with_marker(first + "甲")


def _soft(start: int, body: str, *, gap: bool) -> list[Line]:
    """Cut a very long line at blanks next to Chinese words, and around a title, signature or list of annexes."""
    places = {m.end() for m in _BREAK.finditer(body)} | {m.start() for m in _ANNEX.finditer(body)}
    for match in _SIGNED.finditer(body):
        places |= {match.start(), match.end()}
    places |= {m.end() for m in _PUBLIC.finditer(body)}
    if start == 0 and (title := _TITLE.match(body)):
        places.add(title.end())
    cuts = [0, *sorted(places - {0, len(body)}), len(body)]
    pieces = []
    for a, b in pairwise(cuts):
        piece = body[a:b].rstrip(BLANK)
        if piece:
            pieces.append(Line(start + a, start + a + len(piece), piece, gap and not a, soft=a > 0))
    return pieces


def _width(rows: tuple[Line, ...], least: int) -> int:
    """The margin at which sentences were cut: most long lines fill it, none passes it, many stop in mid-sentence."""
    lengths = sorted(len(row.text) for row in rows if len(row.text) >= WRAP_RANGE.start)
    if len(lengths) < least:
        return 0
    full = lengths[(len(lengths) * 3) // 4]
    if full not in WRAP_RANGE or lengths[-(len(lengths) // 50) - 1] > full * PASSED:
        return 0
    cut = sum(
        full * WRAP_SHARE <= len(a.text)
        and a.text[-1] not in STOPS
        and not b.gap
        and not starts_with_marker(b.text)
        for a, b in pairwise(rows)
    )
    return full if cut >= least and cut * 3 >= len(lengths) else 0
