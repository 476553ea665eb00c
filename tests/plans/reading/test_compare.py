"""Versions of a document."""

from xinhuo.plans.reading import read_text
from xinhuo.plans.reading.compare import ChangeKind, compare, word_difference

OLD = """云岭市教育局关工委2023年工作要点
一、加强组织建设
1.健全县区关工委领导班子，配齐人员。
2.举办秘书长培训班，培训80人。
3.开展达标验收工作，公布结果。
二、深化主题教育
4.组织“老少同心”征文活动。
5.开展清明祭扫活动。
"""


def kinds(old: str, new: str) -> list[tuple[str, str | None, str | None]]:
    return [(c.kind.value, c.old, c.new) for c in compare(read_text(old), read_text(new))]


def test_the_same_text_has_no_differences():
    assert kinds(OLD, OLD) == []
    assert kinds(OLD, OLD.replace("\n", "\r\n").replace("，", ",")) == []


def test_a_new_node_is_added_and_the_renumbered_ones_stay():
    new = OLD.replace("2.举办", "2.建立工作台账制度，每季更新。\n3.举办").replace("3.开展达标", "4.开展达标")
    new = new.replace("5.开展清明", "6.开展清明").replace("4.组织“老少", "5.组织“老少")
    assert kinds(OLD, new) == [("added", None, "1.2")]


def test_changed_words_are_shown():
    changes = compare(read_text(OLD), read_text(OLD.replace("培训80人", "培训120人")))
    assert [(c.kind, c.old, c.new, c.moved) for c in changes] == [(ChangeKind.CHANGED, "1.2", "1.2", False)]
    assert [(p.op, p.text) for p in changes[0].pieces if p.op != "equal"] == [
        ("delete", "80"),
        ("insert", "120"),
    ]


def test_removed_and_moved():
    assert kinds(OLD, OLD.replace("5.开展清明祭扫活动。\n", "")) == [("removed", "2.5", None)]
    line = "3.开展达标验收工作，公布结果。\n"
    moved = OLD.replace(line, "") + line.replace("3.", "6.")
    assert kinds(OLD, moved) == [("moved", "1.3", "2.6")]


def test_changed_order_moves_one_node():
    a, b = "4.组织“老少同心”征文活动。\n", "5.开展清明祭扫活动。\n"
    assert len(kinds(OLD, OLD.replace(a + b, b.replace("5", "4") + a.replace("4", "5")))) == 1


def test_difference_joins_to_both_texts():
    pieces = word_difference("举办培训班2期", "举办骨干培训班12期")
    assert "".join(p.text for p in pieces if p.op != "insert") == "举办培训班2期"
    assert "".join(p.text for p in pieces if p.op != "delete") == "举办骨干培训班12期"
