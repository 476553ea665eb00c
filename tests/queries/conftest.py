"""Counts the queries of every screen, with one row and with many."""

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

from .scenes import SCENES, Scene, build_scene
from .screens import SCREENS, Screen

STORE = Path(__file__).parent / "query_counts.json"
FRAME = ("SAVEPOINT", "RELEASE SAVEPOINT", "BEGIN", "COMMIT")


def pytest_addoption(parser: pytest.Parser) -> None:
    """``pytest tests/queries --update-counts`` writes the numbers anew, on purpose."""
    parser.addoption("--update-counts", action="store_true", help="write tests/queries/query_counts.json")


@dataclass(frozen=True)
class Cost:
    """The SQL of one screen in each of the scenes."""

    found: dict[str, list[str]]

    @property
    def numbers(self) -> set[int]:
        """How many queries it took; one number when nothing grows."""
        return {len(item) for item in self.found.values()}

    @property
    def story(self) -> str:
        """All of it, for whoever has to find the query too many."""
        parts = []
        for title, found in self.found.items():
            lines = "\n".join(f"  {number:2} {sql}" for number, sql in enumerate(found, 1))
            parts.append(f"{len(found)} queries with {title}:\n{lines}")
        return "\n".join(parts)


@pytest.fixture(scope="module")
def costs(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Mapping[str, Cost]:
    """What every screen of ``SCREENS`` costs, by key. Every scene is built once and rolled back."""
    found: dict[str, dict[str, list[str]]] = {screen.key: {} for screen in SCREENS}
    with django_db_blocker.unblock():
        for title, (rows, levels) in SCENES.items():
            with _undone():
                scene = build_scene(rows, levels)
                for screen in SCREENS:
                    if levels > 1 or not screen.below:
                        found[screen.key][title] = _queries(screen, scene)
    return {key: Cost(item) for key, item in found.items()}


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
    _look(client, address)
    with CaptureQueriesContext(connection) as found:
        assert _look(client, address) == 200, screen.key
    return [item["sql"] for item in found.captured_queries if not item["sql"].startswith(FRAME)]


def _look(client: Client, address: str) -> int:
    """Read the answer to its end: a workbook's file is only closed then."""
    response = client.get(address)
    if response.streaming:
        b"".join(response)
    return response.status_code


@pytest.fixture(scope="session")
def stored(request: pytest.FixtureRequest) -> Iterator[dict[str, int]]:
    """The numbers agreed on; written back at the end when ``--update-counts`` was given."""
    numbers: dict[str, int] = json.loads(STORE.read_text("utf-8")) if STORE.exists() else {}
    yield numbers
    if request.config.getoption("--update-counts", default=False):
        STORE.write_text(json.dumps(numbers, indent=1, ensure_ascii=False, sort_keys=True) + "\n", "utf-8")
