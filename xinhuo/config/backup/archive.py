"""What a backup file looks like: a tar with ``manifest.json`` first, then the database, then the uploads.

Every member can be checked by itself: the manifest holds the database's SHA-256, an upload's name is its own.
"""

import hashlib
import json
import tarfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import BinaryIO, cast

FORMAT = 1
MANIFEST, DATABASE, FILES = "manifest.json", "database", "files/"
CHUNK = 1 << 20


class BackupError(RuntimeError):
    """A backup could not be made, or cannot be restored; the message (Chinese) says what to do."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What stands in a backup.

    ``migrations`` names the newest step of each app, so that a restore knows which version of the program fits;
    ``rows`` counts every table at the moment of the copy; ``files`` maps an upload's place to its size in bytes;
    ``lost`` lists uploads that the database names and the store did not have.
    """

    made_at: str
    version: str
    engine: str
    sha256: str
    migrations: Mapping[str, str]
    rows: Mapping[str, int]
    files: Mapping[str, int]
    lost: tuple[str, ...] = ()
    format: int = field(default=FORMAT)

    def as_bytes(self) -> bytes:
        """The manifest as it is written."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode()


def open_archive(path: Path) -> tarfile.TarFile:
    """Open a backup for reading. Raises BackupError for anything else."""
    try:
        return tarfile.open(path, "r:")
    except (OSError, tarfile.TarError) as error:
        reason = f"“{path}”打不开，或者不是薪火的备份文件。请换一份备份再试。"
        raise BackupError(reason) from error


def read_manifest(archive: tarfile.TarFile) -> Manifest:
    """The manifest of an open backup. Raises BackupError where it is missing or of another format."""
    first = archive.next()
    if first is None or first.name != MANIFEST:
        raise BackupError("这不是薪火的备份文件：里面没有清单。请换一份备份再试。")
    try:
        found = json.loads(member(archive, first).read())
        manifest = Manifest(**{**found, "lost": tuple(found["lost"])})
    except (ValueError, TypeError, KeyError) as error:
        raise BackupError("备份文件的清单坏了。请换一份备份再试。") from error
    if manifest.format != FORMAT:
        raise BackupError("这份备份是另一个版本的薪火做的，本版本读不了。请用做备份时的版本恢复，再升级。")
    return manifest


def member(archive: tarfile.TarFile, info: tarfile.TarInfo) -> BinaryIO:
    """A member's content."""
    content = archive.extractfile(info)
    if content is None:
        reason = f"备份文件里的“{info.name}”不是普通文件。这份备份不能用。"
        raise BackupError(reason)
    return cast("BinaryIO", content)


def copy(source: BinaryIO, target: BinaryIO) -> str:
    """Copy everything; returns its SHA-256 (hex)."""
    sha = hashlib.sha256()
    while chunk := source.read(CHUNK):
        sha.update(chunk)
        target.write(chunk)
    return sha.hexdigest()
