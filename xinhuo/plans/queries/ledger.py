"""The ledger (台账): a row per duty and unit, as ready strings, and as an .xlsx file."""

import datetime as dt
from collections.abc import Iterator

from xinhuo.core.actor import Actor
from xinhuo.core.clock import SHANGHAI
from xinhuo.core.workbook import SheetSpec

from ..dates import due_of
from ..models import Assignment, Plan
from ..models.work import AssignmentQuerySet
from ..tally import STANDING_WORDS
from .duties import standing
from .lights import Lamps
from .tasks import cause_words, latest_cause

HEADINGS = (
    ("出处", 18),
    ("落实点", 40),
    ("单位", 24),
    ("布置单位", 20),
    ("时限", 12),
    ("原定时限", 12),
    ("进度", 12),
    ("进度说明", 44),
    ("状态", 14),
    ("数量", 10),
    ("计量单位", 8),
    ("进展", 60),
    ("审核日期", 12),
    ("超期天数", 10),
    ("原因", 24),
    ("办结日期", 12),
    ("代报单位", 20),
    ("变更依据", 20),
)


def ledger_rows(plan: Plan, actor: Actor) -> Iterator[tuple[object, ...]]:
    """Rows in the order of the text, then of the tree; numbers are the last accepted ones."""
    return _rows(Assignment.objects.visible_to(actor), plan)


def rows_for(plan: Plan, path: str, org_id: int) -> list[tuple[object, ...]]:
    """The same for a unit by its place and id: what anybody of it sees."""
    return list(_rows(Assignment.objects.seen_from(path, org_id), plan))


def _rows(seen: AssignmentQuerySet, plan: Plan) -> Iterator[tuple[object, ...]]:
    found = (
        seen.filter(duty__plan=plan, duty__removed=False)
        .select_related(
            "duty__node",
            "org",
            "by_org",
            "delivery",
            "accepted_proxy",
            "cancelled_by__document",
            "amended_by__document",
        )
        .annotate(cause=latest_cause(assignment="pk"))
        .order_by("duty__position", "org__path")
    )
    lamps = Lamps()
    for item in found.iterator(chunk_size=1000):
        light = lamps.of(item)
        yield (
            item.duty.node.cite,
            item.duty.title,
            item.org.name,
            item.by_org.name if item.by_org_id != item.org_id else "本级",
            _iso(due_of(item)),
            _iso(item.first_due or item.due_before),
            light.text,
            light.why,
            STANDING_WORDS[standing(item)],
            float(item.accepted_number) if item.accepted_number is not None else "",
            item.duty.target_unit,
            item.accepted_sentence,
            _day(item.accepted_at),
            item.accepted_late_days or "",
            cause_words(getattr(item, "cause", "")),
            _day(item.closed_at),
            item.accepted_proxy.name if item.accepted_proxy else "",
            _basis(item),
        )


def _iso(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def _day(moment: dt.datetime | None) -> str:
    return moment.astimezone(SHANGHAI).date().isoformat() if moment else ""


def _basis(item: Assignment) -> str:
    amendment = item.cancelled_by or item.amended_by
    return amendment.document.cite if amendment else ""


def ledger_sheet(plan: Plan, actor: Actor) -> SheetSpec:
    """The ledger as a sheet to write."""
    return SheetSpec(
        f"{plan.year}年台账",
        [label for label, _ in HEADINGS],
        ledger_rows(plan, actor),
        [width for _, width in HEADINGS],
    )
