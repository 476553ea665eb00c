"""A small plan of three items, and shorthands to look at outlines."""

from typing import Any

from xinhuo.plans.outline import Duty, Outline

from .sample import outline_of_text

TEXT = "2020年工作要点\n一、组织建设\n1.甲校建立组织。乙校建立组织。\n2.丙校开展活动。\n3.丁校开展活动。\n"


def small(*ops: tuple[str, dict[str, Any]]) -> Outline:
    """The outline of the small plan after some operations."""
    return outline_of_text(TEXT, *ops)


def shape(outline: Outline) -> list[tuple[int, str, str]]:
    """Depth, marker and words of every live node."""
    return [(depth, node.marker, node.text) for node, depth in outline.walk()]


def titles(outline: Outline, node: str) -> list[str]:
    """The titles of a node's duties."""
    return [duty.title for duty in outline.duties_of(node)]


def only(outline: Outline, node: str) -> Duty:
    """The one duty of a node."""
    (duty,) = outline.duties_of(node)
    return duty
