"""Who sees which documents and deliveries, and what is counted."""

import datetime as dt

from tests.documents.conftest import Province, in_days, pass_on
from xinhuo.core import clock
from xinhuo.core.contracts import by_kind
from xinhuo.documents.actions import receive
from xinhuo.documents.enums import DispatchState
from xinhuo.documents.measures import received, sent
from xinhuo.documents.models import Delivery, Dispatch, Document
from xinhuo.documents.moves import UNIT_CHANGES
from xinhuo.documents.queries import copies, incoming, outgoing
from xinhuo.orgs import paths


def who_sees(province: Province, document: Document) -> set[str]:
    return {
        key
        for key in province.units
        if Document.objects.visible_to(province.by(key)).filter(pk=document.pk).exists()
    }


def test_a_draft_is_the_units_own(province: Province) -> None:
    assert who_sees(province, province.write("兴义")) == {"兴义"}


def test_what_was_sent_is_seen_by_receivers_and_above(province: Province) -> None:
    document = province.write("黔西南")
    province.send(document, "兴义", copies=("兴仁",))

    assert who_sees(province, document) == {"省厅", "黔西南", "兴义", "兴仁"}


def test_a_chain_is_seen_up_to_its_first_document(province: Province) -> None:
    root = province.write()
    province.send(root, "黔西南")
    second = pass_on(province, "黔西南", "兴义")
    third = pass_on(province, "兴义", "一小")

    assert who_sees(province, root) == {"省厅", "黔西南", "兴义", "一小"}
    assert who_sees(province, second) == {"省厅", "黔西南", "兴义", "一小"}
    assert who_sees(province, third) == {"省厅", "黔西南", "兴义", "一小"}


def test_deliveries_of_a_running_sending_are_seen_by_nobody(province: Province) -> None:
    document = province.write()
    dispatch = province.send(document, "黔西南")
    Dispatch.objects.filter(pk=dispatch.pk).update(state=DispatchState.RUNNING)

    assert who_sees(province, document) == {"省厅"}
    assert not Delivery.objects.visible_to(province.by("黔西南")).exists()
    assert not incoming(province.by("黔西南")).exists()


def test_a_delivery_is_seen_by_its_unit_the_sender_and_above(province: Province) -> None:
    province.send(province.write("铜仁"), "铜仁职院", "碧江")
    college = by_kind("subjects")["documents.delivery"]
    delivery = province.got("铜仁职院")

    seen = {key for key in province.units if college.can_see(province.by(key), delivery.pk)}

    assert seen == {"省厅", "铜仁", "铜仁职院"}
    assert college.url(delivery.pk) == delivery.url


def test_the_trays(province: Province) -> None:
    first, second = province.write(title="甲"), province.write(title="乙")
    province.send(first, "黔西南", "铜仁", copies=("贵大",))
    province.send(second, "铜仁")
    pass_on(province, "黔西南", "兴义")

    assert [(row.document.title, row.forwarded) for row in incoming(province.by("黔西南"))] == [("甲", True)]
    assert [row.document.title for row in incoming(province.by("铜仁"))] == ["乙", "甲"]
    assert [row.document.title for row in copies(province.by("贵大"))] == ["甲"]
    assert [(row.title, row.units, row.received) for row in outgoing(province.by("省厅"))] == [
        ("乙", 1, 0),
        ("甲", 2, 1),
    ]


def test_what_is_counted(province: Province) -> None:
    province.send(province.write(), "黔西南", copies=("贵大",))
    province.write(title="草稿")
    pass_on(province, "黔西南", "兴义")
    receive(province.got("贵大"), by=province.by("贵大"))
    today = clock.today()
    yesterday = today - dt.timedelta(days=1)

    units = province.units
    assert dict(sent(today, today)) == {units["省厅"].pk: 1, units["黔西南"].pk: 1}
    assert dict(received(today, today)) == {units["黔西南"].pk: 1}
    assert dict(sent(yesterday, yesterday)) == dict(received(in_days(1), in_days(1))) == {}


def test_open_receipts_follow_a_unit_that_moves(province: Province) -> None:
    province.send(province.write(title="甲"), "一小", "二小")
    receive(province.got("二小"), by=province.by("二小"))
    units = province.units
    county, school = units["碧江"], units["一小"]
    for key, step in (("一小", 0), ("二小", 1)):
        units[key].path, units[key].parent = county.path + paths.step(step), county
        units[key].save()

    assert (UNIT_CHANGES[0].preview(county.pk), UNIT_CHANGES[0].apply(county.pk)) == (1, 1)

    moved, stayed = province.got("一小"), province.got("二小")
    assert (moved.a1, moved.a2, moved.a3) == (units["铜仁"].pk, county.pk, school.pk)
    assert stayed.a1 == units["黔西南"].pk
