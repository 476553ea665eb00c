"""Several documents in one file: signatures, annexes and further titles end one and begin the next."""

import re

from .layout import Layout, Segment
from .look import PIECE_HEAD, TITLE_START, Kind
from .model import PartKind

FIRST_NUMERAL = re.compile(r"^[（(〔第\s]*(?:[一1１①⑴㈠壹](?![0-9０-９十]))|^[、.．]")
_TOP = re.compile(
    r"[一二三四五六七八九十]{1,3}[、.．]|第[一二三四五六七八九十\d]{1,3}(?:章|条|部分|编)|[、.．]"
)
ORG_ROWS = 6  # organisations that sign together
ROSTER_LINE = 18  # characters; names are shorter than tasks
TITLE_LEAST = 9
FAR = 400  # rows looked at for the next marker
AHEAD = 6  # rows below a title in which its text must begin
_WORDS = (Kind.PROSE, Kind.MARKER, Kind.ADDRESSEE, Kind.ATTACHMENTS)


def cut_segments(layout: Layout) -> None:
    """Fill ``layout.segments`` and give the rows of signatures and annexes their roles."""
    first, row, seen, high = 0, layout.body, False, False
    while row < layout.end:
        signature = _signature(layout, row) if seen and layout.roles[row] is PartKind.BODY else None
        if signature is not None:
            layout.mark(PartKind.SIGNATURE, *signature)
            layout.segments.append(Segment(first, signature[1], signature))
            first, row, seen, high = signature[1], signature[1], False, False
            continue
        if seen and row > first and _heads_document(layout, row, high=high):
            layout.segments.append(Segment(first, row))
            first, seen, high = row, False, False
        high = high or bool(_TOP.match(layout.lines.rows[row].text))
        seen = seen or layout.looks[row].kind in _WORDS
        row += 1
    if first < layout.end:
        layout.segments.append(Segment(first, layout.end))
    for segment in layout.segments[1:]:
        _judge(layout, segment)
    _fold(layout)


def _kind(layout: Layout, row: int) -> Kind | None:
    return layout.looks[row].kind if 0 <= row < layout.end else None


def _signature(layout: Layout, row: int) -> tuple[int, int] | None:
    """Rows of a signature that begins at ``row``."""
    kind = layout.looks[row].kind
    if kind is Kind.SIGNED:
        return row, row + 1
    if kind is Kind.ORG:
        return _after_names(layout, row)
    if kind is Kind.DATE:
        if _kind(layout, row + 1) is Kind.ORG and _kind(layout, row + 2) in {
            None,
            Kind.NAV,
            Kind.ANNEX_HEAD,
            Kind.FOOTER,
        }:
            return row, row + 2
        return (row, row + 1) if _begins_anew(layout, row + 1) else None
    return None


def _after_names(layout: Layout, row: int) -> tuple[int, int] | None:
    """Organisations, then their date; or organisations with nothing but an annex or the page below."""
    end = row
    while end < layout.end and end - row < ORG_ROWS and layout.looks[end].kind is Kind.ORG:
        end += 1
    below = _kind(layout, end)
    if below is Kind.DATE:
        return row, end + 1
    if below is Kind.SHORT and _kind(layout, end + 1) is Kind.DATE:
        return row, end + 2
    if below in {None, Kind.NAV, Kind.ANNEX_HEAD, Kind.FOOTER} and layout.lines.rows[row].gap:
        return row, end
    return None


def _begins_anew(layout: Layout, row: int) -> bool:
    """Whether no list of the document goes on below: the next marker is a first one, or there is none."""
    for below in range(row, min(row + FAR, layout.end)):
        if layout.looks[below].kind is Kind.MARKER:
            return bool(FIRST_NUMERAL.match(layout.lines.rows[below].text))
        if layout.looks[below].kind in {Kind.ANNEX_HEAD, Kind.TITLE}:
            return True
    return True


def _heads_document(layout: Layout, row: int, *, high: bool) -> bool:
    """Whether an annex or another document starts here although nothing was signed above.

    ``high``: the document above has markers of a high class, so a new one must begin with such a class too.
    """
    look, text = layout.looks[row], layout.lines.rows[row].text
    piece = look.kind is Kind.TITLE and bool(PIECE_HEAD.match(text))
    if piece or look.kind is Kind.ANNEX_HEAD:
        return piece or _begins_anew(layout, row + 1)
    if look.kind is not Kind.TITLE or len(text) < TITLE_LEAST or not TITLE_START.match(text):
        return False
    above = layout.lines.rows[row - 1].text
    if above[-1] not in "。；：:.！)）”" and layout.looks[row - 1].kind not in {
        Kind.DATE,
        Kind.ORG,
        Kind.ATTACHMENTS,
    }:
        return False
    for below in range(row + 1, min(row + 1 + AHEAD, layout.end)):
        kind = layout.looks[below].kind
        if kind is Kind.MARKER:
            return _begins_list(layout, below, high=high)
        if kind in {Kind.ADDRESSEE, Kind.PROSE}:
            return _begins_anew(layout, below)
    return False


def _begins_list(layout: Layout, row: int, *, high: bool) -> bool:
    """Whether a row carries a first numeral, of a high class if that is asked for."""
    text = layout.lines.rows[row].text
    return bool(FIRST_NUMERAL.match(text)) and (not high or bool(_TOP.match(text)))


def _judge(layout: Layout, segment: Segment) -> None:
    """A later segment is a document if its numbered lines read like sentences; else a roster, form or page."""
    rows = range(segment.first, segment.last)
    texts = [r for r in rows if layout.looks[r].kind is Kind.MARKER and layout.roles[r] is PartKind.BODY]
    prose = sum(layout.looks[r].kind is Kind.PROSE for r in rows)
    long = sum(_says_something(layout, r) for r in texts)
    segment.is_document = bool(texts) and (long * 2 >= len(texts) or prose >= len(texts))
    if PIECE_HEAD.match(layout.lines.rows[segment.first].text) and texts:
        segment.is_document = True
    if layout.lines.joined:
        segment.is_document |= any(layout.lines.rows[r].text.count("。") > 1 for r in rows)
    if segment.is_document:
        return
    named = any(layout.looks[r].kind in {Kind.ANNEX_HEAD, Kind.TITLE, Kind.ATTACHMENTS} for r in rows)
    layout.mark(PartKind.ANNEX if named or texts or prose else PartKind.NOISE, segment.first, segment.last)


def _says_something(layout: Layout, row: int) -> bool:
    """Whether a numbered line is a sentence, or a heading with a sentence below it; names in a roster are neither."""
    text = layout.lines.rows[row].text
    if len(text) > ROSTER_LINE or text[-1] in "。；;":
        return True
    below = _kind(layout, row + 1)
    return below is Kind.PROSE or (below is Kind.SHORT and len(layout.lines.rows[row + 1].text) > ROSTER_LINE)


def _fold(layout: Layout) -> None:
    """Segments without nodes join the document before them: an annex is no document of its own."""
    kept: list[Segment] = []
    for segment in layout.segments:
        if kept and not segment.is_document:
            kept[-1].last = segment.last
            kept[-1].signature = kept[-1].signature or segment.signature
        else:
            kept.append(segment)
    layout.segments = kept
