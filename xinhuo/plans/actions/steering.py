"""Steering one duty of one unit: its own target, why it is late, more time."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from django.db import transaction

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.core.answer import require
from xinhuo.core.dates_zh import short_date
from xinhuo.core.errors import BadInputError
from xinhuo.flows.enums import Wait
from xinhuo.flows.todos import close_todos, open_todo
from xinhuo.journal.actions import journal

from ..dates import due_of
from ..enums import DelayCause, ExtensionState
from ..kinds import EXTENSION, PLAN, REPORT, TASK
from ..models import Assignment, Delay, Duty, Extension, Report
from ..rules.steering import (
    can_ask_extension,
    can_decide_extension,
    can_explain,
    can_explain_page,
    can_set_points,
    can_set_target,
)
from ..tally import number_text
from .telling import page_of, tell


def fresh(item: Assignment) -> Assignment:
    """The assignment read again under a lock."""
    rows = Assignment.objects.select_for_update(of=("self",))
    return rows.select_related("duty__node", "duty__plan", "org", "by_org").get(pk=item.pk)


@transaction.atomic
def set_target(item: Assignment, target: Decimal | None, *, by: Actor) -> Assignment:
    """Say how much of a duty this unit is to do; None takes the goal away."""
    item = fresh(item)
    require(can_set_target(by, item))
    if target is not None and target <= 0:
        raise BadInputError("目标要大于 0；不定目标的，请留空。")
    if target == item.target:
        return item
    item.target = target
    item.save(update_fields=["target"])
    goal = f"定为 {number_text(target)} {item.duty.target_unit}" if target is not None else "取消"
    sentence = f"把{item.org.short_name}“{item.duty.title}”的目标{goal}"
    journal(by, "plans.target", sentence, kind=TASK, subject_id=item.pk, fields=["target"])
    return item


@transaction.atomic
def set_points(duty: Duty, points: Sequence[tuple[dt.date, int]], *, by: Actor) -> Duty:
    """Say how many percent are expected by which days; the last date stays the duty's own, whole.

    Raises BadInputError for points out of order or not before the duty's date.
    """
    rows = Duty.objects.select_for_update(of=("self",)).select_related("plan__document")
    duty = rows.get(pk=duty.pk)
    require(can_set_points(by, duty))
    last = duty.due
    if last is None:  # the rule above has refused
        raise AssertionError
    for (day, share), (later, more) in pairwise([*points, (last, 100)]):
        if day >= later or share >= more:
            raise BadInputError(
                f"时间点要一个比一个晚、一个比一个多，都在{short_date(last)}以前，不到 100%。请检查{short_date(day)}这一行。"
            )
    final = {"label": "", "due": last.isoformat(), "basis": duty.due_basis or "notice", "share": None}
    duty.time_points = [
        *(
            {"label": "", "due": day.isoformat(), "basis": "notice", "share": share / 100}
            for day, share in points
        ),
        final,
    ]
    duty.save(update_fields=["time_points"])
    said = "、".join(f"{short_date(day)} {share}%" for day, share in points) or "只有最后的时限"
    journal(
        by,
        "plans.points",
        f"定“{duty.title}”的时间点：{said}",
        kind=PLAN,
        subject_id=duty.plan_id,
        fields=["time_points"],
    )
    return duty


def _checked(cause: str, words: str) -> str:
    words = words.strip()[:200]
    if cause not in DelayCause.values:
        raise BadInputError("请选一个原因。")
    if cause == DelayCause.OTHER and not words:
        raise BadInputError("选了“其他”，请写一句是什么原因。")
    return words


@transaction.atomic
def explain(item: Assignment, cause: str, words: str, *, by: Actor) -> Delay:
    """Record why one duty is late; the newest words hold, older ones stay on record."""
    item = fresh(item)
    require(can_explain(by, item))
    words = _checked(cause, words)
    delay = Delay.objects.create(
        assignment=item, cause=cause, words=words, by_org_id=by.org_id, by_name=by.person_name, at=clock.now()
    )
    sentence = f"说明{item.org.short_name}“{item.duty.title}”进展较慢的原因：{delay}"
    journal(by, "plans.explained", sentence, kind=TASK, subject_id=item.pk)
    return delay


@transaction.atomic
def explain_page(report: Report, cause: str, words: str, *, by: Actor) -> Delay:
    """Record why a whole page is late; it holds for every duty on it that has no cause of its own yet."""
    report = Report.objects.select_for_update(of=("self",)).select_related("org", "call").get(pk=report.pk)
    require(can_explain_page(by, report))
    words = _checked(cause, words)
    made = {"cause": cause, "words": words, "by_org_id": by.org_id, "by_name": by.person_name}
    delay = Delay.objects.create(report=report, at=clock.now(), **made)
    on_page = Assignment.objects.filter(rows__report=report, delays__isnull=True)
    Delay.objects.bulk_create([Delay(assignment=item, at=clock.now(), **made) for item in on_page])
    sentence = f"说明{report.org.short_name}《{report.call.title}》晚报的原因：{delay}"
    journal(by, "plans.explained", sentence, kind=REPORT, subject_id=report.pk)
    return delay


@transaction.atomic
def ask_extension(item: Assignment, new_due: dt.date, reason: str, *, by: Actor) -> Extension:
    """Ask the unit that gave the duty for more time. Raises BadInputError for a date that is no extension."""
    item = fresh(item)
    require(can_ask_extension(by, item))
    old = due_of(item)
    if old is None or new_due <= old:
        raise BadInputError("延到的日期要在原来的时限以后。")
    if new_due < clock.today():
        raise BadInputError("延到的日期已经过了，请选今天或以后的日期。")
    if not reason.strip():
        raise BadInputError("请写一句为什么要延期。")
    extension = Extension.objects.create(
        assignment=item,
        old_due=old,
        new_due=new_due,
        reason=reason.strip()[:300],
        by_name=by.person_name,
        asked_at=clock.now(),
    )
    title = f"{item.org.short_name}申请延期：{item.duty.title}"
    open_todo(
        org_id=item.by_org_id,
        wait=Wait.DECIDE,
        kind=EXTENSION,
        subject_id=extension.pk,
        title=title,
        detail=f"从{short_date(old)}延到{short_date(new_due)}。{extension.reason}",
        cite=item.duty.node.cite,
    )
    sentence = f"申请把“{item.duty.title}”从{short_date(old)}延到{short_date(new_due)}"
    journal(by, "plans.extension_asked", sentence, kind=TASK, subject_id=item.pk)
    return extension


@transaction.atomic
def decide_extension(extension: Extension, *, grant: bool, answer: str, by: Actor) -> Extension:
    """Grant (the date of this unit's duty moves, the old one stays on record) or refuse with a reason."""
    rows = Extension.objects.select_for_update(of=("self",)).select_related("assignment")
    extension = rows.get(pk=extension.pk)
    require(can_decide_extension(by, extension))
    if not grant and not answer.strip():
        raise BadInputError("不同意的，请写一句理由，让对方知道怎么办。")
    item = fresh(extension.assignment)
    extension.advance(ExtensionState.GRANTED if grant else ExtensionState.REFUSED)
    extension.decided_by, extension.decided_at = by.person_name, clock.now()
    extension.answer = answer.strip()[:300]
    extension.save()
    if grant:
        item.first_due = item.first_due or due_of(item)
        item.due = extension.new_due
        item.save(update_fields=["first_due", "due"])
    close_todos(EXTENSION, extension.pk)
    said = "同意" if grant else "没有同意"
    sentence = f"{said}{item.org.short_name}把“{item.duty.title}”延到{short_date(extension.new_due)}"
    journal(by, "plans.extension_decided", sentence, kind=TASK, subject_id=item.pk, fields=["due"])
    tell(
        EXTENSION,
        org_id=item.org_id,
        title=f"延期{said}：{item.duty.title}",
        detail=extension.answer,
        url=page_of("task_detail", item.pk),
        window=str(extension.pk),
    )
    return extension
