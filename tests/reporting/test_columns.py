"""Columns: what makes a set usable, and moving them about."""

from hypothesis import given
from hypothesis import strategies as st

from xinhuo.documents.ready_lists import READY
from xinhuo.reporting.columns import Column, moved, new_key, problems, split_choices
from xinhuo.reporting.enums import ColumnType

ABC = [Column("c1", "姓名"), Column("c2", "电话"), Column("c3", "学校")]


def test_every_ready_list_can_be_used_as_it_stands():
    assert {ready.title: problems(ready.columns) for ready in READY} == {ready.title: {} for ready in READY}
    assert [ready.title for ready in READY] == [
        "参会回执",
        "骨干老师名单",
        "推荐汇总表",
        "受助学校物资",
        "订阅数",
    ]
    assert all(any(column.unique for column in ready.columns) for ready in READY)


def test_a_list_says_at_which_column_it_is_wrong():
    columns = [
        Column("c1", "姓名"),
        Column("c2", " 姓 名 "),
        Column("c3", ""),
        Column("c4", "性别", ColumnType.CHOICE),
    ]

    found = problems(columns)

    assert set(found) == {"c2", "c3", "c4"}
    assert "都叫" in found["c2"]
    assert "第 3 栏没有写名称" in found["c3"]
    assert "顿号" in found["c4"]
    assert "" in problems([])


def test_columns_move_one_place_and_stop_at_the_ends():
    assert [c.key for c in moved(ABC, "c3", -1)] == ["c1", "c3", "c2"]
    assert [c.key for c in moved(ABC, "c1", -1)] == ["c1", "c2", "c3"]
    assert [c.key for c in moved(ABC, "c3", 1)] == ["c1", "c2", "c3"]
    assert moved(ABC, "none", 1) == ABC


@given(st.permutations(ABC), st.sampled_from(["c1", "c2", "c3"]), st.integers(-4, 4))
def test_moving_loses_no_column(columns, key, by):
    assert sorted(c.key for c in moved(columns, key, by)) == ["c1", "c2", "c3"]


def test_a_new_key_is_nobody_elses_even_after_one_was_dropped():
    assert new_key(ABC) == "c4"
    assert new_key([ABC[0], ABC[2]]) == "c4"


def test_choices_are_split_the_way_people_write_them():
    assert split_choices("是、否，是\n待定") == ("是", "否", "待定")


@given(st.builds(Column, st.just("c1"), st.text(), choices=st.tuples(st.text())))
def test_a_column_comes_back_from_the_database_as_it_was(column):
    assert Column.from_json(column.as_json()) == column
