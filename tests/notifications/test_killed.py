"""A real process that is killed while the robot has not answered yet."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from .process import PATIENCE
from .servers import robot_server

SCRIPT = Path(__file__).with_name("process.py")


def started(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    clean = {key: value for key, value in os.environ.items() if not key.startswith("XINHUO_")}
    own = {"DATA": str(folder), "DATABASE_URL": "", "PYTHONPATH": str(SCRIPT.parents[2])}
    return subprocess.Popen(
        [sys.executable, str(SCRIPT), *arguments],
        env={**clean, **own},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def done(process: subprocess.Popen[str]) -> None:
    said, _ = process.communicate(timeout=120)
    assert process.returncode == 0, said


def state(folder: Path) -> tuple[str, int]:
    with closing(sqlite3.connect(folder / "db.sqlite3", timeout=20)) as database:
        found: tuple[str, int] = database.execute(
            "SELECT state, tries_left FROM notifications_outgoing"
        ).fetchone()
    return found


def test_a_sender_killed_in_mid_send_leaves_it_uncertain_and_nobody_sends_it_twice(tmp_path: Path) -> None:
    done(started(tmp_path, "prepare"))
    with robot_server() as robots:
        robots.wait = 20
        killed = started(tmp_path, "pump", robots.address)
        deadline = time.monotonic() + 40
        while not robots.came:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        killed.send_signal(signal.SIGKILL)
        killed.communicate(timeout=10)
        assert state(tmp_path) == ("sending", 4)

        robots.wait = 0
        time.sleep(PATIENCE.total_seconds())
        done(started(tmp_path, "pump", robots.address))

        assert state(tmp_path) == ("uncertain", 4)
        assert len(robots.came) == 1
