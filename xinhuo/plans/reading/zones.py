"""Which lines of a file are text of a document, and which are page, table, list or footer."""

import re
from collections.abc import Sequence

from .contents import contents_rows
from .counters import page_counters
from .grammar import signs_before
from .layout import Layout
from .lines import Lines, squeezed
from .look import FILE_NAME, Kind, look_at
from .model import PartKind
from .segments import cut_segments
from .tables import table_rows

_LABEL = re.compile(
    r"[【\[]?(?:标\s*题|名\s*称|文件名称|信息名称)\s*[】\]]?\s*[：:]\s*([^\s：:][^\t\r\n]{4,100})"
)
LABEL_ROWS = 40  # rows in which the block above a document stands
NAME_LEAST, NAME_MOST = 5, 120  # characters of a page's name that tell it from others
_NAMES = (Kind.SHORT, Kind.TITLE, Kind.ORG, Kind.PROSE, Kind.MARKER)
LIST_LINE = 60  # characters; a longer line is no entry of a list of attachments


Known = tuple[PartKind, int, int]  # a character range whose part the file's own format told


def lay_out(lines: Lines, known: Sequence[Known] = (), name: str = "") -> Layout:
    """Find documents, signatures, navigation, tables and lists of attachments."""
    looks = [look_at(row) for row in lines.rows]
    layout = Layout(lines, looks, [PartKind.BODY] * len(looks))
    if not looks:
        return layout
    for kind, start, end in known:
        layout.mark(kind, *lines.rows_in(start, end))
    if not any(kind is PartKind.TABLE for kind, _, _ in known):
        for first, last in table_rows(lines.rows):
            layout.mark(PartKind.TABLE, first, last)
    for first, last in contents_rows(lines.rows):
        layout.mark(PartKind.NOISE, first, last)
    layout.counters = page_counters(lines)
    layout.labelled = _labelled(lines)
    layout.named = _named_row(
        layout, squeezed(lines.text[slice(*layout.labelled)] if layout.labelled else name)
    )
    layout.body = _body_start(layout)
    layout.end = _page_end(layout)
    layout.mark(PartKind.NOISE, layout.end, len(looks))
    _mark_lines(layout)
    cut_segments(layout)
    return layout


def _mark_lines(layout: Layout) -> None:
    """Navigation, footers and lists of attachments between the lines of the text."""
    for row, look in enumerate(layout.looks[: layout.end]):
        if look.kind is Kind.NAV:
            layout.mark(PartKind.NOISE, row, row + 1)
        elif look.kind is Kind.FOOTER and row > layout.body:
            layout.mark(PartKind.FOOTER, row, row + 1)
        elif look.kind is Kind.ATTACHMENTS:
            layout.mark(PartKind.ATTACHMENTS, row, _list_end(layout, row))


TEXT = (Kind.MARKER, Kind.PROSE, Kind.ADDRESSEE)


def _labelled(lines: Lines) -> tuple[int, int] | None:
    """The name behind 标题： or 名称： in the block above a document."""
    for line in lines.rows[:LABEL_ROWS]:
        match = _LABEL.match(line.text, signs_before(line.text))
        if match:
            return line.start + match.start(1), line.start + match.end(1)
    return None


def _named_row(layout: Layout, name: str) -> int | None:
    """The first row that says the name the page gives itself, or its beginning."""
    for row, line in enumerate(layout.lines.rows if name else ()):
        words = squeezed(line.text)
        if NAME_LEAST <= len(words) <= NAME_MOST and name.startswith(words):
            fits = layout.looks[row].kind in _NAMES and layout.roles[row] is PartKind.BODY
            return row if fits and not _is_signed_above(layout, row) else None
    return None


def _is_signed_above(layout: Layout, row: int) -> bool:
    """Whether another document ends above a row: words, then a date."""
    kinds = [look.kind for look in layout.looks[:row]]
    words = next((at for at, kind in enumerate(kinds) if kind in TEXT), row)
    return Kind.DATE in kinds[words:] or Kind.SIGNED in kinds[words:]


def _body_start(layout: Layout) -> int:
    """The first row of text; an introduction by the web page before a title does not count."""
    looks = layout.looks
    begin = 0 if layout.named is None else layout.named + 1
    first = next(
        (
            row
            for row in range(begin, len(looks))
            if looks[row].kind in TEXT and layout.roles[row] is PartKind.BODY
        ),
        len(looks),
    )
    if layout.named is not None or any(look.kind is Kind.TITLE for look in looks[:first]):
        return first
    for row in range(first, min(first + 8, len(looks))):
        if looks[row].kind is Kind.MARKER:
            break
        if looks[row].kind is Kind.TITLE:
            return next((r for r in range(row, len(looks)) if looks[r].kind in TEXT), first)
    return first


def _page_end(layout: Layout) -> int:
    """The row where the web page goes on without the document."""
    looks, count = layout.looks, len(layout.looks)
    weight = [0] * (count + 1)
    for row in range(count - 1, -1, -1):
        weight[row] = weight[row + 1] + (looks[row].kind in (Kind.MARKER, Kind.PROSE))
    for row in range(layout.body + 1, count):
        if looks[row].terminal and weight[row] * 3 <= weight[layout.body] - weight[row]:
            return row
    end = count
    for row in range(count - 1, layout.body, -1):
        if looks[row].kind is Kind.NAV:
            end = row
        elif looks[row].kind is not Kind.SHORT:
            break
    return end


def _list_end(layout: Layout, row: int) -> int:
    """The row behind a list of attachments: short numbered names."""
    after = row + 1
    while after < layout.end:
        text = layout.lines.rows[after].text
        kind = layout.looks[after].kind
        if FILE_NAME.search(text):
            after += 1
            continue
        if (
            kind not in (Kind.MARKER, Kind.TITLE, Kind.SHORT)
            or len(text) > LIST_LINE
            or "。" in text
            or "；" in text
            or text[-1] in ";：:"
        ):
            break
        if kind is not Kind.MARKER and not layout.lines.wrapped_before(after):
            break
        if kind is Kind.MARKER and not (text[0].isdigit() or text[0] in "（("):
            break
        after += 1
    return after
