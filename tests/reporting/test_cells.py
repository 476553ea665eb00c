"""One cell as people type it."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinhuo.reporting.cells import Read, number_of, read
from xinhuo.reporting.columns import Column
from xinhuo.reporting.enums import ColumnType

NEAR = dt.date(2020, 9, 24)
PEOPLE = Column("n", "人数", ColumnType.NUMBER, unit="人")
DAY = Column("d", "到达日期", ColumnType.DATE)
ROOM = Column("r", "是否住宿", ColumnType.CHOICE, choices=("是", "否"))
PHONE = Column("p", "联系电话", ColumnType.TEXT)
NAME = Column("m", "姓名", ColumnType.PERSON)
COLUMNS = [PEOPLE, DAY, ROOM, PHONE, NAME, Column("u", "单位", ColumnType.UNIT, required=True)]


@pytest.mark.parametrize(
    ("column", "typed", "kept"),
    [
        (PEOPLE, "１２", "12"),
        (PEOPLE, " 1,284 ", "1284"),
        (PEOPLE, "12人", "12"),
        (PEOPLE, "12.50", "12.5"),
        (PEOPLE, "0", "0"),
        (PEOPLE, "007", "7"),
        (DAY, "2020.9.3", "2020-09-03"),
        (DAY, "９月３日", "2020-09-03"),
        (DAY, "2020年9月3日", "2020-09-03"),
        (DAY, "9/3", "2020-09-03"),
        (DAY, "2020-09-03 14:30", "2020-09-03"),
        (DAY, "1月5日", "2021-01-05"),
        (ROOM, " 是", "是"),
        (PHONE, "０８５９-3222222", "０８５９-3222222"),
        (PHONE, "013800000000", "013800000000"),
        (NAME, "王　芳", "王芳"),
        (NAME, "买买提 Ali", "买买提 Ali"),
    ],
)
def test_what_people_type_is_read(column, typed, kept):
    assert read(column, typed, near=NEAR) == Read(kept)


@pytest.mark.parametrize(
    ("column", "typed", "words"),
    [
        (PEOPLE, "约12", "不是数"),
        (PEOPLE, "-3", "0 到"),
        (PEOPLE, "1.234", "两位小数"),
        (PEOPLE, "NaN", "0 到"),
        (DAY, "9月31日", "不是日期"),
        (DAY, "下周", "不是日期"),
        (ROOM, "住", "请填：是、否"),
        (PHONE, "长" * 501, "501 个字"),
        (Column("x", "姓名", required=True), " ", "请填写“姓名”"),
    ],
)
def test_what_cannot_be_read_stays_as_typed_with_a_word_how_to_mend_it(column, typed, words):
    found = read(column, typed, near=NEAR)

    assert found.value == typed.strip()
    assert words in found.error


def test_a_date_without_a_year_lies_as_near_as_it_can():
    assert read(DAY, "1月5日", near=dt.date(2020, 12, 20)).value == "2021-01-05"
    assert read(DAY, "12月30日", near=dt.date(2021, 1, 4)).value == "2020-12-30"
    assert read(DAY, "2月29日", near=dt.date(2021, 3, 1)).value == "2020-02-29"


@given(st.sampled_from(COLUMNS), st.text(max_size=40))
def test_reading_twice_changes_nothing_and_nothing_raises(column, typed):
    once = read(column, typed, near=NEAR)

    assert read(column, once.value, near=NEAR) == once


@given(st.decimals(0, 10**9, places=2))
def test_every_number_comes_back_as_itself(number):
    assert number_of(read(PEOPLE, f"{number:,}", near=NEAR).value) == number
