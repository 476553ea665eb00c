"""Reminding units of what they owe: each of one thing once in a window, by a person or, before the date, by itself."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db import transaction

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.core.answer import require
from xinhuo.core.dates_zh import short_date
from xinhuo.journal.actions import journal

from ..dates import page_due
from ..enums import NudgeKind, ReportState
from ..models import Nudge, Report
from ..queries.replies import replies_owed
from ..queries.steering import Owed, nudged, pages_owed, receipts_owed
from ..rules.steering import can_steer
from ..windows import SOON_DAYS
from .telling import page_of, tell

BY_ITSELF = "系统"


def owed_now(org_id: int) -> list[Owed]:
    """Everything a unit may remind others of today."""
    return [*receipts_owed(org_id), *pages_owed(org_id, soon=True), *replies_owed(org_id)]


@transaction.atomic
def remind(org_ids: Sequence[int], *, by: Actor) -> tuple[int, int]:
    """Remind the units of all they owe; returns how many units were reminded, and how many had been already."""
    require(can_steer(by))
    wanted = set(org_ids)
    owed = [item for item in owed_now(by.org_id) if item.org.pk in wanted]
    done = nudged(owed)
    fresh = [item for item in owed if not done.covers(item)]
    _write(fresh, by_org_id=by.org_id, by_name=by.person_name)
    units = {item.org.pk: item.org.short_name for item in fresh}
    if units:
        names = "、".join(list(units.values())[:5]) + ("等" if len(units) > 5 else "")  # noqa: PLR2004 - a few
        journal(by, "plans.reminded", f"提醒{names} {len(units)} 个单位")
    return len(units), len({item.org.pk for item in owed} - units.keys())


def _write(items: Sequence[Owed], *, by_org_id: int, by_name: str) -> None:
    """Record each reminder first: the key makes a second one impossible; then one message a unit."""
    moment = clock.now()
    Nudge.objects.bulk_create(
        [
            Nudge(
                org_id=item.org.pk,
                by_org_id=by_org_id,
                kind=item.kind,
                subject_id=item.subject_id,
                window=item.window,
                by_name=by_name,
                at=moment,
            )
            for item in items
        ],
        ignore_conflicts=True,
        batch_size=500,
    )
    for item in items:
        _tell(item)


def _tell(item: Owed) -> None:
    word = "请补充" if item.asked else f"请{NudgeKind(item.kind).label}"
    when = f"{short_date(item.due)}前" + (f"，已过 {item.days} 天" if item.days else "")
    name = "call_go" if item.kind == NudgeKind.PAGE else "receipt_go"
    tell(
        "plans.remind",
        org_id=item.org.pk,
        title=f"{word}：{item.title}（{when}）",
        url=page_of(name, item.about),
        window=f"{item.kind}-{item.subject_id}-{item.window}",
    )


def remind_before() -> None:
    """The schedule: a page due in the next days that was never sent is reminded of once, by itself."""
    today = clock.today()
    near = Report.objects.filter(
        state_above=ReportState.DRAFT,
        first_sent_at=None,
        cancelled_by=None,
        call__due__gte=today,
        call__due__lte=today + dt.timedelta(days=SOON_DAYS),
    ).select_related("org", "call")
    by_giver: dict[int, list[Owed]] = {}
    for row in near.iterator(chunk_size=1000):
        due = page_due(row.call.due, row.org.kind)
        if due <= today + dt.timedelta(days=SOON_DAYS) and row.to_org_id != row.org_id:
            owed = Owed(NudgeKind.PAGE, row.pk, row.org, row.call.title, due, 0, row.call_id)
            by_giver.setdefault(row.to_org_id, []).append(owed)
    for giver, items in by_giver.items():
        _remind_alone(giver, items)


@transaction.atomic
def _remind_alone(giver: int, items: Iterable[Owed]) -> None:
    found = list(items)
    done = nudged(found)
    fresh = [item for item in found if not done.covers(item)]
    _write(fresh, by_org_id=giver, by_name=BY_ITSELF)
