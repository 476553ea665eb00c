"""Putting a backup back, into an empty installation only."""

import tarfile
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from xinhuo.files.storage import digest, keep

from . import databases
from .archive import DATABASE, FILES, BackupError, Manifest, copy, member, open_archive, read_manifest

Tick = Callable[[int, int], None]
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def restore(source: Path, *, tick: Tick = lambda _done, _all: None) -> Manifest:
    """Restore a backup into an empty database and file store, checking every piece; returns its manifest.

    Uploads come first (they are stored under their checksum, so a second try does no harm), the database last
    and in one piece: after a failure the installation is still empty. Raises BackupError.
    """
    if not databases.is_empty():
        raise BackupError(
            "数据库里已经有数据，没有恢复，免得盖掉它。请换一个空的 DATA 文件夹（或空的数据库）再恢复。"
        )
    with open_archive(source) as archive, tempfile.TemporaryDirectory(dir=settings.DATA) as folder:
        manifest = read_manifest(archive)
        _require_fitting(manifest)
        copied = Path(folder) / DATABASE
        found = _unpack(archive, manifest, copied, tick)
        if missing := set(manifest.files) - found:
            reason = f"备份文件不完整：少了 {len(missing)} 个附件。请换一份备份再试。"
            raise BackupError(reason)
        databases.engine().load(copied)
    _compare(manifest)
    return manifest


def _require_fitting(manifest: Manifest) -> None:
    if manifest.engine != connection.vendor:
        there, here = (NAMES.get(name, name) for name in (manifest.engine, connection.vendor))
        reason = f"这份备份来自 {there}，现在设的数据库是 {here}。请把 DATABASE_URL 改成同一种再恢复。"
        raise BackupError(reason)
    known = set(MigrationLoader(None).disk_migrations or {})
    newer = [f"{app}.{name}" for app, name in manifest.migrations.items() if (app, name) not in known]
    if newer:
        reason = f"这份备份是更新的版本（{manifest.version}）做的，请先把程序升到那个版本再恢复。"
        raise BackupError(reason)


def _unpack(archive: tarfile.TarFile, manifest: Manifest, copied: Path, tick: Tick) -> set[str]:
    found: set[str] = set()
    try:
        while (info := archive.next()) is not None:
            if info.name == DATABASE:
                with copied.open("wb") as out:
                    if copy(member(archive, info), out) != manifest.sha256:
                        raise BackupError("备份文件里的数据库坏了（校验不符）。请换一份备份再试。")
            elif (place := info.name.removeprefix(FILES)) in manifest.files:
                _keep(archive, info, place)
                found.add(place)
                tick(len(found), len(manifest.files))
    except (tarfile.TarError, EOFError) as error:
        raise BackupError("备份文件不完整，可能没有拷完。请重新拷一份再试。") from error
    if not copied.exists():
        raise BackupError("备份文件里没有数据库。请换一份备份再试。")
    return found


def _keep(archive: tarfile.TarFile, info: tarfile.TarInfo, place: str) -> None:
    with tempfile.TemporaryFile(dir=settings.DATA) as content:
        copy(member(archive, info), content)
        sha256, size = digest(content)
        if not place.endswith(sha256):
            reason = f"备份文件里的附件 {place} 坏了（校验不符）。请换一份备份再试。"
            raise BackupError(reason)
        kept = keep(content, sha256, size)
    if kept != place or not default_storage.exists(place):
        reason = f"附件 {place} 没有存好。请看看存储空间够不够，再试一次。"
        raise BackupError(reason)


def _compare(manifest: Manifest) -> None:
    counts = databases.rows()
    wrong = sorted(name for name, count in manifest.rows.items() if counts.get(name) != count)
    if wrong:
        reason = f"恢复后有 {len(wrong)} 张表的行数和备份时不一样（{'、'.join(wrong[:5])}）。请换一份备份，恢复到另一个空文件夹。"
        raise BackupError(reason)
