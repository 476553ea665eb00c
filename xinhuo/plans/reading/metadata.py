"""Who wrote the document, when, under which number, and to whom."""

import re
from dataclasses import dataclass, field
from datetime import date

from .dates import FULL, NUMERIC, FoundDate, make_date
from .docnumber import FoundNumber, read_number
from .layout import Layout, Segment
from .lines import BLANK
from .look import ORG_END, Kind, split_signed
from .model import PartKind
from .titles import NO_TITLE, FoundTitle, find_title

WORDS = frozenset({Kind.PROSE, Kind.ADDRESSEE, Kind.MARKER})
SHORTEST_NAME = 3  # characters
NUMBER_REACH = 120  # characters of a line in which a number may stand
NEAR = 4  # rows of text in which a number may still follow
_YEAR = re.compile(r"(?:19|20|１９|２０)[\d０-９]{2}(?=\s*[—－-]?\s*(?:\d{4})?(?:年|学年|春|秋|度))")
_HAN_YEAR = re.compile(r"二[〇○零OＯ0][〇○零一二三四五六七八九]{2}年")
_ISSUER_LABEL = re.compile(
    r"(?:制定机关|发文机关|发文单位|发布机构|发布单位|印发机关)[】\]\s]*[：:]?\s*([一-鿿、]{3,40})"
)
_PREFIX = re.compile(
    r"^[《“]?(?!关于|转发|印发|在)(?P<org>[一-鿿（）()·、]{3,40}?)(?=关于|(?:19|20|１９|２０)[\d０-９]{2}|二[〇○零OＯ]|印发)"
)
_IN_TITLE = re.compile(r"《(?P<org>[一-鿿（）()·、]{3,40}?)(?=(?:19|20)\d\d|二[〇○零OＯ])")
_OWNER = re.compile(
    r"^(?!在|关于)(?P<org>[一-鿿（）()·]{2,40}?(?:委员会|关工委|局|厅|学院|大学|学校|中学|小学|幼儿园|党委|党组|政府)(?:关工委)?)"
    r"(?=工作(?!委)|年度|实施|开展|[“《]|召开|章程|制度)"
)
_RED_HEAD = re.compile(r"^[\[【]?(?P<org>[一-鿿（）()·、\s]{3,40}?)[\]】]?\s*文\s*件$")
_SEPARATOR = re.compile(r"[、，,；;](?![^（(]*[）)])")  # those inside brackets do not separate


@dataclass(slots=True)
class Metadata:
    """What stands around the text."""

    title: FoundTitle = NO_TITLE
    number: FoundNumber | None = None
    issuer: str = ""
    signed: FoundDate | None = None
    signed_span: tuple[int, int] = (0, 0)
    posted_on: date | None = None
    year: int | None = None
    addressees: tuple[str, ...] = ()
    later_titles: list[FoundTitle] = field(default_factory=list)


def read_metadata(layout: Layout) -> Metadata:
    """Read title, number, issuer, dates and addressees, and give their rows their roles."""
    data = Metadata()
    if not layout.segments:
        return data
    body = min(layout.body, layout.segments[0].last)
    data.title = find_title(layout, 0, body)
    layout.mark(PartKind.TITLE, *data.title.rows)
    data.number = _number(layout, body, data.title)
    data.posted_on = _posted(layout, body)
    _signature(layout, data, body)
    data.addressees = _addressees(layout, layout.segments[0], body)
    data.issuer = data.issuer or _issuer(layout, data, body)
    data.year = _year(data)
    for segment in layout.segments[1:]:
        data.later_titles.append(_later_title(layout, segment))
    _close_head(layout, data)
    return data


def _number(layout: Layout, body: int, title: FoundTitle) -> FoundNumber | None:
    first = layout.lines.rows[title.rows[0]] if title.rows[1] else None
    if first is not None and title.start > first.start:
        return read_number(first.text[: title.start - first.start], first.start, whole=True)
    reach = min(body + NEAR, layout.segments[0].last)
    for whole in (True, False):
        for row in range(reach if whole else min(body + 1, reach)):
            line = layout.lines.rows[row]
            if layout.roles[row] in {PartKind.TABLE, PartKind.TITLE}:
                continue
            found = read_number(line.text[:NUMBER_REACH], line.start, whole=whole)
            if found is not None:
                if whole:
                    layout.roles[row] = PartKind.NUMBER
                return found
    return None


def _posted(layout: Layout, body: int) -> date | None:
    for row in range(min(body + 1, len(layout.looks))):
        if layout.looks[row].kind is Kind.NAV:
            line = layout.lines.rows[row].text
            match = NUMERIC.search(line.replace("/", "-")) or FULL.search(line)
            day = make_date(match) if match and len(NUMERIC.findall(line)) < 2 else None  # noqa: PLR2004
            if day:
                return day
    return None


def _signature(layout: Layout, data: Metadata, body: int) -> None:
    """The first signed document of the file says who and when; else a date below the title."""
    for segment in layout.segments:
        if segment.signature is None:
            continue
        names: list[str] = []
        for row in range(*segment.signature):
            _read_signature_row(layout, data, names, row)
        if names and not data.issuer:
            data.issuer = "、".join(names)
        if data.signed or data.issuer:
            return
    for row in range(data.title.rows[1], body):
        look = layout.looks[row]
        if look.kind is Kind.DATE and look.found and look.found.day and layout.roles[row] is PartKind.BODY:
            data.signed, data.signed_span = look.found, layout.span(row, row + 1)
            layout.roles[row] = PartKind.SIGNATURE
            return


def _read_signature_row(layout: Layout, data: Metadata, names: list[str], row: int) -> None:
    look, line = layout.looks[row], layout.lines.rows[row]
    if look.kind is Kind.ORG:
        names += _names(line.text)
    elif look.kind is Kind.SIGNED and (signed := split_signed(line.text)):
        names += _names(signed[0])
    if look.found and data.signed is None:
        data.signed, data.signed_span = look.found, (line.start, line.end)


def _names(text: str) -> list[str]:
    """Organisations on one line: blanks separate whole names, else they only space the letters out."""
    plain = re.sub(r"[（(](?:盖?章|公章|印章|代章)[）)]$", "", text.strip(BLANK))
    pieces = re.split(r"[\s\u3000\xa0]+", plain)
    if len(pieces) > 1 and all(len(piece) > SHORTEST_NAME and ORG_END.search(piece) for piece in pieces):
        return pieces
    return ["".join(pieces)]


def _addressees(layout: Layout, segment: Segment, body: int) -> tuple[str, ...]:
    for row in range(data_start(layout), min(body + 2, segment.last)):
        if layout.looks[row].kind is not Kind.ADDRESSEE or layout.roles[row] is not PartKind.BODY:
            continue
        layout.roles[row] = PartKind.ADDRESSEE
        names = _SEPARATOR.split(layout.lines.rows[row].text.rstrip("：: "))
        return tuple(name.strip(BLANK) for name in names if name.strip(BLANK))
    return ()


def data_start(layout: Layout) -> int:
    """The first row that is not part of the page above the document."""
    return next((row for row, role in enumerate(layout.roles) if role is not PartKind.NOISE), 0)


def _issuer(layout: Layout, data: Metadata, body: int) -> str:
    for row in range(body):
        text = layout.lines.rows[row].text
        if found := _ISSUER_LABEL.search(text):
            return found[1]
    for row in range(body):
        if found := _RED_HEAD.match(layout.lines.rows[row].text):
            return re.sub(r"\s", "", found["org"])
    for pattern in (_PREFIX, _IN_TITLE, _OWNER):
        if found := pattern.search(data.title.text):
            return found["org"].strip("《“")
    return ""


def _year(data: Metadata) -> int | None:
    if data.number:
        return data.number.year
    if found := _YEAR.search(data.title.text):
        return int(found.group())
    if data.signed and data.signed.year:
        return data.signed.year
    return None


def _later_title(layout: Layout, segment: Segment) -> FoundTitle:
    body = segment.first
    while body < segment.last and layout.looks[body].kind not in {Kind.MARKER, Kind.PROSE, Kind.ADDRESSEE}:
        body += 1
    found = find_title(layout, segment.first, body)
    layout.mark(PartKind.TITLE, *found.rows)
    return found


def _close_head(layout: Layout, data: Metadata) -> None:
    """What stands above the title and is neither number nor red head is page."""
    top = data.title.rows[0]
    for row in range(top):
        if layout.roles[row] is PartKind.BODY:
            if _RED_HEAD.match(layout.lines.rows[row].text):
                layout.roles[row] = PartKind.TITLE
            elif layout.looks[row].kind in WORDS:
                layout.roles[row] = PartKind.PREAMBLE
            else:
                layout.roles[row] = PartKind.NOISE
