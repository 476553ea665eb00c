"""A unit that passed a document on sets its own dates again after the issuer has moved them."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import transaction

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.core.answer import require
from xinhuo.core.contracts import Change
from xinhuo.core.dates_zh import short_date
from xinhuo.core.errors import BadInputError
from xinhuo.journal.actions import journal

from ..amended import Amendment
from ..kinds import DOCUMENT as SUBJECT
from ..models import Document
from ..queries.amendable import OwnDate, days_between, own_dates
from ..reach import everybody
from ..rules import can_set_own_dates
from .applying import apply_change
from .terms import check_order


@transaction.atomic
def set_own_dates(amendment: Amendment, dates: Mapping[str, dt.date], *, by: Actor) -> int:
    """Move the dates the actor's unit gave when it passed the document on; returns how many changed.

    They lie between what they were before the change (so that nobody becomes late by it) and the date from above.
    """
    amendment = Amendment.objects.select_related("amends", "document").get(pk=amendment.pk)
    require(can_set_own_dates(by, amendment))
    changed = 0
    for document in _forwarding(amendment, by):
        own = own_dates(amendment, document)
        check_own_dates(dates, own)
        moved = {item.date.key: dates[item.date.key] for item in own if _moves(item, dates)}
        if not moved:
            continue
        changed += len(moved)
        days = days_between(moved, [item.date for item in own])
        change = Change(document.pk, amendment.pk, days, again=True)
        apply_change(change, document, [by.org_id, *(row.org_id for row in everybody(document))], by=by)
        words = "、".join(
            f"{item.date.label}改到{short_date(moved[item.date.key])}"
            for item in own
            if item.date.key in moved
        )
        sentence = f"按{amendment.document.cite}调整本单位定的时限：{words}"
        journal(by, "documents.own_dates", sentence, kind=SUBJECT, subject_id=document.pk)
    return changed


def _forwarding(amendment: Amendment, by: Actor) -> list[Document]:
    rows = Document.objects.select_for_update(of=("self",)).filter(
        root=amendment.amends.root_or_self, issuer_id=by.org_id, state="sent"
    )
    return list(rows.order_by("pk"))


def _moves(item: OwnDate, dates: Mapping[str, dt.date]) -> bool:
    return item.date.key in dates and dates[item.date.key] != item.date.due


def check_own_dates(dates: Mapping[str, dt.date], own: Sequence[OwnDate]) -> None:
    """Raise BadInputError for a date that would make units late, or that lies after the one from above."""
    for item in own:
        new = dates.get(item.date.key)
        if new is None or new == item.date.due:
            continue
        if new < max(item.earliest, clock.today()):
            raise BadInputError(
                f"“{item.date.label}”不能早于{short_date(max(item.earliest, clock.today()))}，"
                "不然已经按原来日期安排的单位会变成超期。"
            )
        if item.date.latest and new > item.date.latest:
            raise BadInputError(
                f"上级给您单位的“{item.date.label}”是{short_date(item.date.latest)}，给下级的不能晚于这一天。"
            )
    check_order(dates, [item.date for item in own])
