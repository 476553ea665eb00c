"""The list of operations, applying one, and replaying them all."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from . import doubts, tree, work
from .build import from_reading
from .errors import OutlineError
from .state import Outline

Change = Callable[[Outline, str, dict[str, Any]], None]
BATCH = "batch"
MAX_BATCH = 200

OPERATIONS: Mapping[str, Change] = {
    "split_node": tree.split_node,
    "merge_node": tree.merge_node,
    "promote": tree.promote,
    "demote": tree.demote,
    "move": tree.move_node,
    "retype": tree.retype,
    "set_marker": tree.set_marker,
    "remove_node": tree.remove_node,
    "restore_node": tree.restore_node,
    "add_node": tree.add_node,
    "take_in": tree.take_in,
    "split_duty": work.split_duty,
    "merge_duty": work.merge_duty,
    "add_duty": work.add_duty,
    "remove_duty": work.remove_duty,
    "restore_duty": work.restore_duty,
    "set_duty": work.set_duty,
    "confirm_duty": work.confirm_duty,
    "confirm_node": work.confirm_node,
    "settle": doubts.settle,
    "set_header": doubts.set_header,
}


@dataclass(frozen=True, slots=True)
class Op:
    """One operation.

    ``number`` is its place in the list of edits: keys made by it are built from it, so they stay the same whatever
    is undone before it. A ``batch`` holds several under one number: ``{"ops": [[name, args]]}``.
    """

    number: int
    name: str
    args: Mapping[str, Any] = field(default_factory=dict)


def _perform(outline: Outline, stamp: str, name: str, args: Mapping[str, Any]) -> None:
    change = OPERATIONS.get(name)
    if change is None:
        raise OutlineError(f"不认识的操作“{name[:20]}”。")
    change(outline, stamp, dict(args))


def _change(outline: Outline, op: Op) -> None:
    if op.name != BATCH:
        _perform(outline, str(op.number), op.name, op.args)
        return
    steps = op.args.get("ops")
    if not isinstance(steps, list) or not 0 < len(steps) <= MAX_BATCH:
        raise OutlineError("没有要改的内容。")
    for place, (name, args) in enumerate(steps):
        _perform(outline, f"{op.number}_{place}", name, args)


def pin(outline: Outline, op: Op) -> Op:
    """The same operation with everything written out that it takes from the rules' proposals.

    A recorded edit must give the same result after the rules have become better. Splits name their ranges, a check
    mark carries the values that were seen.
    """
    steps: list[list[Any]] = []
    given = op.args.get("ops", []) if op.name == BATCH else [[op.name, op.args]]
    if not isinstance(given, list):
        raise OutlineError("没有要改的内容。")
    now = outline.copy()
    for name, args in given:
        for fixed_name, fixed_args in _pinned(now, name, dict(args)):
            _perform(now, f"{op.number}_{len(steps)}", fixed_name, fixed_args)
            steps.append([fixed_name, fixed_args])
    if len(steps) == 1:
        return Op(op.number, steps[0][0], steps[0][1])
    return Op(op.number, BATCH, {"ops": steps})


def _pinned(outline: Outline, name: str, args: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    if name == "split_duty" and args.get("accept"):
        duty = work.live_duty(outline, args.get("duty"))
        ranges = [list(piece) for piece in duty.proposal]
        return [(name, {"duty": duty.key, "accept": True, "ranges": ranges})]
    if name == "confirm_duty" and args.get("on", True):
        duty = work.live_duty(outline, args.get("duty"))
        return [(name, {"duty": duty.key, "on": True, "seen": work.values_of(duty)})]
    if name == "confirm_node":
        on = bool(args.get("on", True))
        nodes = [tree.live(outline, args.get("node")).key]
        nodes += [below.key for below, _ in outline.walk(nodes[0])]
        duties = [duty.key for key in nodes for duty in outline.duties_of(key)]
        found = [_pinned(outline, "confirm_duty", {"duty": key, "on": on})[0] for key in duties]
        return found or [(name, args)]
    return [(name, args)]


def apply(outline: Outline, op: Op) -> Outline:
    """The outline after one operation; the one given stays as it is. Raises OutlineError when it does not fit."""
    after = outline.copy()
    _change(after, op)
    return after


def replay(reading: Mapping[str, Any], source: str, ops: Iterable[Op]) -> Outline:
    """The outline that ``ops`` in order make of a reading. The same input always gives the same outline."""
    outline = from_reading(reading, source)
    for op in ops:
        _change(outline, op)
    return outline
