"""Notices as an app lists them, for tests only."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.conf import LazySettings
from django.utils import timezone

from xinhuo.core import clock
from xinhuo.core.contracts import Notice, by_kind, collect

from .servers import Robots, Sink, mail_server, robot_server

PLAIN, URGENT, GROUP = "tests.plain", "tests.urgent", "tests.group"
NOTICES = (
    Notice(PLAIN, "试验"),
    Notice(URGENT, "急事", urgent=True),
    Notice(GROUP, "群里的事", to_groups=True),
)


def forget() -> None:
    """Collect anew."""
    for cached in (collect, by_kind):
        cached.cache_clear()


@pytest.fixture(autouse=True)
def _notices(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Registered the way an app registers, on its AppConfig."""
    monkeypatch.setattr(apps.get_app_config("config"), "notices", NOTICES, raising=False)
    forget()
    yield
    forget()


@pytest.fixture
def robots(settings: LazySettings) -> Iterator[Robots]:
    """A robot server here, the only one that may be spoken to."""
    with robot_server() as server:
        settings.ROBOT_SERVERS = dict.fromkeys(settings.ROBOT_SERVERS, server.address)
        settings.PRIVATE_TARGETS_ALLOWED = True
        yield server


@pytest.fixture
def sink(settings: LazySettings) -> Iterator[Sink]:
    """A mail server here, set as the installation's own."""
    with mail_server() as server:
        settings.MAIL_SERVER, settings.MAIL_PORT = "127.0.0.1", server.port
        settings.MAIL_SECURITY, settings.MAIL_FROM = "insecure", "xinhuo@office.example"
        yield server


@pytest.fixture
def daytime(settings: LazySettings) -> None:
    """Ten in the morning, so that quiet hours hold nothing back."""
    settings.CLOCK_SHIFT = until(10)


def until(hour: int, days: int = 0) -> dt.timedelta:
    """How far to move the clock to stand at this hour today, or some days on."""
    now = timezone.now().astimezone(clock.SHANGHAI)
    wanted = now.replace(hour=hour, minute=0, second=0, microsecond=0) + dt.timedelta(days=days)
    return wanted - now
