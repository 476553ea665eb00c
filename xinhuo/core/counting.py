"""The small numbers of the frame: all in one query, asked for once and only when one of them is shown."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from django.db.models import Count, QuerySet, Value

from .actor import Actor

Source = Callable[[Actor], int | QuerySet[Any]]


class Counts:
    """Numbers by key. A source that gives rows instead of a number has them counted together with the others'."""

    def __init__(self, actor: Actor, sources: Mapping[str, Source]) -> None:
        """Nothing is asked yet."""
        self.actor = actor
        self.sources = sources

    def __getitem__(self, key: str) -> int:
        """The number behind ``key``; 0 where nobody counts."""
        return self._found.get(key, 0)

    @cached_property
    def _found(self) -> dict[str, int]:
        given = {key: source(self.actor) for key, source in self.sources.items()}
        found = {key: value for key, value in given.items() if isinstance(value, int)}
        parts = [_counted(key, value) for key, value in given.items() if not isinstance(value, int)]
        if parts:
            found |= dict(parts[0].union(*parts[1:], all=True) if parts[1:] else parts[0])
        return found


def _counted(key: str, rows: QuerySet[Any]) -> Any:
    named = rows.order_by().annotate(counted_as=Value(key)).values("counted_as")
    return named.annotate(number=Count("pk")).values_list("counted_as", "number")
