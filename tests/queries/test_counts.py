"""What a screen costs is agreed on: the same for one row and for many, and twelve queries at most."""

from collections.abc import Mapping

import pytest

from .conftest import Cost
from .screens import SCREENS

MOST = 12
pytestmark = pytest.mark.django_db


@pytest.fixture
def renew(request: pytest.FixtureRequest) -> bool:
    """Whether the numbers are to be written anew."""
    return bool(request.config.getoption("--update-counts", default=False))


@pytest.mark.parametrize("key", [screen.key for screen in SCREENS])
def test_a_screen_costs_what_was_agreed_whatever_it_shows(
    key: str, costs: Mapping[str, Cost], stored: dict[str, int], *, renew: bool
) -> None:
    cost = costs[key]
    if renew:
        stored[key] = max(cost.numbers)

    assert cost.numbers == {stored.get(key)}, cost.story
    assert max(cost.numbers) <= MOST, cost.story


def test_no_number_is_kept_for_a_screen_that_is_gone(stored: dict[str, int], *, renew: bool) -> None:
    keys = {screen.key for screen in SCREENS}
    if renew:
        for key in stored.keys() - keys:
            del stored[key]

    assert stored.keys() == keys
