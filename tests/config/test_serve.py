import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from xinhuo.config.serve import Child, Parent, answers, port_is_free, web

# A parent with two children that write their process ids and then live until they are told to stop.
PROGRAM = """
import sys
from xinhuo.config.serve import Child, Parent
child = "import os, sys, time; open(sys.argv[1], 'a').write(str(os.getpid()) + chr(10)); time.sleep(600)"
children = [Child(name, [sys.executable, "-c", child, sys.argv[1] + name]) for name in ("a", "b")]
sys.exit(Parent(children, say=print).run(ready=lambda: True, on_ready=lambda: print("ready", flush=True)))
"""


def pids(folder: Path, name: str) -> list[int]:
    path = folder / name
    return [int(line) for line in path.read_text().splitlines()] if path.exists() else []


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not (status.exists() and status.read_text().rpartition(")")[2].split()[0] == "Z")


def wait_for(condition, seconds=15.0):
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.02)
    return found


@pytest.fixture
def parent(tmp_path):
    command = [sys.executable, "-u", "-c", PROGRAM, f"{tmp_path}/"]
    with (tmp_path / "out").open("w") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT)
    wait_for(lambda: pids(tmp_path, "a") and pids(tmp_path, "b"))
    yield process
    with contextlib.suppress(ProcessLookupError):
        process.kill()
    process.wait()
    for pid in pids(tmp_path, "a") + pids(tmp_path, "b"):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_told_to_stop_it_ends_both_children_and_itself(parent, tmp_path, number):
    children = pids(tmp_path, "a") + pids(tmp_path, "b")

    parent.send_signal(number)

    assert parent.wait(15) == 0
    assert [pid for pid in children if alive(pid)] == []


def test_dead_child_is_started_again_and_the_other_left_alone(parent, tmp_path):
    first = pids(tmp_path, "a")[0]

    os.kill(first, signal.SIGKILL)
    second = wait_for(lambda: pids(tmp_path, "a")[1:])[0]

    assert second != first
    assert alive(second)
    assert len(pids(tmp_path, "b")) == 1
    assert "a停了（代码 -9），1 秒后重新启动。" in (tmp_path / "out").read_text(encoding="utf-8")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux ends children with their parent")
def test_killed_parent_leaves_nobody_behind(parent, tmp_path):
    children = pids(tmp_path, "a") + pids(tmp_path, "b")

    parent.kill()
    parent.wait()

    wait_for(lambda: not any(alive(pid) for pid in children))


def test_pause_doubles_with_each_quick_death_and_never_exceeds_half_a_minute():
    child = Child("x", ["true"])
    child.started = time.monotonic()

    assert [child.plan_restart() for _ in range(7)] == [1, 2, 4, 8, 16, 30, 30]

    child.started = time.monotonic() - 61
    assert child.plan_restart() == 1


def test_failing_start_does_not_stop_the_parent():
    lines = []
    parent = Parent([Child("x", [sys.executable, "-c", "raise SystemExit(3)"])], say=lines.append)
    started = time.monotonic()

    def stop_later():
        if lines or time.monotonic() - started > 10:
            parent.stops = 1
        return False

    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        code = parent.run(ready=stop_later, on_ready=lambda: None)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

    assert code == 0
    assert lines == ["x停了（代码 3），1 秒后重新启动。"]


def test_taken_port_is_seen():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        port = server.getsockname()[1]

        assert not port_is_free("127.0.0.1", port)
        assert answers("127.0.0.1", port)
        assert answers("0.0.0.0", port)

    assert port_is_free("127.0.0.1", port)
    assert not answers("127.0.0.1", port)


def test_threads_answer_browsers_and_sync_workers_a_proxy():
    assert "gthread" in web("127.0.0.1", 80, 2, behind_proxy=False).command
    assert "sync" in web("127.0.0.1", 80, 2, behind_proxy=True).command
    assert "[::1]:80" in web("::1", 80, 2, behind_proxy=False).command
