"""How values combine, first over time within a unit, then over units. Pure arithmetic."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

Value = int | Fraction
WAYS = frozenset({"sum", "last", "average", "none"})


@dataclass(frozen=True, slots=True)
class Total:
    """A figure with those who stand behind it. ``value`` is None where nobody reported: missing is never zero.

    ``expected`` is how many units owe a value, or None where the measure does not say.
    """

    value: Value | None
    reporters: int
    expected: int | None = None

    @property
    def missing(self) -> int | None:
        """How many of those expected have not reported."""
        return None if self.expected is None else self.expected - self.reporters


def over_time(rows: Iterable[tuple[int, int]], way: str) -> dict[int, Value]:
    """One value per unit from its rows of a period, oldest first. Units stay in the order of their newest row.

    ``sum`` adds, ``last`` takes the newest, ``average`` the mean; ``none`` allows a single row per unit and
    raises ValueError on a second.
    """
    _check(way)
    values: dict[int, list[int]] = {}
    for org_id, value in rows:
        earlier = values.pop(org_id, [])
        if earlier and way == "none":
            msg = f"unit {org_id} has two values in a period that allows one"
            raise ValueError(msg)
        values[org_id] = [*earlier, value]
    return {org_id: _combine(found, way) for org_id, found in values.items()}


def over_units(values: Mapping[int, Value], units: Collection[int], own: int, way: str) -> Total:
    """The figure of a unit from the values of ``units`` (its subtree with itself, ``own``).

    ``sum`` adds, ``average`` is the mean of those who reported, ``last`` the newest value reported by any of
    them; ``none`` does not climb: only the unit's own value counts.
    """
    _check(way)
    inside = {own} if way == "none" else units
    found = [value for org_id, value in values.items() if org_id in inside]
    return Total(value=_combine(found, way) if found else None, reporters=len(found))


def _combine(found: list[Value] | list[int], way: str) -> Value:
    if way == "sum":
        return sum(found, start=0)
    if way == "average":
        mean = Fraction(sum(found, start=0)) / len(found)
        return mean.numerator if mean.denominator == 1 else mean
    return found[-1]


def _check(way: str) -> None:
    if way not in WAYS:
        msg = f"values combine by {sorted(WAYS)}, not by {way!r}"
        raise ValueError(msg)
