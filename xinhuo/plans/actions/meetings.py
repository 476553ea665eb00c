"""Meetings: agenda and minutes; what was decided becomes duties by the way every document goes."""

import datetime as dt
from typing import TypedDict, Unpack

from django.db import transaction

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.core.answer import denied, not_now, require
from xinhuo.core.errors import BadInputError
from xinhuo.documents.actions import create_document
from xinhuo.documents.enums import DocumentKind
from xinhuo.journal.actions import journal

from ..kinds import MEETING
from ..meeting_text import minutes_text
from ..models import Meeting, Plan
from ..rules.year import can_close_year
from .importing import create_plan_from_text


class Said(TypedDict):
    """What a person writes about a meeting."""

    title: str
    held_on: dt.date
    place: str
    chair: str
    agenda: str
    attended: str
    minutes: str
    decisions: str


@transaction.atomic
def record_meeting(meeting: Meeting | None, *, by: Actor, seen: str = "", **said: Unpack[Said]) -> Meeting:
    """Write down a meeting, or change what was written; ``seen`` is the version that was on the screen."""
    require(can_close_year(by))
    moment = clock.now()
    if meeting is None:
        meeting = Meeting(org_id=by.org_id, created_at=moment)
    else:
        meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
        if meeting.org_id != by.org_id:
            require(denied("这次会议由别的单位记录。"))
        if seen != meeting.version:
            require(not_now(f"{meeting.by_name}刚改过这份记录，您的没有写进去。请先看新的内容。"))
        if meeting.document_id:
            require(not_now("议定事项已经读成落实点，记录不能再改。要更正请另记一次。"))
    for name, value in said.items():
        setattr(meeting, name, value)
    meeting.by_name, meeting.updated_at = by.person_name, moment
    meeting.save()
    journal(by, "plans.met", f"记录会议《{meeting.title}》", kind=MEETING, subject_id=meeting.pk)
    return meeting


@transaction.atomic
def read_decisions(meeting: Meeting, *, by: Actor) -> Plan:
    """Make the 纪要 of a meeting and read its decisions into draft duties; once per meeting."""
    require(can_close_year(by))
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("org").get(pk=meeting.pk)
    if meeting.org_id != by.org_id:
        require(denied("这次会议由别的单位记录。"))
    if meeting.document_id:
        require(not_now("这次会议的议定事项已经读成落实点了。"))
    if not meeting.decisions.strip():
        raise BadInputError("还没有写议定事项。一行写一件，例如：由各县（市）在6月底前报骨干老师名单。")
    text = minutes_text(
        title=f"{meeting.title}纪要",
        held_on=meeting.held_on,
        place=meeting.place,
        chair=meeting.chair,
        attended=meeting.attended,
        minutes=meeting.minutes,
        decisions=meeting.decisions,
    )
    document = create_document(
        by=by,
        kind=DocumentKind.MINUTES,
        title=f"{meeting.title}纪要"[:200],
        signed_on=meeting.held_on,
        text=text,
    )
    plan = create_plan_from_text(document, by=by)
    if plan.year != meeting.held_on.year:
        Plan.objects.filter(pk=plan.pk).update(year=meeting.held_on.year)
        plan.year = meeting.held_on.year
    meeting.document = document
    meeting.save(update_fields=["document"])
    number = plan.duties.filter(removed=False).count()
    words = f"把会议《{meeting.title}》的议定事项读成{number}个落实点"
    journal(by, "plans.decisions_read", words, kind=MEETING, subject_id=meeting.pk)
    return plan
