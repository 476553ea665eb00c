"""What closing a duty needs (办结). Pure: what is missing stops it, what is doubtful a person may confirm."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from .tally import Tally, number_text


@dataclass(frozen=True, slots=True)
class Ready:
    """What is missing, and what a person should look at before closing all the same."""

    missing: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Whether it may be closed, doubts aside."""
        return not self.missing


@dataclass(frozen=True, slots=True)
class Reported:
    """What is known of one duty of one unit when it is to be closed."""

    accepted: bool
    newer_waits: bool
    asks_file: bool
    files: int
    target: Decimal | None
    number: Decimal | None
    unit: str
    below: Tally | None
    late_days: int
    cause: str


def check(said: Reported) -> Ready:
    """What the person who closes is told."""
    ready = Ready()
    if not said.accepted:
        ready.missing.append("还没有审核通过的进展。请先请对方报送，审核通过以后再办结。")
        return ready
    if said.asks_file and not said.files:
        ready.missing.append("这一项要交成果，审核通过的进展里没有附材料。请先请对方补充。")
    if said.newer_waits:
        ready.doubts.append("对方又报了新的进展，还没有审核。")
    if said.target is not None and said.number is None:
        ready.doubts.append(f"定了目标 {number_text(said.target)} {said.unit}，对方没有报数。")
    elif said.target is not None and said.number is not None and said.number < said.target:
        ready.doubts.append(
            f"目标 {number_text(said.target)} {said.unit}，现报 {number_text(said.number)} {said.unit}。"
        )
    if said.below and not said.below.complete:
        ready.doubts.append(f"下级 {said.below.expected} 个单位里，审核通过的有 {said.below.reported} 个。")
    if said.late_days and not said.cause:
        ready.doubts.append(f"报晚了 {said.late_days} 天，还没有写明原因。")
    return ready


def on_time(pages: Iterable[int | None]) -> tuple[int, int]:
    """How many pages of how many came in time: days late of each, None for one that is due and never came."""
    found = list(pages)
    return sum(days == 0 for days in found), len(found)
