"""Pure arithmetic of progress."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinhuo.plans.tally import Standing, Tally, add_up, group_cell, standing_of, unit_cell, with_own

NUMBERS = st.one_of(st.none(), st.decimals(min_value=0, max_value=10**6, places=2))


@given(st.lists(st.tuples(st.booleans(), NUMBERS)))
def test_a_sum_adds_only_what_was_reported_and_says_how_many_did(
    pairs: list[tuple[bool, Decimal | None]],
) -> None:
    tally = add_up(pairs)

    said = [number for reported, number in pairs if reported and number is not None]
    assert tally.expected == len(pairs)
    assert tally.reported == sum(reported for reported, _ in pairs)
    assert tally.total == (sum(said, Decimal(0)) if said else None)


def test_nobody_reported_is_no_zero() -> None:
    assert add_up([(False, Decimal(5)), (False, None)]) == Tally(0, 2, None)


@given(NUMBERS, NUMBERS)
def test_own_and_children_add_up_when_either_is_said(own: Decimal | None, children: Decimal | None) -> None:
    total = with_own(own, children)

    assert (total is None) == (own is None and children is None)
    assert total is None or total == (own or 0) + (children or 0)


@pytest.mark.parametrize(
    ("sent", "accepted", "returned", "expected"),
    [
        (None, None, False, Standing.MISSING),
        (3, None, False, Standing.WAITING),
        (3, None, True, Standing.RETURNED),
        (3, 3, False, Standing.ACCEPTED),
        (5, 3, False, Standing.CHANGED),
        (5, 3, True, Standing.RETURNED),
    ],
)
def test_where_an_assignment_stands(
    sent: int | None, accepted: int | None, *, returned: bool, expected: Standing
) -> None:
    assert standing_of(sent, accepted, returned=returned) == expected


def test_a_unit_that_passed_the_duty_on_shows_how_many_below_reported() -> None:
    assert unit_cell(Standing.MISSING, Tally(7, 14, Decimal(30))).text == "7/14"
    assert unit_cell(Standing.MISSING, None).text == "○"
    assert unit_cell(Standing.ACCEPTED, Tally(7, 14, None)).text == "已审"
    assert unit_cell(Standing.ACCEPTED, None, "76%").text == "76%"
    assert unit_cell(None, None).state == "none"


def test_a_group_counts_its_accepted_units() -> None:
    assert group_cell([Standing.ACCEPTED, Standing.WAITING, Standing.MISSING]).text == "1/3"
    assert group_cell([Standing.ACCEPTED, Standing.ACCEPTED]).text == "2/2"
    assert group_cell([]).state == "none"
