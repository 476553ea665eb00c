"""The columns of a list: what each is called, what it holds, and what is wrong with a set of them. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from .enums import ColumnType

MOST_COLUMNS = 30
LONGEST_LABEL = 30
KEY = re.compile(r"[a-z][a-z0-9_]{0,30}")
ASIDE = re.compile(r"[（(\[【〔].*?[）)\]】〕]")


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``key`` never changes, the label may; ``unique`` columns together tell who is listed twice."""

    key: str
    label: str
    type: str = ColumnType.TEXT
    required: bool = False
    unique: bool = False
    choices: tuple[str, ...] = ()
    unit: str = ""
    help: str = ""

    @property
    def heading(self) -> str:
        """What stands over the column: 订阅数（份）."""
        return f"{self.label}（{self.unit}）" if self.unit else self.label

    def as_json(self) -> dict[str, Any]:
        """For the database."""
        return asdict(self) | {"type": str(self.type), "choices": list(self.choices)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Column":
        """From the database."""
        return cls(**{**data, "choices": tuple(data.get("choices", ()))})


def plain(text: str) -> str:
    """Text for comparing: full-width as half-width, no blanks, lower case."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def header(text: str) -> str:
    """A heading for comparing: without its unit or remark in brackets and without stars."""
    return plain(ASIDE.sub("", text)).strip("*＊:：") or plain(text)


def new_key(columns: Iterable[Column]) -> str:
    """A key that no column of the list has."""
    taken = {column.key for column in columns}
    number = len(taken) + 1
    while f"c{number}" in taken:
        number += 1
    return f"c{number}"


def moved(columns: Sequence[Column], key: str, by: int) -> list[Column]:
    """The columns with one of them ``by`` places further on; at the ends it stays."""
    found = list(columns)
    place = next((number for number, column in enumerate(found) if column.key == key), None)
    if place is None:
        return found
    column = found.pop(place)
    found.insert(max(0, min(len(found), place + by)), column)
    return found


def problems(columns: Sequence[Column]) -> dict[str, str]:
    """What is wrong, by the column's key (empty key: with all of them); nothing when the list can be used."""
    found: dict[str, str] = {}
    if not columns:
        found[""] = "名单还没有栏目。请选一套现成的，或者自己加栏目。"
    if len(columns) > MOST_COLUMNS:
        found[""] = f"栏目最多 {MOST_COLUMNS} 个，现在是 {len(columns)} 个。请删掉不用的。"
    seen: dict[str, str] = {}
    for number, column in enumerate(columns, 1):
        name = header(column.label)
        if not column.label.strip():
            found[column.key] = f"第 {number} 栏没有写名称。请写上，或者删掉这一栏。"
        elif len(column.label) > LONGEST_LABEL:
            found[column.key] = f"栏目名称最多 {LONGEST_LABEL} 个字，要说明的话写在“填写说明”里。"
        elif name in seen:
            found[column.key] = f"有两栏都叫“{column.label}”。请改成不同的名字。"
        elif column.type not in ColumnType.values or not KEY.fullmatch(column.key):
            found[column.key] = f"“{column.label}”的类型认不出来。请重新选择。"
        elif column.type == ColumnType.CHOICE and not column.choices:
            found[column.key] = f"“{column.label}”是选择，请写上可选的几项，用顿号隔开。"
        seen.setdefault(name, column.key)
    return found


def split_choices(text: str) -> tuple[str, ...]:
    """Choices as people write them: 是、否 or one a line."""
    parts = (part.strip() for part in re.split(r"[、，,；;/\n]", text))
    return tuple(dict.fromkeys(part for part in parts if part))
