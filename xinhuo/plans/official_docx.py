"""Word files in the office's usual layout: 方正小标宋 title, 黑体 and 楷体 headings, 仿宋 body. Pure of the database."""

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

TITLE_FONT, BODY_FONT, KAI_FONT, HEI_FONT = "方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体"
LATIN_FONT = "Times New Roman"
TITLE_SIZE, BODY_SIZE, SOURCE_SIZE = Pt(22), Pt(16), Pt(12)
LINE = Pt(28)
TWO_CHARACTERS = Pt(32)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Look(StrEnum):
    """What a stretch of words looks like."""

    HEADING = "heading"
    SUBHEADING = "subheading"
    BODY = "body"
    SOURCE = "source"  # where a sentence comes from: small, 楷体


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph: words with their looks."""

    runs: Sequence[tuple[str, Look]]

    @classmethod
    def of(cls, words: str, look: Look = Look.BODY) -> "Block":
        """A paragraph of one look."""
        return cls([(words, look)])


FONTS = {
    Look.HEADING: (HEI_FONT, BODY_SIZE),
    Look.SUBHEADING: (KAI_FONT, BODY_SIZE),
    Look.BODY: (BODY_FONT, BODY_SIZE),
    Look.SOURCE: (KAI_FONT, SOURCE_SIZE),
}


def official(title: str, blocks: Iterable[Block]) -> bytes:
    """The file."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    head = document.add_paragraph()
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _write(head, title, TITLE_FONT, TITLE_SIZE)
    head.paragraph_format.space_after = LINE
    for block in blocks:
        paragraph = document.add_paragraph()
        shape = paragraph.paragraph_format
        shape.first_line_indent = TWO_CHARACTERS
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
        shape.space_after = Pt(0)
        for words, look in block.runs:
            _write(paragraph, words, *FONTS[look])
    document.core_properties.title = _clean(title)
    document.core_properties.author = ""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _write(paragraph: Paragraph, words: str, font: str, size: Pt) -> None:
    run = paragraph.add_run(_clean(words))
    run.font.name, run.font.size = LATIN_FONT, size
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()  # noqa: SLF001  python-docx has no way to name the East Asian font
    fonts.set(qn("w:eastAsia"), font)


def _clean(words: str) -> str:
    """Without characters that XML cannot hold: pasted texts have them."""
    return _NOT_XML.sub("", words)
