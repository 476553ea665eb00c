"""From a web page to text: blocks become lines, tables become rows of cells, hidden parts go."""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from .decode import decode
from .extracted import Builder, Extracted
from .numerals import han_numeral

MOST_DEPTH = 150  # deeper nesting is flattened, so no page can exhaust the stack
LAYOUT_CELL = 120  # characters; a table with such cells lays out a page, it is not data
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_DROP = frozenset(
    {
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "iframe",
        "svg",
        "select",
        "button",
        "textarea",
        "object",
    }
)
_BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl",
        "dt", "fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
        "hr", "html", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "td",
        "th", "tfoot", "thead", "tr", "ul", "caption",
    )
)  # fmt: skip
_SPACES = re.compile(r"[ \t\r\n\f\v]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def read_html(data: bytes) -> Extracted:
    """Extract the words of a page in reading order."""
    text, encoding = _decoded(data)
    tree = LexborHTMLParser(text)
    walker = _Walker()
    if tree.body is not None:
        walker.block(tree.body, 0)
    walker.flush()
    found = walker.out.result(encoding)
    name = tree.css_first("title")
    found.name = _SPACES.sub(" ", name.text()).strip() if name is not None else ""
    return found


def _decoded(data: bytes) -> tuple[str, str]:
    """The page's own charset if it fits, else the usual order."""
    named = _CHARSET.search(data[:4096])
    if named:
        name = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030"}.get(
            named[1].decode().lower(), named[1].decode()
        )
        try:
            return data.decode(name).removeprefix("\ufeff"), name
        except (UnicodeDecodeError, LookupError):
            pass
    return decode(data)


class _Walker:
    """Goes through the page once and writes a line for every block."""

    def __init__(self) -> None:
        self.out = Builder()
        self._words: list[str] = []
        self._table_depth = 0

    def flush(self) -> None:
        """End the line that is being written."""
        line = _SPACES.sub(" ", "".join(self._words)).strip(" ")
        self._words = []
        for piece in line.split("\x1f"):
            if piece.strip():
                self.out.line(piece.strip(" "))

    def block(self, node: LexborNode, depth: int) -> None:
        """Write the words of a node and of everything below it."""
        number = _list_start(node)
        child = node.child
        while child is not None:
            tag = child.tag or ""
            if tag == "-text":
                self._words.append(_SPACES.sub(" ", child.text_content or ""))
            elif tag == "br":
                self._words.append("\x1f")
            elif tag and not tag.startswith(("-", "!")) and tag not in _DROP and not _hidden(child):
                number = self._element(child, tag, depth, number)
            child = child.next

    def _element(self, node: LexborNode, tag: str, depth: int, number: int | None) -> int | None:
        if depth > MOST_DEPTH:
            self._words.append(node.text(deep=True))
            return number
        if tag == "table" and _is_data(node):
            self._table(node)
            return number
        is_block = tag in _BLOCKS
        if is_block:
            self.flush()
        if tag == "li" and number is not None:
            self._words.append(_list_marker(node, number))
            number += 1
        self.block(node, depth + 1)
        if is_block:
            self.flush()
        return number

    def _table(self, node: LexborNode) -> None:
        self.flush()
        start = self.out.size
        for row in node.css("tr"):
            cells = [_SPACES.sub(" ", cell.text(deep=True)).strip() for cell in row.css("td, th")]
            if any(cells):
                self.out.line("\t".join(cells))
        if self.out.size > start:
            self.out.tables.append((start, self.out.size - 1))


def _hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    return "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style") or ""))


def _is_data(table: LexborNode) -> bool:
    """A table of short cells in several columns; web pages also lay out their text with tables."""
    if any(inner.mem_id != table.mem_id for inner in table.css("table")):
        return False
    rows = [row.css("td, th") for row in table.css("tr")]
    if not rows or max(len(row) for row in rows) < 2:  # noqa: PLR2004  one column is a frame
        return False
    cells = [len(cell.text(deep=True).strip()) for row in rows for cell in row]
    return len(rows) > 1 and sum(size > LAYOUT_CELL for size in cells) * 4 <= len(cells)


def _list_start(node: LexborNode) -> int | None:
    """The first number of an ordered list, else None."""
    if node.tag != "ol":
        return None
    start = node.attributes.get("start") or "1"
    return int(start) if start.lstrip("-").isdigit() else 1


def _list_marker(node: LexborNode, number: int) -> str:
    """The number a browser would show: unless the item's own words begin with one."""
    own = node.text(deep=True).strip()
    if re.match(r"[（(]?[\d一二三四五六七八九十①-⑳]+[、.．)）]|[①-⑳]", own):
        return ""
    style = (node.parent.attributes.get("style") or "") if node.parent is not None else ""
    if "cjk-ideographic" in style or "simp-chinese" in style:
        return f"{han_numeral(number)}、" if 0 < number < 1000 else ""  # noqa: PLR2004
    return f"{number}."
