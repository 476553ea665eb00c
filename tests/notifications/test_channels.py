"""Channels of a unit: by its administrator, and never readable again."""

import pytest
from django.conf import LazySettings

from tests.cast import Cast
from xinhuo.core.actor import Actor
from xinhuo.core.errors import BadInputError, DeniedError, NotNowError
from xinhuo.journal.models import Entry
from xinhuo.notifications.actions import (
    ChannelFacts,
    add_channel,
    change_channel,
    send_again,
    settle_outgoing,
    switch_channel,
    try_channel,
)
from xinhuo.notifications.actions.outgoing import advance
from xinhuo.notifications.enums import SendState
from xinhuo.notifications.models import Channel, Outgoing

KEY = "693a91f6-7aaa-4bc4"
ADDRESS = f"https://oapi.dingtalk.com/robot/send?access_token={KEY}"
FACTS = ChannelFacts("dingtalk", "工作群", ADDRESS, "SECabc123")


def made(by: Actor) -> Channel:
    return add_channel(FACTS, by=by)


def test_neither_database_nor_journal_holds_the_address(cast: Cast) -> None:
    channel = made(cast.xingyi_admin)
    change_channel(channel, FACTS, by=cast.xingyi_admin)
    try_channel(channel, by=cast.xingyi_admin)

    rows = [*Channel.objects.values(), *Outgoing.objects.values(), *Entry.objects.values()]
    everything = " ".join(str(row) for row in rows)
    assert KEY not in everything
    assert "SECabc123" not in everything
    assert KEY[-4:] in Channel.objects.get().hint


def test_only_the_administrator_sets_them(cast: Cast) -> None:
    channel = made(cast.xingyi_admin)

    for by in (cast.xingyi_officer, cast.province_observer):
        with pytest.raises(DeniedError):
            made(by)
    with pytest.raises(DeniedError):
        change_channel(channel, FACTS, by=cast.province_admin)
    with pytest.raises(DeniedError):
        switch_channel(channel, on=False, by=cast.province_admin)
    with pytest.raises(DeniedError):
        try_channel(channel, by=cast.province_admin)


def test_two_of_a_name_would_be_mixed_up(cast: Cast) -> None:
    made(cast.xingyi_admin)
    other = add_channel(ChannelFacts("dingtalk", "别的群", ADDRESS), by=cast.xingyi_admin)

    with pytest.raises(BadInputError, match="换一个名称"):
        made(cast.xingyi_admin)
    with pytest.raises(BadInputError, match="换一个名称"):
        change_channel(other, FACTS, by=cast.xingyi_admin)
    assert made(cast.province_admin).name == "工作群"


def test_an_address_of_another_kind_is_refused(cast: Cast) -> None:
    with pytest.raises(BadInputError, match="企业微信群"):
        add_channel(ChannelFacts("wecom", "工作群", ADDRESS), by=cast.xingyi_admin)


def test_without_a_key_none_can_be_set(cast: Cast, settings: LazySettings) -> None:
    settings.CHANNEL_KEYS = []

    with pytest.raises(NotNowError, match="XINHUO_CHANNEL_KEY"):
        made(cast.xingyi_admin)


def test_a_stopped_channel_is_not_tried(cast: Cast) -> None:
    channel = switch_channel(made(cast.xingyi_admin), on=False, by=cast.xingyi_admin)

    with pytest.raises(NotNowError, match="停用"):
        try_channel(channel, by=cast.xingyi_admin)
    assert switch_channel(channel, on=True, by=cast.xingyi_admin).active


def test_changing_without_an_address_keeps_it(cast: Cast) -> None:
    channel = made(cast.xingyi_admin)
    sealed = channel.sealed

    change_channel(channel, ChannelFacts("dingtalk", "大群"), by=cast.xingyi_admin)

    channel.refresh_from_db()
    assert (channel.name, channel.sealed) == ("大群", sealed)


@pytest.mark.parametrize("state", SendState.values)
def test_the_table_of_moves_is_kept(cast: Cast, state: str) -> None:
    item = try_channel(made(cast.xingyi_admin), by=cast.xingyi_admin)
    for wanted in SendState:
        Outgoing.objects.update(state=state)
        item.refresh_from_db()
        if wanted in SendState.MOVES[state]:
            advance(item, wanted)
        else:
            with pytest.raises(ValueError, match="cannot go"):
                advance(item, wanted)


def test_only_the_own_unit_decides_and_only_when_needed(cast: Cast) -> None:
    item = try_channel(made(cast.xingyi_admin), by=cast.xingyi_admin)

    with pytest.raises(NotNowError, match="待发"):
        send_again(item, by=cast.xingyi_officer)
    with pytest.raises(NotNowError, match="待发"):
        settle_outgoing(item, by=cast.xingyi_officer)
    with pytest.raises(DeniedError):
        send_again(item, by=cast.qianxinan_officer)
