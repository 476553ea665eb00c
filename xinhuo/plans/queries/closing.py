"""What is known of duties that are to be closed, and how punctual units were."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.db.models import Max

from xinhuo.flows.models import Revision

from ..closing import Ready, Reported, check, on_time
from ..enums import TargetKind
from ..models import Assignment, Timeliness
from ..tally import Tally
from .lights import single_target
from .steering import Owed
from .tasks import cause_words, latest_cause
from .work import children_tallies


def causes_of(assignment_ids: Iterable[int]) -> dict[int, str]:
    """Why each is late, in words; those without a cause are left out."""
    rows = Assignment.objects.filter(pk__in=list(assignment_ids)).annotate(
        coded=latest_cause(assignment="pk")
    )
    return {pk: cause_words(coded) for pk, coded in rows.values_list("pk", "coded") if coded}


def readiness(items: Sequence[Assignment]) -> dict[int, Ready]:
    """What closing each of them needs; three queries for any number."""
    pks = [item.pk for item in items]
    below, causes, files = children_tallies(pks or [0]), causes_of(pks or [0]), _accepted_files(items)
    return {
        item.pk: _ready(item, below.get(item.pk), causes.get(item.pk, ""), files.get(item.pk, 0))
        for item in items
    }


def readiness_of(item: Assignment, *, below: Tally | None, cause: str) -> Ready:
    """The same for one whose sum below and cause are at hand; one query at most."""
    return _ready(item, below, cause, _accepted_files([item]).get(item.pk, 0))


def _ready(item: Assignment, below: Tally | None, cause: str, files: int) -> Ready:
    return check(
        Reported(
            accepted=item.accepted_revision is not None,
            newer_waits=item.sent_revision != item.accepted_revision,
            asks_file=item.duty.target_kind == TargetKind.DELIVERABLE,
            files=files,
            target=goal_of(item),
            number=item.accepted_number,
            unit=item.duty.target_unit,
            below=below,
            late_days=item.accepted_late_days or 0,
            cause=cause,
        )
    )


def goal_of(item: Assignment) -> Decimal | None:
    """The unit's own target; the duty's where it concerns this unit alone."""
    if item.target is not None or item.upstream_id is not None:
        return item.target
    return item.duty.target_value if single_target(item.duty.scope) else None


def _accepted_files(items: Sequence[Assignment]) -> dict[int, int]:
    """How many files hang on the accepted words of each that asks for some."""
    asking = [item for item in items if item.duty.target_kind == TargetKind.DELIVERABLE]
    if not asking:
        return {}
    wanted = {item.accepted_revision for item in asking if item.accepted_revision} or {0}
    found: dict[int, int] = {}
    shown = {item.pk: item.accepted_revision for item in items}
    for pk, snapshot in Revision.objects.filter(pk__in=wanted).values_list("pk", "snapshot"):
        for row in snapshot["rows"]:
            if shown.get(row["assignment"]) == pk:
                found[row["assignment"]] = len(row["files"])
    return found


def punctuality(giver_id: int, owed: Iterable[Owed]) -> dict[int, tuple[int, int]]:
    """For each unit that reports to ``giver_id``: how many of its pages came in time; one query.

    A page counts once it was accepted (its frozen days say how late it was), or when it is due and never came:
    those are among the ``owed`` (see ``steering.pages_owed``).
    """
    rows = Timeliness.objects.filter(report__to_org_id=giver_id).exclude(org_id=giver_id).order_by()
    pages: dict[int, list[int | None]] = {}
    for org_id, _, days in rows.values_list("org_id", "report_id").annotate(days=Max("days")):
        pages.setdefault(org_id, []).append(days)
    for item in owed:
        if item.days and not item.asked:
            pages.setdefault(item.org.pk, []).append(None)
    return {org_id: on_time(found) for org_id, found in pages.items()}
