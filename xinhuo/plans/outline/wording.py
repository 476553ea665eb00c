"""What was done, in one Chinese phrase: for the undo bar, the history and the strip about a clash."""

from collections.abc import Callable
from typing import Any

from .operations import BATCH, Op
from .rows import cite_of
from .state import Outline

TURNS = {"up": "上移", "down": "下移"}
NODE_WORDS = {
    "split_node": "拆开{node}",
    "merge_node": "把{node}并入上一条",
    "promote": "{node}升一级",
    "demote": "{node}降一级",
    "retype": "改{node}的文字",
    "set_marker": "改{node}的序号",
    "remove_node": "去掉{node}",
    "restore_node": "找回{node}",
    "add_duty": "给{node}加一个落实点",
    "confirm_node": "核对{node}",
}
DUTY_WORDS = {
    "split_duty": "把{duty}拆成几个落实点",
    "merge_duty": "把{duty}并入上一个落实点",
    "remove_duty": "去掉{duty}",
    "restore_duty": "找回{duty}",
    "set_duty": "改{duty}",
}
HEAD_WORDS = {"title": "标题", "number": "文号", "signed_on": "成文日期"}
SHORT = 14


def describe(outline: Outline, op: Op) -> str:
    """The phrase for an operation, in the words of the outline before it."""
    say = _SAYINGS.get(op.name)
    if say is not None:
        return say(outline, op)
    if op.name in NODE_WORDS:
        return NODE_WORDS[op.name].format(node=node_name(outline, op.args.get("node")))
    return DUTY_WORDS.get(op.name, "改了一处").format(duty=duty_name(outline, op.args.get("duty")))


def _settle(outline: Outline, op: Op) -> str:  # noqa: ARG001  one signature for all
    return {"accept": "疑点采用建议", "keep": "疑点保留原文"}.get(str(op.args.get("choice")), "填写疑点")


def _head(outline: Outline, op: Op) -> str:  # noqa: ARG001  as above
    return f"改{HEAD_WORDS.get(str(op.args.get('field')), '抬头')}"


def _move(outline: Outline, op: Op) -> str:
    return f"{node_name(outline, op.args.get('node'))}{TURNS.get(str(op.args.get('to')), '移动')}"


def _confirm(outline: Outline, op: Op) -> str:
    name = duty_name(outline, op.args.get("duty"))
    return f"核对{name}" if op.args.get("on", True) else f"{name}改回没核对"


def _batch(outline: Outline, op: Op) -> str:
    steps: list[Any] = op.args.get("ops", [])
    said = [describe(outline, Op(op.number, name, args)) for name, args in steps]
    checked = [name for name, _ in steps if name == "confirm_duty"]
    if len(checked) == len(steps) > 1:
        return f"核对 {len(steps)} 个落实点"
    different = list(dict.fromkeys(said))
    return "、".join(different[:2]) + (f"等 {len(different)} 处" if len(different) > 2 else "")  # noqa: PLR2004


_SAYINGS: dict[str, Callable[[Outline, Op], str]] = {
    BATCH: _batch,
    "settle": _settle,
    "set_header": _head,
    "move": _move,
    "confirm_duty": _confirm,
    "add_node": lambda _outline, _op: "加一条",
    "take_in": lambda _outline, _op: "把一段原文加进条目",
}


def node_name(outline: Outline, key: object) -> str:
    """第11条三是, else the first words of the node."""
    node = outline.nodes.get(str(key))
    if node is None:
        return "一条"
    return cite_of(outline, node.key) or f"“{node.text[:SHORT]}”"


def duty_name(outline: Outline, key: object) -> str:
    """The title of a duty, shortened."""
    duty = outline.duties.get(str(key))
    if duty is None:
        return "落实点"
    return f"“{duty.title[:SHORT]}{'…' if len(duty.title) > SHORT else ''}”"
