"""Reading the page 要求回复什么 without scripts: every button posts the whole form and gets the next one back. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from xinhuo.reporting.columns import Column, moved, new_key, problems, split_choices
from xinhuo.reporting.enums import ColumnType

from .ready_lists import BY_KEY

STEPS = {"up": -1, "down": 1}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for, as it stands on the page."""

    wants_list: bool = False
    title: str = ""
    ready_set: str = ""
    columns: tuple[Column, ...] = ()
    wants_text: bool = False
    text_help: str = ""
    wants_files: bool = False
    files_help: str = ""

    @property
    def is_nothing(self) -> bool:
        """No answer is asked for."""
        return not (self.wants_list or self.wants_text or self.wants_files)

    def problems(self) -> dict[str, str]:
        """What keeps it from being sent, by column key."""
        return problems(self.columns) if self.wants_list else {}

    def after(self, wish: str) -> "Wanted":
        """What a button of the page makes of it: ``ready:teachers``, ``add``, ``up:c2``, ``down:c2``, ``drop:c2``."""
        name, _, about = wish.partition(":")
        if name == "ready" and about in BY_KEY:
            ready = BY_KEY[about]
            return replace(self, wants_list=True, ready_set=about, title=ready.title, columns=ready.columns)
        if name == "add":
            column = Column(new_key(self.columns), "")
            return replace(self, wants_list=True, columns=(*self.columns, column))
        if name in STEPS:
            return replace(self, columns=tuple(moved(self.columns, about, STEPS[name])))
        if name == "drop":
            return replace(self, columns=tuple(item for item in self.columns if item.key != about))
        return self

    def as_fields(self) -> dict[str, Any]:
        """For the verbs of forms."""
        return {
            "wants_list": self.wants_list,
            "title": self.title,
            "ready_set": self.ready_set,
            "columns": self.columns,
            "wants_text": self.wants_text,
            "text_help": self.text_help,
            "wants_files": self.wants_files,
            "files_help": self.files_help,
        }


def read_wanted(data: Mapping[str, str], keys: Sequence[str]) -> Wanted:
    """What was posted; ``keys`` are the columns in the order of the page."""
    return Wanted(
        wants_list="wants_list" in data,
        title=data.get("title", "").strip()[:120],
        ready_set=data.get("ready_set", "")[:40],
        columns=tuple(_column(key, data) for key in dict.fromkeys(keys)),
        wants_text="wants_text" in data,
        text_help=data.get("text_help", "").strip()[:200],
        wants_files="wants_files" in data,
        files_help=data.get("files_help", "").strip()[:200],
    )


def _column(key: str, data: Mapping[str, str]) -> Column:
    kind = data.get(f"type-{key}", "")
    return Column(
        key,
        " ".join(data.get(f"label-{key}", "").split()),
        kind if kind in ColumnType.values else ColumnType.TEXT,
        required=f"required-{key}" in data,
        unique=f"unique-{key}" in data,
        choices=split_choices(data.get(f"choices-{key}", "")) if kind == ColumnType.CHOICE else (),
        unit=data.get(f"unit-{key}", "").strip()[:10] if kind == ColumnType.NUMBER else "",
        help=data.get(f"help-{key}", "").strip()[:60],
    )
