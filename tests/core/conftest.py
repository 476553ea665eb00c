"""A request as middleware hands it to a view, and a fixed day."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest
from django.test import RequestFactory

from xinhuo.core import clock
from xinhuo.core.actor import Actor, Role

THURSDAY = dt.datetime(2020, 9, 24, 9, 40, tzinfo=clock.SHANGHAI)


@pytest.fixture
def thursday(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is Thursday, 24 September 2020, 09:40."""
    monkeypatch.setattr(clock, "now", lambda: THURSDAY)


@pytest.fixture
def secretary() -> Actor:
    """Liu Changgeng, secretary of a county bureau's committee."""
    return Actor(
        person_id=1,
        person_name="刘长庚",
        user_id=1,
        appointment_id=7,
        org_id=3,
        org_name="盘州市教育局",
        path="0102",
        role=Role.SECRETARY,
        post_title="秘书长",
    )


@pytest.fixture
def ask(secretary: Actor) -> Callable[..., HttpRequest]:
    """Make a request: ``ask("/x/", actor=None, htmx="table", post={...}, **headers)``."""

    def make(
        path: str = "/",
        *,
        actor: Actor | None = secretary,
        htmx: str | None = None,
        post: dict[str, str] | None = None,
        **headers: str,
    ) -> HttpRequest:
        if htmx is not None:
            headers |= {"HX-Request": "true", "HX-Target": htmx}
        factory = RequestFactory(headers=headers)
        request = factory.get(path) if post is None else factory.post(path, post)
        request.actor = actor
        request.posts = []
        request._messages = CookieStorage(request)
        return request

    return make
