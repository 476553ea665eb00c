"""From bytes to text: UTF-8, UTF-16, and GB18030 when nothing else fits. Newlines stay as they are."""

import codecs

SAMPLE = 4096  # bytes looked at to recognise UTF-16 without a mark
NULL_SHARE = 0.2  # share of zero bytes on one side that makes UTF-16 certain enough
CJK_HIGH = frozenset(range(0x4E, 0xA0)) | {0x30, 0xFF, 0x20, 0x00}  # high bytes of ordinary Chinese text
CJK_SHARE = 0.9

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
    """UTF-16 without a mark: zero bytes on one side only, or high bytes of Chinese on one side."""
    sample = data[:SAMPLE]
    if len(data) % 2 or len(sample) < 4:  # noqa: PLR2004  two characters are the least evidence
        return ""
    even, odd = sample[::2], sample[1::2]
    for name, high, low in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        zeros = high.count(0) / len(high)
        if zeros >= NULL_SHARE and low.count(0) == 0:
            return name
        if high.count(0) and low.count(0) == 0 and _share(high) >= CJK_SHARE:
            return name
    return ""


def _share(high: bytes) -> float:
    return sum(byte in CJK_HIGH for byte in high) / len(high)


def _cut_at_end(error: UnicodeDecodeError, data: bytes) -> bool:
    """A file cut off inside its last character is still UTF-8."""
    return error.end == len(data) and error.start >= len(data) - 3 and error.start > 0
