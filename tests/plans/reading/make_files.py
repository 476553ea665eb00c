"""Turns a corpus text into the files an office has: Word with automatic numbers, web pages, wrapped PDF."""

import html
import re
from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

MARK = re.compile(r"^\[\[(\d+):([^\]]+)\]\]")
ANY_MARK = re.compile(r"\[\[\d+:([^\]]+)\]\]")
FORMATS = (
    (re.compile(r"（[一二三四五六七八九十]+）"), "chineseCounting", "（%{}）"),
    (re.compile(r"[一二三四五六七八九十]+、"), "chineseCounting", "%{}、"),
    (re.compile(r"\d+\."), "decimal", "%{}."),
    (re.compile(r"[①-⑳]"), "decimalEnclosedCircle", "%{}"),
)
LINE_WIDTH = 30
PAGE_LINES = 24


def make_docx(marked: str, *, run_on: int = 0) -> bytes:
    """A Word file whose line-start markers are automatic numbers. Level ``run_on`` never restarts."""
    document = Document()
    _define_list(document, marked, run_on)
    table: list[list[str]] = []
    for line in [*marked.split("\n"), ""]:
        if "\t" in line:
            table.append(line.split("\t"))
            continue
        if table:
            _add_table(document, table)
            table = []
        mark = MARK.match(line)
        if not line:
            continue
        paragraph = document.add_paragraph(ANY_MARK.sub(r"\1", line[mark.end() :] if mark else line))
        if mark:
            paragraph._p.get_or_add_pPr().append(
                parse_xml(
                    f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{int(mark[1]) - 1}"/><w:numId w:val="77"/></w:numPr>'
                )
            )
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _define_list(document: Any, marked: str, run_on: int) -> None:
    levels: dict[int, str] = {}
    for line in marked.split("\n"):
        if mark := MARK.match(line):
            levels.setdefault(int(mark[1]), mark[2])
    rules = ""
    for depth, sample in sorted(levels.items()):
        fmt, text = next((f, t) for pattern, f, t in FORMATS if pattern.fullmatch(sample))
        restart = '<w:lvlRestart w:val="0"/>' if depth == run_on else ""
        rules += (
            f'<w:lvl w:ilvl="{depth - 1}"><w:start w:val="1"/><w:numFmt w:val="{fmt}"/>{restart}'
            f'<w:lvlText w:val="{text.format(depth)}"/></w:lvl>'
        )
    root = document.part.numbering_part.element
    root.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{rules}</w:abstractNum>'))
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))


def _add_table(document: Any, rows: list[list[str]]) -> None:
    table = document.add_table(len(rows), len(rows[0]))
    for y, row in enumerate(rows):
        for x, cell in enumerate(row):
            table.cell(y, x).text = cell


def make_html(text: str, *, flat: bool = False) -> bytes:
    """A web page: a block for every line and real tables, or one block with line breaks."""
    rows, body = [], []
    for line in [*text.split("\n"), ""]:
        if "\t" in line:
            rows.append("<tr>" + "".join(f"<td>{html.escape(c)}</td>" for c in line.split("\t")) + "</tr>")
            continue
        if rows:
            body.append(f"<table>{''.join(rows)}</table>")
            rows = []
        if line:
            body.append(html.escape(line) if flat else f"<p><span>{html.escape(line)}</span></p>")
    inner = "<br/>&nbsp;&nbsp;".join(body) if flat else "\n".join(body)
    page = f"<!DOCTYPE html><html><head><meta charset='gbk'><title>页面</title></head><body><div>{inner}</div></body></html>"
    return page.encode("gbk")


def wrap(text: str, width: int = LINE_WIDTH) -> list[str]:
    """Lines cut at the margin, paragraphs indented by two characters."""
    lines = []
    for paragraph in text.split("\n"):
        words = paragraph
        while words:
            lines.append(words[:width])
            words = words[width:]
    return lines


def make_pdf(text: str) -> bytes:
    """A PDF with a text layer, hard line breaks, a running head and page numbers."""
    lines = wrap(text)
    pages = [lines[i : i + PAGE_LINES] for i in range(0, len(lines), PAGE_LINES)]
    return pdf_of([[*page, f"— {number} —"] for number, page in enumerate(pages, 1)])


def pdf_of(pages: list[list[str]]) -> bytes:
    """A small PDF that shows these lines in a font every reader knows."""
    objects: list[bytes] = []

    def add(body: bytes) -> int:
        objects.append(body)
        return len(objects)

    descriptor = add(
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 "
        b"/Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>"
    )
    cid = add(
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) "
        b"/Ordering (GB1) /Supplement 2 >> /FontDescriptor %d 0 R /DW 1000 >>" % descriptor
    )
    font = add(
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [%d 0 R] >>"
        % cid
    )
    root = len(objects) + 2 * len(pages) + 1
    kids = []
    for lines in pages:
        drawn = [b"BT /F1 14 Tf"]
        for row, line in enumerate(lines):
            words = line.encode("utf-16-be").hex().encode()
            drawn.append(b"1 0 0 1 72 %d Tm <%s> Tj" % (790 - row * 24, words))
        data = b"\n".join([*drawn, b"ET"])
        content = add(b"<< /Length %d >>\nstream\n" % len(data) + data + b"\nendstream")
        kids.append(
            add(
                b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 %d 0 R >> >> "
                b"/Contents %d 0 R >>" % (root, font, content)
            )
        )
    add(b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids)))
    catalog = add(b"<< /Type /Catalog /Pages %d 0 R >>" % root)
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(
        b"%010d 00000 n \n" % o for o in offsets
    )
    trailer = b"trailer << /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        catalog,
        len(out),
    )
    return out + table + trailer
