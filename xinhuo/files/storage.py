"""Bytes on their way into the store: under a name made of their SHA-256, whole or not at all."""

import contextlib
import errno
import hashlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage

from xinhuo.core.errors import BadInputError

CHUNK = 1 << 20
NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
NO_SPACE_REASON = (
    "服务器的存储空间不够了，这个文件没有存上，其他内容不受影响。请告诉管理员腾出空间，再传一次。"
)


def digest(content: BinaryIO) -> tuple[str, int]:
    """SHA-256 (hex) and size in bytes of everything in ``content``."""
    content.seek(0)
    sha = hashlib.sha256()
    size = 0
    while chunk := content.read(CHUNK):
        sha.update(chunk)
        size += len(chunk)
    return sha.hexdigest(), size


def place_of(sha256: str) -> str:
    """Where content with this checksum lies, relative to the store."""
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


def keep(content: BinaryIO, sha256: str, size: int) -> str:
    """Put content into the store unless it is there already; returns its place.

    In a folder it is written beside its place and renamed when complete, so a crash or a full disk never leaves
    half a file under its name. Raises BadInputError when there is no space.
    """
    place = place_of(sha256)
    if default_storage.exists(place) and default_storage.size(place) == size:
        return place
    content.seek(0)
    try:
        try:
            _into_folder(content, Path(default_storage.path(place)))
        except NotImplementedError:  # a store without folders (S3) shows an object only when it is complete
            default_storage.save(place, File(content))
    except OSError as error:
        if error.errno in NO_SPACE:
            raise BadInputError(NO_SPACE_REASON) from error
        raise
    return place


def _into_folder(content: BinaryIO, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, half = tempfile.mkstemp(prefix=".half-", dir=place.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            shutil.copyfileobj(content, out, CHUNK)
            out.flush()
            os.fsync(out.fileno())
        if settings.FILE_UPLOAD_PERMISSIONS is not None:
            Path(half).chmod(settings.FILE_UPLOAD_PERMISSIONS)
        Path(half).replace(place)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(half).unlink()
        raise
