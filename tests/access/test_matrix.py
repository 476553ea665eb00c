"""Every address × every kind of actor. An address that is not in ``doors.DOORS`` fails the first test."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker

from .addresses import all_names
from .doors import DOORS, KINDS, Door
from .world import World, build_world

pytestmark = pytest.mark.django_db  # every test's own transaction lies inside the world's


def test_every_address_is_in_the_matrix() -> None:
    assert sorted({door.name for door in DOORS}) == all_names()


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Built once for all doors, and gone with this module."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_world()
        transaction.set_rollback(True)


def _visit(door: Door, kind: str, world: World) -> int:
    """The status one actor gets; whatever the visit changed is rolled back."""
    before = transaction.savepoint()
    client = Client()
    if KINDS[kind]:
        client.force_login(world.cast.users[KINDS[kind]])
    address = reverse(door.name, args=door.args(world))
    response = client.post(address, {}) if door.method == "POST" else client.get(address)
    for (
        close
    ) in response._resource_closers:  # response.close() would also close the connection we are inside of
        close()
    transaction.savepoint_rollback(before)
    return response.status_code


@pytest.mark.parametrize("door", DOORS, ids=lambda door: f"{door.method}-{door.name}")
def test_a_door_opens_only_for_whom_it_should(door: Door, world: World) -> None:
    found = {kind: _visit(door, kind, world) for kind in KINDS}

    assert found == {kind: door.expected(kind) for kind in KINDS}
