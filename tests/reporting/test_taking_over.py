"""A unit that passed the question on merges what came from below."""

import pytest

from tests.cast import Cast
from xinhuo.core.errors import BadInputError
from xinhuo.reporting import rows as lists
from xinhuo.reporting.actions import (
    submit_return,
    take_out_row,
    take_over_rows,
)
from xinhuo.reporting.queries.rounds import collected

from .notices import LI, WANG, ZHANG, answer, fill, notice, pass_on, return_of, round_of


def names(rows):
    return [row["cells"]["name"] for row in rows]


def test_a_unit_merges_what_came_from_below_without_typing_it_again(cast: Cast) -> None:
    document = notice(cast, "qianxinan", "university")
    below = pass_on(cast, document, "qianxinan", "xingyi", "anlong")
    answer(cast, return_of(cast, below, "xingyi"), WANG, LI)
    mine = fill(cast, return_of(cast, document, "qianxinan"), {**ZHANG, "unit": ""})

    children = list(round_of(below).returns.values_list("pk", flat=True))
    mine, units = take_over_rows(mine, children, by=cast.qianxinan_officer)

    assert units == ["兴义市"]
    assert return_of(cast, below, "xingyi").state == "accepted"
    submit_return(mine, by=cast.qianxinan_officer)
    found = collected(round_of(document))
    assert [(line.unit, line.sender, line.cells["name"]) for line in found.lines] == [
        ("黔西南州", "黔西南州", "张三"),
        ("兴义市", "黔西南州", "王芳"),
        ("兴义市", "黔西南州", "李雷"),
    ]
    assert found.answers[0].below == {"expected": 2, "reported": 1}
    assert (found.reported, found.expected) == (1, 2)
    assert [answer.ret.org.short_name for answer in found.missing] == ["贵州大学"]


def test_what_a_unit_below_sends_anew_can_be_taken_over_anew(cast: Cast) -> None:
    document = notice(cast, "qianxinan")
    below = pass_on(cast, document, "qianxinan", "xingyi")
    child = answer(cast, return_of(cast, below, "xingyi"), WANG, LI)
    mine, _ = take_over_rows(return_of(cast, document, "qianxinan"), [child.pk], by=cast.qianxinan_officer)
    mine = take_out_row(mine, mine.rows[1]["id"], by=cast.qianxinan_officer)
    assert names(lists.listed(mine.rows)) == ["王芳"]

    child.refresh_from_db()
    answer(cast, child, {**WANG, "name": "王小芳"})
    mine, _ = take_over_rows(mine, [child.pk], by=cast.qianxinan_officer)

    assert names(lists.listed(mine.rows)) == ["王小芳", "李雷"]


def test_three_levels_keep_the_unit_a_row_comes_from(cast: Cast) -> None:
    document = notice(cast, "qianxinan")
    second = pass_on(cast, document, "qianxinan", "xingyi")
    third = pass_on(cast, second, "xingyi", "school")
    school = answer(cast, return_of(cast, third, "school"), WANG)
    county, _ = take_over_rows(return_of(cast, second, "xingyi"), [school.pk], by=cast.xingyi_officer)
    submit_return(county, by=cast.xingyi_officer)
    mine, _ = take_over_rows(return_of(cast, document, "qianxinan"), [county.pk], by=cast.qianxinan_officer)
    submit_return(mine, by=cast.qianxinan_officer)

    (line,) = collected(round_of(document)).lines

    assert (line.unit, line.sender) == ("兴义一小", "黔西南州")


def test_nothing_is_taken_over_from_units_that_sent_nothing_or_are_not_below(cast: Cast) -> None:
    document = notice(cast, "qianxinan", "guiyang")
    below = pass_on(cast, document, "qianxinan", "xingyi")
    far = pass_on(cast, document, "guiyang", "huaxi")
    huaxi = answer(cast, return_of(cast, far, "huaxi"), ZHANG)
    silent = return_of(cast, below, "xingyi")

    with pytest.raises(BadInputError, match="还没有勾选"):
        take_over_rows(
            return_of(cast, document, "qianxinan"), [silent.pk, huaxi.pk], by=cast.qianxinan_officer
        )


def test_the_same_person_sent_by_two_units_is_marked(cast: Cast) -> None:
    document = notice(cast, "qianxinan", "guiyang")
    answer(cast, return_of(cast, document, "qianxinan"), WANG, LI)
    answer(cast, return_of(cast, document, "guiyang"), {**WANG, "unit": "贵阳一中"})

    assert collected(round_of(document)).doubles == {0: (2,), 2: (0,)}
