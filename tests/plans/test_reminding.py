"""Reminders once in a window, words for the group, escalations that a person lets go; nobody looks sideways."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import PASSWORD, SINCE, Cast
from xinhuo.core.actor import Role
from xinhuo.core.errors import BadInputError, DeniedError, NotNowError
from xinhuo.documents.actions import receive
from xinhuo.documents.models import Delivery
from xinhuo.flows.models import Todo
from xinhuo.people.models import Appointment, Person, User
from xinhuo.plans.actions.escalating import hold_back, note, prepare_escalations, release
from xinhuo.plans.actions.reminding import remind, remind_before
from xinhuo.plans.enums import EscalationState
from xinhuo.plans.group_text import missing_words
from xinhuo.plans.models import Escalation, Nudge
from xinhuo.plans.queries.ledger import ledger_rows
from xinhuo.plans.queries.steering import pages_owed, receipts_owed
from xinhuo.plans.queries.steerpage import group_text
from xinhuo.plans.windows import window

from .desk import client_of
from .steers import pass_days, reported
from .works import delivery_of, forwarded_plan, page_of, sent_plan

pytestmark = pytest.mark.django_db
DUE = dt.date(2026, 6, 30)


@pytest.fixture
def sent(cast: Cast) -> Cast:
    plan = sent_plan(cast)
    for unit in ("qianxinan", "guiyang", "university", "polytechnic"):
        receive(delivery_of(cast, plan, unit), by=cast.actors[f"{unit}_officer"])
    return cast


@pytest.mark.parametrize(
    ("day", "name"),
    [(-3, "soon"), (0, "soon"), (1, "late-0"), (7, "late-0"), (8, "late-1"), (15, "late-2")],
)
def test_windows_of_reminding(day: int, name: str) -> None:
    assert window(DUE, DUE + dt.timedelta(days=day)) == name


def test_nobody_is_reminded_of_the_same_twice_in_a_window(sent: Cast, settings: Any) -> None:
    pass_days(settings, 31)
    units = [sent.orgs[key].pk for key in ("guiyang", "university")]

    first = remind(units, by=sent.province_officer)
    again = remind(units, by=sent.province_leader)
    pass_days(settings, 7)
    next_week = remind(units, by=sent.province_officer)

    assert (first, again, next_week) == ((2, 0), (0, 2), (2, 0))
    assert Nudge.objects.count() == 4


def test_before_the_date_it_reminds_by_itself_once(sent: Cast, settings: Any) -> None:
    reported(sent, "guiyang")
    pass_days(settings, 28)

    remind_before()
    remind_before()

    assert {nudge.org.short_name for nudge in Nudge.objects.all()} == {"黔西南州", "贵州大学", "黔职院"}
    assert Nudge.objects.count() == 3
    assert remind([sent.orgs["university"].pk], by=sent.province_officer) == (0, 1)


def test_only_working_posts_remind(sent: Cast) -> None:
    with pytest.raises(DeniedError):
        remind([], by=sent.province_observer)


def test_a_copy_owes_no_receipt_and_three_days_are_given(cast: Cast, settings: Any) -> None:
    sent_plan(cast)
    Delivery.objects.filter(org=cast.orgs["university"]).update(is_copy=True)
    pass_days(settings, 3)
    early = receipts_owed(cast.orgs["province"].pk)
    pass_days(settings, 1)

    owed = receipts_owed(cast.orgs["province"].pk)

    assert early == []
    assert {item.org.short_name for item in owed} == {"黔西南州", "贵阳市", "黔职院"}


def test_the_words_for_the_group_name_the_units_the_date_and_the_address() -> None:
    words = missing_words(
        what="报《上半年进展》",
        names=["兴义市", "安龙县"],
        due=DUE,
        days=3,
        asked=["册亨县"],
        address="https://xinhuo.example/plans/c/3/",
        by="黔西南州教育局关工委 7月3日",
    )

    assert words.splitlines()[0] == "以下 2 个单位还没报《上半年进展》（6月30日前，已过 3 天）："
    assert "兴义市、安龙县。" in words
    assert "以下 1 个单位请补充后再报一次：册亨县" in words
    assert "https://xinhuo.example/plans/c/3/" in words


def test_the_group_text_is_the_callers_own(sent: Cast, settings: Any) -> None:
    pass_days(settings, 33)
    reported(sent, "guiyang")
    call = page_of(sent, "university").call_id

    view = group_text(sent.province_officer, "page", call, "https://x/")

    assert view is not None
    assert "以下 3 个单位还没报" in view.words
    assert "贵阳市" not in view.words
    assert group_text(sent.guiyang_officer, "page", call, "https://x/") is None


def test_the_short_address_leads_everybody_to_the_own_page(sent: Cast) -> None:
    page = page_of(sent, "university")
    address = reverse("plans:call_go", args=[page.call_id])

    assert client_of(sent, "university_officer").get(address).headers["Location"] == page.url
    assert client_of(sent).get(address).headers["Location"].endswith(f"/calls/{page.call_id}/")
    assert client_of(sent, "huaxi_officer").get(address).status_code == 404


def test_the_code_is_a_picture_of_its_own_without_scripts_or_styles(sent: Cast) -> None:
    call = page_of(sent, "university").call_id

    answer = client_of(sent).get(reverse("plans:steering_qr", args=["page", call]))

    text = answer.content.decode()
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert "<svg" in text
    assert "<script" not in text
    assert "style=" not in text


def _lead(cast: Cast, unit: str) -> Client:
    """The unit gets a leader who may sign in."""
    person = Person.objects.create(name="主任")
    user = User(person=person, username=f"{unit}_boss")
    user.set_password(PASSWORD)
    user.save()
    Appointment.objects.create(person=person, org=cast.orgs[unit], role=Role.LEADER, valid_from=SINCE)
    client = Client()
    client.force_login(user)
    return client


def test_an_escalation_waits_for_the_secretary_and_the_late_unit_knows_nothing_of_it(
    sent: Cast, settings: Any
) -> None:
    reported(sent, "qianxinan")
    pass_days(settings, 37)
    prepare_escalations()
    soon = Escalation.objects.count()
    pass_days(settings, 1)
    prepare_escalations()
    prepare_escalations()

    row = Escalation.objects.get(org=sent.orgs["guiyang"])

    assert soon == 0
    assert {found.org.short_name for found in Escalation.objects.all()} == {"贵阳市", "贵州大学", "黔职院"}
    assert [item["title"] for item in row.items] == ["报送《2026年上半年进展》"]
    assert Todo.objects.open().filter(kind="plans.escalation", role=Role.SECRETARY).count() == 3
    for who, status in (("province_secretary", 200), ("guiyang_officer", 404), ("qianxinan_officer", 404)):
        assert client_of(sent, who).get(row.url).status_code == status


def test_released_the_leader_of_the_late_unit_sees_it_and_nobody_beside(sent: Cast, settings: Any) -> None:
    boss = _lead(sent, "guiyang")
    pass_days(settings, 40)
    prepare_escalations()
    row = Escalation.objects.get(org=sent.orgs["guiyang"])
    with pytest.raises(DeniedError):
        release(row, by=sent.guiyang_officer)

    release(row, words="请安排专人", by=sent.province_secretary)

    assert "请您过问" in boss.get(reverse("portal:workbench")).content.decode()
    assert "请安排专人" in boss.get(row.url).content.decode()
    assert client_of(sent, "qianxinan_officer").get(row.url).status_code == 404
    with pytest.raises(NotNowError):
        hold_back(row, by=sent.province_officer)
    assert boss.post(reverse("plans:escalation_note", args=[row.pk])).status_code == 302
    row.refresh_from_db()
    assert row.state == EscalationState.SEEN
    with pytest.raises(NotNowError):
        note(row, by=sent.guiyang_officer)
    prepare_escalations()
    assert Escalation.objects.filter(org=sent.orgs["guiyang"]).count() == 1


def test_what_was_settled_meanwhile_is_not_released(sent: Cast, settings: Any) -> None:
    pass_days(settings, 40)
    prepare_escalations()
    row = Escalation.objects.get(org=sent.orgs["guiyang"])
    reported(sent, "guiyang")

    with pytest.raises(BadInputError, match="都办了"):
        release(row, by=sent.province_secretary)
    prepare_escalations()

    row.refresh_from_db()
    assert row.state == EscalationState.DROPPED
    assert not Todo.objects.open().filter(kind="plans.escalation", subject_id=row.pk).exists()


def test_a_county_never_sees_how_late_another_county_is(cast: Cast, settings: Any) -> None:
    plan = forwarded_plan(cast)
    for unit in ("xingyi", "anlong"):
        receive(delivery_of(cast, plan, unit), by=cast.actors[f"{unit}_officer"])
    pass_days(settings, 100)
    prepare_escalations()
    for row in Escalation.objects.all():
        release(
            row,
            by=cast.actors["qianxinan_officer"]
            if row.by_org == cast.orgs["qianxinan"]
            else cast.province_secretary,
        )
    county = client_of(cast, "xingyi_officer")
    pages = [
        reverse("portal:workbench"),
        reverse("plans:steering"),
        reverse("plans:steering_phones"),
        reverse("plans:task_list"),
        reverse("plans:task_list") + "?own=1",
        reverse("plans:plan_detail", args=[plan.pk]),
        reverse("plans:report_list"),
        *(reverse("plans:duty_detail", args=[duty.pk]) for duty in plan.duties.all()),
    ]

    assert pages_owed(cast.orgs["qianxinan"].pk)
    for address in pages:
        assert "安龙" not in county.get(address).content.decode(), address
    assert county.get(reverse("plans:task_list"), {"unit": cast.orgs["anlong"].pk}).status_code == 404
    ledger = [row[2] for row in ledger_rows(plan, cast.xingyi_officer)]
    assert set(ledger) == {"兴义市教育局"}
