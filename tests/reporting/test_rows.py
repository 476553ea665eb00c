"""The rows of a list: what two people type never overwrites silently, nothing is lost."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from xinhuo.reporting import rows as lists
from xinhuo.reporting.columns import Column
from xinhuo.reporting.enums import ColumnType

COLUMNS = [
    Column("name", "姓名", required=True),
    Column("unit", "学校", ColumnType.UNIT),
    Column("n", "数", ColumnType.NUMBER),
]
WANG, LI = 1, 2
CELLS = st.fixed_dictionaries(
    {}, optional={"name": st.sampled_from(["王芳", "李雷", ""]), "n": st.sampled_from(["1", "二", ""])}
)


def hand(version: int, seen: int = 0, person: int = WANG) -> lists.Hand:
    return lists.Hand(version, seen, person, "兴义市", dt.date(2020, 9, 1))


def said(rows):
    return [row["cells"].get("name", "") for row in lists.listed(rows)]


def test_what_was_typed_is_kept_even_where_it_is_wrong():
    saved = lists.save(COLUMNS, [], {"a": {"name": "", "n": "二"}}, hand(1))

    assert saved.rows[0]["cells"] == {"n": "二", "unit": "兴义市"}
    assert set(lists.errors(COLUMNS, saved.rows[0], near=dt.date(2020, 9, 1))) == {"name", "n"}


def test_a_row_typed_twice_by_the_same_page_is_one_row():
    first = lists.save(COLUMNS, [], {"a": {"name": "王"}}, hand(1))
    second = lists.save(COLUMNS, first.rows, {"a": {"name": "王芳"}}, hand(2, seen=0))

    assert said(second.rows) == ["王芳"]
    assert second.clashes == {}


def test_a_colleague_who_was_faster_is_not_overwritten():
    mine = lists.save(COLUMNS, [], {"a": {"name": "王芳"}, "b": {"name": "李雷"}}, hand(1))
    theirs = lists.save(COLUMNS, mine.rows, {"a": {"name": "王小芳"}}, hand(2, seen=1, person=LI))

    late = lists.save(
        COLUMNS, theirs.rows, {"a": {"name": "王大芳"}, "b": {"name": "李雷雷"}}, hand(3, seen=1)
    )

    assert said(late.rows) == ["王小芳", "李雷雷"]
    assert list(late.clashes) == ["a"]


def test_a_row_that_is_emptied_goes_and_comes_back_when_it_is_typed_into_again():
    rows = lists.save(COLUMNS, [], {"a": {"name": "王芳"}}, hand(1)).rows
    empty = lists.save(COLUMNS, rows, {"a": {"name": ""}}, hand(2, seen=1)).rows
    again = lists.save(COLUMNS, empty, {"a": {"name": "李雷"}}, hand(3, seen=1)).rows

    assert said(empty) == []
    assert said(again) == ["李雷"]


def test_the_same_rows_pasted_twice_stand_there_once():
    rows, number, same = lists.add(COLUMNS, [], [{"name": "王芳"}, {"name": "李雷"}, {}], hand(1))
    again, more, twice = lists.add(COLUMNS, rows, [{"name": "王 芳"}, {"name": "张三"}], hand(2))

    assert (number, same, more, twice) == (2, 0, 1, 1)
    assert said(again) == ["王芳", "李雷", "张三"]


def test_replacing_can_be_undone():
    rows, _, _ = lists.add(COLUMNS, [], [{"name": "王芳"}], hand(1))
    new, _, _ = lists.add(COLUMNS, rows, [{"name": "李雷"}], hand(2), replace=True)

    assert said(new) == ["李雷"]
    assert said(lists.bring_back(new, hand(3))) == ["王芳", "李雷"]


def test_rows_taken_over_keep_whose_they_are_and_are_replaced_by_a_newer_sending():
    child = lists.Child(7, 70, 3, "兴义市", [{"id": "x", "cells": {"name": "王芳"}}])
    deep = lists.Child(
        8, 80, 4, "安龙县", [{"id": "y", "cells": {"name": "李雷"}, "of": {"org": 9, "unit": "安龙一小"}}]
    )
    rows = lists.take_over(lists.take_over([], child, hand(1)), deep, hand(2))

    newer = lists.Child(7, 71, 3, "兴义市", [{"id": "x", "cells": {"name": "王小芳"}}])
    rows = lists.take_over(rows, newer, hand(3))

    assert [(row["of"]["unit"], row["cells"]["name"]) for row in rows] == [
        ("安龙一小", "李雷"),
        ("兴义市", "王小芳"),
    ]
    assert lists.taken_revisions(rows) == {8: 80, 7: 71}
    assert lists.own(rows) == []


def test_rows_from_below_cannot_be_changed_above_only_taken_out():
    child = lists.Child(7, 70, 3, "兴义市", [{"id": "x", "cells": {"name": "王芳"}}])
    rows = lists.take_over([], child, hand(1))

    typed = lists.save(COLUMNS, rows, {"t7-x": {"name": "王大芳"}}, hand(2, seen=1))

    assert said(typed.rows) == ["王芳"]
    assert said(lists.take_out(rows, "t7-x", hand(3))) == []


@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), CELLS, st.sampled_from([WANG, LI]), st.integers(0, 6)), max_size=12
    )
)
def test_whoever_saves_what_reads_either_what_they_typed_or_that_somebody_was_faster(steps):
    rows: list[lists.Row] = []
    for version, (row_id, cells, person, seen) in enumerate(steps, 1):
        saved = lists.save(COLUMNS, rows, {row_id: cells}, hand(version, seen, person))
        kept = {row["id"]: row["cells"] for row in saved.rows if not row.get("gone")}
        wanted = lists.read_cells(COLUMNS, cells, hand(version))

        assert row_id in saved.clashes or kept.get(row_id, {}) == wanted
        others = {row["id"]: row for row in rows if row["id"] != row_id}
        assert {row["id"]: row for row in saved.rows if row["id"] != row_id} == others
        rows = saved.rows
