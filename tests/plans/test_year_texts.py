"""Sentences, file names, zips, Word files, minutes: pure pieces of the year's end."""

import datetime as dt
import io
import zipfile

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from xinhuo.plans.likeness import best_match, likeness
from xinhuo.plans.meeting_text import decisions_of, minutes_text
from xinhuo.plans.naming import file_name, pattern_error, province_of
from xinhuo.plans.official_docx import Block, Look, official
from xinhuo.plans.reading import read_text
from xinhuo.plans.sentences import closed, han, sentences
from xinhuo.plans.zipping import stream, unique

MOMENT = dt.datetime(2026, 12, 20, 9, 0, tzinfo=dt.UTC)


def test_a_text_falls_into_sentences_with_their_marks() -> None:
    assert sentences("已建46所。计划年底再建10所；\n有照片") == ["已建46所。", "计划年底再建10所；", "有照片"]
    assert closed("计划年底再建10所；") == "计划年底再建10所。"
    assert closed("好！") == "好！"


@given(st.text(max_size=200))
def test_no_word_is_lost_between_sentences(text: str) -> None:
    kept = "".join(sentences(text))
    marks = " 。；！？"
    assert [c for c in "".join(kept.split()) if c not in marks] == [
        c for c in "".join(text.split()) if c not in marks
    ]


def test_numbers_of_headings_are_written_as_in_documents() -> None:
    assert [han(number) for number in (1, 10, 11, 20, 23)] == ["一", "十", "十一", "二十", "二十三"]


def test_the_most_alike_text_is_proposed_with_its_words() -> None:
    match = best_match("推动校点联合建立关工委", [(1, "办好读书活动"), (2, "积极推动校点联合建立关工委组织")])

    assert match is not None
    assert (match.key, match.words) == (2, "推动校点联合建立关工委")
    assert best_match("办好运动会", [(1, "订阅刊物")]) is None
    assert likeness("甲", "甲") == 0.0  # one character says nothing


def test_file_names_follow_the_rule_and_are_safe() -> None:
    fields = {"省份": "贵州省", "单位": "贵州大学", "题名": "../忆/往昔:一", "序号": "001"}

    assert file_name("{省份}-{单位}-{题名}", fields, "docx") == "贵州省-贵州大学-..忆往昔一.docx"
    assert file_name("{题名}", {"题名": "///"}, "pdf") == "未命名.pdf"


@pytest.mark.parametrize(
    ("pattern", "words"),
    [("{单位}", "{题名}"), ("{题名}{校名}", "校名"), ("{题名", "配成对"), ("{题名}}", "配成对")],
)
def test_a_rule_that_cannot_work_is_explained(pattern: str, words: str) -> None:
    assert words in pattern_error(pattern)
    assert not pattern_error("{省份}-{单位}-{题名}")


def test_the_province_is_read_from_the_departments_name() -> None:
    assert province_of("贵州省教育厅") == "贵州省"
    assert province_of("广西壮族自治区教育厅") == "广西壮族自治区"
    assert province_of("教育部") == "教育部"


def test_a_zip_is_written_as_it_is_sent_and_opens() -> None:
    pieces = list(
        stream(
            [("兴义市/照片.jpg", lambda: io.BytesIO(b"x" * 600_000)), ("空.txt", lambda: io.BytesIO(b""))],
            MOMENT,
        )
    )

    assert max(len(piece) for piece in pieces) < 600_000  # never whole in memory
    with zipfile.ZipFile(io.BytesIO(b"".join(pieces))) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["兴义市/照片.jpg", "空.txt"]
        assert archive.read("兴义市/照片.jpg") == b"x" * 600_000


def test_names_that_come_twice_are_numbered() -> None:
    assert unique(["a/照片.jpg", "a/照片.JPG", "a/照片.jpg", "b.c/无"]) == [
        "a/照片.jpg",
        "a/照片(2).JPG",
        "a/照片(3).jpg",
        "b.c/无",
    ]


def test_a_word_file_names_the_offices_fonts_for_chinese() -> None:
    content = official("2026年工作总结", [Block.of("一、组织", Look.HEADING), Block.of("已建\x0b46所。")])

    document = Document(io.BytesIO(content))
    assert [item.text for item in document.paragraphs] == ["2026年工作总结", "一、组织", "已建46所。"]
    fonts = [item.runs[0]._element.rPr.rFonts.get(qn("w:eastAsia")) for item in document.paragraphs]
    assert fonts == ["方正小标宋简体", "黑体", "仿宋_GB2312"]


def test_decisions_are_read_as_numbered_items() -> None:
    assert decisions_of("1、报名单\n（二）开会。\n\n- 订阅；") == ["报名单。", "开会。", "订阅。"]
    text = minutes_text(
        title="总结会纪要",
        held_on=dt.date(2026, 12, 20),
        place="贵阳",
        chair="赵厅长",
        attended="甲 乙",
        minutes="一、先讲情况。\n二、再讨论。",
        decisions="各市（州）报名单\n召开座谈会",
    )

    reading = read_text(text)

    assert [node.text for node in reading.nodes] == ["各市（州）报名单。", "召开座谈会。"]
    assert "在贵阳召开会议" in text
