"""Operations on the duties of an outline."""

import pytest

from xinhuo.plans.enums import Basis, Stance, TargetKind
from xinhuo.plans.outline import Op, OutlineError, apply
from xinhuo.plans.outline.fields import BASES, STANCES, TARGETS

from .sample import sample
from .small import only, small, titles


def test_accepting_the_proposal_makes_three_duties_of_item_8() -> None:
    outline = sample(("split_duty", {"duty": "2.8-0", "accept": True}))

    duties = outline.duties_of("2.8")
    assert [duty.key for duty in duties] == ["2.8-0", "d1-1", "d1-2"]
    assert [duty.title for duty in duties] == [
        "在职业院校全面推进、深化拓展“工匠进校园”活动",
        "召开全省职业院校关工委工作推进会",
        "举办职业院校关工委负责人培训班",
    ]
    assert [duty.scope["label"] for duty in duties] == ["高职院校直报，中职由市（州）汇总", "本级", "本级"]
    assert [duty.target_kind for duty in duties] == ["paragraph", "deliverable", "deliverable"]
    assert len(outline.nodes) == 31


def test_a_duty_is_cut_by_hand_and_joined_again() -> None:
    text = only(small(), "1.1").text
    outline = small(("split_duty", {"duty": "1.1-0", "cuts": [text.index("乙")]}))

    assert titles(outline, "1.1") == ["甲校建立组织", "乙校建立组织"]
    joined = apply(outline, Op(2, "merge_duty", {"duty": "d1-1"}))
    assert only(joined, "1.1").text == "甲校建立组织。乙校建立组织。"


@pytest.mark.parametrize("cuts", [[], [0], [500], ["3"], None])
def test_a_cut_must_lie_inside_the_duty(cuts: object) -> None:
    with pytest.raises(OutlineError, match="拆"):
        small(("split_duty", {"duty": "1.1-0", "cuts": cuts}))


def test_ranges_outside_the_duty_are_refused() -> None:
    with pytest.raises(OutlineError, match="不在这个落实点"):
        sample(("split_duty", {"duty": "2.8-0", "ranges": [[0, 5], [6, 9]]}))


def test_duties_are_added_taken_away_and_brought_back() -> None:
    outline = small(("add_duty", {"node": "1.2", "title": "召开推进会"}), ("remove_duty", {"duty": "1.2-0"}))

    assert titles(outline, "1.2") == ["召开推进会"]
    assert only(outline, "1.2").target_kind == "deliverable"
    back = apply(outline, Op(3, "restore_duty", {"duty": "1.2-0"}))
    assert titles(back, "1.2") == ["丙校开展活动", "召开推进会"]


def test_a_chapter_may_get_a_duty_of_its_own() -> None:
    assert titles(small(("add_duty", {"node": "1", "title": "年终总结"})), "1") == ["年终总结"]


def test_setting_a_field_takes_its_reason_away() -> None:
    outline = small(("set_duty", {"duty": "1.2-0", "fields": {"stance": "cooperate", "due": "2020-09-30"}}))

    duty = only(outline, "1.2")
    assert (duty.stance, duty.due) == ("cooperate", "2020-09-30")
    assert {reason.field for reason in duty.reasons} == {"scope", "target_kind", "standing"} & {
        reason.field for reason in only(small(), "1.2").reasons
    }
    assert duty.time_points[-1]["due"] == "2020-09-30"


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"title": " "}, "不能空着"),
        ({"title": "长" * 121}, "最多 120 个字"),
        ({"stance": "boss"}, "牵头或配合"),
        ({"target_value": "三个"}, "写成数字"),
        ({"target_value": "-1"}, "目标数"),
        ({"target_value": "1.234"}, "两位小数"),
        ({"target_value": "1e30"}, "目标数"),
        ({"target_value": "nan"}, "目标数"),
        ({"target_kind": "number", "target_unit": ""}, "数的单位"),
        ({"due": "明年"}, "不是一个日期"),
        ({"due": "2020-02-30"}, "不是一个日期"),
        ({"due_basis": "dream"}, "时限依据"),
        ({"scope": {"own": False, "kinds": [], "ids": [], "label": ""}}, "至少选一个"),
        ({"scope": {"own": False, "kinds": ["x"]}}, "没有选好"),
        ({"scope": None}, "没有选好"),
        ({"colour": "red"}, "没有“colour”"),
        ({"leads": "长" * 201}, "牵头单位最多"),
        ({"time_points": [{}] * 7}, "最多 6 个"),
        ({}, "没有要改"),
    ],
)
def test_wrong_fields_are_refused_with_the_reason(fields: dict[str, object], why: str) -> None:
    with pytest.raises(OutlineError, match=why):
        small(("set_duty", {"duty": "1.2-0", "fields": fields}))


def test_a_target_number_is_kept_as_written() -> None:
    fields = {"target_kind": "number", "target_value": "12.50", "target_unit": "所"}
    outline = small(("set_duty", {"duty": "1.2-0", "fields": fields}))

    assert only(outline, "1.2").target_value == "12.5"


def test_a_check_mark_covers_the_subtree() -> None:
    outline = sample(("confirm_node", {"node": "2.11"}))

    confirmed = [duty.node for duty in outline.duties.values() if duty.confirmed]
    assert confirmed == [f"2.11.{n}" for n in ("1", "2", "3.1", "3.2", "3.3", "3.4", "3.5")]
    off = apply(outline, Op(2, "confirm_duty", {"duty": "2.11.1-0", "on": False}))
    assert not off.duties["2.11.1-0"].confirmed


def test_the_words_of_the_outline_are_those_of_the_database() -> None:
    assert tuple(Stance.values) == STANCES
    assert set(TARGETS) == set(TargetKind.values)
    assert set(BASES) == set(Basis.values)
