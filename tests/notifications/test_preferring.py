"""How a person wants to be told; the address has to be proved."""

import datetime as dt
import re

import pytest
from django.conf import LazySettings

from tests.cast import Cast
from xinhuo.core.actor import Actor
from xinhuo.core.errors import BadInputError, NotNowError
from xinhuo.journal.models import Entry
from xinhuo.notifications.actions import confirm_mail, set_preference
from xinhuo.notifications.enums import MailWish
from xinhuo.notifications.models import Outgoing, Preference

pytestmark = pytest.mark.usefixtures("sink", "daytime")


def wished(by: Actor, address: str = "liu@xingyi.example", mail: str = MailWish.DAILY) -> Preference:
    return set_preference(mail=mail, address=address, quiet_from=dt.time(21), quiet_to=dt.time(8), by=by)


def mailed_code() -> str:
    found = re.search(r"\d{6}", Outgoing.objects.latest("id").text)
    assert found
    return found[0]


def test_an_address_counts_once_its_number_came_back(cast: Cast) -> None:
    wished(cast.xingyi_officer)
    assert Preference.objects.get().confirmed_at is None

    confirm_mail(mailed_code(), by=cast.xingyi_officer)

    assert Preference.objects.get().confirmed_at is not None


def test_a_wrong_number_is_counted_and_five_are_enough(cast: Cast) -> None:
    wished(cast.xingyi_officer)
    right = mailed_code()
    wrong = str((int(right) + 1) % 10**6).zfill(6)
    for left in range(4, -1, -1):
        with pytest.raises(BadInputError, match=f"还可以试 {left} 次"):
            confirm_mail(wrong, by=cast.xingyi_officer)

    with pytest.raises(NotNowError, match="次数太多"):
        confirm_mail(right, by=cast.xingyi_officer)
    wished(cast.xingyi_officer)
    confirm_mail(mailed_code(), by=cast.xingyi_officer)


def test_another_address_has_to_be_proved_anew(cast: Cast) -> None:
    wished(cast.xingyi_officer)
    old = mailed_code()
    confirm_mail(old, by=cast.xingyi_officer)

    assert wished(cast.xingyi_officer, "other@xingyi.example").confirmed_at is None
    with pytest.raises(BadInputError):
        confirm_mail(old, by=cast.xingyi_officer)


def test_the_same_address_stays_proved(cast: Cast) -> None:
    wished(cast.xingyi_officer)
    confirm_mail(mailed_code(), by=cast.xingyi_officer)

    wished(cast.xingyi_officer, mail=MailWish.NONE)

    assert wished(cast.xingyi_officer).confirmed_at is not None
    assert Outgoing.objects.count() == 1


def test_the_journal_keeps_no_address(cast: Cast) -> None:
    wished(cast.xingyi_officer)

    entry = Entry.objects.get(verb="notifications.preferred")
    assert "liu@" not in entry.sentence
    assert entry.fields == ["mail", "address"]


def test_without_a_mail_server_nobody_can_ask_for_mail(cast: Cast, settings: LazySettings) -> None:
    settings.MAIL_SERVER = ""

    with pytest.raises(NotNowError, match="发信服务器"):
        wished(cast.xingyi_officer)
    assert wished(cast.xingyi_officer, mail=MailWish.NONE).mail == MailWish.NONE
