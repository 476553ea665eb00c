"""Any sequence of operations: ranges stay nested, keys unique, no word is lost, replay and undo agree."""

import itertools
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from xinhuo.plans.outline import Op, Outline, OutlineError, apply, replay
from xinhuo.plans.outline.operations import pin
from xinhuo.plans.outline.rows import duty_rows, node_rows

from .sample import sample_reading

NODE_OPS = (
    "split_node",
    "merge_node",
    "promote",
    "demote",
    "move",
    "retype",
    "remove_node",
    "restore_node",
    "add_node",
    "confirm_node",
    "add_duty",
)
DUTY_OPS = ("split_duty", "merge_duty", "remove_duty", "restore_duty", "set_duty", "confirm_duty")
MOST = 8


@st.composite
def wishes(draw: st.DrawFn) -> list[tuple[str, int, int]]:
    """Operations in general terms: a name, which node or duty (by its place), and a number to fill in details."""
    one = st.tuples(st.sampled_from(NODE_OPS + DUTY_OPS), st.integers(0, 80), st.integers(0, 60))
    return draw(st.lists(one, max_size=MOST))


def as_op(outline: Outline, number: int, wish: tuple[str, int, int]) -> Op:
    name, which, detail = wish
    args: dict[str, Any] = {}
    if name in NODE_OPS:
        keys = list(outline.nodes)
        args["node"] = keys[which % len(keys)]
        text = outline.nodes[args["node"]].text
        args |= {"at": detail % (len(text) + 1), "to": "up" if detail % 2 else "down"}
        args |= {"text": text[detail % 5 :] or "新", "after": args["node"], "title": f"做好第{detail}件事"}
        return Op(number, name, args)
    keys = list(outline.duties)
    args["duty"] = keys[which % len(keys)]
    text = outline.duties[args["duty"]].text
    args |= {"accept": detail % 3 == 0, "cuts": [detail % (len(text) + 1)]}
    args |= {"fields": {"title": f"落实点{detail}", "standing": bool(detail % 2)}, "on": bool(detail % 2)}
    return Op(number, name, args)


def perform(wanted: list[tuple[str, int, int]]) -> tuple[Outline, list[Op]]:
    """What comes of the wishes; those that do not fit are refused and leave no trace."""
    reading = sample_reading()
    outline = replay(reading, reading["source"], [])
    done: list[Op] = []
    for number, wish in enumerate(wanted, start=1):
        op = as_op(outline, number, wish)
        try:
            outline = apply(outline, op)
        except OutlineError:
            continue
        done.append(op)
    return outline, done


def words(outline: Outline) -> str:
    """All printed characters that some node owns, in the order of the source."""
    pieces = sorted(piece for node in outline.nodes.values() for piece in node.pieces)
    return "".join("".join(outline.source[a:b].split()) for a, b in pieces)


@settings(max_examples=120, deadline=None)
@given(wishes())
def test_any_operations_keep_the_outline_whole(wanted: list[tuple[str, int, int]]) -> None:
    outline, _ = perform(wanted)
    reading = sample_reading()

    assert words(outline) == words(replay(reading, reading["source"], []))
    pieces = sorted(piece for node in outline.nodes.values() for piece in node.pieces if piece[0] < piece[1])
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(pieces))
    reached = [node.key for node, _ in outline.walk(removed=True)]
    assert sorted(reached) == sorted(outline.nodes)
    spans = outline.spans()
    for node in outline.nodes.values():
        if node.parent:
            assert spans[node.parent][0] <= spans[node.key][0] <= spans[node.key][1] <= spans[node.parent][1]
    placed = [key for keys in outline.duty_order.values() for key in keys]
    assert sorted(placed) == sorted(outline.duties)
    assert all(key in outline.duty_order[duty.node] for key, duty in outline.duties.items())


@settings(max_examples=80, deadline=None)
@given(wishes())
def test_rows_have_unique_keys_and_running_places(wanted: list[tuple[str, int, int]]) -> None:
    outline, _ = perform(wanted)

    nodes, duties = node_rows(outline, "要点"), duty_rows(outline)
    assert len({row.key for row in nodes}) == len(nodes)
    assert len({row["key"] for row in duties}) == len(duties)
    assert [row.position for row in nodes] == list(range(len(nodes)))
    assert all(0 <= row.start <= row.end <= len(outline.source) for row in nodes)
    assert {row["node"] for row in duties} <= {row.key for row in nodes}
    assert all(len(row["key"]) <= 40 for row in duties)


@settings(max_examples=80, deadline=None)
@given(wishes())
def test_replay_is_the_same_as_one_by_one_and_undo_is_replay_without(
    wanted: list[tuple[str, int, int]],
) -> None:
    outline, done = perform(wanted)
    reading = sample_reading()

    assert replay(reading, reading["source"], done) == outline
    if done:
        before = replay(reading, reading["source"], done[:-1])
        assert apply(before, done[-1]) == outline


@settings(max_examples=80, deadline=None)
@given(wishes())
def test_pinned_operations_do_the_same(wanted: list[tuple[str, int, int]]) -> None:
    outline, done = perform(wanted)
    reading = sample_reading()

    pinned, now = [], replay(reading, reading["source"], [])
    for op in done:
        pinned.append(pin(now, op))
        now = apply(now, pinned[-1])
    assert {key: vars_of(duty) for key, duty in now.duties.items()} == {
        key: vars_of(duty) for key, duty in outline.duties.items()
    }
    assert now.nodes == outline.nodes


def vars_of(duty: Any) -> tuple[Any, ...]:
    return (duty.node, duty.title, duty.text, duty.start, duty.end, duty.confirmed, duty.removed)
