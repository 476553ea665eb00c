"""签收: by the unit, or recorded by the sender."""

import pytest

from tests.documents.conftest import Province
from xinhuo.core.actor import Role
from xinhuo.core.errors import BadInputError, DeniedError, NotNowError
from xinhuo.documents.actions import Receipt, receive, receive_many, record_receipt, record_receipts
from xinhuo.documents.enums import DispatchState, ReceiptHow
from xinhuo.documents.models import Delivery, Dispatch
from xinhuo.flows.models import Todo
from xinhuo.journal.models import Entry


def test_receiving_names_the_person_and_clears_the_list(province: Province) -> None:
    province.send(province.write(), "黔西南")
    by = province.act("黔西南", name="龙安")

    receive(province.got("黔西南"), by=by)

    delivery = province.got("黔西南")
    assert (delivery.received_by, delivery.received_by_id, delivery.received_how) == (
        "龙安",
        by.person_id,
        "signed",
    )
    assert delivery.received_at is not None
    assert not Todo.objects.open().filter(org=province.units["黔西南"]).exists()
    assert (
        Entry.objects.get(verb="documents.received").sentence
        == "签收了贵州省教育厅关工委的《2020年工作要点》"
    )


def test_the_second_of_two_colleagues_hears_who_was_faster(province: Province) -> None:
    province.send(province.write(), "黔西南")
    delivery = province.got("黔西南")
    receive(delivery, by=province.act("黔西南", name="龙安"))

    with pytest.raises(NotNowError, match="龙安已在"):
        receive(delivery, by=province.by("黔西南"))

    assert province.got("黔西南").received_by == "龙安"


def test_others_do_not_receive(province: Province) -> None:
    province.send(province.write(), "黔西南")
    delivery = province.got("黔西南")

    for actor in (
        province.by("省厅"),
        province.by("铜仁"),
        province.by("兴义"),
        province.act("黔西南", Role.OBSERVER),
    ):
        with pytest.raises(DeniedError):
            receive(delivery, by=actor)


def test_nothing_is_received_before_the_sending_is_complete(province: Province) -> None:
    dispatch = province.send(province.write(), "黔西南")
    Dispatch.objects.filter(pk=dispatch.pk).update(state=DispatchState.RUNNING)

    with pytest.raises(NotNowError, match="还在下发"):
        receive(province.got("黔西南"), by=province.by("黔西南"))


def test_the_sender_records_for_a_unit_without_a_computer(province: Province) -> None:
    province.send(province.write("兴义", title="通知"), "一小")

    record_receipt(province.got("一小"), how=ReceiptHow.PHONE, name=" 陈校长 ", by=province.by("兴义"))

    delivery = province.got("一小")
    assert (delivery.received_by, delivery.received_how, delivery.recorded_by) == (
        "陈校长",
        "phone",
        "兴义经办人",
    )
    assert delivery.received_by_id is None
    assert not Todo.objects.open().exists()
    sentence = Entry.objects.get(verb="documents.receipt_recorded").sentence
    assert sentence == "代录兴义市第一小学关工委签收《通知》（电话告知，陈校长）"


def test_only_the_unit_that_sent_it_records(province: Province) -> None:
    province.send(province.write("兴义"), "一小")
    delivery = province.got("一小")

    for actor in (
        province.by("省厅"),
        province.by("黔西南"),
        province.by("一小"),
        province.act("兴义", Role.OBSERVER),
    ):
        with pytest.raises(DeniedError):
            record_receipt(delivery, how=ReceiptHow.PAPER, name="陈校长", by=actor)


@pytest.mark.parametrize(("how", "name"), [(ReceiptHow.PHONE, " "), (ReceiptHow.SIGNED, "陈校长")])
def test_a_recorded_receipt_needs_a_name_and_a_way(province: Province, how: ReceiptHow, name: str) -> None:
    province.send(province.write("兴义"), "一小")

    with pytest.raises(BadInputError):
        record_receipt(province.got("一小"), how=how, name=name, by=province.by("兴义"))

    assert province.got("一小").received_at is None


def test_several_are_recorded_each_with_its_own_name(province: Province) -> None:
    province.send(province.write("兴义"), "一小", "二小")
    first, second = province.got("一小"), province.got("二小")

    refused = record_receipts(
        [Receipt(first, "陈校长", ReceiptHow.PHONE), Receipt(second, "李主任", ReceiptHow.PAPER)],
        by=province.by("兴义"),
    )

    assert refused == {}
    got = [(row.received_by, row.received_how) for row in (province.got("一小"), province.got("二小"))]
    assert got == [("陈校长", "phone"), ("李主任", "paper")]


def test_one_that_was_faster_does_not_stop_the_others(province: Province) -> None:
    province.send(province.write("兴义"), "一小", "二小")
    first, second = province.got("一小"), province.got("二小")
    receive(first, by=province.act("一小", name="王老师"))

    refused = record_receipts(
        [Receipt(first, "陈校长", ReceiptHow.PHONE), Receipt(second, "李主任", ReceiptHow.PHONE)],
        by=province.by("兴义"),
    )

    assert list(refused) == [first.pk]
    assert "王老师已在" in refused[first.pk]
    assert (province.got("一小").received_by, province.got("二小").received_by) == ("王老师", "李主任")


def test_receiving_many_is_all_or_none(province: Province) -> None:
    for title in ("甲", "乙"):
        province.send(province.write(title=title), "黔西南")
    rows = list(Delivery.objects.all())
    receive(rows[0], by=province.by("黔西南"))

    with pytest.raises(NotNowError):
        receive_many(reversed(rows), by=province.by("黔西南"))
    assert Delivery.objects.filter(received_at__isnull=False).count() == 1

    assert receive_many([row for row in rows if row.pk != rows[0].pk], by=province.by("黔西南")) == 1


def test_nothing_is_recorded_for_a_copy(province: Province) -> None:
    province.send(province.write("兴义"), "一小", copies=("二小",))

    with pytest.raises(DeniedError, match="只阅知"):
        record_receipt(province.got("二小"), how=ReceiptHow.PHONE, name="陈校长", by=province.by("兴义"))


def test_a_copy_is_marked_read(province: Province) -> None:
    province.send(province.write(), "黔西南", copies=("贵大",))

    receive(province.got("贵大"), by=province.by("贵大"))

    assert Entry.objects.get(verb="documents.received").sentence.startswith("阅知了")
