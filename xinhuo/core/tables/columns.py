"""What a list is made of: columns and filters."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet
from django.utils.html import strip_tags

M = TypeVar("M", bound=Model)
Choice = tuple[str, str]
"""A value in the address and its label."""


@dataclass(frozen=True)
class Column(Generic[M]):
    """One column.

    ``cell`` gives the finished text or SafeString of a row: already counted, dated and linked; plain text is
    escaped. ``sort`` names the database fields or expressions to order by (ascending), ``export`` the plain value
    for the workbook (default: the cell without its markup). ``numeric`` is set right and with equal digits.
    """

    key: str
    label: str
    cell: Callable[[M], Any]
    sort: str | Sequence[Any] = ()
    export: Callable[[M], Any] | None = None
    numeric: bool = False
    heading: bool = False
    hide_on_phone: bool = False
    hide_for_elders: bool = False
    nowrap: bool = False

    @property
    def css(self) -> str:
        """The classes of the column's cells."""
        wanted = {
            "num": self.numeric,
            "xh-hide-phone": self.hide_on_phone,
            "xh-elder-hide": self.hide_for_elders,
            "xh-nowrap": self.nowrap,
        }
        return " ".join(name for name, on in wanted.items() if on)

    @property
    def order(self) -> tuple[Any, ...]:
        """The fields to order by."""
        return (self.sort,) if isinstance(self.sort, str) else tuple(self.sort)

    def plain(self, row: M) -> Any:
        """The value for the workbook."""
        if self.export is not None:
            return self.export(row)
        value = self.cell(row)
        return _unescaped(strip_tags(str(value))) if hasattr(value, "__html__") else value


def _unescaped(text: str) -> str:
    from html import unescape  # noqa: PLC0415  only exports need it

    return " ".join(unescape(text).split())


@dataclass(frozen=True)
class Filter(Generic[M]):
    """A choice that narrows a list: its name in the address, its label, its choices and what it does.

    ``apply`` gets the queryset and the chosen value. ``any_label`` stands for "no narrowing".
    """

    key: str
    label: str
    choices: Sequence[Choice] | Callable[[], Sequence[Choice]]
    apply: Callable[[QuerySet[M], str], QuerySet[M]]
    any_label: str = "全部"

    def options(self) -> list[Choice]:
        """The choices, asked for now."""
        return [
            (str(value), label)
            for value, label in (self.choices() if callable(self.choices) else self.choices)
        ]


def flag(key: str, label: str, apply: Callable[[QuerySet[M]], QuerySet[M]], yes: str = "是") -> Filter[M]:
    """A filter with one choice: on or off."""
    return Filter(key, label, [("1", yes)], lambda rows, _: apply(rows))
