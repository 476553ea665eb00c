"""Which format a file has, by its first bytes; and what to tell people about formats that cannot be read."""

import re
import zipfile
from enum import Enum
from io import BytesIO

from .model import UnreadableError

HEAD = 2048  # bytes in which a page of HTML shows itself
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(
    rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<(?:div|p|table|span|meta)[\s>/]", re.IGNORECASE
)
_HTML_NAME = (".html", ".htm", ".shtml", ".xhtml")
_IMAGES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_KEEP = "文件可以作为附件保存；要拆成条目，"
ADVICE = {
    "doc": f"这是旧版 Word 或 WPS 文件（.doc、.wps），不能直接读取。{_KEEP}请用 Word 或 WPS 打开，另存为 .docx 后再上传。",
    "ofd": f"这是 OFD 版式文件，不能直接读取。{_KEEP}请用阅读器另存为 .docx 或 .txt，或者把正文复制粘贴进来。",
    "image": f"这是图片或扫描件，没有文字可读。{_KEEP}请把正文复制粘贴进来，或者上传 .docx 文件。",
    "sheet": f"这是电子表格或演示文稿，不是公文正文。{_KEEP}请上传 .docx、.pdf、.txt 或网页文件。",
    "zip": "这是压缩包。请先解压，再上传里面的文件。",
    "rtf": f"这是 RTF 文件，不能直接读取。{_KEEP}请用 Word 或 WPS 打开，另存为 .docx 后再上传。",
    "scan": f"这份 PDF 没有文字，像是扫描件。{_KEEP}请把正文复制粘贴进来，或者上传 .docx 文件。",
    "locked": "这份 PDF 设了打开密码，读不出来。请去掉密码后再上传。",
    "broken": "文件已损坏，读不出来。请重新导出或换一份再上传。",
    "large": "文件展开后太大，读不了。请把正文复制粘贴进来。",
}


class Format(Enum):
    """The formats the reader takes."""

    TEXT = "text"
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"


def sniff(data: bytes, filename: str) -> Format:
    """The format of a file. Raises UnreadableError with advice for formats that hold no readable text."""
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data)
    if b"%PDF-" in data[:1024]:
        return Format.PDF
    for starts, advice in (
        (_OLE, "doc"),
        (_IMAGES, "image"),
        (b"{\\rtf", "rtf"),
        (b"Rar!", "zip"),
        (b"7z\xbc\xaf", "zip"),
    ):
        if data.startswith(starts) and not _is_words(data, starts):
            raise UnreadableError(ADVICE[advice])
    head = data[:HEAD].replace(b"\x00", b"")
    if (
        filename.lower().endswith(_HTML_NAME)
        or len(_HTML.findall(head)) > 1
        or _HTML.match(head.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t"))
    ):
        return Format.HTML
    return Format.TEXT


def _is_words(data: bytes, starts: bytes | tuple[bytes, ...]) -> bool:
    """A text may begin with the letters of an image's mark; an image soon has bytes no text has."""
    return starts is _IMAGES and not any(byte < 9 for byte in data[:64])  # noqa: PLR2004  control characters


def _zipped(data: bytes) -> Format:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise UnreadableError(ADVICE["broken"]) from error
    if "word/document.xml" in names:
        return Format.DOCX
    if "OFD.xml" in names:
        raise UnreadableError(ADVICE["ofd"])
    if any(name.startswith(("xl/", "ppt/")) for name in names):
        raise UnreadableError(ADVICE["sheet"])
    raise UnreadableError(ADVICE["zip"])
