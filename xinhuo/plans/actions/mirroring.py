"""Bringing assignments in line with all pages of their units that speak about them."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from xinhuo.flows.climbs import climbs_of

from ..kinds import REPORT
from ..models import Assignment, Report
from ..queries.answering import pairs_of
from ..said import Page, Said, accepted_of, sent_of
from .timeliness import worst_days

SENT = ("sent_number", "sent_sentence", "sent_revision", "sent_at", "returned_revision")
ACCEPTED = (
    "accepted_number",
    "accepted_sentence",
    "accepted_revision",
    "accepted_at",
    "accepted_late_days",
    "accepted_proxy",
)


def mirror(wanted: Iterable[Assignment]) -> None:
    """Work out anew what was sent and accepted about these assignments, and about those they serve.

    A page for an earlier date, corrected late, never covers what a later one said, and what was taken back or
    withdrawn stops counting. Where a unit reports on a duty that answers another (对应上级), those words stand for
    both; of two the later date speaks. A duty that a second version removed keeps what was said.
    """
    given = list(wanted)
    servants = pairs_of(given)
    ids = {item.pk for item in given} | servants.keys()
    locked = Assignment.objects.select_for_update(of=("self",)).filter(pk__in=ids, duty__removed=False)
    locked = locked.filter(cancelled_by=None)  # what was accepted of a cancelled duty stays as it is
    items = list(locked.select_related("duty").order_by("pk"))
    pages = _pages([*items, *(item for group in servants.values() for item in group)])
    late = worst_days(ids | {item.pk for group in servants.values() for item in group})
    for item in items:
        speakers = [item, *servants.get(item.pk, ())]
        accepted = _latest([(accepted_of(pages, each.pk), each) for each in speakers])
        sent = _latest([(sent_of(pages, each.pk), each) for each in speakers])
        _write_accepted(item, *accepted, late.get(accepted[1].pk))
        _write_sent(item, *sent)
    Assignment.objects.bulk_update(items, (*ACCEPTED, *SENT))


def _latest(found: Sequence[tuple[Said | None, Assignment]]) -> tuple[Said | None, Assignment]:
    """Of what several rows say, the one for the latest date; of the same date the answering duty."""
    spoken = [(said, item) for said, item in found if said is not None]
    if not spoken:
        return found[0]
    return max(enumerate(spoken), key=lambda pair: (pair[1][0].due, pair[0]))[1]


def _pages(items: Sequence[Assignment]) -> list[Page]:
    """The units' pages about these assignments with what was sent of them, the earliest date first."""
    reports = Report.objects.filter(rows__assignment__in={item.pk for item in items}).select_related("call")
    ordered = list(reports.distinct().order_by("call__due", "pk"))
    climbed = climbs_of(REPORT, [item.pk for item in ordered])
    return [Page(item.call.due, climbed[item.pk]) for item in ordered]


def _number(item: Assignment, said: Said, speaker: Assignment) -> Decimal | None:
    """Numbers pass over only where both duties count the same thing."""
    return said.number if item.duty.target_unit == speaker.duty.target_unit else None


def _write_accepted(item: Assignment, said: Said | None, speaker: Assignment, late: int | None) -> None:
    known = [days for days in (late, item.accepted_late_days) if days is not None]
    item.accepted_late_days = max(known, default=None)  # frozen: a later change never takes a day away
    revision = said.revision.pk if said else None
    if revision == item.accepted_revision:
        return
    item.accepted_revision = revision
    item.accepted_number = _number(item, said, speaker) if said else None
    item.accepted_sentence = said.sentence if said else ""
    item.accepted_at = said.ended_at if said else None
    item.accepted_proxy_id = said.by_org_id if said else None


def _write_sent(item: Assignment, said: Said | None, speaker: Assignment) -> None:
    item.sent_revision = said.revision.pk if said else None
    item.sent_number = _number(item, said, speaker) if said else None
    item.sent_sentence = said.sentence if said else ""
    item.sent_at = said.revision.at if said else None
    item.returned_revision = item.sent_revision if said and said.returned else None
