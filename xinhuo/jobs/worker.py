"""The worker process: does jobs, shows that it is alive, and looks after jobs of dead workers."""

import logging
import os
import socket
import threading
import time
from types import FrameType

from django.db import close_old_connections, connection
from django.db.utils import DatabaseError
from django_tasks_db.management.commands.db_worker import Worker

from xinhuo.core import clock

from . import reaper, running
from .models import WorkerBeat
from .ticking import Ticker

log = logging.getLogger(__name__)

BEAT_SECONDS = 10.0
REAP_SECONDS = 20.0
PRUNE_SECONDS = 24 * 3600.0


class Vitals(threading.Thread):
    """Beside the work: a sign of life every ten seconds, the reaper every twenty, old rows daily.

    A locked or lost database only skips a turn: the next one comes soon.
    """

    def __init__(self, name: str) -> None:
        """``name`` tells this worker from others: host and process id."""
        super().__init__(name="vitals", daemon=True)
        self.worker = name
        self.stopping = threading.Event()
        soon = time.monotonic() + 60
        self.due = {self.beat: 0.0, self.reap: 0.0, self.prune: soon}
        self.every = {self.beat: BEAT_SECONDS, self.reap: REAP_SECONDS, self.prune: PRUNE_SECONDS}

    def run(self) -> None:
        """Do what is due until told to stop."""
        while not self.stopping.is_set():
            self.turn()
            self.stopping.wait(1.0)

    def turn(self) -> None:
        """Do once whatever is due."""
        for work, due in self.due.items():
            if time.monotonic() < due:
                continue
            self.due[work] = time.monotonic() + self.every[work]
            try:
                close_old_connections()
                work()
            except DatabaseError:
                log.warning("%s could not be done this time", work.__name__, exc_info=True)
            finally:
                connection.close()

    def beat(self) -> None:
        """Say that this process, and the job in its hands, are alive."""
        moment = clock.now()
        WorkerBeat.objects.update_or_create(
            name=self.worker,
            defaults={"beat_at": moment},
            create_defaults={"beat_at": moment, "started_at": moment},
        )
        if (current := running.Current.job) is not None:
            running.beat(*current)

    def reap(self) -> None:
        """Look after jobs of dead workers."""
        reaper.reap()

    def prune(self) -> None:
        """Delete what nobody will ask for."""
        reaper.prune()

    def stop(self) -> None:
        """End the thread and take the sign of life away: an orderly stop is not a death."""
        self.stopping.set()
        self.join(timeout=5)
        WorkerBeat.objects.filter(name=self.worker).delete()


class OrderlyWorker(Worker):
    """Ends soon after it is told to: the job in hand stops after its chunk and goes back on the queue."""

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """Handle SIGTERM and SIGINT; called a second time, the library ends at once."""
        running.Current.ending = True
        super().shutdown(signum, frame)


def run() -> None:
    """Work until SIGTERM or SIGINT. Returns, or exits with code 0, after an orderly stop."""
    name = f"{socket.gethostname()}:{os.getpid()}"
    worker = OrderlyWorker(
        queue_names=["*"],
        interval=1,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=name[-64:],
        excluded_queue_names=[],
    )
    vitals, ticker = Vitals(name), Ticker()
    vitals.start()
    ticker.start()
    worker.configure_signals()
    try:
        worker.run()
    finally:
        ticker.stop()
        vitals.stop()
