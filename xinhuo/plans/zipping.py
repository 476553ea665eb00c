"""Zip files written as they are sent: never whole in memory, names that are safe everywhere. Pure of the database."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from typing import IO

CHUNK = 1 << 18
Entry = tuple[str, Callable[[], IO[bytes]]]
"""A name inside the zip, and how to open the content."""


class _Pipe(io.RawIOBase):
    """What was written since it was last taken. Not seekable: zipfile then writes sizes behind the content."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: "bytes | bytearray | memoryview") -> int:  # type: ignore[override]  # what zipfile writes
        self._parts.append(bytes(data))
        return len(data)

    def take(self) -> bytes:
        found = b"".join(self._parts)
        self._parts.clear()
        return found


def stream(entries: Iterable[Entry], moment: dt.datetime) -> Iterator[bytes]:
    """The bytes of a zip holding the entries, in order; stored, not squeezed (pictures and PDF do not get smaller)."""
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
        for name, opened in entries:
            info = zipfile.ZipInfo(name, moment.timetuple()[:6])
            with opened() as content, archive.open(info, "w", force_zip64=True) as out:
                while chunk := content.read(CHUNK):
                    out.write(chunk)
                    yield pipe.take()
    yield pipe.take()


def unique(names: Iterable[str]) -> list[str]:
    """The names with (2), (3) … where one comes again; upper and lower case are one name on many computers."""
    used: set[str] = set()
    found = []
    for name in names:
        stem, dot, ending = name.rpartition(".")
        stem, ending = (stem, dot + ending) if dot and "/" not in ending else (name, "")
        tried, number = name, 1
        while tried.lower() in used:
            number += 1
            tried = f"{stem}({number}){ending}"
        used.add(tried.lower())
        found.append(tried)
    return found
