"""Recurring work: each tick once, whoever is first; an unfinished one is taken up again."""

import datetime as dt
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.apps import apps
from django.conf import LazySettings
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from xinhuo.core import clock
from xinhuo.core.contracts import Schedule, by_kind, collect
from xinhuo.jobs import reaper
from xinhuo.jobs.models import Tick
from xinhuo.jobs.ticking import LEASE, MOST_CLAIMS, claim, turn
from xinhuo.jobs.ticks import EPOCH, tick_of

KEY = "tests.tick"
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


class Hourly:
    """What the schedule of the tests does."""

    def __init__(self) -> None:
        self.ran: list[dt.datetime] = []
        self.broken = False

    def __call__(self) -> None:
        if self.broken:
            raise RuntimeError
        self.ran.append(clock.now())


@pytest.fixture
def hourly(monkeypatch: pytest.MonkeyPatch, settings: LazySettings) -> Iterator[Hourly]:
    """Registered the way an app registers; the clock stands at half past ten."""
    made = Hourly()
    monkeypatch.setattr(
        apps.get_app_config("config"), "schedules", (Schedule(KEY, "试验", made),), raising=False
    )
    settings.CLOCK_SHIFT = dt.datetime(2026, 5, 6, 10, 30, tzinfo=clock.SHANGHAI) - clock.now()
    for cached in (collect, by_kind):
        cached.cache_clear()
    yield made
    for cached in (collect, by_kind):
        cached.cache_clear()


@given(
    st.floats(0, 40 * 365).map(lambda days: EPOCH + dt.timedelta(days=days)),
    st.integers(1, 3 * 24 * 60).map(lambda minutes: dt.timedelta(minutes=minutes)),
    st.integers(0, 24 * 60).map(lambda minutes: dt.timedelta(minutes=minutes)),
)
def test_a_moment_lies_between_its_tick_and_the_next(
    moment: dt.datetime, every: dt.timedelta, at: dt.timedelta
) -> None:
    tick = tick_of(moment, every, at)

    assert tick <= moment < tick + every
    assert tick_of(tick, every, at) == tick


def test_a_daily_tick_stands_at_its_hour_in_shanghai() -> None:
    morning = dt.timedelta(hours=8)
    before = dt.datetime(2026, 5, 6, 7, 59, tzinfo=clock.SHANGHAI)

    assert tick_of(before, DAY, morning) == dt.datetime(2026, 5, 5, 8, tzinfo=clock.SHANGHAI)
    assert tick_of(before + HOUR, DAY, morning) == dt.datetime(2026, 5, 6, 8, tzinfo=clock.SHANGHAI)


@pytest.mark.django_db
def test_a_tick_is_done_once_and_the_next_one_an_hour_later(hourly: Hourly, settings: LazySettings) -> None:
    for _ in range(3):
        turn()
    settings.CLOCK_SHIFT += HOUR
    turn()

    assert len(hourly.ran) == 2
    assert Tick.objects.filter(key=KEY, finished_at=None).count() == 0


@pytest.mark.django_db
def test_what_failed_is_tried_again_after_a_while(hourly: Hourly, settings: LazySettings) -> None:
    hourly.broken = True
    turn()
    hourly.broken = False
    turn()
    assert hourly.ran == []

    settings.CLOCK_SHIFT += LEASE + dt.timedelta(seconds=1)
    turn()

    assert len(hourly.ran) == 1


@pytest.mark.django_db
def test_a_dead_workers_tick_is_taken_up_by_one_other(hourly: Hourly, settings: LazySettings) -> None:
    (schedule,) = [item for item in collect("schedules") if item.key == KEY]
    assert claim(schedule) is not None  # and here the process dies
    assert claim(schedule) is None

    settings.CLOCK_SHIFT += LEASE + dt.timedelta(seconds=1)
    turn()
    turn()

    assert len(hourly.ran) == 1
    assert Tick.objects.get(key=KEY).claims == 2


@pytest.mark.django_db
def test_one_that_kills_every_worker_is_given_up(hourly: Hourly) -> None:
    (schedule,) = [item for item in collect("schedules") if item.key == KEY]
    claim(schedule)
    Tick.objects.update(claims=MOST_CLAIMS, claimed_at=clock.now() - 2 * LEASE)

    assert claim(schedule) is None


@pytest.mark.django_db
def test_old_ticks_are_cleared_away(hourly: Hourly, settings: LazySettings) -> None:
    turn()
    settings.CLOCK_SHIFT += dt.timedelta(days=31)

    reaper.prune()

    assert not Tick.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_several_workers_at_once_do_it_once(hourly: Hourly) -> None:
    barrier = Barrier(6)

    def work(_: int) -> None:
        connection.ensure_connection()
        barrier.wait(timeout=20)
        try:
            turn()
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(work, range(6)))

    assert len(hourly.ran) == 1
    assert Tick.objects.filter(key=KEY).count() == 1
