"""Operations on the nodes of an outline."""

import dataclasses

import pytest

from xinhuo.plans.outline import Op, OutlineError, apply
from xinhuo.plans.outline.rows import duty_rows

from .sample import sample
from .small import only, shape, small, titles


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
