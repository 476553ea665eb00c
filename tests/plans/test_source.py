"""Cutting a text around a marked piece."""

from hypothesis import given
from hypothesis import strategies as st

from xinhuo.plans.source import Quoted, quote


def test_the_marked_words_stand_between_what_comes_before_and_after() -> None:
    assert quote("导语。一是组建；二是复核。结尾", (3, 13), (3, 8)) == Quoted("", "一是组建；", "二是复核。")


def test_a_range_outside_the_text_marks_nothing() -> None:
    assert quote("短文", (0, 99), (50, 60)) == Quoted("短文", "", "")


@given(st.text(), st.integers(-5, 50), st.integers(-5, 50), st.integers(-5, 50), st.integers(-5, 50))
def test_no_range_ever_fails(text: str, a: int, b: int, c: int, d: int) -> None:
    found = quote(text, (a, b), (c, d))

    assert found.marked in text
