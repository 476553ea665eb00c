"""The outbox: claimed, sent, settled; paced, quiet at night, tried again, never twice by itself."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.conf import LazySettings
from django.db import connection

from tests.cast import Cast, build_cast
from xinhuo.core import clock
from xinhuo.jobs.running import Current
from xinhuo.notifications import sending
from xinhuo.notifications.actions import (
    ChannelFacts,
    add_channel,
    change_channel,
    drop_outgoing,
    notify,
    send_again,
    settle_outgoing,
    switch_channel,
    try_channel,
)
from xinhuo.notifications.enums import SendState
from xinhuo.notifications.models import Channel, Message, Outgoing
from xinhuo.notifications.outbox import put
from xinhuo.notifications.sending import claim, pump, reap_lost, settle

from .conftest import GROUP, until
from .servers import Robots, Sink

ADDRESS = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7aaa-4bc4"
pytestmark = pytest.mark.usefixtures("daytime")


@pytest.fixture
def channel(cast: Cast) -> Channel:
    return connected(cast)


def connected(cast: Cast) -> Channel:
    return add_channel(ChannelFacts("wecom", "工作群", ADDRESS), by=cast.xingyi_admin)


def waiting(channel: Channel, number: int = 1) -> list[Outgoing]:
    made = [
        put(f"t:{n}", org_id=channel.org_id, title=f"第{n}条", text=f"第{n}条", channel=channel)
        for n in range(number)
    ]
    return [item for item in made if item]


def states() -> list[str]:
    return list(Outgoing.objects.order_by("id").values_list("state", flat=True))


def test_a_notice_for_groups_goes_to_the_units_group_once(
    robots: Robots, cast: Cast, channel: Channel
) -> None:
    for _ in range(2):
        notify(
            GROUP, org_id=channel.org_id, title="会议改期了", detail="改到下周三", url="/plans/", window="1"
        )

    assert pump() == 1
    assert pump() == 0
    assert robots.texts == ["会议改期了\n改到下周三"]
    assert states() == [SendState.SENT]


def test_the_full_address_stands_below_where_the_site_knows_its_own(
    robots: Robots, cast: Cast, channel: Channel, settings: LazySettings
) -> None:
    settings.SITE_URL = "https://xinhuo.office.example"
    notify(GROUP, org_id=channel.org_id, title="会议改期了", url="/plans/")

    pump()

    assert robots.texts == ["会议改期了\nhttps://xinhuo.office.example/plans/"]


def test_a_message_to_one_person_is_not_put_into_the_group(cast: Cast, channel: Channel) -> None:
    notify(GROUP, org_id=channel.org_id, title="只告诉您", person_id=cast.xingyi_officer.person_id)

    assert Outgoing.objects.count() == 0


def test_the_pace_holds_and_the_rest_goes_later(
    robots: Robots, channel: Channel, settings: LazySettings
) -> None:
    waiting(channel, 8)

    assert pump() == 5
    assert states().count(SendState.WAITING) == 3
    settings.CLOCK_SHIFT += dt.timedelta(seconds=60)
    assert pump() == 3
    assert robots.texts == [f"第{n}条" for n in range(8)]


def test_a_tired_channel_does_not_hold_back_another(robots: Robots, cast: Cast, channel: Channel) -> None:
    other = add_channel(ChannelFacts("feishu", "飞书群", FEISHU), by=cast.xingyi_admin)
    waiting(channel, 8)
    put("o:1", org_id=other.org_id, title="别的群", text="别的群", channel=other)

    pump()

    assert "别的群" in robots.texts


FEISHU = "https://open.feishu.cn/open-apis/bot/v2/hook/693a91f6-7aaa-4bc4"


def test_at_night_it_waits_until_morning(robots: Robots, channel: Channel, settings: LazySettings) -> None:
    settings.CLOCK_SHIFT = until(22)
    (item,) = waiting(channel)

    assert pump() == 0
    item.refresh_from_db()
    opens = item.not_before.astimezone(clock.SHANGHAI)
    assert (item.state, opens.hour, opens.date()) == (
        SendState.WAITING,
        8,
        clock.today() + dt.timedelta(days=1),
    )
    settings.CLOCK_SHIFT = until(8, days=1)
    assert pump() == 1


def test_a_test_goes_at_night_too(
    robots: Robots, cast: Cast, channel: Channel, settings: LazySettings
) -> None:
    settings.CLOCK_SHIFT = until(23)
    try_channel(channel, by=cast.xingyi_admin)

    assert pump() == 1
    assert "试发" in robots.texts[0]


def test_what_does_not_arrive_is_tried_again_later_and_then_failed(
    robots: Robots, cast: Cast, channel: Channel, settings: LazySettings
) -> None:
    robots.status = 502
    (item,) = waiting(channel)
    for _ in range(4):
        assert pump() == 1
        assert pump() == 0
        item.refresh_from_db()
        settings.CLOCK_SHIFT += dt.timedelta(hours=2)

    assert (item.state, item.attempt) == (SendState.FAILED, 4)
    assert pump() == 0
    assert len(robots.came) == 4
    robots.status = 200
    send_again(item, by=cast.xingyi_officer)
    assert pump() == 1
    assert states() == [SendState.SENT]


def test_a_refusal_is_not_tried_again_and_the_administrator_is_told_once(
    robots: Robots, cast: Cast, channel: Channel
) -> None:
    robots.answer = {"errcode": 93000, "errmsg": "invalid webhook url"}
    waiting(channel, 2)

    assert pump() == 2
    assert states() == [SendState.FAILED] * 2
    told = Message.objects.filter(person_id=cast.xingyi_admin.person_id)
    assert [item.title for item in told] == ["发往企业微信群“工作群”的消息没有发成"]


def test_cut_in_mid_send_it_waits_for_a_person(
    robots: Robots, cast: Cast, channel: Channel, settings: LazySettings
) -> None:
    (item,) = waiting(channel)
    claimed = claim(item)  # and here the process dies
    assert claimed is not None
    assert pump() == 0
    assert states() == [SendState.SENDING]

    settings.CLOCK_SHIFT += dt.timedelta(minutes=3)
    assert pump() == 0
    assert states() == [SendState.UNCERTAIN]
    assert robots.came == []
    item.refresh_from_db()
    settle_outgoing(item, by=cast.xingyi_officer)
    assert states() == [SendState.SENT]


def test_who_was_taken_for_dead_no_longer_settles(
    robots: Robots, channel: Channel, settings: LazySettings
) -> None:
    (item,) = waiting(channel)
    slow = claim(item)
    assert slow is not None
    settings.CLOCK_SHIFT += dt.timedelta(minutes=3)
    assert reap_lost() == 1

    assert settle(slow, sending.deliver(slow)) is False
    assert states() == [SendState.UNCERTAIN]


def test_an_error_nobody_thought_of_is_uncertain(
    cast: Cast, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(sending, "send_to_robot", broken)
    waiting(channel)

    assert pump() == 1
    assert states() == [SendState.UNCERTAIN]


def test_another_key_says_what_to_do(robots: Robots, channel: Channel, settings: LazySettings) -> None:
    settings.CHANNEL_KEYS = ["x" * 40]
    (item,) = waiting(channel)

    pump()

    item.refresh_from_db()
    assert item.state == SendState.FAILED
    assert "重新填写" in item.message


def test_what_lay_too_long_waits_for_a_person(
    robots: Robots, cast: Cast, channel: Channel, settings: LazySettings
) -> None:
    (item,) = waiting(channel)
    settings.CLOCK_SHIFT += dt.timedelta(hours=25)

    assert pump() == 0
    item.refresh_from_db()
    assert item.state == SendState.UNCERTAIN
    send_again(item, by=cast.xingyi_officer)
    assert pump() == 1


def test_a_process_told_to_end_begins_nothing_new(
    robots: Robots, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting(channel)
    monkeypatch.setattr(Current, "ending", True)

    assert pump() == 0
    assert states() == [SendState.WAITING]


def test_a_channel_that_is_stopped_sends_nothing_more(robots: Robots, cast: Cast, channel: Channel) -> None:
    waiting(channel)
    switch_channel(channel, on=False, by=cast.xingyi_admin)
    notify(GROUP, org_id=channel.org_id, title="会议改期了")

    assert pump() == 0
    assert states() == [SendState.DROPPED]


def test_a_new_address_is_used_from_then_on(robots: Robots, cast: Cast, channel: Channel) -> None:
    other = ADDRESS.replace("4bc4", "9999")
    change_channel(channel, ChannelFacts("wecom", "工作群", other), by=cast.xingyi_admin)
    waiting(channel)

    pump()

    assert robots.came[0][0].endswith("9999")


def test_what_still_waits_may_be_dropped(robots: Robots, cast: Cast, channel: Channel) -> None:
    (item,) = waiting(channel)
    drop_outgoing(item, by=cast.xingyi_officer)

    assert pump() == 0
    assert states() == [SendState.DROPPED]


def test_a_mailbox_may_be_a_channel(sink: Sink, cast: Cast) -> None:
    box = add_channel(ChannelFacts("mail", "办公室邮箱", "office@xingyi.example"), by=cast.xingyi_admin)
    waiting(box)

    pump()

    assert [to for to, _ in sink.mails] == ["office@xingyi.example"]


def test_without_a_mail_server_nothing_is_written_for_it(cast: Cast, settings: LazySettings) -> None:
    settings.MAIL_SERVER = ""
    add_channel(ChannelFacts("mail", "办公室邮箱", "office@xingyi.example"), by=cast.xingyi_admin)

    notify(GROUP, org_id=cast.orgs["xingyi"].pk, title="会议改期了")

    assert Outgoing.objects.count() == 0
    assert pump() == 0


@pytest.mark.django_db(transaction=True)
def test_several_workers_at_once_send_each_thing_once_and_keep_the_pace(
    transactional_db: None, robots: Robots
) -> None:
    channel = connected(build_cast())
    waiting(channel, 9)
    barrier = Barrier(4)

    def work(_: int) -> int:
        connection.ensure_connection()
        barrier.wait(timeout=20)
        try:
            return pump()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        tried = list(pool.map(work, range(4)))

    assert sum(tried) == len(robots.texts) == len(set(robots.texts)) == 5
    assert sorted(states()) == [SendState.SENT] * 5 + [SendState.WAITING] * 4
