"""File names as people gave them, made safe for storing, showing and downloading. Pure functions."""

import re
import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

from xinhuo.core.errors import BadInputError

from .formats import FORMATS, Format

LONGEST = 120
KNOWN_ENDINGS = frozenset(ending for known in FORMATS for ending in known.endings)
_UNWANTED = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]')


def clean_name(raw: str) -> str:
    """The last part of a path, without characters that a computer or a reader could stumble over.

    Direction marks go too: they make ``xcod.exe`` look like another file. Never empty.
    """
    last = PureWindowsPath(PurePosixPath(raw).name).name
    name = _UNWANTED.sub("", unicodedata.normalize("NFC", last)).strip(" .")
    stem, ending = split_ending(name)
    if len(name) > LONGEST:
        name = f"{stem[: LONGEST - len(ending) - 1]}.{ending}" if ending else stem[:LONGEST]
    return name or "未命名"


def split_ending(name: str) -> tuple[str, str]:
    """``("总结", "docx")``; the ending is lower case and empty where there is none."""
    stem, dot, ending = name.rpartition(".")
    if not dot or not stem or len(ending) > 10 or not ending.isalnum():  # noqa: PLR2004  longer is no ending
        return name, ""
    return stem, ending.lower()


def fitting_name(name: str, found: Format) -> str:
    """``name`` with an ending that fits the content.

    A missing ending is added, and one of another picture format corrected: phones often name pictures wrongly.
    Raises BadInputError where name and content contradict each other.
    """
    stem, ending = split_ending(name)
    if ending in found.endings:
        return f"{stem}.{ending}"
    if ending not in KNOWN_ENDINGS and not _looks_like_ending(ending):
        return f"{name}.{found.endings[0]}"
    if found.kind == "image" and any(ending in known.endings for known in FORMATS if known.kind == "image"):
        return f"{stem}.{found.endings[0]}"
    raise BadInputError(
        f"“{name}”的内容是{found.label}，扩展名却是“.{ending}”。请把扩展名改成“.{found.endings[0]}”再传，"
        "或者重新选择正确的文件。"
    )


def _looks_like_ending(ending: str) -> bool:
    """``2020.关爱活动`` has no ending, ``通知.exe`` has one."""
    return bool(ending) and ending.isascii() and not ending.isdigit()
