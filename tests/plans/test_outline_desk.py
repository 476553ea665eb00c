"""Original and result side by side: paragraphs, marks, doubts."""

from typing import Any

from xinhuo.plans.outline import Outline
from xinhuo.plans.outline.desk import Row, build_desk, fill
from xinhuo.plans.outline.doubt_list import doubt_rows
from xinhuo.plans.outline.operations import Op
from xinhuo.plans.outline.wording import describe

from .sample import outline_of_text, sample


def rows(outline: Outline) -> dict[str, Row]:
    desk = build_desk(outline)
    fill(outline, desk.rows)
    return {row.key: row for row in desk.rows}


def drawn(row: Row) -> str:
    """The original words with their marks in brackets."""
    signs = {"": "{}", "break": "/{}", "gap": "{}", "doubt": "<{}>"}
    return "".join(signs.get(part.kind, "[{}" + part.sign + "]").format(part.text) for part in row.original)


def test_each_paragraph_stands_once_in_the_order_of_the_text() -> None:
    desk = build_desk(sample())

    kinds = [row.kind for row in desk.rows]
    assert kinds == [
        "title",
        "number",
        "preamble",
        "heading",
        *["node"] * 5,
        "heading",
        *["node"] * 8,
        "heading",
        *["node"] * 3,
        "signature",
    ]
    assert [row.start for row in desk.rows] == sorted(row.start for row in desk.rows)
    assert len(desk.quiet) == 3
    assert (desk.to_check, desk.checked) == (16, 0)


def test_no_printed_word_of_the_source_is_missing_on_the_desk() -> None:
    outline = sample()
    desk = build_desk(outline)
    fill(outline, [*desk.rows, *desk.quiet])

    shown = "".join(
        part.text
        for row in sorted([*desk.rows, *desk.quiet], key=lambda row: row.start)
        for part in row.original
        if part.kind != "gap"
    )
    assert "".join(shown.split()) == "".join(outline.source.split())


def test_inline_members_share_the_paragraph_of_their_item() -> None:
    found = rows(sample())

    assert [(line.node.marker, line.depth, len(line.duties)) for line in found["2.10"].lines] == [
        ("10.", 0, 0),
        ("一是", 1, 1),
        ("二是", 1, 1),
        ("三是", 1, 1),
        ("四是", 1, 1),
    ]


def test_units_times_and_results_are_marked() -> None:
    found = rows(sample())

    assert drawn(found["2.8"]) == (
        "8.在[职业院校责]全面推进、深化拓展“工匠进校园”活动;召开[全省职业院校关工委工作推进会果];举办[职业院校关工委负责人培训班果]。"
    )
    assert "[今年时]" in drawn(found["2.7"])


def test_gaps_are_shown_and_never_filled() -> None:
    found = {row.kind: drawn(row) for row in rows(sample()).values()}

    assert found["number"] == "黔教办函〔2020□38□"
    assert found["signature"] == "贵州省教育厅关心下一代工作委员会/2019□12□"
    assert drawn(rows(sample())["1"]) == "□.以党建带关建,加强组织建设和队伍建设"


def test_a_settled_doubt_is_no_longer_marked() -> None:
    number = next(n for n, doubt in enumerate(sample().reading["warnings"]) if doubt["code"] == "double_dash")
    before, after = sample(), sample(("settle", {"doubts": [number], "choice": "keep"}))

    assert "<2019--2021>" in drawn(rows(before)["2.11"])
    assert rows(before)["2.11"].doubts == [number]
    assert "<2019--2021>" not in drawn(rows(after)["2.11"])
    assert rows(after)["2.11"].doubts == []


def test_a_node_without_source_words_has_a_row_of_its_own() -> None:
    found = rows(sample(("add_node", {"after": "1.2", "text": "举办培训班。"})))

    assert found["e1"].kind == "added"
    assert list(found)[list(found).index("1.2") + 1] == "e1"


def test_a_removed_node_leaves_the_rows_and_can_be_found_below() -> None:
    desk = build_desk(sample(("remove_node", {"node": "1.2"})))

    assert "1.2" not in [row.key for row in desk.rows]
    assert [node.key for node in desk.removed] == ["1.2"]
    assert desk.to_check == 15


def test_what_was_taken_in_is_no_longer_set_aside() -> None:
    kind, start, end = next(part for part in sample().reading["parts"] if part[0] == "noise")
    desk = build_desk(sample(("take_in", {"start": start, "end": end})))

    assert kind == "noise"
    assert len(desk.quiet) == 2
    assert desk.rows[0].key == "e1"


def test_a_checked_paragraph_counts() -> None:
    desk = build_desk(sample(("confirm_node", {"node": "2.10"})))

    assert desk.checked == 1


# -- the table of doubts ------------------------------------------------------------------------------------------


def table(outline: Outline) -> list[tuple[Any, ...]]:
    return [(row.place, len(row.numbers), row.can_accept, row.fill) for row in doubt_rows(outline)]


def test_the_sample_raises_seven_doubts() -> None:
    assert table(sample()) == [
        ("网页杂质", 3, True, ""),
        ("文号", 1, True, "number"),
        ("全文标点", 1, True, ""),
        ("导语", 1, True, "text"),
        ("序号", 3, True, ""),
        ("第11条三是", 1, True, "text"),
        ("落款日期", 1, False, "date"),
    ]


def test_settled_doubts_of_a_kind_stay_together() -> None:
    numbers = [n for n, doubt in enumerate(sample().reading["warnings"]) if doubt["code"] == "numeral_lost"]
    outline = sample(("settle", {"doubts": numbers, "choice": "accept"}))

    (row,) = [row for row in doubt_rows(outline) if row.settled]
    assert (row.numbers, row.proposal) == (numbers, "一、二、三")
    assert len(doubt_rows(outline)) == 7


def test_the_noise_is_counted_in_lines() -> None:
    assert doubt_rows(sample())[0].advice == "网页杂质共 15 行，没有放进条目，随时可以找回。"


def test_a_text_without_doubts_has_an_empty_table() -> None:
    assert doubt_rows(outline_of_text("2020年工作要点\n1.甲校开展活动。\n2.乙校开展活动。\n")) == []


# -- words for steps ----------------------------------------------------------------------------------------------


def test_every_operation_has_words() -> None:
    outline = sample()
    said = [
        describe(outline, Op(1, "promote", {"node": "2.11.3"})),
        describe(outline, Op(1, "move", {"node": "2.8", "to": "up"})),
        describe(outline, Op(1, "retype", {"node": "gone"})),
        describe(outline, Op(1, "set_duty", {"duty": "2.10.2-0"})),
        describe(outline, Op(1, "confirm_duty", {"duty": "1.5-0", "on": False})),
        describe(outline, Op(1, "settle", {"choice": "keep"})),
        describe(outline, Op(1, "set_header", {"field": "number"})),
        describe(
            outline, Op(1, "batch", {"ops": [["promote", {"node": "2.8"}], ["demote", {"node": "2.9"}]]})
        ),
    ]

    assert said == [
        "第11条三是升一级",
        "第8条上移",
        "改一条的文字",
        "改“举办全省老校长下乡活动经验交…”",
        "“动员更多退休的老同志参与到关…”改回没核对",
        "疑点保留原文",
        "改文号",
        "第8条升一级、第9条降一级",
    ]
