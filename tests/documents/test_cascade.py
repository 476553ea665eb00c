"""The cascade's counts against a naive recount, and how many queries they take."""

import random
from typing import Any

import pytest

from tests.documents.conftest import Province, make_schools
from xinhuo.documents.actions import forward, receive
from xinhuo.documents.enums import DispatchState
from xinhuo.documents.models import Delivery, Dispatch, Document
from xinhuo.documents.queries import Reach, cascade
from xinhuo.people.models import Appointment, Person


@pytest.fixture
def tree(province: Province) -> tuple[Province, Document]:
    """省厅 → 两个市（州）和贵大（职院抄送）→ 县 → 学校，各处签收与否随机而固定。"""
    make_schools(province.units, 20)
    document = province.write()
    province.send(document, "黔西南", "铜仁", "贵大", copies=("铜仁职院",))
    pass_on(province, "黔西南", "1号", "兴义")
    pass_on(province, "黔西南", "2号", "兴仁")
    pass_on(province, "铜仁", "3号", "碧江")
    pass_on(province, "兴义", "4号", "一小", "二小")
    children = {"children_of": province.units["兴仁"].pk}
    receive(province.got("兴仁"), by=province.by("兴仁"))
    forward(
        province.got("兴仁"),
        number="5号",
        title="",
        remark="",
        to=children,
        to_label="",
        by=province.by("兴仁"),
    )
    luck = random.Random(7)  # noqa: S311  the same luck every time
    for row in Delivery.objects.filter(received_at__isnull=True, is_copy=False):
        if luck.random() < 0.5:
            person = Person.objects.create(name="签收人")
            post = Appointment.objects.create(
                person=person, org=row.org, role="officer", valid_from="2020-01-01"
            )
            receive(row, by=post.as_actor())
    return province, document


def pass_on(province: Province, key: str, number: str, *keys: str) -> None:
    delivery = province.got(key)
    if delivery.received_at is None:
        receive(delivery, by=province.by(key))
    forward(
        delivery, number=number, title="", remark="", to=province.ids(*keys), to_label="", by=province.by(key)
    )


def naive(delivery_ids: set[int]) -> tuple[Reach, Reach]:
    """Direct receivers and all below, counted one delivery at a time."""
    direct = [row for row in Delivery.objects.all() if row.upstream_id in delivery_ids and not row.is_copy]
    everybody, level = list(direct), direct
    while level:
        above = {row.pk for row in level}
        level = [row for row in Delivery.objects.all() if row.upstream_id in above and not row.is_copy]
        everybody += level
    return _reach(direct), _reach(everybody)


def _reach(rows: list[Delivery]) -> Reach:
    return Reach(len(rows), sum(row.received_at is not None for row in rows))


def test_counts_agree_with_a_naive_recount(tree: tuple[Province, Document]) -> None:
    _, document = tree

    found = cascade(document)

    top = [row for row in Delivery.objects.filter(document=document) if not row.is_copy]
    assert found.direct == _reach(top)
    assert found.copies == Reach(1, 0)
    assert found.all_below == _reach(top) + naive({row.pk for row in top})[1]
    for row in found.rows:
        assert (row.direct, row.all_below) == naive({row.delivery.pk})
    assert [row.delivery.org.short_name for row in found.rows] == [
        "黔西南州",
        "铜仁市",
        "贵州大学",
        "铜仁职业技术学院",
    ]
    assert [row.delivery.is_copy for row in found.rows] == [False, False, False, True]
    assert [[item.number for item in row.forwards] for row in found.rows] == [["1号", "2号"], ["3号"], [], []]


def test_each_level_counts_its_own_branch(tree: tuple[Province, Document]) -> None:
    province, _ = tree
    second = Document.objects.get(number="2号")

    found = cascade(second)

    assert [row.delivery.org_id for row in found.rows] == [province.units["兴仁"].pk]
    direct, below = naive({province.got("兴仁").pk})
    assert (found.rows[0].direct, found.rows[0].all_below) == (direct, below)
    assert found.all_below == Reach(1, 1) + below
    assert direct.units == 20


def test_a_running_sending_does_not_count(tree: tuple[Province, Document]) -> None:
    _, document = tree
    before = cascade(document).all_below
    last = Dispatch.objects.get(document__number="5号")
    Dispatch.objects.filter(pk=last.pk).update(state=DispatchState.RUNNING)

    assert cascade(document).all_below.units == before.units - 20


def test_the_number_of_queries_does_not_grow(
    tree: tuple[Province, Document], django_assert_num_queries: Any
) -> None:
    _, document = tree

    last = Document.objects.select_related("root").get(number="5号")

    with django_assert_num_queries(3):
        assert len(cascade(document).rows) == 4
    with django_assert_num_queries(3):
        assert len(cascade(last).rows) == 20
