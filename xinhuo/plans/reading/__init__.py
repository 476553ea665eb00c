"""The plan reader: a document's text becomes a tree of nodes, with every doubt told.

Pure Python, no Django. ``read_bytes`` takes any file, ``read_text`` takes pasted words.
"""

from .decode import decode
from .extracted import Extracted
from .model import Doubt, Node, Part, PartKind, Reading, UnreadableError
from .reader import read, read_extracted, unreadable
from .sniff import Format, sniff

__all__ = ["Doubt", "Node", "Part", "PartKind", "Reading", "read_bytes", "read_text"]


def read_text(text: str) -> Reading:
    """Read words that were pasted in. Never fails on any string."""
    return read(text.removeprefix("\ufeff"), "")


def read_bytes(data: bytes, filename: str = "") -> Reading:
    """Read a file: .txt, .html, .docx or .pdf by its own bytes; ``filename`` only helps where these are unclear.

    Never fails: a format that holds no text this reader can take (.doc, .wps, OFD, scans) gives an empty
    reading whose ``unreadable`` says in Chinese what to do instead.
    """
    try:
        found = sniff(data, filename)
        if found is Format.TEXT:
            return read(*decode(data))
        return read_extracted(_extracted(data, found))
    except UnreadableError as error:
        return unreadable(str(error))


def _extracted(data: bytes, found: Format) -> Extracted:
    """The extractors need larger libraries; a text file does without them."""
    if found is Format.HTML:
        from .from_html import read_html  # noqa: PLC0415

        return read_html(data)
    if found is Format.DOCX:
        from .from_docx import read_docx  # noqa: PLC0415

        return read_docx(data)
    from .from_pdf import read_pdf  # noqa: PLC0415

    return read_pdf(data)
