"""Notices as an app lists them, for tests only."""

from collections.abc import Iterator

import pytest
from django.apps import apps

from xinhuo.core.contracts import Notice, by_kind, collect

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
