"""Pure arithmetic of progress: n of m, sums that never take a missing report for a zero, cells of the matrix."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Tally:
    """``reported`` of ``expected`` units, and the sum of what they said; ``total`` is None when nobody did.

    ``proxied`` of the reported ones were reported for by another unit (代报).
    """

    reported: int
    expected: int
    total: Decimal | None
    proxied: int = 0

    @property
    def complete(self) -> bool:
        """Whether everybody expected has reported."""
        return self.expected > 0 and self.reported == self.expected

    @property
    def fraction(self) -> str:
        """``7/9``."""
        return f"{self.reported}/{self.expected}"

    @property
    def proxied_words(self) -> str:
        """，其中代报 3 所; empty without one."""
        return proxied_words(self.proxied)


def proxied_words(number: int) -> str:
    """What stands behind “n of m” where some were reported for by another unit; empty for none."""
    return f"，其中代报 {number} 所" if number else ""


def add_up(reports: Iterable[tuple[bool, Decimal | None]], *, proxied: int = 0) -> Tally:
    """Combine ``(reported, number)`` pairs. A reported unit without a number counts, but adds nothing."""
    reported = expected = 0
    total: Decimal | None = None
    for has_reported, number in reports:
        expected += 1
        if not has_reported:
            continue
        reported += 1
        if number is not None:
            total = number if total is None else total + number
    return Tally(reported, expected, total, proxied)


class Counted(Protocol):
    """An assignment, as far as sums need it."""

    @property
    def by_org_id(self) -> int:
        """Who gave it."""
        ...

    @property
    def accepted_revision(self) -> int | None:
        """The revision that totals use, if any was accepted."""
        ...

    @property
    def accepted_number(self) -> Decimal | None:
        """Its number."""
        ...

    @property
    def accepted_proxy_id(self) -> int | None:
        """Another unit that reported for it (代报)."""
        ...

    @property
    def cancelled_by_id(self) -> int | None:
        """The change by which nothing more is owed."""
        ...


def tally_of(items: Iterable[Counted], *, giver: int) -> Tally:
    """N of m and the sum of a duty as its giver sees them: everybody it was given to, the giver's own part included.

    The one place where it is said who counts: the matrix, the drawer and the sums above an assignment use it.
    """
    owed = [item for item in items if item.by_org_id == giver and item.cancelled_by_id is None]
    return add_up(
        ((item.accepted_revision is not None, item.accepted_number) for item in owed),
        proxied=sum(item.accepted_proxy_id is not None for item in owed),
    )


def with_own(own: Decimal | None, children: Decimal | None) -> Decimal | None:
    """A unit's total: its own part (本级) plus its children's accepted sum; None when neither was said."""
    if own is None:
        return children
    return own if children is None else own + children


def both(one: Tally, other: Tally) -> Tally:
    """Two groups of different units counted together."""
    return Tally(
        one.reported + other.reported,
        one.expected + other.expected,
        with_own(one.total, other.total),
        one.proxied + other.proxied,
    )


def number_text(number: Decimal | None) -> str:
    """A number as people write it, without needless zeros or an exponent; empty when there is none."""
    if number is None:
        return ""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


class Standing(StrEnum):
    """Where one assignment stands; the order is also the order of what needs looking at first."""

    MISSING = "missing"
    RETURNED = "returned"
    WAITING = "waiting"
    CHANGED = "changed"
    ACCEPTED = "accepted"
    CANCELLED = "cancelled"


STANDING_WORDS = {
    Standing.MISSING: "还没报",
    Standing.RETURNED: "请补充",
    Standing.WAITING: "待审核",
    Standing.CHANGED: "有改动，待审核",
    Standing.ACCEPTED: "已审核",
    Standing.CANCELLED: "已取消",
}


def standing_of(sent: int | None, accepted: int | None, *, returned: bool = False) -> Standing:
    """Where an assignment stands, from the revision last sent up and the one last accepted."""
    if sent is None:
        return Standing.MISSING
    if returned:
        return Standing.RETURNED
    if accepted is None:
        return Standing.WAITING
    return Standing.ACCEPTED if sent == accepted else Standing.CHANGED


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the matrix: what is printed, what is read aloud, and a state for its looks."""

    text: str
    spoken: str
    state: str
    light: str = ""
    glyph: str = ""

    def lit(self, state: str, glyph: str, why: str) -> "Cell":
        """The cell under a light: ▲ and ◆ stand in front of what it says, the reason is read aloud."""
        shown = glyph if state in {"amber", "red"} else ""
        if state == "done":
            return Cell("✓", f"{self.spoken}。{why}", self.state, state, "")
        text = "" if shown and self.text == NOTHING_YET else self.text
        return Cell(text, f"{self.spoken}。{why}", self.state, state, shown)


NOTHING_YET = "○"
NOT_CONCERNED = Cell("·", "不承担", "none")
CANCELLED = Cell("消", "已取消", "idle")


def unit_cell(standing: Standing | None, below: Tally | None, share: str = "") -> Cell:
    """The cell of a single unit; ``below`` counts the units it passed the duty on to, ``share`` is its percentage."""
    if standing in (None, Standing.CANCELLED):
        return CANCELLED if standing else NOT_CONCERNED
    if standing == Standing.ACCEPTED:
        return Cell(share or "已审", f"已审核{'，完成 ' if share else ''}{share}", "done")
    if standing in (Standing.WAITING, Standing.CHANGED):
        return Cell("待审", STANDING_WORDS[standing], "waiting")
    if standing == Standing.RETURNED:
        return Cell("补充", "请补充", "returned")
    if below and below.expected:
        return Cell(below.fraction, f"下级{below.expected}个单位报了{below.reported}个", "part")
    return Cell(NOTHING_YET, "还没报", "idle")


def group_cell(standings: Iterable[Standing]) -> Cell:
    """The cell of a collapsed group: accepted of all."""
    given = list(standings)
    found = [item for item in given if item != Standing.CANCELLED]
    if not found:
        return CANCELLED if given else NOT_CONCERNED
    done = sum(item == Standing.ACCEPTED for item in found)
    waiting = sum(item in (Standing.WAITING, Standing.CHANGED) for item in found)
    spoken = f"{len(found)}个单位，已审核{done}个" + (f"，待审核{waiting}个" if waiting else "")
    if done == len(found):
        return Cell(f"{done}/{len(found)}", spoken, "done")
    return Cell(f"{done}/{len(found)}", spoken, "waiting" if waiting else "part" if done else "idle")
