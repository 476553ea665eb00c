"""What the drawer of one duty shows."""

from collections.abc import Iterable
from dataclasses import dataclass

from xinhuo.core.actor import Actor
from xinhuo.files.models import Attachment
from xinhuo.flows.models import Process
from xinhuo.orgs.models import Org

from ..models import Assignment, Duty, Report, ReportRow
from ..tally import STANDING_WORDS, Standing, Tally, add_up, standing_of
from .matrix import columns_of
from .work import children_tallies

MOST_FILES = 60
MOST_HISTORY = 12


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One direct receiver of a duty."""

    assignment: Assignment
    standing: Standing
    words: str
    below: Tally | None
    report_id: int | None
    chosen: bool


@dataclass(frozen=True, slots=True)
class DutyView:
    """Everything the drawer shows, for the unit that looks."""

    lines: list[UnitLine]
    tally: Tally
    files: list[Attachment]
    processes: list[Process]


def standing(item: Assignment) -> Standing:
    """Where an assignment stands."""
    returned = item.returned_revision is not None and item.returned_revision == item.sent_revision
    return standing_of(item.sent_revision, item.accepted_revision, returned=returned)


def duty_view(duty: Duty, actor: Actor, *, unit: Org | None = None, column: str = "") -> DutyView:
    """The direct receivers of ``unit`` (default: the actor's own) with state, sum, evidence and history.

    ``column`` is the key of the matrix column that was pressed: its units come first and are marked.
    """
    org_id = unit.pk if unit else actor.org_id
    given = Assignment.objects.visible_to(actor).filter(duty=duty).select_related("org")
    given = given.filter(by_org_id=org_id) | given.filter(org_id=org_id)
    pressed = {
        pk for item in columns_of(item.org for item in given) if item.key == column for pk in item.org_ids
    }
    order = list(Standing)
    items = sorted(
        given,
        key=lambda item: (
            item.org_id not in pressed,
            item.org_id != org_id,
            order.index(standing(item)),
            item.org.path,
        ),
    )
    below = children_tallies(item.pk for item in items)
    reports = _latest_reports(items)
    lines = [
        UnitLine(
            item,
            standing(item),
            STANDING_WORDS[standing(item)],
            below.get(item.pk),
            reports.get(item.pk),
            item.org_id in pressed,
        )
        for item in items
    ]
    tally = add_up(
        (item.accepted_revision is not None, item.accepted_number) for item in items if item.org_id != org_id
    )
    return DutyView(lines, tally, _evidence(duty, actor), _history(reports.values()))


def _latest_reports(items: list[Assignment]) -> dict[int, int]:
    rows = ReportRow.objects.filter(assignment__in=items, report__first_sent_at__isnull=False)
    return dict(rows.order_by("report__call__due", "pk").values_list("assignment_id", "report_id"))


def _evidence(duty: Duty, actor: Actor) -> list[Attachment]:
    seen = Report.objects.visible_to(actor)
    rows = ReportRow.objects.filter(assignment__duty=duty, report__in=seen).values("pk")
    found = Attachment.objects.filter(kind="plans.row", subject_id__in=rows, removed_at__isnull=True)
    return list(found.select_related("file", "org").order_by("-attached_at", "-pk")[:MOST_FILES])


def _history(report_ids: Iterable[int]) -> list[Process]:
    found = Process.objects.filter(kind="plans.report", subject_id__in=list(report_ids))
    return list(found.select_related("org", "to_org").order_by("-opened_at")[:MOST_HISTORY])
