"""The rows of a list as finished markup. A template loop over cells costs most of a long page's time."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from .columns import Column


def body(columns: Sequence[Column[Any]], rows: Iterable[Any]) -> SafeString:
    """All rows; the heading column is a row header, the others carry their label for the phone's layout."""
    heading = next((column for column in columns if column.heading), None)
    shapes = [_shape(column, heading or _first_words(columns)) for column in columns]
    lines = (
        "".join(f"{start}{conditional_escape(column.cell(row))}{end}" for column, start, end in shapes)
        for row in rows
    )
    return mark_safe("".join(f"<tr>{line}</tr>\n" for line in lines))  # noqa: S308  every cell is escaped above


def _first_words(columns: Sequence[Column[Any]]) -> Column[Any] | None:
    return next((column for column in columns if not column.numeric), None)


def _shape(column: Column[Any], heading: Column[Any] | None) -> tuple[Column[Any], str, str]:
    css = f' class="{column.css}"' if column.css else ""
    if column is heading:
        return column, f'<th scope="row"{css}>', "</th>"
    label = f' data-th="{conditional_escape(column.label)}"' if column.label else ""
    return column, f"<td{css}{label}>", "</td>"
