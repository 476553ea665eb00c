"""Which units the words of a duty point to, and the sentence that says why."""

from typing import Any

import pytest

from xinhuo.plans.outline.scopes import choice_of, choices, make_scope, named_scope, propose

from .sample import DEPARTMENT, sample

COLLEGES = ["university", "vocational_college", "adult_college"]


@pytest.mark.parametrize(
    ("text", "choice", "words"),
    [
        ("举办全省老校长下乡活动经验交流会", "own", "举办"),
        ("今年，将对高校近年来品牌活动开展情况进行总结评比", "own", "总结评比"),
        ("组建厅关工委家庭教育专家组", "own", "组建"),
        ("继续开展省级家长学校教育实验区复核工作", "own", "复核"),
        ("各高校要举办读书会", "colleges", "高校"),
        ("继续建立健全高校二级关工委组织", "colleges", "高校"),
        ("在职业院校全面推进“工匠进校园”活动", "vocational", "职业院校"),
        ("探索在民办中小学、幼儿园、职业院校建立关工委组织", "vocational", "中小学"),
        ("各级教育关工委要开展主题教育", "all", "各级"),
        ("做好贵阳市“老校长下乡”组团帮扶工作", "named", "贵阳市"),
        ("依托贵阳市“阳光工作室”开展指导", "direct", "9个市（州）"),
        ("动员更多退休的老同志参与", "direct", "9个市（州）"),
    ],
)
def test_the_words_decide_and_are_named_in_the_reason(text: str, choice: str, words: str) -> None:
    proposal = propose(text, [], DEPARTMENT)

    assert choice_of(proposal.scope, DEPARTMENT) == choice
    assert words in proposal.reason
    assert proposal.reason.endswith("。")


def test_units_named_above_count_for_what_stands_below() -> None:
    proposal = propose("开展骨干老师培训", ["指导黔西南州、贵阳市的实验区做好以下工作"], DEPARTMENT)

    assert proposal.scope["ids"] == [10, 16]
    assert proposal.scope["label"] == "贵阳市、黔西南州"
    assert proposal.reason == "上一层的原文点了名：黔西南州、贵阳市。"


def test_scopes_of_the_sample() -> None:
    outline = sample()

    labels = {duty.node: duty.scope["label"] for duty in outline.duties.values()}
    assert labels["1.3"] == "高校直报"
    assert outline.duties["1.3-0"].scope["kinds"] == COLLEGES
    assert labels["1.4"] == "高职院校直报，中职由市（州）汇总"
    assert labels["2.10.2"] == labels["2.11.1"] == labels["2.11.3.4"] == "本级"
    assert labels["2.10.3"] == "贵阳市"
    assert labels["2.11.3.1"] == labels["2.11.3.5"] == "贵阳市、六盘水市、黔西南州"
    assert labels["1.2"] == labels["1.5"] == "9个市（州）"


@pytest.mark.parametrize(
    ("issuer", "label", "kinds"),
    [
        ({"kind": "prefecture", "places": {}, "counts": {"county": 8}}, "8个县（市、区）", ["county"]),
        ({"kind": "university", "places": {}, "counts": {"subcollege": 3}}, "3个二级学院", ["subcollege"]),
        (
            {"kind": "province", "places": {}, "counts": {"prefecture": 9, "zone": 1}},
            "各市（州）",
            ["prefecture", "zone"],
        ),
        ({}, "各市（州）", ["prefecture"]),
    ],
)
def test_the_usual_receivers_are_those_directly_below(
    issuer: dict[str, Any], label: str, kinds: list[str]
) -> None:
    scope = propose("认真开展活动", [], issuer).scope

    assert (scope["label"], scope["kinds"]) == (label, kinds)


def test_a_county_offers_its_schools() -> None:
    scope = propose("认真开展活动", [], {"kind": "county", "places": {}, "counts": {"primary": 4}}).scope

    assert scope["label"] == "各学校"
    assert "vocational" in scope["kinds"]


def test_every_choice_is_recognised_again() -> None:
    for choice in choices(DEPARTMENT):
        if not choice.named:
            assert choice_of(choice.scope, DEPARTMENT) == choice.value
    assert choice_of(make_scope("别的", kinds=["zone"]), DEPARTMENT) == ""


def test_many_named_units_get_a_short_label() -> None:
    scope = named_scope([10, 11, 12, 13, 14], DEPARTMENT)

    assert scope["label"] == "贵阳市、六盘水市、遵义市等5个单位"
    assert scope["ids"] == [10, 11, 12, 13, 14]
