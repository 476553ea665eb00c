"""Whether what totals use is what was accepted: read by ``xinhuo doctor``."""

from decimal import Decimal

from xinhuo.flows.models import Revision

from ..models import Assignment
from .answering import pairs_of

CHUNK = 500


def total_faults() -> list[str]:
    """Assignments whose accepted number or words differ from the revision that was accepted, as sentences."""
    rows = (
        Assignment.objects.filter(accepted_revision__isnull=False)
        .select_related("org", "duty")
        .order_by("pk")
    )
    faults: list[str] = []
    batch: list[Assignment] = []
    for item in rows.iterator(chunk_size=CHUNK):
        batch.append(item)
        if len(batch) == CHUNK:
            faults += _faults(batch)
            batch = []
    return faults + _faults(batch)


def _faults(items: list[Assignment]) -> list[str]:
    wanted = {item.accepted_revision for item in items if item.accepted_revision is not None}
    revisions = Revision.objects.in_bulk(wanted)
    servants = pairs_of(items)
    return [
        f"{item.org.short_name}的“{item.duty.title}”"
        for item in items
        if not any(
            _agrees(item, speaker, revisions.get(item.accepted_revision or 0))
            for speaker in (item, *servants.get(item.pk, ()))
        )
    ]


def _agrees(item: Assignment, speaker: Assignment, revision: Revision | None) -> bool:
    """Whether what counts is what the revision says about the duty itself, or about one that answers it."""
    rows = revision.snapshot["rows"] if revision else []
    row = next((row for row in rows if row["assignment"] == speaker.pk), None)
    if row is None:
        return False
    counts = row["total"] is not None and item.duty.target_unit == speaker.duty.target_unit
    number = Decimal(row["total"]) if counts else None
    return number == item.accepted_number and row["sentence"] == item.accepted_sentence
