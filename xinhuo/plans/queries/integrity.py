"""Whether what totals use is what was accepted: read by ``xinhuo doctor``."""

from decimal import Decimal

from xinhuo.flows.models import Revision

from ..models import Assignment

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
    return [
        f"{item.org.short_name}的“{item.duty.title}”"
        for item in items
        if not _agrees(item, revisions.get(item.accepted_revision or 0))
    ]


def _agrees(item: Assignment, revision: Revision | None) -> bool:
    rows = revision.snapshot["rows"] if revision else []
    row = next((row for row in rows if row["assignment"] == item.pk), None)
    if row is None:
        return False
    number = None if row["total"] is None else Decimal(row["total"])
    return number == item.accepted_number and row["sentence"] == item.accepted_sentence
