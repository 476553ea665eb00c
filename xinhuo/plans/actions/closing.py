"""办结: closing a duty of one unit with a check, all units of a duty at once, and opening it again with a reason."""

from collections.abc import Sequence

from django.db import transaction

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.core.answer import require
from xinhuo.core.errors import BadInputError
from xinhuo.journal.actions import journal

from ..closing import Ready
from ..kinds import TASK
from ..models import Assignment, Closing, Duty
from ..queries.closing import causes_of, readiness
from ..rules.steering import can_close, can_reopen
from .steering import fresh
from .telling import page_of, tell


@transaction.atomic
def close_task(item: Assignment, *, words: str = "", confirmed: bool = False, by: Actor) -> Closing:
    """Close one duty of one unit. Days late and their cause are copied and stay, whatever comes after.

    Raises BadInputError with what is missing, or with what is doubtful while ``confirmed`` is false.
    """
    item = fresh(item)
    require(can_close(by, item))
    ready = readiness([item])[item.pk]
    if ready.missing:
        raise BadInputError("".join(ready.missing))
    if ready.doubts and not confirmed:
        raise BadInputError("请先看一遍提示，勾选“看过了，照样办结”。" + "".join(ready.doubts))
    return _close(item, words, by)


def _close(item: Assignment, words: str, by: Actor) -> Closing:
    item.closed_at = clock.now()
    item.save(update_fields=["closed_at"])
    closing = Closing.objects.create(
        assignment=item,
        words=words.strip()[:300],
        late_days=item.accepted_late_days or 0,
        cause=causes_of([item.pk]).get(item.pk, ""),
        by_name=by.person_name,
        at=item.closed_at,
    )
    late = f"，晚 {closing.late_days} 天" if closing.late_days else ""
    sentence = f"办结{item.org.short_name}的“{item.duty.title}”{late}"
    journal(by, "plans.closed", sentence, kind=TASK, subject_id=item.pk, fields=["closed_at"])
    tell(
        "plans.closed",
        org_id=item.org_id,
        title=f"已办结：{item.duty.title}",
        url=page_of("task_detail", item.pk),
        window=str(closing.pk),
    )
    return closing


@transaction.atomic
def close_duty(
    duty: Duty, *, confirmed: bool = False, by: Actor
) -> tuple[int, list[tuple[Assignment, Ready]]]:
    """Close a duty for all units the actor's unit gave it to; returns how many, and those that are not ready.

    Units with doubts are closed only when ``confirmed``; they are handed back otherwise.
    """
    rows = Assignment.objects.complete().select_for_update(of=("self",))
    given = rows.filter(duty=duty, by_org_id=by.org_id, closed_at=None)
    items: Sequence[Assignment] = list(
        given.select_related("duty__node", "duty__plan", "org", "by_org").order_by("org__path")
    )
    if not items:
        raise BadInputError("这个落实点没有要办结的：没有布置给下级，或者都已经办结了。")
    ready = readiness(items)
    closed, left = 0, []
    for item in items:
        require(can_close(by, item))
        found = ready[item.pk]
        if found.missing or (found.doubts and not confirmed):
            left.append((item, found))
            continue
        _close(item, "", by)
        closed += 1
    return closed, left


@transaction.atomic
def reopen(item: Assignment, reason: str, *, by: Actor) -> Assignment:
    """Open a closed duty again; the closing stays on record with its days late."""
    item = fresh(item)
    require(can_reopen(by, item))
    if not reason.strip():
        raise BadInputError("请写一句为什么要重新打开。")
    item.closings.filter(reopened_at=None).update(
        reopened_at=clock.now(), reopened_by=by.person_name, reason=reason.strip()[:300]
    )
    item.closed_at = None
    item.save(update_fields=["closed_at"])
    sentence = f"重新打开{item.org.short_name}的“{item.duty.title}”：{reason.strip()}"
    journal(by, "plans.reopened", sentence, kind=TASK, subject_id=item.pk, fields=["closed_at"])
    tell(
        "plans.reopened",
        org_id=item.org_id,
        title=f"重新打开：{item.duty.title}",
        detail=reason.strip(),
        url=page_of("task_detail", item.pk),
        window=f"{item.pk}-{clock.now():%Y%m%d%H%M%S}",
    )
    return item
