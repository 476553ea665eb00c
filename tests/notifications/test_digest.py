"""The one mail a day."""

import datetime as dt
from email import message_from_string

import pytest
from django.conf import LazySettings

from tests.cast import Cast
from xinhuo.core import clock
from xinhuo.flows.enums import Wait
from xinhuo.flows.models import Todo
from xinhuo.flows.todos import close_todos, open_todo
from xinhuo.notifications.actions import notify
from xinhuo.notifications.digest import compose, send_digests
from xinhuo.notifications.enums import MailWish
from xinhuo.notifications.models import Message, Outgoing, Preference
from xinhuo.notifications.sending import pump
from xinhuo.people.models import Appointment

from .conftest import PLAIN, URGENT, until
from .servers import Sink

KIND = "documents.document"
pytestmark = pytest.mark.usefixtures("daytime", "sink")


@pytest.fixture
def wish(cast: Cast) -> Preference:
    return Preference.objects.create(
        person_id=cast.xingyi_officer.person_id,
        mail=MailWish.DAILY,
        address="liu@xingyi.example",
        confirmed_at=clock.now(),
    )


def asked(cast: Cast, title: str, days: int | None, subject_id: int = 1) -> Todo:
    due = None if days is None else clock.today() + dt.timedelta(days=days)
    org_id = cast.orgs["xingyi"].pk
    return open_todo(org_id=org_id, wait=Wait.FILL, kind=KIND, subject_id=subject_id, title=title, due=due)


def tell(cast: Cast, key: str = PLAIN, title: str = "会议改期了") -> None:
    notify(key, org_id=cast.orgs["xingyi"].pk, title=title, detail="改到下周三", subject_id=len(title))


def mails() -> list[str]:
    return list(Outgoing.objects.order_by("id").values_list("text", flat=True))


def test_it_says_what_waits_what_is_late_and_what_is_new(
    cast: Cast, wish: Preference, settings: LazySettings
) -> None:
    settings.SITE_URL = "https://xinhuo.office.example"
    asked(cast, "半年报送", 2, 1)
    asked(cast, "年终总结", -3, 2)
    tell(cast)

    assert send_digests() == 1

    (text,) = mails()
    assert text.startswith("刘长庚同志：\n\n现在有 2 件事等您办。")
    late, soon = text.index("年终总结"), text.index("半年报送")
    assert late < soon < text.index("· 会议改期了——改到下周三")
    assert "已超期 3 天" in text
    assert "还有 2 天" in text
    assert "（兴义市教育局）" in text
    assert "https://xinhuo.office.example/messages/settings/" in text


def test_a_second_worker_writes_none(cast: Cast, wish: Preference) -> None:
    asked(cast, "半年报送", 2)

    assert [send_digests(), send_digests()] == [1, 0]


def test_nothing_is_told_twice_in_its_window(cast: Cast, wish: Preference, settings: LazySettings) -> None:
    asked(cast, "半年报送", 10)
    sent = []
    for day in range(21):
        settings.CLOCK_SHIFT = until(10, days=day)
        sent.append(send_digests())

    told = [day for day, number in enumerate(sent) if number]
    assert told == [0, 7, 11, 18]  # new, three days before, late, a week later


def test_a_new_date_is_told(cast: Cast, wish: Preference, settings: LazySettings) -> None:
    asked(cast, "半年报送", 10)
    send_digests()
    settings.CLOCK_SHIFT = until(10, days=1)
    asked(cast, "半年报送", 20)

    assert send_digests() == 1


def test_what_is_done_or_read_is_left_out(cast: Cast, wish: Preference) -> None:
    asked(cast, "半年报送", 2)
    close_todos(KIND, 1)
    tell(cast)
    Message.objects.update(read_at=clock.now())

    assert send_digests() == 0
    assert compose(cast.xingyi_officer.person_id) is None


def test_a_message_stands_in_one_mail_only(cast: Cast, wish: Preference, settings: LazySettings) -> None:
    tell(cast)
    send_digests()
    settings.CLOCK_SHIFT = until(10, days=1)
    tell(cast, title="又一件事")

    send_digests()

    assert "会议改期了" in mails()[0]
    assert "会议改期了" not in mails()[1]


def test_an_urgent_one_goes_at_once_and_not_again(cast: Cast, wish: Preference, sink: Sink) -> None:
    tell(cast, URGENT, "今天下午停课")

    assert pump() == 1
    assert send_digests() == 0
    ((to, text),) = sink.mails
    assert to == "liu@xingyi.example"
    assert "今天下午停课" in message_from_string(text).get_payload(decode=True).decode()


def test_what_was_sent_is_not_kept(cast: Cast, wish: Preference) -> None:
    tell(cast, URGENT)

    pump()

    assert mails() == [""]


@pytest.mark.parametrize("change", [{"mail": MailWish.NONE}, {"confirmed_at": None}])
def test_who_wants_none_or_has_not_shown_the_address_gets_none(
    cast: Cast, wish: Preference, change: dict[str, object]
) -> None:
    Preference.objects.update(**change)
    asked(cast, "半年报送", 2)
    tell(cast, URGENT)

    assert send_digests() == 0
    assert Outgoing.objects.count() == 0


def test_who_left_gets_none(cast: Cast, wish: Preference) -> None:
    asked(cast, "半年报送", 2)
    Appointment.objects.filter(person_id=wish.person_id).update(valid_to=clock.today())

    assert send_digests() == 0


def test_without_a_mail_server_nothing_leaves(cast: Cast, wish: Preference, settings: LazySettings) -> None:
    settings.MAIL_SERVER = ""
    asked(cast, "半年报送", 2)
    tell(cast, URGENT)

    assert send_digests() == 0
    assert Outgoing.objects.count() == 0


def test_no_mail_before_eight(cast: Cast, wish: Preference, settings: LazySettings) -> None:
    settings.CLOCK_SHIFT = until(7)
    asked(cast, "半年报送", 2)

    assert send_digests() == 0


def test_a_late_riser_gets_it_after_the_own_quiet_hours(
    cast: Cast, wish: Preference, settings: LazySettings, sink: Sink
) -> None:
    Preference.objects.update(quiet_to=dt.time(11))
    asked(cast, "半年报送", 2)
    send_digests()

    assert pump() == 0
    settings.CLOCK_SHIFT = until(11)
    assert pump() == 1


def test_one_persons_quiet_hours_do_not_hold_back_others(cast: Cast, wish: Preference, sink: Sink) -> None:
    Preference.objects.update(quiet_to=dt.time(11))
    Preference.objects.create(
        person_id=cast.anlong_officer.person_id,
        mail=MailWish.DAILY,
        address="wu@anlong.example",
        confirmed_at=clock.now(),
    )
    for unit in ("xingyi", "anlong"):
        notify(PLAIN, org_id=cast.orgs[unit].pk, title="会议改期了")
    send_digests()

    pump()

    assert [to for to, _ in sink.mails] == ["wu@anlong.example"]
