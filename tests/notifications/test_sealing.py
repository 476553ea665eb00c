"""Addresses in the database cannot be read without the key."""

import pytest
from django.conf import LazySettings

from xinhuo.config.env import EnvError
from xinhuo.config.secret import channel_keys
from xinhuo.core.errors import NotNowError
from xinhuo.notifications.sealing import UnreadableError, is_ready, seal, unseal

OLD, NEW = "o" * 40, "n" * 40
ADDRESS = {"token": "693a91f6-7xxx", "secret": "SEC123"}


def test_sealed_is_unreadable_and_comes_back() -> None:
    sealed = seal(ADDRESS)

    assert "693a91f6" not in sealed
    assert unseal(sealed) == ADDRESS
    assert seal(ADDRESS) != sealed


def test_a_new_key_in_front_still_opens_what_the_old_one_sealed(settings: LazySettings) -> None:
    settings.CHANNEL_KEYS = [OLD]
    sealed = seal(ADDRESS)

    settings.CHANNEL_KEYS = [NEW, OLD]
    assert unseal(sealed) == ADDRESS

    settings.CHANNEL_KEYS = [NEW]
    with pytest.raises(UnreadableError):
        unseal(sealed)


def test_without_a_key_nothing_is_sealed(settings: LazySettings) -> None:
    sealed = seal(ADDRESS)
    settings.CHANNEL_KEYS = []

    assert not is_ready()
    with pytest.raises(NotNowError, match="XINHUO_CHANNEL_KEY"):
        seal(ADDRESS)
    with pytest.raises(UnreadableError):
        unseal(sealed)


def test_several_keys_are_given_with_commas_and_short_ones_refused() -> None:
    assert channel_keys(f"{NEW}, {OLD}") == [NEW, OLD]
    assert channel_keys("") == []
    with pytest.raises(EnvError, match="太短"):
        channel_keys("short")
