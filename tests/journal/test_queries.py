"""The journal is filtered by day, verb, unit, person and words, and paged without gaps."""

import datetime as dt

import pytest
from django.db import connection

from xinhuo.core import clock
from xinhuo.core.actor import Actor, Role
from xinhuo.core.tables import keyset_page
from xinhuo.journal.models import Entry
from xinhuo.journal.queries import ORDER, Filters, entries


def actor(path: str, role: str = Role.ADMIN) -> Actor:
    return Actor(
        person_id=1,
        person_name="刘县",
        user_id=1,
        appointment_id=1,
        org_id=1,
        org_name="盘州市教育局",
        path=path,
        role=role,
    )


def write(sentence: str, day: int, **more: object) -> Entry:
    values = {
        "at": dt.datetime(2026, 9, day, 8, tzinfo=clock.SHANGHAI),
        "verb": "people.added",
        "person_name": "刘县",
        "org_name": "盘州市教育局",
        "org_path": "000000000",
    }
    return Entry.objects.create(sentence=sentence, **(values | more))


@pytest.fixture
def written(db: None) -> None:
    write("新增人员周老师", 1)
    write(
        "登录",
        2,
        verb="people.signed_in",
        person_name="周老师",
        org_name="盘州市第一小学",
        org_path="000000000000",
    )
    write("新增人员陈市", 3, person_name="梅省", org_name="贵州省教育厅", org_path="000")
    write("新增人员吴老师", 4, at=dt.datetime(2026, 9, 4, 23, 59, tzinfo=clock.SHANGHAI))


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(), ["新增人员吴老师", "登录", "新增人员周老师"]),
        (Filters(start=dt.date(2026, 9, 2)), ["新增人员吴老师", "登录"]),
        (Filters(end=dt.date(2026, 9, 4)), ["新增人员吴老师", "登录", "新增人员周老师"]),
        (Filters(end=dt.date(2026, 9, 3)), ["登录", "新增人员周老师"]),
        (Filters(verb="people.signed_in"), ["登录"]),
        (Filters(unit="第一小学"), ["登录"]),
        (Filters(person="周"), ["登录"]),
        (Filters(words="人员 吴"), ["新增人员吴老师"]),
        (Filters(words="没有的"), []),
    ],
)
def test_filters(written: None, filters: Filters, found: list[str]) -> None:
    assert [entry.sentence for entry in entries(actor("000000000"), filters)] == found


def test_what_units_above_and_beside_did_is_not_seen(written: None) -> None:
    assert [entry.sentence for entry in entries(actor("000"), Filters())] == [
        "新增人员吴老师",
        "新增人员陈市",
        "登录",
        "新增人员周老师",
    ]
    assert list(entries(actor("000001"), Filters())) == []


def test_a_unit_that_was_moved_keeps_sight_of_what_it_did_before(db: None) -> None:
    write("移动以前办的", 1, org_id=1, org_path="000000000")
    write("留在那里的单位办的", 2, org_id=2, org_path="000000000001")
    moved = actor("000001000")
    write("移动以后办的", 3, org_id=1, org_path=moved.path)

    assert [entry.sentence for entry in entries(moved, Filters())] == ["移动以后办的", "移动以前办的"]


def test_paths_are_compared_byte_by_byte(db: None) -> None:
    if connection.vendor == "sqlite":
        assert "USING INDEX" in entries(actor("000000000"), Filters()).order_by().explain()
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT collation_name FROM information_schema.columns"
            " WHERE table_name = 'journal_entry' AND column_name = 'org_path'"
        )
        assert cursor.fetchone() == ("C",)


def test_pages_neither_repeat_nor_skip_even_within_one_moment(db: None) -> None:
    same = clock.now()
    made = [write(f"第{n}件", 1, at=same).pk for n in range(7)]

    seen: list[int] = []
    mark = ""
    sizes = []
    while True:
        part = keyset_page(entries(actor("000"), Filters()), mark, ORDER, 3)
        mark = part.next_mark
        seen += [row.pk for row in part]
        sizes.append(len(part.rows))
        if not mark:
            break
        write("新来的", 1, at=clock.now() + dt.timedelta(days=1))

    assert seen == sorted(made, reverse=True)
    assert sizes == [3, 3, 1]
