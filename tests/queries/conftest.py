"""Counts the queries of every screen, once with one row and once with many."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from .scenes import MANY, Scene, build_scene
from .screens import SCREENS, Screen

STORE = Path(__file__).parent / "query_counts.json"
FRAME = ("SAVEPOINT", "RELEASE SAVEPOINT", "BEGIN", "COMMIT")


def pytest_addoption(parser: pytest.Parser) -> None:
    """``pytest tests/queries --update-counts`` writes the numbers anew, on purpose."""
    parser.addoption("--update-counts", action="store_true", help="write tests/queries/query_counts.json")


@dataclass(frozen=True)
class Cost:
    """The SQL of one screen with one row and with many."""

    one: list[str]
    many: list[str]

    @property
    def story(self) -> str:
        """Both lists, for whoever has to find the query too many."""
        parts = []
        for title, found in (("one row", self.one), ("many rows", self.many)):
            lines = "\n".join(f"  {number:2} {sql}" for number, sql in enumerate(found, 1))
            parts.append(f"{len(found)} queries with {title}:\n{lines}")
        return "\n".join(parts)


@pytest.fixture(scope="module")
def costs(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Mapping[str, Cost]:
    """What every screen of ``SCREENS`` costs, by key. Both scenes are built once and rolled back."""
    with django_db_blocker.unblock():
        one, many = (_measured(rows) for rows in (1, MANY))
    return {key: Cost(one[key], many[key]) for key in one}


def _measured(rows: int) -> dict[str, list[str]]:
    with _undone():
        scene = build_scene(rows)
        return {screen.key: _queries(screen, scene) for screen in SCREENS}


@contextmanager
def _undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _queries(screen: Screen, scene: Scene) -> list[str]:
    """The SQL of a second look: the first one signs in, fills in rows and touches the session."""
    screen.first(scene)
    client = Client()
    client.force_login(scene.cast.users[screen.who])
    address = reverse(screen.name, args=screen.args(scene))
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        response = client.get(address)
        b"".join(response) if response.streaming else response.content
    assert response.status_code == 200, (screen.key, response.status_code)
    return [item["sql"] for item in found.captured_queries if not item["sql"].startswith(FRAME)]


@pytest.fixture(scope="session")
def stored(request: pytest.FixtureRequest) -> Iterator[dict[str, int]]:
    """The numbers agreed on; written back at the end when ``--update-counts`` was given."""
    numbers: dict[str, int] = json.loads(STORE.read_text("utf-8")) if STORE.exists() else {}
    yield numbers
    if request.config.getoption("--update-counts", default=False):
        STORE.write_text(json.dumps(numbers, indent=1, ensure_ascii=False, sort_keys=True) + "\n", "utf-8")
