"""Settling doubts, setting the head, and the rows that come of an outline."""

import pytest

from xinhuo.plans.outline import Op, Outline, OutlineError, apply
from xinhuo.plans.outline.rows import node_rows

from .sample import outline_of_text, sample


def numbers(outline: Outline, code: str) -> list[int]:
    return [n for n, doubt in enumerate(outline.reading["warnings"]) if doubt["code"] == code]


def settled(code: str, choice: str, value: str = "") -> Outline:
    found = numbers(sample(), code)
    return sample(("settle", {"doubts": found, "choice": choice, "value": value}))


def test_accepting_the_number_sets_the_head_only() -> None:
    outline = settled("document_number_damaged", "accept")

    assert outline.header["number"] == "黔教办函〔2020〕38号"
    assert "黔教办函〔202038" in outline.source


def test_lost_numerals_come_back_when_accepted() -> None:
    outline = settled("numeral_lost", "accept")

    assert [(node.marker, node.ordinal) for node in outline.kids("")] == [
        ("一、", 1),
        ("二、", 2),
        ("三、", 3),
    ]


def test_an_incomplete_date_cannot_be_accepted_but_filled_in() -> None:
    with pytest.raises(OutlineError, match="我来填"):
        settled("signed_on_doubtful", "accept")
    with pytest.raises(OutlineError, match="日期填完整"):
        settled("signed_on_doubtful", "fill", "2019年12月")
    assert settled("signed_on_doubtful", "fill", "2019年12月31日").header["signed_on"] == "2019-12-31"


def test_a_dash_is_corrected_in_the_node_and_not_in_the_source() -> None:
    outline = settled("double_dash", "accept")

    assert "《2019—2021全国" in outline.nodes["2.11.3"].text
    assert "《2019--2021全国" in outline.source


def test_punctuation_is_widened_in_nodes_and_duties_but_not_in_numbers() -> None:
    outline = settled("halfwidth_punctuation", "accept")

    assert "," not in "".join(node.text for node in outline.nodes.values())
    assert "推动更多的市（州）开展" in outline.nodes["2.10.1"].text
    source = outline_of_text("1.共1,284人,15:02开会,大家参加;好(的)吗,是,的。\n2.二\n3.三")
    (number,) = numbers(source, "halfwidth_punctuation")
    after = apply(source, Op(1, "settle", {"doubts": [number], "choice": "accept"}))
    assert after.nodes["1"].text == "共1,284人，15:02开会，大家参加；好（的）吗，是，的。"


def test_a_doubt_outside_the_nodes_is_settled_without_an_effect() -> None:
    outline = settled("misplaced_quotes", "accept")

    assert outline.nodes == sample().nodes
    assert len(outline.settled) == 1


def test_a_doubt_is_settled_once() -> None:
    found = numbers(sample(), "double_dash")
    step = ("settle", {"doubts": found, "choice": "keep"})

    with pytest.raises(OutlineError, match="已经定了"):
        sample(step, step)


@pytest.mark.parametrize(
    "args",
    [
        {"doubts": [], "choice": "keep"},
        {"doubts": [999], "choice": "keep"},
        {"doubts": ["0"], "choice": "keep"},
        {"doubts": [0], "choice": "guess"},
        {"doubts": [0], "choice": "fill", "value": "字"},
    ],
)
def test_nonsense_about_doubts_is_refused(args: dict[str, object]) -> None:
    with pytest.raises(OutlineError):
        sample(("settle", args))


def test_the_head_is_set_by_hand_within_limits() -> None:
    outline = sample(
        ("set_header", {"field": "title", "value": "要点"}),
        ("set_header", {"field": "signed_on", "value": "2020年1月8日"}),
        ("set_header", {"field": "number", "value": ""}),
    )

    assert outline.header == {"title": "要点", "number": "", "signed_on": "2020-01-08"}
    for field, value in (("title", ""), ("number", "长" * 61), ("signed_on", "去年"), ("issuer", "我")):
        with pytest.raises(OutlineError):
            sample(("set_header", {"field": field, "value": value}))


def test_citations_follow_the_printed_markers() -> None:
    cites = {row.key: row.cite for row in node_rows(sample(), "要点")}

    assert cites["2.11.3.1"] == "要点第11条三是①"
    assert cites["3.16"] == "要点第16条"
    assert cites["2"] == "要点"
    accepted = {row.key: row.cite for row in node_rows(settled("numeral_lost", "accept"), "要点")}
    assert accepted["2"] == "要点第二部分"


def test_rows_of_nodes_cover_their_subtrees() -> None:
    rows = {row.key: row for row in node_rows(sample(), "要点")}

    assert (rows["2.10"].start, rows["2.10"].end) == (1469, 1612)
    assert rows["2"].end == rows["2.13"].end
    assert [row.position for row in rows.values()] == list(range(31))
