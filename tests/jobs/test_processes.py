"""Real processes over a real file: workers that are killed, and four writers at once."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from .process import ROUNDS, STEPS

SCRIPT = Path(__file__).with_name("process.py")
WRITERS = 4


class Place:
    """A data folder and the processes that work in it."""

    def __init__(self, folder: Path, database_url: str = "") -> None:
        self.folder = folder
        clean = {key: value for key, value in os.environ.items() if not key.startswith("XINHUO_")}
        self.environment = {
            **clean,
            "DATA": str(folder),
            "DATABASE_URL": database_url,
            "PYTHONPATH": str(SCRIPT.parents[2]),
        }
        self.started: list[subprocess.Popen[str]] = []

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, str(SCRIPT), *arguments],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.started.append(process)
        return process

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.folder / "db.sqlite3", timeout=20)) as database:
            return database.execute(sql).fetchall()

    def job(self) -> tuple[str, int]:
        return self.rows("SELECT state, done FROM jobs_job")[0]  # type: ignore[return-value]  # two columns

    def until(self, reached: Callable[[], bool], seconds: float = 40) -> None:
        deadline = time.monotonic() + seconds
        while not reached():
            assert time.monotonic() < deadline, f"not reached: {self.job()}"
            time.sleep(0.05)

    def effects(self) -> list[str]:
        return [row[0] for row in self.rows("SELECT sentence FROM journal_entry WHERE verb = 'tests.effect'")]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = Place(tmp_path)
    prepared = made.start("prepare")
    said, _ = prepared.communicate(timeout=120)
    assert prepared.returncode == 0, said
    yield made
    for process in made.started:
        if process.poll() is None:
            process.kill()
        process.communicate()


def own_database() -> Iterator[str]:
    """The address of a database: an empty one on the server the tests run on, else "" for a file."""
    server = os.environ.get("TEST_DATABASE_URL", "")
    if not server:
        yield ""
        return
    name = f"xinhuo_processes_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    parts = urlsplit(server)
    yield urlunsplit(parts._replace(path=f"/{name}"))
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def shared_place(tmp_path: Path) -> Iterator[Place]:
    """Like ``place``, on whichever database the tests run on."""
    with contextmanager(own_database)() as address:
        made = Place(tmp_path, address)
        said, _ = made.start("prepare").communicate(timeout=120)
        assert made.started[0].returncode == 0, said
        yield made
        for process in made.started:
            if process.poll() is None:
                process.kill()
            process.communicate()


def test_each_tick_is_done_once_by_several_processes(shared_place: Place) -> None:
    workers = [shared_place.start("tick", "4") for _ in range(4)]
    said = [worker.communicate(timeout=60)[0] for worker in workers]
    assert [worker.returncode for worker in workers] == [0] * 4, said

    counted, _ = shared_place.start("ticks").communicate(timeout=60)

    ticks, unfinished, done = (int(number) for number in counted.split())
    assert ticks >= 20
    assert (unfinished, done) == (0, ticks)


def test_work_survives_a_kill_and_an_orderly_end(place: Place) -> None:
    killed = place.start("work")
    place.until(lambda: place.job()[1] >= 5)
    killed.send_signal(signal.SIGKILL)
    killed.wait(timeout=10)
    assert place.job()[0] == "running"

    ended = place.start("work")
    before = place.job()[1]
    place.until(lambda: place.job()[1] >= before + 5)
    ended.send_signal(signal.SIGTERM)
    said, _ = ended.communicate(timeout=10)
    assert ended.returncode == 0, said
    assert place.job()[0] == "queued"
    beats = place.rows("SELECT name FROM jobs_workerbeat")
    assert [name for (name,) in beats if name.endswith(f":{ended.pid}")] == []

    last = place.start("work")
    place.until(lambda: place.job() == ("done", STEPS))
    assert sorted(place.effects()) == sorted(f"step {number}" for number in range(STEPS))
    assert place.rows("SELECT run, attempts FROM jobs_job") == [(3, 2)]
    last.send_signal(signal.SIGTERM)
    said, _ = last.communicate(timeout=10)
    assert last.returncode == 0, said


def test_four_writers_at_once_never_meet_a_locked_database(place: Place) -> None:
    writers = [place.start("write", f"w{number}") for number in range(WRITERS)]
    said = {number: writer.communicate(timeout=120)[0] for number, writer in enumerate(writers)}

    assert [writer.returncode for writer in writers] == [0] * WRITERS, json.dumps(said, ensure_ascii=False)
    assert sorted(place.effects()) == sorted(
        f"w{writer} {number}" for writer in range(WRITERS) for number in range(ROUNDS)
    )
    assert place.rows("SELECT count(*) FROM flows_todo") == [(WRITERS * ROUNDS,)]
    assert place.rows("SELECT count(*) FROM flows_todo WHERE closed_at IS NULL") == [(WRITERS * ROUNDS // 2,)]
    assert place.rows("PRAGMA journal_mode") == [("wal",)]
