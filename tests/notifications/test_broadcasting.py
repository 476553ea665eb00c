"""A message to many units: looked at before it goes, told once, whatever is cut."""

import pytest

from tests.cast import Cast
from xinhuo.core.actor import Actor
from xinhuo.core.errors import BadInputError, DeniedError, NotNowError
from xinhuo.jobs import reaper, running
from xinhuo.jobs.models import Job
from xinhuo.notifications.actions import broadcasting, drop_broadcast, prepare_broadcast, release_broadcast
from xinhuo.notifications.enums import BroadcastState
from xinhuo.notifications.models import Broadcast, Message
from xinhuo.notifications.queries import reach
from xinhuo.people.models import User

BUREAUS = {"kinds": ["prefecture", "county"]}


def written(by: Actor) -> Broadcast:
    return prepare_broadcast(title="会议改期", text="改到下周三。", to=BUREAUS, to_label="市县", by=by)


def readers() -> list[str]:
    return sorted(Message.objects.values_list("person__name", flat=True))


EVERYBODY = sorted(["韦州办", "岑主任", "罗市办", "刘长庚", "吴县办", "潘区办"])


def test_nothing_goes_before_somebody_looked(cast: Cast) -> None:
    broadcast = written(cast.province_officer)

    assert broadcast.state == BroadcastState.LOOK
    assert Message.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_after_a_look_everybody_is_told_once(cast: Cast) -> None:
    broadcast = written(cast.province_officer)

    release_broadcast(broadcast, by=cast.province_secretary)

    broadcast.refresh_from_db()
    assert readers() == EVERYBODY
    assert (broadcast.state, broadcast.told, broadcast.looked_by_name) == (BroadcastState.SENT, 6, "钱秘书")
    assert Message.objects.first().detail == "改到下周三。\n——贵州省教育厅关工委"  # type: ignore[union-attr]
    with pytest.raises(NotNowError, match="已发"):
        release_broadcast(broadcast, by=cast.province_officer)


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_mid_batch_loses_nothing_and_doubles_nothing(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    broadcast = written(cast.province_officer)
    monkeypatch.setattr(broadcasting, "CHUNK", 2)
    told: list[int] = []
    real = broadcasting.notify

    def dies_at_the_fourth(key: str, **words: object) -> int:
        told.append(1)
        if len(told) == 4:
            raise KeyboardInterrupt
        return real(key, **words)  # type: ignore[arg-type]

    monkeypatch.setattr(broadcasting, "notify", dies_at_the_fourth)
    with pytest.raises(KeyboardInterrupt):
        release_broadcast(broadcast, by=cast.province_officer)
    assert 0 < Message.objects.count() < len(EVERYBODY)

    Job.objects.update(heartbeat_at=running.clock.now() - 2 * running.SILENCE)
    reaper.reap()

    broadcast.refresh_from_db()
    assert readers() == EVERYBODY
    assert broadcast.state == BroadcastState.SENT


def test_it_may_be_dropped_after_the_look(cast: Cast) -> None:
    broadcast = drop_broadcast(written(cast.province_officer), by=cast.province_leader)

    assert broadcast.state == BroadcastState.DROPPED
    with pytest.raises(NotNowError, match="不发了"):
        release_broadcast(broadcast, by=cast.province_officer)


def test_only_who_works_writes_and_only_the_own_unit_releases(cast: Cast) -> None:
    for by in (cast.province_admin, cast.province_observer):
        with pytest.raises(DeniedError):
            written(by)
    with pytest.raises(DeniedError):
        release_broadcast(written(cast.province_officer), by=cast.guiyang_officer)


def test_nobody_below_is_told_so(cast: Cast) -> None:
    with pytest.raises(BadInputError, match="没有选中"):
        written(cast.school_officer)


def test_the_preview_names_units_where_nobody_can_read(cast: Cast) -> None:
    User.objects.filter(username="huaxi_officer").update(is_active=False)

    found = reach(written(cast.province_officer))

    assert (found.units, found.people, found.silent_count) == (5, 5, 1)
    assert [org.short_name for org in found.silent] == ["花溪区"]
