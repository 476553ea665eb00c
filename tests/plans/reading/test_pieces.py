"""The small parts: numerals, dates, document numbers, lines, costs."""

from datetime import date

import pytest

from xinhuo.plans.reading import PartKind, read_text
from xinhuo.plans.reading.dates import read_date_line
from xinhuo.plans.reading.docnumber import read_number
from xinhuo.plans.reading.docx_numbering import _roman
from xinhuo.plans.reading.lines import split_lines
from xinhuo.plans.reading.numerals import circled_value, digit_value, han_numeral, han_value


@pytest.mark.parametrize("value", [1, 2, 9, 10, 11, 19, 20, 21, 30, 99, 100, 101, 110, 111, 120, 999])
def test_numerals_there_and_back(value):
    assert han_value(han_numeral(value)) == value


@pytest.mark.parametrize(
    ("text", "value"), [("二〇二〇", 2020), ("廿", None), ("拾", 10), ("十", 10), ("两", 2), ("", None)]
)
def test_other_numerals(text, value):
    assert han_value(text) == value


def test_digits_and_circles():
    assert digit_value("１６") == 16
    assert digit_value("x") is None
    assert [circled_value(c) for c in "①⑯㈠⑴⒈x"] == [1, 16, 1, 1, 1, None]
    assert [_roman(n) for n in (1, 4, 9, 14, 1990)] == ["i", "iv", "ix", "xiv", "mcmxc"]


@pytest.mark.parametrize(
    ("line", "day", "proposals"),
    [
        ("2020年3月5日", date(2020, 3, 5), ()),
        ("二〇二〇年三月五日", date(2020, 3, 5), ()),
        ("二○二一年十二月三十一日", date(2021, 12, 31), ()),
        ("（2020年 3 月 5 日）", date(2020, 3, 5), ()),
        ("2020-03-05", date(2020, 3, 5), ()),
        ("2019年12月", None, ("2019年12月",)),
        ("201912", None, ("2019年12月", "2019年1月2日")),
        ("2024327", None, ("2024年3月27日",)),
        ("2020 3 5", None, ("2020年3月5日",)),
        ("2020年2月30日", None, ()),
        ("2020年  月  日", None, ()),
    ],
)
def test_date_lines(line, day, proposals):
    found = read_date_line(line)
    assert found is not None
    assert (found.day, found.proposals) == (day, proposals)


@pytest.mark.parametrize("line", ["2020年工作要点", "3月5日", "关于2020年3月5日会议的通知", "", "一、2020年"])
def test_other_lines_are_no_dates(line):
    assert read_date_line(line) is None


@pytest.mark.parametrize(
    ("line", "printed", "proposal", "damaged"),
    [
        ("黔教办函〔2020〕38号", "黔教办函〔2020〕38号", "", False),
        ("黔教办函〔202038", "黔教办函〔202038", "黔教办函〔2020〕38号", True),
        ("黔教关(2021)15号", "黔教关(2021)15号", "黔教关〔2021〕15号", False),
        ("湘关工委通﹝2020﹞11号", "湘关工委通﹝2020﹞11号", "湘关工委通〔2020〕11号", False),
        ("鄂教关委函[2022]3号", "鄂教关委函[2022]3号", "鄂教关委函〔2022〕3号", False),
        ("教关委函〔201615", "教关委函〔201615", "教关委函〔2016〕15号", True),
        ("教党〔2021〕 号", "教党〔2021〕 号", "", True),
        ("发文字号：苏教关委〔2022〕4号", "苏教关委〔2022〕4号", "", False),
        ("苏教关秘〔2013〕第06号", "苏教关秘〔2013〕第06号", "苏教关秘〔2013〕6号", False),
    ],
)
def test_document_numbers(line, printed, proposal, damaged):
    found = read_number(line, 7, whole=True)
    assert found is not None
    assert (found.printed, found.proposal, found.damaged) == (printed, proposal, damaged)
    assert line[found.start - 7 : found.end - 7] == printed


def test_a_cited_number_is_not_the_document_s_own():
    assert read_number("根据《关于加强工作的通知》（教办〔2020〕3号）要求", 0, whole=False) is None


def test_lines_of_a_wrapped_text_know_what_they_continue():
    text = (
        "关于工作的安排如下所示内容请各位同志认真\n阅读之后抓好落实工作任务不得有误请各位\n"
        "同志互相转告确保人人知晓个个明白不留死\n角不留空白不留遗憾。\n"
        "一、第一项工作要认真抓好落实不能有一点\n含糊。\n二、第二项工作也要认真抓好落实不能有一\n点含糊。"
    )
    lines = split_lines(text)
    assert lines.width
    assert [lines.wrapped_before(i) for i in range(len(lines.rows))] == [
        False,
        True,
        True,
        True,
        False,
        True,
        False,
        True,
    ]


def test_short_headings_are_not_a_margin():
    assert (
        split_lines("\n".join(f"{n}、抓好这一方面的各项具体工作并落实到位" for n in "一二三四五六七八")).width
        == 0
    )


def test_every_word_has_its_part():
    reading = read_text(
        "首页 > 通知 > 正文\n云岭市教育局文件\n云教〔2020〕1号\n关于做好工作的通知\n各学校：\n现将有关事项通知如下。\n"
        "一、认真学习文件。\n附件：名单\n云岭市教育局\n2020年1月2日\n抄送：市关工委。\n"
    )
    kinds = [part.kind for part in reading.parts]
    assert kinds == [
        PartKind.NOISE, PartKind.TITLE, PartKind.NUMBER, PartKind.TITLE, PartKind.ADDRESSEE, PartKind.PREAMBLE,
        PartKind.BODY, PartKind.ATTACHMENTS, PartKind.SIGNATURE, PartKind.FOOTER,
    ]  # fmt: skip
    assert reading.addressees == ("各学校",)


def test_time_per_character_does_not_grow():
    from time import process_time  # noqa: PLC0415  only this test measures

    piece = "一、加强组织建设\n1.健全领导班子，配齐人员，落实责任，做到有人管事。\n2.举办培训班。一是选好人；二是讲好课。\n"

    def cost(size: int) -> float:
        text = piece * (size // len(piece))
        read_text(text)
        start = process_time()
        read_text(text)
        return (process_time() - start) / len(text)

    assert cost(200_000) < 3 * cost(20_000)
