"""Forwarding: an own number, an earlier date, each unit once per chain."""

import datetime as dt

import pytest

from tests.documents.conftest import Province, in_days
from xinhuo.core.actor import Role
from xinhuo.core.errors import BadInputError, DeniedError, NotNowError
from xinhuo.documents.actions import draft_forward, forward, receive
from xinhuo.documents.models import Delivery, Dispatch, Document
from xinhuo.documents.queries import chain
from xinhuo.journal.models import Entry


def pass_on(province: Province, key: str, *keys: str, **more: object) -> Dispatch:
    """A unit receives what lies in its tray and forwards it."""
    delivery = province.got(key)
    if delivery.received_at is None:
        receive(delivery, by=province.by(key))
    given = {
        "number": f"{key}字〔2020〕5号",
        "title": "",
        "remark": "请遵照执行。",
        "to_label": "县（市）",
        **more,
    }
    return forward(delivery, to=province.ids(*keys), by=province.by(key), **given)  # type: ignore[arg-type]


def test_forwarding_makes_an_own_document_on_the_same_chain(province: Province) -> None:
    root = province.write(number="黔教办函〔2020〕38号", line="bureau", is_demo=True)
    province.send(root, "黔西南", due=in_days(30))

    dispatch = pass_on(province, "黔西南", "兴义", "兴仁", due=in_days(20))

    document = dispatch.document
    assert (document.number, document.title) == ("黔西南字〔2020〕5号", "转发《2020年工作要点》")
    assert (document.issuer_id, document.forwards_id, document.root_id) == (
        province.units["黔西南"].pk,
        root.pk,
        root.pk,
    )
    assert (document.line, document.is_demo, document.kind) == ("bureau", True, "key_points")
    below = province.got("兴义", root)
    assert (below.upstream_id, below.root_id, below.document_id) == (
        province.got("黔西南").pk,
        root.pk,
        document.pk,
    )
    assert below.due == in_days(20)
    assert Entry.objects.get(verb="documents.forwarded").sentence == (
        "转发《转发《2020年工作要点》》（黔西南字〔2020〕5号），发给2个单位"
    )


def test_a_chain_of_three_is_read_from_the_top(province: Province) -> None:
    root = province.write()
    province.send(root, "黔西南")
    pass_on(province, "黔西南", "兴义")
    dispatch = pass_on(province, "兴义", "一小")

    last = Document.objects.get(pk=dispatch.document_id)

    assert [document.issuer.short_name for document in chain(last)] == ["贵州省教育厅", "黔西南州", "兴义市"]
    assert province.got("一小").upstream_id == province.got("兴义").pk
    assert province.got("一小").root_id == root.pk


def test_a_later_date_than_the_own_is_refused(province: Province) -> None:
    province.send(province.write(), "黔西南", due=dt.date(2027, 3, 31))

    with pytest.raises(BadInputError, match="不能晚于上级给您单位的2027年3月31日"):
        pass_on(province, "黔西南", "兴义", due=dt.date(2027, 4, 1))

    assert not Document.objects.filter(forwards__isnull=False).exists()


@pytest.mark.parametrize("days", [0, -10])
def test_the_same_or_an_earlier_date_is_fine(province: Province, days: int) -> None:
    own = dt.date(2027, 3, 31)
    province.send(province.write(), "黔西南", due=own)

    pass_on(province, "黔西南", "兴义", due=own + dt.timedelta(days=days))

    assert province.got("兴义").due == own + dt.timedelta(days=days)


def test_without_a_date_the_own_is_passed_on(province: Province) -> None:
    province.send(province.write(), "黔西南", due=in_days(30))

    pass_on(province, "黔西南", "兴义")

    assert province.got("兴义").due == in_days(30)


def test_any_date_is_fine_where_none_was_given(province: Province) -> None:
    province.send(province.write(), "黔西南")

    pass_on(province, "黔西南", "兴义", due=in_days(300))

    assert province.got("兴义").due == in_days(300)


def test_it_has_to_be_received_first(province: Province) -> None:
    province.send(province.write(), "黔西南")

    with pytest.raises(NotNowError, match="请先签收"):
        draft_forward(province.got("黔西南"), by=province.by("黔西南"), number="", title="", remark="")


def test_a_copy_is_not_passed_on_as_work(province: Province) -> None:
    province.send(province.write(), "铜仁", copies=("黔西南",))
    receive(province.got("黔西南"), by=province.by("黔西南"))

    with pytest.raises(DeniedError, match="抄送"):
        pass_on(province, "黔西南", "兴义")


def test_only_the_receiver_passes_it_on(province: Province) -> None:
    province.send(province.write(), "黔西南")
    receive(province.got("黔西南"), by=province.by("黔西南"))

    for actor in (province.by("铜仁"), province.by("省厅"), province.act("黔西南", Role.OBSERVER)):
        with pytest.raises(DeniedError):
            draft_forward(province.got("黔西南"), by=actor, number="", title="", remark="")


def test_a_unit_gets_a_chain_once_whoever_sends_it(province: Province) -> None:
    province.send(province.write(), "黔西南", "兴义")

    dispatch = pass_on(province, "黔西南", "兴义", "兴仁")

    assert Delivery.objects.filter(org=province.units["兴义"]).count() == 1
    assert province.got("兴义").upstream_id is None
    assert [(item["name"], item["why"]) for item in dispatch.skipped] == [
        ("兴义市教育局", "已由贵州省教育厅关工委发送过这份文件")
    ]


def test_two_superiors_of_one_college_send_the_chain_once(province: Province) -> None:
    province.send(province.write(), "铜仁", "铜仁职院")

    dispatch = pass_on(province, "铜仁", "碧江", "铜仁职院")

    assert province.got("铜仁职院").document.issuer_id == province.units["省厅"].pk
    assert [item["name"] for item in dispatch.skipped] == ["铜仁职业技术学院"]


def test_forwarding_twice_to_different_units(province: Province) -> None:
    province.send(province.write(), "黔西南")
    pass_on(province, "黔西南", "兴义")

    pass_on(province, "黔西南", "兴仁", number="黔西南字〔2020〕6号")

    numbers = Document.objects.filter(forwards__isnull=False).order_by("pk").values_list("number", flat=True)
    assert list(numbers) == ["黔西南字〔2020〕5号", "黔西南字〔2020〕6号"]
    assert province.got("兴仁").document.number == "黔西南字〔2020〕6号"
