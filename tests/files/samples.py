"""Small true files of every kind, made here so that no binary lies in the project."""

import zipfile
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

OLE = bytes.fromhex("D0CF11E0A1B11AE1")
GPS = {1: "N", 2: (25.0, 5.0, 30.0), 3: "E", 4: (104.0, 53.0, 40.0)}


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), mode: str = "RGB", **save: Any) -> bytes:
    """A picture whose left half is dark, so that turning it can be seen."""
    image = Image.new("RGB", size, "white")
    image.paste("black", (0, 0, size[0] // 2, size[1]))
    out = BytesIO()
    image.convert(mode).save(out, kind, **save)
    return out.getvalue()


def photo(orientation: int = 1) -> bytes:
    """A JPEG as a phone writes it: with the place, the camera and how it was held."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(0x8825).update(GPS)
    return picture(exif=exif, comment=b"SecretComment")


def zipped(*names: str) -> bytes:
    """A zip archive with these members."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


def office(folder: str, *more: str) -> bytes:
    """The outer shape of a docx (word), xlsx (xl) or pptx (ppt)."""
    return zipped("[Content_Types].xml", f"{folder}/main.xml", *more)


def ole(stream: str) -> bytes:
    """The outer shape of an old office file."""
    return OLE + b"\0" * 1000 + stream.encode("utf-16-le") + b"\0" * 500


PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"
MP4 = b"\0\0\0\x18ftypisom\0\0\2\0isomiso2" + b"\0" * 64
MOV = b"\0\0\0\x14ftypqt  \0\0\0\0qt  " + b"\0" * 64
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 64

TAKEN = {
    "photo.jpg": (photo(), "image/jpeg", "image"),
    "chart.png": (picture("PNG"), "image/png", "image"),
    "old.gif": (picture("GIF", mode="P"), "image/png", "image"),
    "new.webp": (picture("WEBP"), "image/webp", "image"),
    "通知.pdf": (PDF, "application/pdf", "document"),
    "总结.docx": (
        office("word"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "document",
    ),
    "名册.xlsx": (office("xl"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "sheet"),
    "讲稿.pptx": (
        office("ppt"),
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "slides",
    ),
    "旧.doc": (ole("WordDocument"), "application/msword", "document"),
    "旧.wps": (ole("WordDocument"), "application/msword", "document"),
    "旧.xls": (ole("Workbook"), "application/vnd.ms-excel", "sheet"),
    "更旧.xls": (ole("Book"), "application/vnd.ms-excel", "sheet"),
    "旧.et": (ole("Workbook"), "application/vnd.ms-excel", "sheet"),
    "旧.ppt": (ole("PowerPoint Document"), "application/vnd.ms-powerpoint", "slides"),
    "红头.ofd": (zipped("OFD.xml", "Doc_0/Document.xml"), "application/ofd", "document"),
    "要点.txt": ("一、总体要求".encode(), "text/plain", "document"),
    "gbk.txt": ("一、总体要求".encode("gb18030"), "text/plain", "document"),
    "utf16.txt": ("一、总体要求".encode("utf-16"), "text/plain", "document"),
    "材料.zip": (zipped("照片/1.jpg"), "application/zip", "archive"),
    "活动.mp4": (MP4, "video/mp4", "video"),
}

REFUSED = {
    "empty.pdf": (b"", "是空的"),
    "setup.exe": (b"MZ\x90\0\3\0", "程序文件"),
    "readme.txt": (b"MZ\x90\0\3\0", "程序文件"),
    "run.sh": (b"#!/bin/sh\nrm -rf /\n", "程序文件"),
    "lib.so": (b"\x7fELF\2\1\1\0", "程序文件"),
    "page.html": (b"<!DOCTYPE html><script>alert(1)</script>", "网页或代码"),
    "page.txt": (b"\xef\xbb\xbf \n<HTML><body>", "网页或代码"),
    "drawing.svg": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "网页或代码"),
    "pic.png": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "网页或代码"),
    "photo.heic": (HEIC, "兼容性最佳"),
    "clip.mov": (MOV, "转成 mp4"),
    "letter.rtf": (rb"{\rtf1 hello}", "另存为 docx"),
    "macro.docm": (office("word", "word/vbaProject.bin"), "有宏"),
    "half.docx": (office("word")[:60], "不完整"),
    "installer.msi": (ole("Something"), "认不出"),
    "noise.bin": (bytes(range(256)) * 4, "认不出"),
    "report.pdf": (office("word"), "扩展名却是“.pdf”"),
    "report.docx": (PDF, "扩展名却是“.docx”"),
    "photo.pdf": (picture(), "扩展名却是“.pdf”"),
    "list.docx": (ole("WordDocument"), "扩展名却是“.docx”"),
    "notes.exe": ("只是文字".encode(), "扩展名却是“.exe”"),
    "broken.jpg": (picture()[:300], "可能已经损坏"),
    "broken.png": (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "可能已经损坏"),
}


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    """As a form hands it over; the browser's claim about the type is a lie on purpose."""
    return SimpleUploadedFile(name, content, content_type="application/x-lie")
