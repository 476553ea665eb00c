"""A store of its own for every test, and a subject whose visibility the test decides."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from pytest_django.fixtures import Settings

from xinhuo.core.contracts import Subject, by_kind, collect

PAPER = "tests.paper"


@pytest.fixture(autouse=True)
def store(tmp_path: Path, settings: Settings) -> Path:
    """The folder of the store."""
    default = {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": default}
    return tmp_path


@pytest.fixture
def seers(monkeypatch: pytest.MonkeyPatch) -> Iterator[set[tuple[int, int]]]:
    """Who (unit id) sees which paper (id): the set decides, as a subject of an app would."""
    allowed: set[tuple[int, int]] = set()
    subject = Subject(
        PAPER, "试验材料", lambda pk: f"/papers/{pk}/", lambda actor, pk: (actor.org_id, pk) in allowed
    )
    monkeypatch.setattr(apps.get_app_config("config"), "subjects", (subject,), raising=False)
    for cached in (collect, by_kind):
        cached.cache_clear()
    yield allowed
    for cached in (collect, by_kind):
        cached.cache_clear()
