"""Operations on nodes. Each changes the outline it is given; ``operations.apply`` hands it a copy."""

from dataclasses import replace
from typing import Any

from .align import cut, own_offset, source_place
from .errors import OutlineError
from .propose import ensure_duty, retitled
from .state import ROOT, Duty, Node, Outline

MAX_TEXT = 20_000
MAX_MARKER = 20
MAX_DEPTH = 12


def live(outline: Outline, key: object) -> Node:
    """The node with this key, which must not be removed (nor stand under a removed one)."""
    node = outline.node(key)
    if any(step.removed for step in outline.path(node.key)):
        raise OutlineError("这一条已经去掉了。要改的话请先找回。")
    return node


def words(value: object, what: str, limit: int) -> str:
    """A text somebody typed: not empty, not too long."""
    text = value.strip() if isinstance(value, str) else ""
    if not text:
        raise OutlineError(f"{what}不能空着。")
    if len(text) > limit:
        raise OutlineError(f"{what}最多 {limit} 个字，现在是 {len(text)} 个字。")
    return text


def _without(keys: tuple[str, ...], key: str) -> tuple[str, ...]:
    return tuple(item for item in keys if item != key)


def _insert_after(outline: Outline, parent: str, after: str, key: str) -> None:
    keys = outline.children.get(parent, ())
    place = keys.index(after) + 1 if after else 0
    outline.children[parent] = (*keys[:place], key, *keys[place:])


def _adopt(outline: Outline, parent: str, keys: tuple[str, ...]) -> None:
    """Make ``keys`` the last children of ``parent``."""
    outline.children[parent] = (*outline.children.get(parent, ()), *keys)
    for key in keys:
        outline.nodes[key] = replace(outline.nodes[key], parent=parent)


def _give_duties(outline: Outline, keys: tuple[str, ...], node: str) -> None:
    outline.duty_order[node] = (*outline.duty_order.get(node, ()), *keys)
    for key in keys:
        outline.duties[key] = replace(outline.duties[key], node=node)


def split_node(outline: Outline, stamp: str, args: dict[str, Any]) -> None:
    """Cut a node in two before character ``at`` of its text. What stands behind follows the second half."""
    node = live(outline, args.get("node"))
    at = args.get("at")
    if not isinstance(at, int) or isinstance(at, bool):
        raise OutlineError("请先选好从哪里拆开。")
    left, right = node.text[: max(at, 0)].rstrip(), node.text[max(at, 0) :].lstrip()
    if not left or not right:
        raise OutlineError("这里拆不开：前后都要有字。请把光标放在两句话中间。")
    offset = own_offset(outline.source, node, len(node.text) - len(right))
    total = sum(end - start for start, end in node.pieces)
    mine, theirs = cut(node.pieces, total if offset is None else offset)
    place = None if offset is None else source_place(node.pieces, offset)
    new = Node(f"e{stamp}", node.parent, "", None, right, theirs, node.level)
    outline.nodes[node.key] = replace(node, text=left, pieces=mine)
    outline.nodes[new.key] = new
    outline.children[new.key] = ()
    _insert_after(outline, node.parent, node.key, new.key)
    behind = tuple(
        kid for kid in outline.children.get(node.key, ()) if place is None or outline.span(kid)[0] >= place
    )
    outline.children[node.key] = tuple(kid for kid in outline.children.get(node.key, ()) if kid not in behind)
    _adopt(outline, new.key, behind)
    _divide_duties(outline, node.key, new.key, place)
    for key in (node.key, new.key):
        ensure_duty(outline, key, stamp)


def _divide_duties(outline: Outline, first: str, second: str, place: int | None) -> None:
    """Duties behind ``place`` go with the second half; one that reaches over it keeps its first part."""
    if place is None:
        return
    moving = []
    for duty in outline.duties_of(first, removed=True):
        if duty.start >= place and duty.end > duty.start:
            moving.append(duty.key)
        elif duty.end > place:
            outline.duties[duty.key] = _shortened(outline, duty, place)
    outline.duty_order[first] = tuple(key for key in outline.duty_order.get(first, ()) if key not in moving)
    _give_duties(outline, tuple(moving), second)


def _shortened(outline: Outline, duty: Duty, end: int) -> Duty:
    text = outline.source[duty.start : end].strip()
    proposal = tuple(piece for piece in duty.proposal if piece[1] <= end)
    kept = replace(duty, end=end, proposal=proposal if len(proposal) > 1 else (), confirmed=False)
    if not text or text == duty.text:
        return kept
    marker = outline.nodes[duty.node].marker
    return retitled(kept, text.removeprefix(marker).strip() or duty.text)


def merge_node(outline: Outline, stamp: str, args: dict[str, Any]) -> None:  # noqa: ARG001  one signature for all
    """Join a node to its previous sibling, or to its parent when it is the first. Its marker becomes text again."""
    node = live(outline, args.get("node"))
    before = outline.previous(node)
    if before is None and node.parent == ROOT:
        raise OutlineError("这是第一条，前面没有可以并入的条目。")
    target = before or outline.nodes[node.parent]
    text = f"{target.text}{node.marker}{node.text}"
    if len(text) > MAX_TEXT:
        raise OutlineError(f"并在一起超过 {MAX_TEXT} 个字了，不能再并。")
    outline.nodes[target.key] = replace(
        target, text=text, pieces=(*target.pieces, *node.pieces), warnings=(*target.warnings, *node.warnings)
    )
    kids = outline.children.pop(node.key, ())
    siblings = outline.children[node.parent]
    if before is None:
        place = siblings.index(node.key)
        outline.children[node.parent] = (*siblings[:place], *kids, *siblings[place + 1 :])
        for kid in kids:
            outline.nodes[kid] = replace(outline.nodes[kid], parent=node.parent)
    else:
        outline.children[node.parent] = _without(siblings, node.key)
        _adopt(outline, target.key, kids)
    _give_duties(outline, outline.duty_order.pop(node.key, ()), target.key)
    del outline.nodes[node.key]


def promote(outline: Outline, stamp: str, args: dict[str, Any]) -> None:
    """Move a node one level up, right after its parent. Siblings behind it become its children: order is kept."""
    node = live(outline, args.get("node"))
    if node.parent == ROOT:
        raise OutlineError("这一条已经在最上面一级，不能再升。")
    parent = outline.nodes[node.parent]
    behind = tuple(sibling.key for sibling in outline.following(node))
    if behind and outline_depth(outline, node) + 1 > MAX_DEPTH:
        raise OutlineError("层级太深了。")
    keys = outline.children[parent.key]
    outline.children[parent.key] = keys[: keys.index(node.key)]
    outline.nodes[node.key] = replace(node, parent=parent.parent)
    _insert_after(outline, parent.parent, parent.key, node.key)
    _adopt(outline, node.key, behind)
    ensure_duty(outline, parent.key, stamp)


def demote(outline: Outline, stamp: str, args: dict[str, Any]) -> None:  # noqa: ARG001  as above
    """Move a node one level down: it becomes the last child of the sibling before it."""
    node = live(outline, args.get("node"))
    before = outline.previous(node)
    if before is None:
        raise OutlineError("前面没有同级的条目，不能再降。")
    if outline_depth(outline, node) >= MAX_DEPTH:
        raise OutlineError(f"最多 {MAX_DEPTH} 级，不能再降。")
    keys = outline.children[node.parent]
    first, last = keys.index(before.key), keys.index(node.key)
    between = keys[first + 1 : last]  # removed siblings stay where they stand in the text
    outline.children[node.parent] = (*keys[: first + 1], *keys[last + 1 :])
    _adopt(outline, before.key, (*between, node.key))


def outline_depth(outline: Outline, node: Node) -> int:
    """The depth of the deepest node of a subtree (1 = top)."""
    here = len(outline.path(node.key))
    return max((here + depth for _, depth in outline.walk(node.key, removed=True)), default=here)


def move_node(outline: Outline, stamp: str, args: dict[str, Any]) -> None:  # noqa: ARG001  as above
    """Change places with the sibling before (``up``) or after (``down``)."""
    node = live(outline, args.get("node"))
    siblings = outline.kids(node.parent)
    place = [sibling.key for sibling in siblings].index(node.key)
    other = {"up": place - 1, "down": place + 1}.get(str(args.get("to")), -1)
    if not 0 <= other < len(siblings):
        raise OutlineError("同级里已经到头了，不能再移。要换到别的条目下面，请用“升一级”“降一级”。")
    swap = {node.key: siblings[other].key, siblings[other].key: node.key}
    outline.children[node.parent] = tuple(swap.get(key, key) for key in outline.children[node.parent])


def retype(outline: Outline, stamp: str, args: dict[str, Any]) -> None:  # noqa: ARG001  as above
    """Correct the words of a node. The source stays as it is; a duty that had exactly these words follows."""
    node = live(outline, args.get("node"))
    text = words(args.get("text"), "条目的文字", MAX_TEXT)
    for duty in outline.duties_of(node.key, removed=True):
        if duty.text == node.text:
            outline.duties[duty.key] = retitled(duty, text)
    outline.nodes[node.key] = replace(node, text=text)


def set_marker(outline: Outline, stamp: str, args: dict[str, Any]) -> None:  # noqa: ARG001  as above
    """Set the numeral in front of a node; an empty one takes it away."""
    node = live(outline, args.get("node"))
    marker = str(args.get("marker") or "").strip()
    if len(marker) > MAX_MARKER:
        raise OutlineError(f"序号最多 {MAX_MARKER} 个字。")
    ordinal = args.get("ordinal")
    if ordinal is not None and (not isinstance(ordinal, int) or not 0 <= ordinal < 10_000):  # noqa: PLR2004  a numeral
        raise OutlineError("序号要是一个不太大的数。")
    outline.nodes[node.key] = replace(node, marker=marker, ordinal=ordinal)


def remove_node(outline: Outline, stamp: str, args: dict[str, Any]) -> None:
    """Take a node and everything below it out of the plan. It can be brought back."""
    node = live(outline, args.get("node"))
    outline.nodes[node.key] = replace(node, removed=True)
    if node.parent != ROOT:
        ensure_duty(outline, node.parent, stamp)


def restore_node(outline: Outline, stamp: str, args: dict[str, Any]) -> None:  # noqa: ARG001  as above
    """Bring a removed node back to where it stood."""
    node = outline.node(args.get("node"))
    if not node.removed:
        raise OutlineError("这一条没有去掉，不用找回。")
    outline.nodes[node.key] = replace(node, removed=False)


def add_node(outline: Outline, stamp: str, args: dict[str, Any]) -> None:
    """Add a node the source does not have: behind the sibling ``after``, or as the first child of ``parent``."""
    text = words(args.get("text"), "新条目的文字", MAX_TEXT)
    marker = str(args.get("marker") or "").strip()[:MAX_MARKER]
    after = live(outline, args["after"]) if args.get("after") else None
    parent = after.parent if after else str(args.get("parent") or ROOT)
    if parent != ROOT:
        live(outline, parent)
        if len(outline.path(parent)) >= MAX_DEPTH:
            raise OutlineError(f"最多 {MAX_DEPTH} 级，不能在这里再加。")
    anchor = outline.span(after.key)[1] if after else _anchor(outline, parent)
    key = f"e{stamp}"
    outline.nodes[key] = Node(key, parent, marker, None, text, ((anchor, anchor),))
    outline.children[key] = ()
    _insert_after(outline, parent, after.key if after else "", key)
    ensure_duty(outline, key, stamp)


def take_in(outline: Outline, stamp: str, args: dict[str, Any]) -> None:
    """Make a top-level node of source words that no node has: page noise, a table, the preamble."""
    start, end = args.get("start"), args.get("end")
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end <= len(outline.source):
        raise OutlineError("没有找到这段原文，请刷新页面再试。")
    taken = (piece for node in outline.nodes.values() for piece in node.pieces)
    if any(first < end and start < last for first, last in taken):
        raise OutlineError("这段原文已经在条目里了。")
    text = words(outline.source[start:end], "这段原文", MAX_TEXT)
    before = [key for key in outline.children[ROOT] if outline.span(key)[0] < start]
    key = f"e{stamp}"
    outline.nodes[key] = Node(key, ROOT, "", None, text, ((start, end),))
    outline.children[key] = ()
    _insert_after(outline, ROOT, before[-1] if before else "", key)
    ensure_duty(outline, key, stamp)


def _anchor(outline: Outline, parent: str) -> int:
    if parent != ROOT:
        return outline.nodes[parent].pieces[-1][1]
    first = outline.children.get(ROOT, ())
    return outline.span(first[0])[0] if first else 0
