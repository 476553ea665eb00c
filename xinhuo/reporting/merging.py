"""Many units' rows in one sheet: who is listed twice, what numbers come to, whose rows count. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from .cells import number_of
from .columns import Column, plain
from .enums import ColumnType, ReturnState, Standing


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the merged sheet: whose it is (the unit it comes from and the one that sent it) and what it says."""

    org_id: int
    unit: str
    sender_id: int
    sender: str
    return_id: int
    row_id: str
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sum:
    """What a column comes to and how many of the units asked stand behind it. None: nobody gave a number."""

    column: Column
    value: Decimal | None
    reporters: int
    expected: int


def duplicates(columns: Sequence[Column], rows: Sequence[Mapping[str, str]]) -> dict[int, tuple[int, ...]]:
    """For each row that is listed more than once the places of the others.

    Two rows are the same when all key columns say the same (full-width or half-width, with or without blanks).
    A row that leaves one of them empty is nobody's double.
    """
    keys = [column.key for column in columns if column.unique]
    if not keys:
        return {}
    places: dict[tuple[str, ...], list[int]] = {}
    for place, cells in enumerate(rows):
        said = tuple(plain(cells.get(key, "")) for key in keys)
        if all(said):
            places.setdefault(said, []).append(place)
    return {
        place: tuple(other for other in group if other != place)
        for group in places.values()
        if len(group) > 1
        for place in group
    }


def sums(columns: Sequence[Column], lines: Iterable[Line], *, expected: int) -> list[Sum]:
    """Every number column's sum; a unit without a number adds nothing and does not stand behind it."""
    kept = list(lines)
    found = []
    for column in columns:
        if column.type != ColumnType.NUMBER:
            continue
        numbers = [
            (line.sender_id, value)
            for line in kept
            if (value := number_of(line.cells.get(column.key, ""))) is not None
        ]
        total = sum((value for _, value in numbers), Decimal()) if numbers else None
        found.append(Sum(column, total, len({sender for sender, _ in numbers}), expected))
    return found


def counted(state: str, sent: int | None, accepted: int | None, *, accepted_only: bool = False) -> int | None:
    """Which revision of a unit counts: what lies before the upper unit, else what it accepted last.

    ``sent`` is None while an answer is still being signed inside its unit.
    """
    waits = state == ReturnState.SUBMITTED and not accepted_only
    return (sent if waits else None) or accepted


def standing(state: str, sent: int | None, accepted: int | None) -> Standing:
    """See Standing. What was accepted before stays accepted until something newer arrives."""
    if sent is not None and state == ReturnState.SUBMITTED:
        return Standing.SUBMITTED
    if sent is not None and state == ReturnState.RETURNED:
        return Standing.RETURNED
    return Standing.ACCEPTED if accepted is not None else Standing.MISSING
