"""The plan reader: a document's text becomes a tree of nodes, with every doubt told.

Pure Python, no Django. ``read_bytes`` takes any file, ``read_text`` takes pasted words.
"""

from .decode import decode
from .model import Doubt, Node, Part, PartKind, Reading, UnreadableError
from .reader import read

__all__ = ["Doubt", "Node", "Part", "PartKind", "Reading", "UnreadableError", "read_bytes", "read_text"]


def read_text(text: str) -> Reading:
    """Read words that were pasted in. Never fails on any string."""
    return read(text.removeprefix("\ufeff"), "")


def read_bytes(data: bytes, filename: str = "") -> Reading:
    """Read a file. ``filename`` only helps to tell the format; any bytes give a reading."""
    text, encoding = decode(data)
    return read(text, encoding)
