"""The numbers of the frame come together and only when asked for."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.core.counting import Counts
from xinhuo.journal.models import Entry

pytestmark = pytest.mark.django_db


def entries(number: int, verb: str) -> Callable[[Actor], object]:
    for _ in range(number):
        Entry.objects.create(at=clock.now(), verb=verb, sentence="", person_name="", org_name="", org_path="")
    return lambda _actor: Entry.objects.filter(verb=verb)


def test_rows_are_counted_in_one_query_and_nothing_is_zero(secretary: Actor) -> None:
    sources = {
        "a": entries(3, "a"),
        "b": entries(0, "b"),
        "c": lambda _: Entry.objects.none(),
        "d": lambda _: 7,
    }
    counts = Counts(secretary, sources)

    with CaptureQueriesContext(connection) as found:
        assert [counts[key] for key in "abcde"] == [3, 0, 0, 7, 0]
    assert len(found) == 1


def test_one_alone_is_counted_too(secretary: Actor) -> None:
    assert Counts(secretary, {"a": entries(2, "a")})["a"] == 2


def test_nothing_is_asked_before_a_number_is_shown(secretary: Actor) -> None:
    def never(_: Actor) -> int:
        raise AssertionError

    Counts(secretary, {"a": never})
