"""The sheet of accounts: what is read from it, and what is said about each row that cannot be used."""

import pytest

from xinhuo.core.errors import BadInputError
from xinhuo.people.sheet import COLUMNS, MOST_ROWS, read_rows


def row(*cells: str) -> dict[str, str]:
    return dict(zip(COLUMNS, cells, strict=True))


def test_rows_keep_their_line_and_lose_stray_blanks() -> None:
    table = [
        {"序号": "1", **row(" 第一小学 ", "周 老师", "德育主任", "经办人", "138 0000 0000")},
        row("第二小学", "吴老师", "", "观察员", ""),
    ]

    rows = read_rows(table, [4, 6])

    assert [(r.line, r.unit, r.name, r.title, r.role, r.phone, r.problem) for r in rows] == [
        (4, "第一小学", "周老师", "德育主任", "officer", "138 0000 0000", ""),
        (6, "第二小学", "吴老师", "", "observer", "", ""),
    ]


def test_columns_that_may_be_missing_are_empty() -> None:
    (only,) = read_rows([{"单位": "第一小学", "姓名": "周老师", "角色": "经办人"}], [2])

    assert (only.title, only.phone, only.problem) == ("", "", "")


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        (("", "周老师", "", "经办人", ""), "没有填单位。"),
        (("第一小学", "", "", "经办人", ""), "没有填姓名。"),
        (("第一小学", "周老师", "", "", ""), "没有填角色。"),
        (
            ("第一小学", "周老师", "", "主任", ""),
            "角色“主任”不认识，只能是管理员、负责人、经办人、观察员、秘书长。",
        ),
        (
            ("第一小学", "周老师", "", "经办人", "微信"),
            "电话“微信”不像电话号码。请写手机号，或者带区号的座机号。",
        ),
        (("第一小学", "周" * 41, "", "经办人", ""), "姓名最多 40 个字，现在是 41 个。"),
    ],
)
def test_a_row_says_what_is_wrong_with_it(cells: tuple[str, ...], problem: str) -> None:
    (read,) = read_rows([row(*cells)], [2])

    assert (read.line, read.problem) == (2, problem)


@pytest.mark.parametrize(
    ("count", "reason"),
    [
        (0, "表里没有可以读的行。请从表头下面一行开始填。"),
        (MOST_ROWS + 1, "一次最多开通 2,000 个账号，这张表有 2,001 行。请分成几张表。"),
    ],
)
def test_a_sheet_that_cannot_be_used_says_why(count: int, reason: str) -> None:
    table = [row("第一小学", "周老师", "", "经办人", "")] * count

    with pytest.raises(BadInputError) as refusal:
        read_rows(table, list(range(2, count + 2)))

    assert refusal.value.reason == reason
