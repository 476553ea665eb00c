"""The outline icons in the tree, inlined so that they take the colour and size of the text around them."""

import re
from functools import cache
from pathlib import Path

from django.utils.safestring import SafeString, mark_safe

FOLDER = Path(__file__).parent / "static" / "core" / "icons"
SHAPE = re.compile(r"<(?:path|circle|rect|line|polyline|polygon|ellipse)\b[^>]*/>")
EMPTY_BOX = 'd="M0 0h24v24H0z"'
HEAD = (
    '<svg class="xh-icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-linecap="round" '
    'stroke-linejoin="round" aria-hidden="true" focusable="false">'
)


class UnknownIconError(LookupError):
    """No file of this name; ``python -m tools.vendor --icon NAME`` adds one of the set."""


@cache
def inline(name: str) -> SafeString:
    """The icon ``name`` as an SVG element hidden from screen readers: the words beside it say the same."""
    path = FOLDER / f"{name}.svg"
    if not path.is_file():
        msg = f"{name!r}: no such icon; add it with: python -m tools.vendor --icon {name}"
        raise UnknownIconError(msg)
    shapes = [shape for shape in SHAPE.findall(path.read_text(encoding="utf-8")) if EMPTY_BOX not in shape]
    return mark_safe(f"{HEAD}{''.join(shapes)}</svg>")  # noqa: S308  our own file, no value of a user
