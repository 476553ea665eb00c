"""Copying a whole database and putting it back, with each database's own means, while others go on working."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol

from django.db import connection, connections, transaction

from xinhuo.config.env import envstr

from .archive import BackupError

NEEDS_CLIENT = (
    "备份 PostgreSQL 要用它自己的工具 {name}，这台机器上没有。\n"
    "Debian/Ubuntu：apt-get install -y postgresql-client；或用 XINHUO_PG_BIN 指明它所在的文件夹。"
)


class Engine(Protocol):
    """How one kind of database is copied."""

    def dump(self, target: Path) -> dict[str, int]:
        """Write the database as it stands at one moment into ``target``; returns its tables' row counts then."""

    def load(self, source: Path) -> None:
        """Fill the empty database from what ``dump`` has written."""


class Sqlite:
    """SQLite's online backup: page by page, consistent, writers are not held up."""

    def dump(self, target: Path) -> dict[str, int]:
        """Copy through SQLite itself: the write-ahead log is part of the copy."""
        with closing(sqlite3.connect(_name())) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
            tables = copy.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
            names = [name for (name,) in tables.fetchall() if not name.startswith("sqlite_")]
            return {name: copy.execute(_count(name)).fetchone()[0] for name in names}

    def load(self, source: Path) -> None:
        """Put the file in its place."""
        connections.close_all()
        place = Path(_name())
        place.parent.mkdir(parents=True, exist_ok=True)
        for ending in ("-wal", "-shm"):  # of the empty database that stood there
            place.with_name(place.name + ending).unlink(missing_ok=True)
        half = place.with_name(f"{place.name}.half")
        shutil.copyfile(source, half)
        half.replace(place)


class Postgres:
    """PostgreSQL's own pg_dump and pg_restore: one snapshot, whatever others write meanwhile."""

    def dump(self, target: Path) -> dict[str, int]:
        """Dump in PostgreSQL's custom format; the counting sees the very snapshot that is dumped."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            snapshot = f"--snapshot={cursor.fetchone()[0]}"
            counts = rows()
            self._run(
                "pg_dump", "--format=custom", "--no-owner", "--no-privileges", snapshot, f"--file={target}"
            )
        return counts

    def load(self, source: Path) -> None:
        """Restore in one transaction: all or nothing."""
        connections.close_all()
        self._run(
            "pg_restore",
            "--no-owner",
            "--no-privileges",
            "--single-transaction",
            "--exit-on-error",
            f"--dbname={_name()}",
            str(source),
        )

    @staticmethod
    def _run(name: str, *arguments: str) -> None:
        folder = envstr("XINHUO_PG_BIN")
        program = shutil.which(name, path=folder or None)
        if program is None:
            raise BackupError(NEEDS_CLIENT.format(name=name))
        done = subprocess.run(  # noqa: S603  our own arguments
            [program, *arguments], env=_address(), capture_output=True, text=True, check=False
        )
        if done.returncode:
            said = done.stderr.strip()[-500:] or "它没有说原因，多半是空间不够，请腾出空间再试。"
            reason = f"{name} 没有办成（代码 {done.returncode}）：{said}"
            raise BackupError(reason)


def engine() -> Engine:
    """The means of the database in use."""
    return Postgres() if connection.vendor == "postgresql" else Sqlite()


def is_empty() -> bool:
    """Whether nothing has been put into the database yet."""
    return not connection.introspection.table_names()


def rows() -> dict[str, int]:
    """How many rows each table holds."""
    with connection.cursor() as cursor:
        counts = {}
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(_count(table))
            counts[table] = int(cursor.fetchone()[0])
        return counts


def _count(table: str) -> str:
    return f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}"  # noqa: S608  the database's own names


def migrations() -> dict[str, str]:
    """The newest applied step of each app."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, MAX(name) FROM django_migrations GROUP BY app ORDER BY app")
        return dict(cursor.fetchall())


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _address() -> dict[str, str]:
    """The connection as libpq reads it from the environment: a password never stands in a process list."""
    parameters: dict[str, Any] = connection.get_connection_params()
    names = {
        "host": "PGHOST",
        "port": "PGPORT",
        "user": "PGUSER",
        "password": "PGPASSWORD",
        "dbname": "PGDATABASE",
    }
    found = {names[key]: str(value) for key, value in parameters.items() if key in names and value}
    return {**os.environ, **found}
