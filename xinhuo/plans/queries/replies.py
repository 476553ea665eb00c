"""Answers to notices (名单、回执……) that others still owe a unit."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import F, Q

from xinhuo.core import clock
from xinhuo.documents.kinds import DOCUMENT
from xinhuo.reporting.enums import ReturnState, RoundState
from xinhuo.reporting.models import Return

from ..dates import late_days
from ..enums import NudgeKind
from ..windows import SOON_DAYS
from .steering import Owed

NEVER_SENT = Q(sent_revision=None, accepted_revision=None)
ASKED_AGAIN = Q(state=ReturnState.RETURNED, sent_revision__isnull=False)


def waiting_replies() -> Any:
    """Answers that never came or were asked to be completed, with a date, in rounds that still run."""
    rows = Return.objects.arrived().filter(
        NEVER_SENT | ASKED_AGAIN, round__kind=DOCUMENT, round__state=RoundState.OPEN, due__isnull=False
    )
    return rows.exclude(org=F("round__asker")).select_related("org", "round")


def replies_owed(org_id: int) -> list[Owed]:
    """What others should have answered by now, and what they owe in the next days. ``about`` is the document."""
    today = clock.today()
    rows = waiting_replies().filter(round__asker_id=org_id, due__lte=today + dt.timedelta(days=SOON_DAYS))
    return list(_owed(rows.order_by("org__path", "due"), today))


def _owed(rows: Any, today: dt.date) -> Iterator[Owed]:
    for row in rows:
        days = late_days(today, row.due, row.org.kind) if row.due < today else 0
        asked = row.state == ReturnState.RETURNED
        title, about = row.round.title, row.round.subject_id
        yield Owed(NudgeKind.REPLY, row.pk, row.org, title, row.due, days, about, asked)
