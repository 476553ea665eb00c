"""Every address × every kind of actor. An address that is not in ``doors.DOORS`` fails the first test."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast

from .addresses import all_names
from .doors import DOORS, KINDS, Door
from .world import World, build_world

pytestmark = pytest.mark.django_db


def test_every_address_is_in_the_matrix() -> None:
    assert sorted({door.name for door in DOORS}) == all_names()


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> World:
    """Built once for all doors; each visit is rolled back by its own test."""
    del django_db_setup
    with django_db_blocker.unblock():  # type: ignore[attr-defined]  # the plugin's blocker
        return build_world()


def _visit(door: Door, kind: str, cast: Cast, world: World) -> int:
    client = Client()
    user = KINDS[kind]
    if user:
        client.force_login(cast.users[user])
    address = reverse(door.name, args=door.args(world))
    if door.method == "POST":
        return client.post(address, door.data(world)).status_code
    return client.get(address).status_code


@pytest.mark.parametrize("door", DOORS, ids=lambda door: f"{door.method}-{door.name}")
def test_a_door_opens_only_for_whom_it_should(door: Door, world: World) -> None:
    found = {kind: _visit(door, kind, world.cast, world) for kind in KINDS}

    assert found == {kind: door.expected(kind) for kind in KINDS}
