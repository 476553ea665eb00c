"""Measures an .xlsx before anything opens it.

A few kilobytes may unpack to gigabytes, and one cell far away makes a sheet as large as the distance to it:
the reader holds the whole rectangle in memory and would take the server with it.
"""

import zipfile
from collections.abc import Iterator
from typing import IO
from xml.parsers import expat

from .errors import BadInputError

MAX_BYTES = 20 * 1024 * 1024
MAX_UNPACKED = 200 * 1024 * 1024
MAX_MEMBERS = 2_000
MAX_CELLS = 2_000_000
CHUNK = 1 << 20

NOT_XLSX = (
    "这个文件不是 .xlsx 表格，或者已经损坏。请在 Excel 或 WPS 里打开，选“另存为”，类型选“.xlsx”，再上传。"
)
TOO_LARGE = "这个表格展开后太大，没有打开。请只保留要导入的那一张工作表，删去空白行列，再上传。"


def measure(file: IO[bytes]) -> None:
    """Refuse (BadInputError) what is no .xlsx or would unpack to more than we are ready to hold.

    Leaves the file at its start.
    """
    size = file.seek(0, 2)
    file.seek(0)
    if size > MAX_BYTES:
        limit = MAX_BYTES // 1024 // 1024
        raise BadInputError(f"文件有 {size / 1024 / 1024:.0f} MB，最多 {limit} MB。请分成几个文件导入。")
    try:
        with zipfile.ZipFile(file) as archive:
            _measure_members(archive)
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        RuntimeError,
        EOFError,
        OSError,
        expat.ExpatError,
    ) as error:
        raise BadInputError(NOT_XLSX) from error
    finally:
        file.seek(0)


def _measure_members(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    if not any(member.filename.startswith("xl/") for member in members):
        raise BadInputError(NOT_XLSX)
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
        raise BadInputError(TOO_LARGE)
    for member in members:
        extent = _Extent() if member.filename.lower().endswith(".xml") else None
        for piece in _unpacked(archive, member):
            if extent is not None:
                extent.feed(piece)


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """The member's content piece by piece; a member larger than it says is refused."""
    said = member.file_size
    member.file_size = said + 1  # zipfile stops at this number, so a lie shows as one byte too many
    seen = 0
    with archive.open(member) as stream:
        while piece := stream.read(CHUNK):
            seen += len(piece)
            if seen > said:
                raise BadInputError(TOO_LARGE)
            yield piece


class _Extent:
    """Follows a sheet's cells, named (``r="B7"``) or merely in order, and refuses too large a rectangle."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.row = self.column = 0
        self.height = self.width = 0

    def feed(self, piece: bytes) -> None:
        self.parser.Parse(piece, False)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        kind = name.rpartition(":")[2]
        place = attributes.get("r", "")
        if kind == "row":
            self.row = int(place) if place.isdecimal() else self.row + 1
            self.column = 0
        elif kind == "c":
            self._cell(place)

    def _cell(self, place: str) -> None:
        letters = place.rstrip("0123456789")
        self.column += 1
        if place:
            self.column = _column_number(letters)
            digits = place[len(letters) :]
            self.row = int(digits) if digits else self.row
        self.height = max(self.height, self.row)
        self.width = max(self.width, self.column)
        if self.height * self.width > MAX_CELLS:
            raise BadInputError(TOO_LARGE)


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
