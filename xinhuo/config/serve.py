"""The small parent process of web and worker: starts them, restarts a dead one, ends both with itself."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FrameType

TICK = 0.2
GRACE = 20.0  # seconds a child gets to finish what it is doing
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 30.0
SETTLED = 60.0  # a child that lived this long starts again without a pause
PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None) if sys.platform.startswith("linux") else None  # loaded before any fork


@dataclass
class Child:
    """One program of the installation and how its restarts went."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = FIRST_PAUSE
    resume_at: float = field(default=0.0)

    def start(self) -> None:
        """Start it in a process group of its own: Ctrl-C reaches only the parent, which passes it on once."""
        self.process = subprocess.Popen(
            self.command,
            start_new_session=True,
            preexec_fn=_die_with_parent,  # noqa: PLW1509  no threads here
        )
        self.started = time.monotonic()

    def ended(self) -> int | None:
        """The exit code of a process that has ended since the last look, else None."""
        code = self.process.poll() if self.process else None
        if code is not None:
            self.send(signal.SIGKILL)  # what it left behind would still hold the port
            self.process = None
        return code

    def plan_restart(self) -> float:
        """Decide when to start again; each quick death doubles the pause. Returns the pause in seconds."""
        if time.monotonic() - self.started > SETTLED:
            self.pause = FIRST_PAUSE
        pause, self.pause = self.pause, min(self.pause * 2, LONGEST_PAUSE)
        self.resume_at = time.monotonic() + pause
        return pause

    def send(self, number: int) -> None:
        """Signal the whole process group, so that a child's own children end too."""
        if self.process is not None:
            try:
                os.killpg(self.process.pid, number)
            except ProcessLookupError:
                self.process.poll()


class Parent:
    """Runs children until it is told to stop."""

    def __init__(self, children: list[Child], say: Callable[[str], None]) -> None:
        """``say`` prints one line for the person at the terminal."""
        self.children = children
        self.say = say
        self.stops = 0

    def run(self, ready: Callable[[], bool], on_ready: Callable[[], None]) -> int:
        """Start everything, call ``on_ready`` once ``ready`` is true, and watch until SIGINT or SIGTERM.

        Returns the exit code: 0 after an orderly stop.
        """
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)
        if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # nohup wants it to outlive the terminal
            signal.signal(signal.SIGHUP, self._stop)
        announced = False
        try:
            for child in self.children:
                child.start()
            while not self.stops:
                if not announced and ready():
                    on_ready()
                    announced = True
                self._look_after()
                time.sleep(TICK)
        finally:
            self._end_all()
        return 0

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stops += 1

    def _look_after(self) -> None:
        for child in self.children:
            code = child.ended()
            if code is not None:
                pause = child.plan_restart()
                self.say(f"{child.name}停了（代码 {code}），{pause:.0f} 秒后重新启动。")
            elif child.process is None and time.monotonic() >= child.resume_at:
                child.start()

    def _end_all(self) -> None:
        alive = [child for child in self.children if child.process is not None]
        for child in alive:
            child.send(signal.SIGTERM)
        deadline = time.monotonic() + GRACE
        while any(child.process and child.process.poll() is None for child in alive):
            if self.stops > 1 or time.monotonic() > deadline:
                break  # asked twice, or waited long enough
            time.sleep(TICK / 4)
        for child in alive:
            child.send(signal.SIGKILL)
            if child.process is not None:
                child.process.wait()


def _die_with_parent() -> None:
    """Runs in the child before exec: Linux ends it when the parent is killed without a chance to say so."""
    if LIBC is not None:
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def web(host: str, port: int, workers: int, *, behind_proxy: bool) -> Child:
    """The web server.

    Browsers open connections in advance and leave them idle; each would hold a sync worker until its time-out.
    So threads answer browsers directly, and the quicker sync workers serve only where a proxy stands in front.
    """
    kind = ["--worker-class", "sync"] if behind_proxy else ["--worker-class", "gthread", "--threads", "4"]
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    command = [sys.executable, "-m", "gunicorn", "xinhuo.config.wsgi:application", "--bind", address]
    command += [
        "--workers",
        str(workers),
        *kind,
        "--timeout",
        "60",
        "--graceful-timeout",
        str(int(GRACE) - 5),
    ]
    command += ["--max-requests", "5000", "--max-requests-jitter", "500", "--log-level", "warning"]
    return Child("网页服务", [*command, "--no-control-socket"])


def worker() -> Child:
    """The process that does long work."""
    return Child("后台任务", [sys.executable, "-m", "xinhuo.config.cli", "worker"])


def port_is_free(host: str, port: int) -> bool:
    """Whether a server can listen there (a port just left by a server counts as free)."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def answers(host: str, port: int) -> bool:
    """Whether somebody listens there now."""
    target = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  compared, not bound
    try:
        with socket.create_connection((target, port), timeout=1):
            return True
    except OSError:
        return False
