"""Messages to posts and persons, once per window."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from tests.cast import Cast, build_cast
from xinhuo.core import clock
from xinhuo.core.actor import Role
from xinhuo.notifications.actions import notify
from xinhuo.notifications.models import Message
from xinhuo.people.models import Appointment

from .conftest import PLAIN

AT_ONCE = 6


def tell(cast: Cast, unit: str = "province", **more: object) -> int:
    return notify(
        PLAIN, org_id=cast.orgs[unit].pk, title="会议改期了", kind="tests.paper", subject_id=7, **more
    )


def readers() -> list[str]:
    return sorted(Message.objects.values_list("person__name", flat=True))


def test_everybody_who_works_in_the_unit_is_told(cast: Cast) -> None:
    assert tell(cast) == 3

    assert readers() == sorted(["周敏", "赵厅长", "钱秘书"])


def test_only_the_holders_of_the_post_are_told(cast: Cast) -> None:
    assert tell(cast, role=Role.ADMIN) == 1

    assert readers() == ["孙管理"]


def test_a_person_with_two_posts_is_told_once(cast: Cast) -> None:
    Appointment.objects.create(
        person_id=cast.xingyi_officer.person_id,
        org=cast.orgs["xingyi"],
        role=Role.LEADER,
        valid_from=clock.today(),
    )

    assert tell(cast, "xingyi") == 1


def test_the_same_thing_is_told_once_per_window(cast: Cast) -> None:
    assert tell(cast, window="soon") == 3
    assert tell(cast, window="soon") == 0
    assert tell(cast, window="late") == 3


def test_one_person_may_be_named(cast: Cast) -> None:
    assert tell(cast, person_id=cast.province_leader.person_id) == 1

    assert readers() == ["赵厅长"]
    assert tell(cast) == 2


def test_who_cannot_sign_in_is_not_counted(cast: Cast) -> None:
    cast.users["xingyi_officer"].is_active = False
    cast.users["xingyi_officer"].save()

    assert tell(cast, "xingyi") == 0
    assert tell(cast, "xingyi", person_id=cast.xingyi_officer.person_id) == 0


def test_a_notice_nobody_listed_is_an_error(cast: Cast) -> None:
    with pytest.raises(ValueError, match=r"tests\.unknown"):
        notify("tests.unknown", org_id=cast.orgs["province"].pk, title="？")


@pytest.mark.parametrize("url", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_a_message_leads_only_within_this_site(cast: Cast, url: str) -> None:
    with pytest.raises(ValueError, match="no address of this site"):
        tell(cast, url=url)


@pytest.mark.django_db(transaction=True)
def test_several_processes_at_once_tell_once(transactional_db: None) -> None:
    cast = build_cast()
    barrier = Barrier(AT_ONCE)

    def work(_: int) -> int:
        connection.ensure_connection()
        barrier.wait(timeout=20)
        try:
            return tell(cast, window="soon")
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(work, range(AT_ONCE)))

    assert sum(answers) == 3
    assert Message.objects.count() == 3
    assert tell(cast, window="soon") == 0
