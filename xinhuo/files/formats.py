"""The formats that may be handed in, and how to know them by their content. No Django, no database."""

import zipfile
from dataclasses import dataclass
from typing import BinaryIO

from xinhuo.core.errors import BadInputError

HEAD = 4096
CHUNK = 1 << 20
OLE = bytes.fromhex("D0CF11E0A1B11AE1")
PROGRAMS = (b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"#!")
WEB_PAGES = (b"<!doctype", b"<html", b"<svg", b"<?xml", b"<script", b"<head", b"<body", b"<?php")
STILL_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis")


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file: what people call it, its type, and the endings a name may have (the first is the best)."""

    label: str
    mime: str
    kind: str
    endings: tuple[str, ...]


_OFFICE = "application/vnd.openxmlformats-officedocument"
JPEG = Format("JPEG 图片", "image/jpeg", "image", ("jpg", "jpeg"))
PNG = Format("PNG 图片", "image/png", "image", ("png",))
GIF = Format("GIF 图片", "image/gif", "image", ("gif",))
WEBP = Format("WebP 图片", "image/webp", "image", ("webp",))
PDF = Format("PDF 文件", "application/pdf", "document", ("pdf",))
DOCX = Format("Word 文档", f"{_OFFICE}.wordprocessingml.document", "document", ("docx",))
XLSX = Format("Excel 表格", f"{_OFFICE}.spreadsheetml.sheet", "sheet", ("xlsx",))
PPTX = Format("PowerPoint 演示文稿", f"{_OFFICE}.presentationml.presentation", "slides", ("pptx",))
DOC = Format("Word 或 WPS 文档", "application/msword", "document", ("doc", "wps", "wpt", "dot"))
XLS = Format("Excel 或 WPS 表格", "application/vnd.ms-excel", "sheet", ("xls", "et", "ett", "xlt"))
PPT = Format(
    "PowerPoint 或 WPS 演示文稿", "application/vnd.ms-powerpoint", "slides", ("ppt", "dps", "dpt", "pps")
)
OFD = Format("OFD 版式文件", "application/ofd", "document", ("ofd",))
TXT = Format("文本文件", "text/plain", "document", ("txt",))
ZIP = Format("压缩包", "application/zip", "archive", ("zip",))
MP4 = Format("MP4 视频", "video/mp4", "video", ("mp4", "m4v"))

SIGNATURES = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
)
FORMATS = (JPEG, PNG, GIF, WEBP, PDF, DOCX, XLSX, PPTX, DOC, XLS, PPT, OFD, TXT, ZIP, MP4)
WELCOME = "图片（jpg、png、gif、webp）、PDF、OFD、Word、Excel、PowerPoint、WPS、txt、zip 和 mp4"


def sniff(content: BinaryIO, name: str) -> Format:
    """The format of ``content``, read from its bytes alone; ``name`` is only used in messages.

    Raises BadInputError with advice for what is empty, not taken, dangerous or unreadable. The position of
    ``content`` is moved.
    """
    content.seek(0)
    head = content.read(HEAD)
    if not head:
        raise BadInputError(f"“{name}”是空的，里面没有内容。请检查后重新选择。")
    found = _by_signature(head)
    if found is not None:
        return found
    if head.startswith(b"PK\x03\x04"):
        return _zip_format(content, name)
    if head.startswith(OLE):
        return _ole_format(content, name)
    _refuse_known(head, name)
    if _is_text(content):
        return TXT
    raise BadInputError(f"认不出“{name}”是什么文件。可以传的有：{WELCOME}。")


def _by_signature(head: bytes) -> Format | None:
    for start, found in SIGNATURES:
        if head.startswith(start):
            return found
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return WEBP
    if b"%PDF-" in head[:1024]:
        return PDF
    if head[4:8] == b"ftyp" and head[8:12] not in (*STILL_BRANDS, b"qt  "):
        return MP4
    return None


def _refuse_known(head: bytes, name: str) -> None:
    """Say what to do about things people do hand in although they cannot be taken."""
    if head[4:8] == b"ftyp":
        if head[8:12] == b"qt  ":
            raise BadInputError(f"“{name}”是 MOV 视频。请先转成 mp4 再传。")
        raise BadInputError(
            f"“{name}”是 HEIC 照片，多数电脑打不开。请在手机“设置—相机—格式”里选“兼容性最佳”后重拍，或者传它的截图。"
        )
    if head.startswith(b"{\\rtf"):
        raise BadInputError(f"“{name}”是 RTF 文件。请用 Word 或 WPS 打开，另存为 docx 再传。")
    if head.startswith(PROGRAMS) or (head.startswith(b"MZ") and b"\0" in head):
        raise BadInputError(f"“{name}”是程序文件，不能上传。")
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:16].lower().startswith(WEB_PAGES):
        raise BadInputError(f"“{name}”是网页或代码文件，不能上传。要当材料的话，请存成 PDF 再传。")


def _zip_format(content: BinaryIO, name: str) -> Format:
    content.seek(0)
    try:
        with zipfile.ZipFile(content) as archive:
            members = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise BadInputError(f"“{name}”不完整，可能没有下载完或传输时断了。请重新选择原来的文件。") from error
    if any(member.endswith("vbaProject.bin") for member in members):
        raise BadInputError(f"“{name}”里有宏。请另存为不带宏的格式（docx、xlsx、pptx）再传。")
    if "OFD.xml" in members:
        return OFD
    if "[Content_Types].xml" in members:
        for folder, found in (("word/", DOCX), ("xl/", XLSX), ("ppt/", PPTX)):
            if any(member.startswith(folder) for member in members):
                return found
    return ZIP


def _ole_format(content: BinaryIO, name: str) -> Format:
    """Tell the old office formats apart by the stream every one of them must have.

    Installers and saved mails have the same outer shape and none of these streams.
    """
    streams = {
        "WordDocument".encode("utf-16-le"): DOC,
        "Workbook".encode("utf-16-le"): XLS,
        "B\0o\0o\0k\0\0\0".encode("latin-1"): XLS,
        "PowerPoint Document".encode("utf-16-le"): PPT,
    }
    overlap = max(map(len, streams))
    content.seek(0)
    tail = b""
    while chunk := content.read(CHUNK):
        window = tail + chunk
        for mark, found in streams.items():
            if mark in window:
                return found
        tail = window[-overlap:]
    raise BadInputError(f"认不出“{name}”是什么文件。可以传的有：{WELCOME}。")


def _is_text(content: BinaryIO) -> bool:
    content.seek(0)
    data = content.read()
    encodings = ("utf-16",) if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig", "gb18030")
    if len(encodings) > 1 and b"\0" in data:
        return False
    return any(_decodes(data, encoding) for encoding in encodings)


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return not any(ord(character) < ord(" ") and character not in "\t\r\n\f\v\x1a" for character in set(text))
