"""What of the waiting things stands in the daily mail, and how often."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import Cast
from xinhuo.core import clock
from xinhuo.flows.enums import Wait
from xinhuo.flows.reminding import lines, waiting, window
from xinhuo.flows.todos import close_todos, open_todo

DUE = dt.date(2026, 6, 30)
KIND = "documents.document"


@pytest.mark.parametrize(
    ("days", "wanted"),
    [(-30, "new"), (-4, "new"), (-3, "soon"), (0, "soon"), (1, "late"), (7, "late"), (8, "late")],
)
def test_the_window_follows_the_date(days: int, wanted: str) -> None:
    assert window(DUE, DUE + dt.timedelta(days=days)).split(":")[0] == wanted


def test_without_a_date_it_is_said_once() -> None:
    assert window(None, DUE) == window(None, DUE + dt.timedelta(days=400)) == "new"


@given(st.integers(1, 120))
def test_lateness_is_said_once_a_week(days: int) -> None:
    late = {window(DUE, DUE + dt.timedelta(days=n)) for n in range(1, days + 1)}

    assert len(late) == -(-days // 7)


@given(st.integers(-60, 60), st.integers(1, 60))
def test_a_moved_date_never_shares_a_window_with_the_old_one(days: int, moved: int) -> None:
    today = DUE + dt.timedelta(days=days)

    assert window(DUE, today) != window(DUE + dt.timedelta(days=moved), today)


def test_a_post_is_told_of_its_own_things_only(cast: Cast) -> None:
    for unit in ("xingyi", "anlong"):
        open_todo(
            org_id=cast.orgs[unit].pk,
            wait=Wait.FILL,
            kind=KIND,
            subject_id=1,
            title=f"{unit}的半年报送",
            due=clock.today() - dt.timedelta(days=1),
        )

    (line,) = lines(cast.xingyi_officer)

    assert line.text == (
        f"填报：xingyi的半年报送，{(clock.today() - dt.timedelta(days=1)).month}月"
        f"{(clock.today() - dt.timedelta(days=1)).day}日（已超期 1 天）（兴义市教育局）"
    )
    assert (line.late, line.url) == (True, "/documents/1/")
    assert waiting(cast.xingyi_officer) == 1
    close_todos(KIND, 1)
    assert list(lines(cast.xingyi_officer)) == []
    assert waiting(cast.xingyi_officer) == 0
