"""Rows of a page before anybody has typed: what the unit said last, and what its own plan already knows."""

from collections.abc import Iterable

from ..models import Assignment, Report, ReportRow
from ..queries.answering import Offer, offers_for, pairs_of
from ..queries.work import previous_words


def new_rows(report: Report, missing: list[Assignment]) -> list[ReportRow]:
    """A row for each duty that has none yet, with what the unit said about it last.

    A duty that answers another takes over what was written about that one before the link was made.
    """
    served = {item.pk: pk for pk, group in pairs_of(missing).items() for item in group}
    said = previous_words(report.org_id, [*(item.pk for item in missing), *served.values()])
    rows = []
    for item in missing:
        number, sentence = said.get(item.pk) or said.get(served.get(item.pk, 0)) or (None, "")
        rows.append(ReportRow(report=report, assignment=item, number=number, sentence=sentence))
    return rows


def fill_from_own_plan(report: Report, rows: Iterable[ReportRow]) -> None:
    """Rows nobody has touched take what the unit's own plan knows (对应上级): nothing is typed twice.

    Numbers of units below are added up by themselves; only the unit's own part and the words are filled in.
    """
    untouched = [row for row in rows if _untouched(row)]
    if not untouched:
        return
    offers = offers_for(report.org_id, {row.assignment.duty_id for row in untouched})
    filled = [row for row in untouched if _take(row, offers.get(row.assignment.duty_id))]
    if filled:
        ReportRow.objects.bulk_update(filled, ["number", "sentence"])


def _untouched(row: ReportRow) -> bool:
    answered = getattr(row, "is_answered", True)
    return answered and row.updated_at is None and row.number is None and not row.sentence


def _take(row: ReportRow, offer: Offer | None) -> bool:
    if offer is None or not (offer.sentence or offer.own_number is not None):
        return False
    row.number, row.sentence = offer.own_number, offer.sentence
    return True
