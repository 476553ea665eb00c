"""From bytes to text: UTF-8, UTF-16, and GB18030 when nothing else fits. Newlines stay as they are."""

import codecs

SAMPLE = 4096  # bytes looked at to recognise UTF-16 without a mark
LEAST = 4  # two characters are the least evidence
ORDINARY_SHARE = 0.95
_ORDINARY = (
    (0x09, 0x0D),
    (0x20, 0x7E),
    (0xA0, 0xFF),
    (0x2000, 0x2500),
    (0x3000, 0x30FF),
    (0x4E00, 0x9FFF),
    (0xFF00, 0xFFEF),
)

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(data: bytes) -> tuple[str, str]:
    """The text and the name of its encoding. Never fails: what no encoding explains becomes U+FFFD."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, errors="replace"), name
    sixteen = _utf16(data)
    for name in filter(None, (sixteen, "utf-8", "gb18030")):
        try:
            return data.decode(name), name
        except UnicodeDecodeError as error:
            if name == "utf-8" and _cut_at_end(error, data):
                return data.decode(name, errors="replace"), name
    return data.decode("gb18030", errors="replace"), "gb18030"


def _utf16(data: bytes) -> str:
    """UTF-16 without a mark: there are zero bytes, and one byte order gives ordinary characters only."""
    sample = data[:SAMPLE]
    if len(data) % 2 or len(sample) < LEAST or 0 not in sample:
        return ""
    scored = [(_ordinary(sample.decode(name, errors="replace")), name) for name in ("utf-16-le", "utf-16-be")]
    share, name = max(scored)
    return name if share >= ORDINARY_SHARE and min(scored)[0] < share else ""


def _ordinary(text: str) -> float:
    """The share of characters that Chinese text is made of: a zero character never is."""
    return sum(any(a <= ord(c) <= b for a, b in _ORDINARY) for c in text) / max(len(text), 1)


def _cut_at_end(error: UnicodeDecodeError, data: bytes) -> bool:
    """A file cut off inside its last character is still UTF-8."""
    return error.end == len(data) and error.start >= len(data) - 3 and error.start > 0
