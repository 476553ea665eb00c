"""Many units' rows in one sheet."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinhuo.reporting.columns import Column
from xinhuo.reporting.enums import ColumnType, ReturnState, Standing
from xinhuo.reporting.merging import Line, counted, duplicates, standing, sums

COLUMNS = [
    Column("name", "姓名", unique=True),
    Column("phone", "电话", unique=True),
    Column("n", "人数", ColumnType.NUMBER),
]


def line(sender: int, n: str) -> Line:
    return Line(sender, "", sender, "", sender, "r", {"n": n} if n else {})


def test_the_same_person_in_two_units_is_marked_however_it_is_written():
    rows = [
        {"name": "王芳", "phone": "13800000000"},
        {"name": "王芳", "phone": "13911111111"},
        {"name": "王 芳", "phone": "１３８００００００００"},
    ]

    assert duplicates(COLUMNS, rows) == {0: (2,), 2: (0,)}


def test_who_left_a_key_empty_is_nobodys_double():
    assert duplicates(COLUMNS, [{"name": "王芳"}, {"name": "王芳"}]) == {}
    assert duplicates([COLUMNS[2]], [{"n": "1"}, {"n": "1"}]) == {}


@given(st.lists(st.tuples(st.sampled_from("甲乙丙"), st.sampled_from(["1", "2", ""])), max_size=12))
def test_being_double_is_mutual_and_only_with_the_same_keys(people):
    rows = [{"name": name, "phone": phone} for name, phone in people]

    found = duplicates(COLUMNS, rows)

    for place, others in found.items():
        assert place not in others
        assert all(place in found[other] and people[other] == people[place] for other in others)


def test_a_unit_without_a_number_is_missing_from_the_sum_and_not_a_zero():
    (found,) = sums(COLUMNS, [line(1, "3"), line(1, "0.5"), line(2, ""), line(3, "0")], expected=9)

    assert (found.value, found.reporters, found.expected) == (Decimal("3.5"), 2, 9)
    (nobody,) = sums(COLUMNS, [line(1, "")], expected=9)
    assert (nobody.value, nobody.reporters) == (None, 0)


@given(st.lists(st.tuples(st.integers(1, 4), st.decimals(0, 10**6, places=2)), min_size=1))
def test_a_sum_is_exact(numbers):
    (found,) = sums(COLUMNS, [line(sender, str(n)) for sender, n in numbers], expected=4)

    assert found.value == sum(n for _, n in numbers)
    assert found.reporters == len({sender for sender, _ in numbers})


@pytest.mark.parametrize(
    ("state", "sent", "accepted", "counts", "stands"),
    [
        (ReturnState.DRAFT, None, None, None, Standing.MISSING),
        (ReturnState.SUBMITTED, None, None, None, Standing.MISSING),  # still being signed inside
        (ReturnState.SUBMITTED, 5, None, 5, Standing.SUBMITTED),
        (ReturnState.SUBMITTED, 6, 5, 6, Standing.SUBMITTED),
        (ReturnState.SUBMITTED, None, 5, 5, Standing.ACCEPTED),
        (ReturnState.RETURNED, 5, None, None, Standing.RETURNED),
        (ReturnState.RETURNED, 6, 5, 5, Standing.RETURNED),
        (ReturnState.RETURNED, None, None, None, Standing.MISSING),
        (ReturnState.ACCEPTED, 5, 5, 5, Standing.ACCEPTED),
        (ReturnState.DRAFT, None, 5, 5, Standing.ACCEPTED),
    ],
)
def test_what_counts_of_a_unit_and_how_it_stands(state, sent, accepted, counts, stands):
    assert counted(state, sent, accepted) == counts
    assert counted(state, sent, accepted, accepted_only=True) == accepted
    assert standing(state, sent, accepted) == stands
