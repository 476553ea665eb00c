"""What the reader proposes for a duty, and what it leaves alone."""

from datetime import date

import pytest

from tests.plans.reading.test_sample import DATA
from xinhuo.plans.reading import read_bytes
from xinhuo.plans.reading.hints import hints_for, hints_in, hints_of
from xinhuo.plans.reading.splitting import short_title, split_proposals

PREFECTURES = ["贵阳市", "六盘水市", "遵义市", "黔西南州"]


@pytest.fixture(scope="module")
def reading():
    return read_bytes(DATA)


@pytest.fixture(scope="module")
def hints(reading):
    return hints_for(reading, PREFECTURES)


def values(hints, kind, name):
    return [hint.value[name] for hint in hints_of(kind, hints)]


def test_hints_point_at_the_words_that_fired(reading, hints):
    for node in reading.nodes:
        for hint in hints[node.id]:
            assert node.start <= hint.start <= hint.end <= node.end
            assert reading.text[hint.start : hint.end] == hint.text
            assert hint.rule.startswith(hint.kind)
            assert hint.reason
            assert hint.as_dict()["value"] is not None


@pytest.mark.parametrize(
    ("key", "stance"),
    [
        ("2.9", "cooperate"),
        ("2.13", "cooperate"),
        ("2.10.4", "cooperate"),
        ("3.15", "cooperate"),
        ("2.10.2", "lead"),
        ("1.3", "lead"),
    ],
)
def test_lead_or_cooperate(hints, key, stance):
    assert values(hints[key], "stance", "stance")[0] == stance


def test_who_is_helped(hints):
    assert values(hints["2.13"], "stance", "with") == ["省关工委、省教育厅等六部门"]


def test_deliverables(hints):
    assert values(hints["2.10.2"], "deliverable", "deliverable") == ["全省老校长下乡活动经验交流会"]
    assert values(hints["2.8"], "deliverable", "deliverable") == [
        "全省职业院校关工委工作推进会",
        "职业院校关工委负责人培训班",
    ]
    assert hints_of("deliverable", hints["1.2"]) == ()


def test_programmes_are_names_not_slogans(hints):
    assert values(hints["2.12"], "programme", "name") == ["青少年科技素养提升计划", "寸草安心"]
    found = hints_in("强化“四个意识”，坚定“四个自信”，用好《心系下一代》。")
    assert values(found, "programme", "name") == ["心系下一代"]


def test_quantities_and_scope(hints):
    sixteen = hints_of("quantity", hints["2.11.3"])
    assert [h.value for h in sixteen] == [{"number": "16", "unit": "个实验区"}]
    assert values([h for h in hints["2.11.3"] if h.rule == "unit.named"], "unit", "name") == [
        "黔西南州",
        "贵阳市",
        "六盘水市",
    ]
    assert "prefecture" in values(hints["2.10.1"], "unit", "scope")
    assert "vocational" in values(hints["1.4"], "unit", "scope")
    assert hints_of("fan_out", hints["3.14"])


def test_only_two_duties_of_the_sample_state_a_time(hints):
    stated = {key for key, found in hints.items() if hints_of("time", found)}
    assert stated == {"2.7", "2.11.3.3"}
    assert values(hints["2.7"], "time", "due") == [date(2020, 12, 31)]


@pytest.mark.parametrize(
    ("text", "due", "basis"),
    [
        ("6月底前完成自评。", date(2023, 6, 30), "stated"),
        ("12月20日前报送总结。", date(2023, 12, 20), "stated"),
        ("于2024年2月底前公布。", date(2024, 2, 29), "stated"),
        ("9月中旬召开会议。", date(2023, 9, 20), "stated"),
        ("3—5月开展调研。", date(2023, 5, 31), "stated"),
        ("上半年举办一期。", date(2023, 6, 30), "stated"),
        ("第三季度进行检查。", date(2023, 9, 30), "stated"),
        ("年底前完成。", date(2023, 12, 31), "stated"),
        ("十一月下旬验收。", date(2023, 11, 30), "stated"),
        ("暑期开展活动。", date(2023, 8, 31), "inferred"),
        ("国庆期间开展活动。", date(2023, 10, 1), "inferred"),
    ],
)
def test_time_words(text, due, basis):
    found = hints_of("time", hints_in(text, year=2023))
    assert [(h.value["due"], h.value["basis"]) for h in found] == [(due, basis)]
    assert hints_of("time", hints_in(text.replace("2024年", "")))[0].value["due"] is None


def test_times_that_do_not_exist_are_no_hints():
    assert hints_of("time", hints_in("13月40日前完成。", year=2023)) == ()


def test_splits_of_the_sample(reading):
    found = {node.id: len(split_proposals(node.text)) for node in reading.nodes if split_proposals(node.text)}
    assert found == {"2.7": 3, "2.8": 3, "2.12": 2, "3.15": 2, "3.16": 4}


def test_split_pieces_are_clauses(reading):
    text = reading.node("2.8").text
    assert [text[a:b] for a, b in split_proposals(text)] == [
        "在职业院校全面推进、深化拓展“工匠进校园”活动",
        "召开全省职业院校关工委工作推进会",
        "举办职业院校关工委负责人培训班",
    ]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("举办全省老校长下乡活动经验交流会;", "举办全省老校长下乡活动经验交流会"),
        ("今年,将对高校近年来品牌活动开展情况进行总结评比。", "对高校近年来品牌活动开展情况进行总结评比"),
        (
            "继续与中国下一代教育基金会合作,做好“青少年科技素养提升计划”工作,助力乡村儿童发展。",
            "做好“青少年科技素养提升计划”工作",
        ),
        ("", ""),
    ],
)
def test_short_titles(text, title):
    assert short_title(text) == title


def test_short_titles_of_the_sample_are_short_and_whole(reading):
    for node in reading.nodes:
        title = short_title(node.text)
        assert 4 <= len(title) <= 30
        assert title.count("“") == title.count("”")
        assert title.count("《") == title.count("》")
