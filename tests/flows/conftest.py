"""A subject of the tests' own: a paper that climbs, and what the engine tells its app."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.apps import apps

from tests.cast import Cast
from xinhuo.core.actor import Actor
from xinhuo.core.contracts import Flow, Subject, by_kind, collect
from xinhuo.flows.actions import start_process
from xinhuo.flows.models import Process

PAPER = "tests.paper"


@dataclass
class Papers:
    """Sends papers and remembers what the engine said about them."""

    cast: Cast
    heard: list[tuple[str, int, int]] = field(default_factory=list)
    visible: bool = True

    def tell(self, event: str) -> Any:
        """A callback of the flow."""
        return lambda subject_id, number, _by: self.heard.append((event, subject_id, number))

    def send(self, by: Actor, to: str, subject_id: int = 1, **more: Any) -> Process:
        """Put a paper on its way."""
        return start_process(
            PAPER,
            subject_id,
            by=by,
            to_org_id=self.cast.orgs[to].pk,
            title="2020年年终报送",
            snapshot={"n": subject_id},
            **more,
        )


@pytest.fixture
def papers(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Iterator[Papers]:
    """See Papers; registered the way an app registers, on its AppConfig."""
    made = Papers(cast)
    flow = Flow(
        PAPER, "试验材料", *(made.tell(event) for event in ("accepted", "returned", "recalled", "arrived"))
    )
    subject = Subject(PAPER, "试验材料", lambda pk: f"/papers/{pk}/", lambda _actor, _pk: made.visible)
    config = apps.get_app_config("config")
    monkeypatch.setattr(config, "flows", (flow,), raising=False)
    monkeypatch.setattr(config, "subjects", (subject,), raising=False)
    for cached in (collect, by_kind):
        cached.cache_clear()
    yield made
    for cached in (collect, by_kind):
        cached.cache_clear()
