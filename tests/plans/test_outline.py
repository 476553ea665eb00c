"""Operations on the outline of the sample plan."""

import dataclasses
from typing import Any

import pytest

from xinhuo.plans.enums import Basis, Stance, TargetKind
from xinhuo.plans.outline import Duty, Op, Outline, OutlineError, apply
from xinhuo.plans.outline.fields import BASES, STANCES, TARGETS
from xinhuo.plans.outline.rows import duty_rows, node_rows

from .sample import outline_of_text, sample

TEXT = "一、组织建设\n1.甲校建立组织。乙校建立组织。\n2.丙校开展活动。\n3.丁校开展活动。\n"


def shape(outline: Outline) -> list[tuple[int, str, str]]:
    return [(depth, node.marker, node.text) for node, depth in outline.walk()]


def small(*ops: tuple[str, dict[str, Any]]) -> Outline:
    return outline_of_text(TEXT, *ops)


def titles(outline: Outline, node: str) -> list[str]:
    return [duty.title for duty in outline.duties_of(node)]


def only(outline: Outline, node: str) -> Duty:
    (duty,) = outline.duties_of(node)
    return duty


# -- as read ------------------------------------------------------------------------------------------------------


def test_the_sample_has_31_nodes_and_a_duty_on_every_leaf() -> None:
    outline = sample()

    assert len(outline.nodes) == 31
    leaves = [node.key for node, _ in outline.walk() if not outline.kids(node.key)]
    assert [duty.node for duty in outline.duties.values()] == leaves
    assert not any(duty.confirmed for duty in outline.duties.values())


def test_semicolon_lists_are_proposals_on_the_duty_and_never_nodes() -> None:
    outline = sample()

    proposed = {duty.node: len(duty.proposal) for duty in outline.duties.values() if duty.proposal}
    assert proposed == {"2.7": 3, "2.8": 3, "2.12": 2, "3.15": 2, "3.16": 4}


def test_every_proposed_value_says_why() -> None:
    for duty in sample().duties.values():
        fields = {reason.field for reason in duty.reasons}
        assert {"scope", "due", "target_kind"} <= fields
        assert fields & {"stance", "cooperators"}
        assert all(reason.reason.endswith("。") for reason in duty.reasons)


def test_a_date_the_text_does_not_name_is_marked_as_inferred() -> None:
    outline = sample()

    assert (only(outline, "1.1").due, only(outline, "1.1").due_basis) == ("2020-12-31", "inferred")
    stated = [duty.node for duty in outline.duties.values() if duty.due_basis == "stated"]
    assert stated == ["2.7", "2.11.3.3"]


def test_the_head_leaves_a_damaged_number_blank() -> None:
    assert sample().header == {
        "title": "贵州省教育厅关心下一代工作委员会2020年工作要点",
        "number": "",
        "signed_on": "",
    }


def test_cooperation_names_the_body_that_leads() -> None:
    duty = only(sample(), "2.13")

    assert (duty.stance, duty.leads) == ("cooperate", "省关工委、省教育厅等六部门")


# -- the tree -----------------------------------------------------------------------------------------------------


def test_split_node_divides_words_pieces_and_duties() -> None:
    at = len("甲校建立组织。")
    outline = small(("split_node", {"node": "1.1", "at": at}))

    assert shape(outline)[1:3] == [(2, "1.", "甲校建立组织。"), (2, "", "乙校建立组织。")]
    source = outline.source
    (first,), (second,) = outline.nodes["1.1"].pieces, outline.nodes["e1"].pieces
    assert source[slice(*first)] == "1.甲校建立组织。"
    assert source[slice(*second)] == "乙校建立组织。"
    assert titles(outline, "1.1") == ["甲校建立组织"]
    assert titles(outline, "e1") == ["乙校建立组织"]


@pytest.mark.parametrize("at", [0, -3, 999, "3", True, None])
def test_split_node_wants_words_on_both_sides(at: object) -> None:
    with pytest.raises(OutlineError, match="拆"):
        small(("split_node", {"node": "1.1", "at": at}))


def test_children_follow_the_second_half_of_a_split_node() -> None:
    text = sample().nodes["2.11"].text
    outline = sample(("split_node", {"node": "2.11", "at": text.index("助力")}))

    assert outline.children["2.11"] == ()
    assert outline.children["e1"] == ("2.11.1", "2.11.2", "2.11.3")
    assert titles(outline, "2.11") == ["积极配合主渠道"]


def test_merge_node_gives_its_words_children_and_duties_to_the_one_before() -> None:
    outline = small(("merge_node", {"node": "1.2"}))

    assert shape(outline)[1] == (2, "1.", "甲校建立组织。乙校建立组织。2.丙校开展活动。")
    assert len(outline.duties_of("1.1")) == 2
    assert outline.span("1.1")[1] == outline.source.index("3.") - 1


def test_merging_the_first_child_puts_it_back_into_its_parent() -> None:
    outline = sample(("merge_node", {"node": "2.10.1"}))

    assert outline.nodes["2.10"].text.endswith("一是推动更多的市(州)开展“老校长下乡”活动;")
    assert [kid.key for kid in outline.kids("2.10")] == ["2.10.2", "2.10.3", "2.10.4"]
    assert titles(outline, "2.10") == ["推动更多的市（州）开展“老校长下乡”活动"]


def test_split_and_merge_are_each_others_reverse() -> None:
    before = small()
    at = len("甲校建立组织。")
    after = small(("split_node", {"node": "1.1", "at": at}), ("merge_node", {"node": "e1"}))

    assert shape(after) == shape(before)


def test_the_first_node_of_all_cannot_be_merged() -> None:
    with pytest.raises(OutlineError, match="第一条"):
        small(("merge_node", {"node": "1"}))


def test_promote_keeps_the_order_of_the_text() -> None:
    before = [text for _, _, text in shape(small())]
    outline = small(("promote", {"node": "1.2"}))

    assert [text for _, _, text in shape(outline)] == before
    assert [depth for depth, _, _ in shape(outline)] == [1, 2, 1, 2]


def test_demote_is_undone_by_promote() -> None:
    outline = small(("demote", {"node": "1.3"}), ("promote", {"node": "1.3"}))

    assert shape(outline) == shape(small())


def test_a_top_node_cannot_be_promoted_and_a_first_one_not_demoted() -> None:
    with pytest.raises(OutlineError, match="最上面一级"):
        small(("promote", {"node": "1"}))
    with pytest.raises(OutlineError, match="没有同级"):
        small(("demote", {"node": "1.1"}))


def test_move_changes_places_with_the_neighbour() -> None:
    outline = small(("move", {"node": "1.3", "to": "up"}))

    assert [node.key for node in outline.kids("1")] == ["1.1", "1.3", "1.2"]
    with pytest.raises(OutlineError, match="到头"):
        small(("move", {"node": "1.1", "to": "up"}))


def test_retype_changes_the_words_and_the_duty_that_had_exactly_these() -> None:
    outline = small(("retype", {"node": "1.2", "text": "丙校、戊校开展活动。"}))

    assert outline.nodes["1.2"].text == "丙校、戊校开展活动。"
    assert only(outline, "1.2").title == "丙校、戊校开展活动"
    assert "2.丙校开展活动。" in outline.source


def test_a_title_somebody_wrote_survives_retyping() -> None:
    outline = small(
        ("set_duty", {"duty": "1.2-0", "fields": {"title": "活动"}}),
        ("retype", {"node": "1.2", "text": "丙校开展好活动。"}),
    )

    assert only(outline, "1.2").title == "活动"


def test_a_removed_node_keeps_its_words_and_comes_back() -> None:
    outline = small(("remove_node", {"node": "1.2"}))

    assert [node.key for node, _ in outline.walk()] == ["1", "1.1", "1.3"]
    assert "1.2-0" not in [row["key"] for row in duty_rows(outline)]
    assert shape(apply(outline, Op(2, "restore_node", {"node": "1.2"}))) == shape(small())


def test_what_was_removed_cannot_be_worked_on() -> None:
    with pytest.raises(OutlineError, match="先找回"):
        small(("remove_node", {"node": "1"}), ("retype", {"node": "1.1", "text": "好"}))


def test_an_added_node_has_no_place_in_the_source_but_a_duty() -> None:
    outline = small(("add_node", {"after": "1.2", "text": "补一条：举办培训班。", "marker": "2之一"}))

    assert [node.key for node in outline.kids("1")] == ["1.1", "1.2", "e1", "1.3"]
    start, end = outline.span("e1")
    assert start == end == outline.span("1.2")[1]
    assert titles(outline, "e1") == ["补一条：举办培训班"]


def test_an_operation_on_a_missing_node_is_refused_and_changes_nothing() -> None:
    outline = small()
    before = dataclasses.replace(outline.copy())

    with pytest.raises(OutlineError, match="没有找到"):
        apply(outline, Op(1, "promote", {"node": "9.9"}))
    with pytest.raises(OutlineError, match="不认识"):
        apply(outline, Op(1, "drop_table", {}))
    assert outline == before


def test_apply_never_changes_what_it_was_given() -> None:
    outline = sample()
    before = outline.copy()

    apply(outline, Op(1, "promote", {"node": "2.10"}))

    assert outline == before


# -- duties -------------------------------------------------------------------------------------------------------


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


# -- doubts -------------------------------------------------------------------------------------------------------


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


# -- rows ---------------------------------------------------------------------------------------------------------


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
