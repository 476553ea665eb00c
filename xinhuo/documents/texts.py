"""Plain text: reading the bytes of a .txt, and telling whether a text looks like a list of duties. Pure."""

import codecs
import re

BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
ITEM = re.compile(
    r"^[\s　]*(第?[一二三四五六七八九十]{1,3}[、章条]|（[一二三四五六七八九十]{1,3}）|\d{1,2}[.．、])",
    re.MULTILINE,
)
TITLES = re.compile(r"工作(要点|计划|安排)|实施方案")
FEW = 3
MANY = 8


def decode(content: bytes) -> str | None:
    """The text of a .txt in UTF-8, UTF-16 with its mark, or GB18030; None when it is none of these."""
    encodings = [name for mark, name in BOMS if content.startswith(mark)] or ["utf-8", "gb18030"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else text.replace("\r\n", "\n").replace("\r", "\n")
    return None


def looks_like_outline(title: str, text: str) -> bool:
    """Whether a text is worth reading into duties: numbered items, and the title of a plan or many of them."""
    items = len(ITEM.findall(text))
    named = TITLES.search(title) or TITLES.search(text[:200])
    return items >= (FEW if named else MANY)
