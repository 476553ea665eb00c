"""From a PDF with a text layer to text: lines as printed, page numbers and running heads set aside."""

import re
from collections import Counter
from threading import Lock

import pypdfium2 as pdfium  # type: ignore[import-untyped]

from .extracted import Builder, Extracted
from .model import UnreadableError
from .sniff import ADVICE

SCAN_CHARACTERS = 8  # a page with fewer has no text layer worth reading
EDGE = 2  # lines at the top and bottom of a page that can be running heads
REPEATED = 3  # pages that share a line before it counts as a running head
MOST_PAGES = 2000
_ONE_AT_A_TIME = Lock()  # PDFium keeps global state
_PAGE_NUMBER = re.compile(
    r"[-—－–―\s·]*(?:第\s*)?\d{1,4}\s*(?:页)?(?:\s*[,，/／]?\s*(?:共\s*)?\d{1,4}\s*页?)?[-—－–―\s·]*"
)
_SPACED_OUT = re.compile(r"(?:[一-鿿]\s+){2,}[一-鿿]")
_BETWEEN_HAN = re.compile(r"(?<=[一-鿿])[ \u3000\xa0]+(?=[一-鿿])")


def read_pdf(data: bytes) -> Extracted:
    """Extract the lines of a PDF. Raises UnreadableError for scans, locked and broken files."""
    with _ONE_AT_A_TIME:
        pages = _pages(data)
    if sum(len(line) for page in pages for line in page) < SCAN_CHARACTERS * len(pages) or not pages:
        raise UnreadableError(ADVICE["scan"])
    heads = _running_heads(pages)
    out = Builder()
    aside: list[str] = []
    for page in pages:
        for place, line in enumerate(page):
            edge = place < EDGE or place >= len(page) - EDGE
            if edge and (_neutral(line) in heads or _PAGE_NUMBER.fullmatch(line)):
                aside.append(line)
            else:
                out.line(line)
    if aside:
        start = out.size
        for line in dict.fromkeys(aside):
            out.line(line)
        out.notes.append(
            ("noise_dropped", f"{len(aside)} 行页眉、页码不属于正文，列在文末。", start, out.size - 1)
        )
    found = out.result("pdf")
    found.wrapped = True
    return found


def _pages(data: bytes) -> list[list[str]]:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise UnreadableError(ADVICE["locked" if locked else "broken"]) from error
    try:
        return [_page(document, number) for number in range(min(len(document), MOST_PAGES))]
    finally:
        document.close()


def _page(document: pdfium.PdfDocument, number: int) -> list[str]:
    try:
        page = document[number]
        text_page = page.get_textpage()
        text = str(text_page.get_text_bounded())
        text_page.close()
        page.close()
    except pdfium.PdfiumError:
        return []  # one broken page does not cost the others
    return [line for line in (_clean(raw) for raw in re.split(r"[\r\n]+", text)) if line]


def _clean(line: str) -> str:
    line = line.replace("\ufffe", "").replace("\x02", "").replace("\x00", "").strip()
    return _BETWEEN_HAN.sub("", line) if _SPACED_OUT.fullmatch(line) else line


def _neutral(line: str) -> str:
    return re.sub(r"\d+", "#", line)


def _running_heads(pages: list[list[str]]) -> frozenset[str]:
    """Lines that stand at the edge of many pages."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_neutral(line) for line in (*page[:EDGE], *page[-EDGE:]) if len(line) < 60})  # noqa: PLR2004
    least = max(REPEATED, len(pages) // 2)
    return frozenset(line for line, count in seen.items() if count >= least)
