"""The real plan every other part of the product is shown with."""

from pathlib import Path

import pytest

import xinhuo.demo
from xinhuo.plans.reading import Reading, read_bytes

SAMPLE = Path(xinhuo.demo.__file__).parent / "data" / "guizhou-2020-work-plan.txt"
DATA = SAMPLE.read_bytes()


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_bytes(DATA, SAMPLE.name)


def test_there_are_exactly_31_nodes(reading):
    depths = [node.depth for node in reading.nodes]
    assert [depths.count(d) for d in (1, 2, 3, 4)] == [3, 16, 7, 5]
    assert len(depths) == 31


def test_items_run_on_across_chapters(reading):
    items = [node for node in reading.nodes if node.depth == 2]
    assert [node.ordinal for node in items] == list(range(1, 17))
    assert [node.parent for node in items] == ["1"] * 5 + ["2"] * 8 + ["3"] * 3


def test_chapters_lost_their_numerals_and_nobody_invents_them(reading):
    chapters = reading.children(None)
    assert [(c.marker, c.ordinal, c.warnings) for c in chapters] == [(".", None, ("numeral_lost",))] * 3
    lost = [w for w in reading.warnings if w.code == "numeral_lost"]
    assert [w.proposal for w in lost] == ["一、", "二、", "三、"]


def test_enumerations_inside_sentences_are_nodes(reading):
    assert [n.marker for n in reading.children("2.10")] == ["一是", "二是", "三是", "四是"]
    assert [n.marker for n in reading.children("2.11")] == ["一是", "二是", "三是"]
    assert [n.id for n in reading.children("2.11.3")] == [f"2.11.3.{i}" for i in range(1, 6)]
    assert reading.node("2.10.2").text == "举办全省老校长下乡活动经验交流会;"


def test_lists_joined_by_semicolons_are_no_nodes(reading):
    for key in ("2.7", "2.8", "3.16"):
        assert reading.children(key) == ()


def test_what_stands_around_the_text(reading):
    assert reading.title == "贵州省教育厅关心下一代工作委员会2020年工作要点"
    assert reading.issuer == "贵州省教育厅关心下一代工作委员会"
    assert reading.document_number == "黔教办函〔202038"
    assert reading.signed_on is None
    assert reading.year == 2020
    assert str(reading.posted_on) == "2020-05-14"
    assert reading.addressees == ()
    assert reading.encoding == "utf-8"


def test_doubts_of_the_office(reading):
    found = {}
    for doubt in reading.warnings:
        found.setdefault(doubt.code, []).append(doubt)
    assert found["document_number_damaged"][0].proposal == "黔教办函〔2020〕38号"
    assert "2019年12月" in found["signed_on_doubtful"][0].message
    assert "文号是 2020 年" in found["signed_on_doubtful"][0].message
    assert found["misplaced_quotes"][0].proposal == "“两个维护”"
    assert found["double_dash"][0].proposal == "2019—2021"
    assert "76 处" in found["halfwidth_punctuation"][0].message
    lines = sum(int(d.message.split("这 ")[1].split(" 行")[0]) for d in found["noise_dropped"])
    assert lines == 15


def test_every_doubt_points_at_what_it_means(reading):
    text = reading.text
    words = {d.code: text[d.start : d.end] for d in reading.warnings}
    assert words["document_number_damaged"] == "黔教办函〔202038"
    assert words["misplaced_quotes"] == "“两个”维护"
    assert words["double_dash"] == "2019--2021"
    assert words["signed_on_doubtful"] == "201912"


def test_json_has_the_promised_keys(reading):
    data = reading.as_dict()
    assert list(data) == ["title", "document_number", "issuer", "signed_on", "nodes", "warnings"]
    assert list(data["nodes"][0]) == [
        "id", "parent", "depth", "marker", "ordinal", "text", "start", "end", "warnings",
    ]  # fmt: skip
    assert list(data["warnings"][0]) == ["code", "message", "start", "end", "proposal"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030", "utf-16-le", "utf-16-be"])
def test_every_encoding_gives_the_same_tree(reading, encoding):
    other = read_bytes(reading.text.encode(encoding))
    assert other.text == reading.text
    assert other.as_dict() == reading.as_dict()
