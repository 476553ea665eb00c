"""The rows of one unit's list: saving what two people typed, adding, taking out, taking over. Pure.

A row is ``{"id", "cells": {key: text}, "v": version it was last changed in, "by": person id}``; ``gone`` marks one
that was taken out (it can be brought back), ``of`` = ``{"org", "unit"}`` whose row it is and ``via`` = ``{"return",
"revision"}`` through which revision it came, when it was taken over from below.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .cells import clean, read
from .columns import Column, plain
from .enums import ColumnType

Row = dict[str, Any]
Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Hand:
    """Who saves: which version this becomes, which one was on the screen, who it is and for which unit."""

    version: int
    seen: int
    person: int
    unit: str
    near: dt.date


@dataclass(slots=True)
class Saved:
    """The rows after a save, whether anything changed, and the rows a colleague was faster with (by id)."""

    rows: list[Row]
    changed: bool = False
    clashes: dict[str, Row] = field(default_factory=dict)


def own(rows: Iterable[Row]) -> list[Row]:
    """The unit's own rows that are still in the list."""
    return [row for row in rows if not row.get("of") and not row.get("gone")]


def listed(rows: Iterable[Row]) -> list[Row]:
    """Everything that goes up: own rows first, then those taken over."""
    return sorted((row for row in rows if not row.get("gone")), key=lambda row: bool(row.get("of")))


def read_cells(columns: Sequence[Column], cells: Cells, hand: Hand) -> dict[str, str]:
    """Cells as they are kept. A unit column left empty in a row that says something means the own unit."""
    kept = {column.key: read(column, cells.get(column.key, ""), near=hand.near).value for column in columns}
    if any(kept.values()):
        for column in columns:
            if column.type == ColumnType.UNIT and not kept[column.key]:
                kept[column.key] = hand.unit
    return {key: value for key, value in kept.items() if value}


def errors(columns: Sequence[Column], row: Row, *, near: dt.date) -> dict[str, str]:
    """What is wrong in a row, by column."""
    found = {
        column.key: read(column, row["cells"].get(column.key, ""), near=near).error for column in columns
    }
    return {key: error for key, error in found.items() if error}


def save(columns: Sequence[Column], rows: Sequence[Row], posted: Mapping[str, Cells], hand: Hand) -> Saved:
    """Put what was typed into the rows. Rows that are not in ``posted`` stay as they are.

    Where a colleague changed a row after the version that was on the screen, theirs stands and the row is named.
    """
    saved = Saved([dict(row) for row in rows])
    by_id = {row["id"]: row for row in saved.rows}
    for row_id, typed in posted.items():
        cells = read_cells(columns, typed, hand)
        row = by_id.get(row_id)
        if row is None:
            if cells:
                saved.rows.append(_row(row_id, cells, hand))
                saved.changed = True
        elif row.get("of") or row["cells"] == cells:
            continue
        elif row["v"] > hand.seen and row["by"] != hand.person:
            saved.clashes[row_id] = row
        else:
            row.update(cells=cells, v=hand.version, by=hand.person)
            row.pop("gone", None)
            if not cells:
                row["gone"] = True  # emptied: no row any more, but its place may be typed into again
            saved.changed = True
    return saved


def add(
    columns: Sequence[Column],
    rows: Sequence[Row],
    added: Iterable[Cells],
    hand: Hand,
    *,
    replace: bool = False,
) -> tuple[list[Row], int, int]:
    """Append rows that came in one go. Returns the rows, how many were added, how many stood there already.

    A row that says exactly what another own one says is not added twice. With ``replace`` the own rows of before
    are taken out first (and can be brought back).
    """
    found = [dict(row) for row in rows]
    if replace:
        for row in found:
            if not row.get("of") and not row.get("gone"):
                row.update(gone=True, v=hand.version, by=hand.person)
    there = {_said(row["cells"]) for row in own(found)}
    number, same = 0, 0
    for typed in added:
        cells = read_cells(columns, typed, hand)
        if not cells:
            continue
        if _said(cells) in there:
            same += 1
            continue
        number += 1
        there.add(_said(cells))
        found.append(_row(f"v{hand.version}-{number}", cells, hand))
    return found, number, same


def take_out(rows: Sequence[Row], row_id: str, hand: Hand) -> list[Row]:
    """One row out; one that came from below is out as well, until it is taken over again."""
    return [
        dict(row) | {"gone": True, "v": hand.version, "by": hand.person} if row["id"] == row_id else dict(row)
        for row in rows
    ]


def bring_back(rows: Sequence[Row], hand: Hand) -> list[Row]:
    """Everything that was taken out comes back, but not a second copy of what stands there."""
    found = []
    for row in rows:
        back = {key: value for key, value in row.items() if key != "gone"}
        if row.get("gone") and row["cells"]:
            back |= {"v": hand.version, "by": hand.person}
            found.append(back)
        elif not row.get("gone"):
            found.append(dict(row))
    return found


def take_over(rows: Sequence[Row], child: "Child", hand: Hand) -> list[Row]:
    """The rows of a unit below, as its revision has them, in place of those taken over from it before."""
    stay = [dict(row) for row in rows if not _from(row, child.return_id)]
    via = {"return": child.return_id, "revision": child.revision}
    taken = [
        {
            "id": f"t{child.return_id}-{row['id']}",
            "cells": dict(row["cells"]),
            "v": hand.version,
            "by": hand.person,
            "of": dict(row.get("of") or {"org": child.org_id, "unit": child.unit}),
            "via": via,
        }
        for row in child.rows
    ]
    return stay + taken


@dataclass(frozen=True, slots=True)
class Child:
    """What a unit below has sent: its return, the id of the revision, and the rows."""

    return_id: int
    revision: int
    org_id: int
    unit: str
    rows: Sequence[Mapping[str, Any]]


def taken_revisions(rows: Iterable[Row]) -> dict[int, int]:
    """Which revision was taken over from which return below."""
    return {
        row["via"]["return"]: row["via"]["revision"] for row in rows if row.get("via") and not row.get("gone")
    }


def for_snapshot(rows: Iterable[Row]) -> list[Row]:
    """The rows as they are frozen when they are sent: what is said and whose it is."""
    return [{key: row[key] for key in ("id", "cells", "of", "via") if row.get(key)} for row in listed(rows)]


def _from(row: Row, return_id: int) -> bool:
    return bool(row.get("via")) and row["via"]["return"] == return_id


def _row(row_id: str, cells: Mapping[str, str], hand: Hand) -> Row:
    return {"id": clean(row_id)[:60], "cells": dict(cells), "v": hand.version, "by": hand.person}


def _said(cells: Cells) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((key, plain(value)) for key, value in cells.items() if value))
