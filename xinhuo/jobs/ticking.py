"""Recurring work, each tick done once however many workers there are.

A tick is claimed by writing its row, which only one process can. Who is killed in mid-tick leaves the row
unfinished: after ten minutes another takes it up, so the work itself must be safe to do twice.
"""

import datetime as dt
import logging
import threading

from django.db import close_old_connections, connection
from django.db.models import F

from xinhuo.core import clock
from xinhuo.core.contracts import Schedule, collect

from .models import Tick
from .running import Current
from .ticks import tick_of

LEASE = dt.timedelta(minutes=10)
MOST_CLAIMS = 3
LOOK_SECONDS = 5.0
LONGEST_STEP = 15.0
"""What is in hand when the process is told to end gets this long: one thing sent out may take it."""

log = logging.getLogger(__name__)


def claim(schedule: Schedule) -> Tick | None:
    """The present tick for this process; None when another has it, or had it and finished."""
    moment = clock.now()
    due = tick_of(moment, schedule.every, schedule.at)
    tick, mine = Tick.objects.get_or_create(
        key=schedule.key, due=due, defaults={"claimed_at": moment, "claims": 1}
    )
    if mine:
        return tick
    if tick.finished_at or tick.claims >= MOST_CLAIMS or tick.claimed_at > moment - LEASE:
        return None
    unchanged = Tick.objects.filter(pk=tick.pk, claims=tick.claims, finished_at=None)
    if not unchanged.update(claimed_at=moment, claims=F("claims") + 1):
        return None
    log.warning("tick %s of %s was left unfinished; taken up again", due, schedule.key)
    tick.refresh_from_db()
    return tick


def finish(tick: Tick) -> None:
    """The tick is done; nobody takes it up again."""
    Tick.objects.filter(pk=tick.pk, claims=tick.claims).update(finished_at=clock.now())


def turn() -> int:
    """Do what is due and nobody has; returns how many ticks.

    What fails, be it a locked database, stays unfinished and is tried again; the others go on.
    """
    done = 0
    for schedule in collect("schedules"):
        if Current.ending:
            break
        try:
            tick = claim(schedule)
            if tick is None:
                continue
            schedule.run()
            finish(tick)
            done += 1
        except Exception:
            log.exception("the schedule %s failed", schedule.key)
    return done


class Ticker(threading.Thread):
    """Beside the work, in a thread of its own: a long tick must not silence the sign of life."""

    def __init__(self) -> None:
        """Nothing happens before ``start``."""
        super().__init__(name="ticker", daemon=True)
        self.stopping = threading.Event()

    def run(self) -> None:
        """Look every few seconds until told to stop."""
        while not self.stopping.is_set():
            close_old_connections()
            try:
                turn()
            finally:
                connection.close()
            self.stopping.wait(LOOK_SECONDS)

    def stop(self) -> None:
        """End after the tick in hand, or leave it to the next process."""
        self.stopping.set()
        self.join(timeout=LONGEST_STEP)
