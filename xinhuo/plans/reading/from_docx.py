"""From a Word file to text: automatic numbers, tables, text boxes, footnotes; tracked changes as accepted."""

import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from lxml import etree

from .docx_numbering import Numbering, W
from .extracted import Builder, Extracted
from .model import UnreadableError
from .sniff import ADVICE

LARGEST = 64_000_000  # bytes of one part after unpacking
MOST_DEPTH = 50
LAYOUT_CELL = 120  # characters; a table with such cells only lays out text
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_GONE = frozenset(
    {f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}delText", f"{_MC}Fallback", f"{W}rPr", f"{W}sdtPr"}
)
_LINES = {f"{W}br": "\n", f"{W}cr": "\n", f"{W}tab": " ", f"{W}noBreakHyphen": "-"}
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    etree.XMLSyntaxError,
    ValueError,
    OSError,
    NotImplementedError,
    EOFError,
    RuntimeError,
    struct.error,
)
_CHANGED = frozenset({f"{W}del", f"{W}ins", f"{W}moveFrom", f"{W}moveTo"})


def read_docx(data: bytes) -> Extracted:
    """Extract the words of a document. Raises UnreadableError if the file is broken or unpacks too large."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = {
                name: _part(archive, f"word/{name}.xml")
                for name in ("document", "numbering", "styles", "footnotes")
            }
    except _DAMAGE as error:
        raise UnreadableError(ADVICE["broken"]) from error
    document = parts["document"]
    body = document.find(f"{W}body") if document is not None else None
    if body is None:
        raise UnreadableError(ADVICE["broken"])
    writer = _Writer(Numbering(parts["numbering"], parts["styles"]))
    writer.blocks(body, 0)
    writer.footnotes(parts["footnotes"])
    if any(True for _ in body.iter(*_CHANGED)):
        writer.out.notes.append(
            ("tracked_changes", "文件里有修订痕迹，按“接受全部修订”读取。请确认这是定稿。", 0, 0)
        )
    return writer.out.result("docx")


def _part(archive: zipfile.ZipFile, name: str) -> etree._Element | None:
    try:
        info = archive.getinfo(name)
    except KeyError:
        return None
    if info.file_size > LARGEST:
        raise UnreadableError(ADVICE["large"])
    with archive.open(info) as stream:
        data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise UnreadableError(ADVICE["large"])
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    return etree.fromstring(data, parser)


class _Writer:
    """Writes paragraphs and tables in reading order."""

    def __init__(self, numbering: Numbering) -> None:
        self.out = Builder()
        self._numbering = numbering

    def blocks(self, parent: etree._Element, depth: int) -> None:
        """Write all paragraphs and tables of a body, cell, box or content control."""
        for child in parent:
            if child.tag == f"{W}p":
                self._paragraph(child, depth)
            elif child.tag == f"{W}tbl":
                self._table(child, depth)
            elif child.tag not in _GONE and depth < MOST_DEPTH:
                self.blocks(child, depth + 1)

    def _paragraph(self, paragraph: etree._Element, depth: int) -> None:
        properties = paragraph.find(f"{W}pPr")
        words = _words(paragraph).strip(" ")
        removed = properties is not None and properties.find(f"{W}rPr/{W}del") is not None
        marker = "" if removed and not words else self._numbering.marker(properties)
        if marker and words[:1].isdigit() and not marker.endswith(" "):
            marker += " "
        for line in (marker + words if words else "").split("\n"):
            self.out.line(line.strip(" "))
        for box in _boxes(paragraph):
            if depth < 5:  # noqa: PLR2004  boxes in boxes in boxes
                self.blocks(box, depth + 1)

    def _table(self, table: etree._Element, depth: int) -> None:
        rows = [[_cell_words(cell) for cell in _cells(row)] for row in table.iter(f"{W}tr")]
        sizes = [len(cell) for row in rows for cell in row]
        columns = max((len(row) for row in rows), default=0)
        nested = table.find(f".//{W}tbl") is not None
        if columns < 2 or nested or sum(size > LAYOUT_CELL for size in sizes) * 4 > len(sizes):  # noqa: PLR2004
            for element in table.findall(f"{W}tr"):
                for cell in _cells(element):
                    self.blocks(cell, depth + 1)
            return
        start = self.out.size
        for row in rows:
            self.out.line("\t".join(row))
        self.out.tables.append((start, self.out.size - 1))

    def footnotes(self, root: etree._Element | None) -> None:
        """Footnotes stand at the end, outside the nodes."""
        notes = [
            _words(note).strip()
            for note in (root.iter(f"{W}footnote") if root is not None else ())
            if note.get(f"{W}type") is None
        ]
        notes = [note for note in notes if note]
        if not notes:
            return
        start = self.out.size
        for note in notes:
            self.out.line("脚注：" + note.replace("\n", " "))
        self.out.notes.append(
            ("note_kept", f"{len(notes)} 条脚注列在文末，不拆成条目。", start, self.out.size - 1)
        )


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for child in row:
        if child.tag == f"{W}tc":
            yield child
        elif child.tag in {f"{W}sdt", f"{W}customXml", f"{W}sdtContent"}:
            yield from _cells(child)


def _cell_words(cell: etree._Element) -> str:
    return " ".join(filter(None, (_words(p).replace("\n", " ").strip() for p in cell.iter(f"{W}p"))))


def _boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    for box in paragraph.iter(f"{W}txbxContent"):
        if not any(parent.tag in _GONE for parent in box.iterancestors()):
            yield box


def _words(node: etree._Element) -> str:
    """The visible words of a paragraph, without what was deleted, hidden, or stands in a box of its own."""
    parts: list[str] = []
    _collect(node, parts)
    return "".join(parts)


def _collect(node: etree._Element, parts: list[str]) -> None:
    stack = [iter(node)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif child.tag == f"{W}t":
            parts.append(child.text or "")
        elif child.tag in _LINES:
            parts.append(_LINES[str(child.tag)])
        elif child.tag == f"{W}sym":
            parts.append(_symbol(child))
        elif child.tag == f"{W}txbxContent" or child.tag in _GONE or _is_hidden(child):
            continue
        elif child.tag != f"{W}pPr":
            stack.append(iter(child))


def _is_hidden(run: etree._Element) -> bool:
    if run.tag != f"{W}r":
        return False
    mark = run.find(f"{W}rPr/{W}vanish")
    return mark is not None and mark.get(f"{W}val") not in {"0", "false"}


def _symbol(node: etree._Element) -> str:
    code = node.get(f"{W}char") or ""
    try:
        value = int(code, 16)
    except ValueError:
        return ""
    return chr(value) if value and not 0xE000 <= value <= 0xF8FF else "·"  # noqa: PLR2004  private use
