"""Making a backup while people go on working."""

import io
import os
import sqlite3
import tarfile
import tempfile
from collections.abc import Callable, Iterable, Mapping
from importlib.metadata import version
from pathlib import Path

from django.core.files.storage import default_storage
from django.db import connection

from xinhuo.core import clock
from xinhuo.files.models import StoredFile
from xinhuo.files.storage import digest

from . import databases
from .archive import DATABASE, FILES, MANIFEST, BackupError, Manifest

Tick = Callable[[int, int], None]


def save(target: Path, *, tick: Tick = lambda _done, _all: None) -> Manifest:
    """Write a backup to ``target`` (made whole or not at all) and return its manifest.

    The database is copied first, the uploads after it: they are never changed, only added, so whatever the copy
    names is there. ``tick(done, total)`` counts uploads. Raises BackupError, also for a full disk.
    """
    if target.exists():
        reason = f"“{target}”已经有了，没有覆盖。请换一个文件名。"
        raise BackupError(reason)
    half = target.with_name(f"{target.name}.half")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".backup-", dir=target.parent) as folder:
            copied = Path(folder) / DATABASE
            counts = databases.engine().dump(copied)
            manifest = _manifest(copied, counts)
            _write(half, manifest, copied, tick)
        half.replace(target)
    except (OSError, sqlite3.Error) as error:
        reason = f"备份没有写成：{getattr(error, 'strerror', None) or error}。请腾出空间，或换一个文件夹再试；原来的数据没有动。"
        raise BackupError(reason) from error
    finally:
        half.unlink(missing_ok=True)
    return manifest


def _manifest(copied: Path, counts: Mapping[str, int]) -> Manifest:
    with copied.open("rb") as content:
        sha256, _ = digest(content)
    files, lost = _sizes(sorted(set(StoredFile.objects.values_list("path", flat=True))))
    return Manifest(
        made_at=clock.now().isoformat(timespec="seconds"),
        version=version("xinhuo"),
        engine=connection.vendor,
        sha256=sha256,
        migrations=databases.migrations(),
        rows=counts,
        files=files,
        lost=lost,
    )


def _sizes(places: Iterable[str]) -> tuple[dict[str, int], tuple[str, ...]]:
    sizes: dict[str, int] = {}
    lost = []
    for place in places:
        if default_storage.exists(place):
            sizes[place] = default_storage.size(place)
        else:
            lost.append(place)
    return sizes, tuple(lost)


def _write(half: Path, manifest: Manifest, copied: Path, tick: Tick) -> None:
    with half.open("wb") as out:
        half.chmod(0o600)  # names, telephone numbers: for the owner of the installation alone
        with tarfile.open(fileobj=out, mode="w") as archive:
            _add(archive, MANIFEST, io.BytesIO(manifest.as_bytes()), len(manifest.as_bytes()))
            with copied.open("rb") as content:
                _add(archive, DATABASE, content, copied.stat().st_size)
            for number, (place, size) in enumerate(manifest.files.items(), 1):
                with default_storage.open(place) as content:
                    _add(archive, f"{FILES}{place}", content, size)  # type: ignore[arg-type]  # Django's File reads alike
                tick(number, len(manifest.files))
        out.flush()
        os.fsync(out.fileno())


def _add(archive: tarfile.TarFile, name: str, content: io.BufferedIOBase, size: int) -> None:
    info = tarfile.TarInfo(name)
    info.size, info.mode, info.mtime = size, 0o600, int(clock.now().timestamp())
    archive.addfile(info, content)
