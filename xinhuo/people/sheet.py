"""The sheet by which many accounts are opened at once: its columns, and what each row says. No database here."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from xinhuo.core.actor import Role
from xinhuo.core.errors import BadInputError

COLUMNS = ("单位", "姓名", "职务", "角色", "手机")
NEEDED = ("单位", "姓名", "角色")
LONGEST = {"姓名": 40, "职务": 40, "手机": 30, "单位": 200}
MOST_ROWS = 2000
PHONE = re.compile(r"\+?[\d\s-]{7,20}")
ROLES = {label: value for value, label in Role.choices}


@dataclass(slots=True)
class Row:
    """One row of the sheet. ``line`` is its number in the workbook; ``problem`` says why it cannot be used."""

    line: int
    unit: str
    name: str
    title: str
    role: str
    phone: str
    org_id: int | None = None
    org_name: str = ""
    username: str = ""
    problem: str = ""

    @property
    def role_label(self) -> str:
        """The role as people call it."""
        return Role(self.role).label if self.role in Role.values else self.role

    def as_json(self) -> dict[str, Any]:
        """Ready to be stored."""
        return asdict(self)


def read_rows(table: Sequence[Mapping[str, str]], lines: Sequence[int]) -> list[Row]:
    """What each row says, given as a mapping by column; ``lines`` are their numbers in the workbook.

    Raises BadInputError when there is nothing to read, or too much for once.
    """
    if not table:
        raise BadInputError("表里没有可以读的行。请从表头下面一行开始填。")
    if len(table) > MOST_ROWS:
        raise BadInputError(f"一次最多开通 {MOST_ROWS:,} 个账号，这张表有 {len(table):,} 行。请分成几张表。")
    return [_row(line, values) for line, values in zip(lines, table, strict=True)]


def phone_problem(phone: str) -> str:
    """What is wrong with a telephone number (Chinese), or an empty text; an empty number is fine."""
    if phone and not PHONE.fullmatch(phone):
        return f"电话“{phone}”不像电话号码。请写手机号，或者带区号的座机号。"
    return ""


def _row(line: int, values: Mapping[str, str]) -> Row:
    cells = {column: " ".join(values.get(column, "").split()) for column in COLUMNS}
    row = Row(
        line=line,
        unit=cells["单位"],
        name=cells["姓名"].replace(" ", ""),
        title=cells["职务"],
        role=cells["角色"],
        phone=cells["手机"],
    )
    row.problem = _problem(row)
    row.role = ROLES.get(row.role, row.role)
    return row


def _problem(row: Row) -> str:
    values = {"单位": row.unit, "姓名": row.name, "职务": row.title, "手机": row.phone}
    for column, longest in LONGEST.items():
        if len(values[column]) > longest:
            return f"{column}最多 {longest} 个字，现在是 {len(values[column])} 个。"
    if not row.unit:
        return "没有填单位。"
    if not row.name:
        return "没有填姓名。"
    if row.role not in ROLES:
        return f"角色“{row.role}”不认识，只能是{'、'.join(ROLES)}。" if row.role else "没有填角色。"
    return phone_problem(row.phone)
