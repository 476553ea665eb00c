"""What the drawer of one duty shows."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q

from xinhuo.core.actor import Actor
from xinhuo.files.models import Attachment
from xinhuo.flows.climbs import Climbs, climbs_of
from xinhuo.flows.models import Process
from xinhuo.orgs.models import Org

from ..kinds import REPORT, ROW
from ..lights import Light
from ..models import Assignment, Duty, Report, ReportRow
from ..tally import STANDING_WORDS, Standing, Tally, standing_of, tally_of
from .lights import Below, Lamps, lights_below
from .matrix import columns_of
from .tasks import cause_words, latest_cause

MOST_FILES = 60
MOST_HISTORY = 12


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One direct receiver of a duty."""

    assignment: Assignment
    standing: Standing
    words: str
    below: Below | None
    report_id: int | None
    chosen: bool
    light: Light

    @property
    def cause(self) -> str:
        """Why it is late; the query annotates it."""
        return cause_words(getattr(self.assignment, "cause", None))


@dataclass(frozen=True, slots=True)
class DutyView:
    """Everything the drawer shows, for the unit that looks."""

    lines: list[UnitLine]
    tally: Tally
    files: list[Attachment]
    processes: list[Process]


def standing(item: Assignment) -> Standing:
    """Where an assignment stands."""
    if item.cancelled_by_id is not None:
        return Standing.CANCELLED
    returned = item.returned_revision is not None and item.returned_revision == item.sent_revision
    return standing_of(item.sent_revision, item.accepted_revision, returned=returned)


def duty_view(duty: Duty, actor: Actor, *, unit: Org | None = None, column: str = "") -> DutyView:
    """The direct receivers of ``unit`` (default: the actor's own) with state, sum, evidence and history.

    ``column`` is the key of the matrix column that was pressed: its units come first and are marked.
    """
    org_id = unit.pk if unit else actor.org_id
    given = Assignment.objects.visible_to(actor).filter(duty=duty)
    given = given.select_related(
        "org", "delivery", "accepted_proxy", "amended_by__document", "cancelled_by__document"
    )
    given = given.annotate(cause=latest_cause(assignment="pk"))
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
    lamps = Lamps()
    for item in items:
        item.duty = duty
    below = lights_below({item.pk: duty for item in items}, lamps)
    files = _files(duty, actor)
    pages = _pages(items, files)
    lines = [
        UnitLine(
            item,
            standing(item),
            STANDING_WORDS[standing(item)],
            below.get(item.pk),
            pages.latest.get(item.pk),
            item.org_id in pressed,
            lamps.of(item),
        )
        for item in items
    ]
    tally = tally_of(items, giver=org_id)
    return DutyView(lines, tally, _evidence(files, pages, actor), _history(pages, actor))


@dataclass(frozen=True, slots=True)
class _Pages:
    """The pages that speak about a duty, read once for the table, the evidence and the history."""

    latest: dict[int, int]  # by assignment: the newest page that was sent
    of_row: dict[int, int]  # by row: its page
    climbed: Mapping[int, Climbs]  # by page


def _pages(items: list[Assignment], files: list[Attachment]) -> _Pages:
    wanted = Q(assignment__in=items) | Q(pk__in={item.subject_id for item in files})
    rows = ReportRow.objects.filter(wanted).order_by("report__call__due", "pk")
    shown = {item.pk for item in items}
    latest, of_row = {}, {}
    for pk, assignment, report, sent in rows.values_list(
        "pk", "assignment_id", "report_id", "report__first_sent_at"
    ):
        of_row[pk] = report
        if sent is not None and assignment in shown:
            latest[assignment] = report
    return _Pages(latest, of_row, climbs_of(REPORT, of_row.values()))


def _files(duty: Duty, actor: Actor) -> list[Attachment]:
    seen = Report.objects.visible_to(actor)
    rows = ReportRow.objects.filter(assignment__duty=duty, report__in=seen).values("pk")
    found = Attachment.objects.filter(kind=ROW, subject_id__in=rows, removed_at__isnull=True)
    return list(found.select_related("file", "org").order_by("-attached_at", "-pk")[:MOST_FILES])


def _evidence(files: list[Attachment], pages: _Pages, actor: Actor) -> list[Attachment]:
    """Own files, and those of others that left their unit: one put on a page since is still the unit's own."""
    sent = {
        pk: {sha for process in found.arrived for sha in process.revision.checksums.values()}
        for pk, found in pages.climbed.items()
    }
    return [
        item
        for item in files
        if item.org_id == actor.org_id or item.file.sha256 in sent[pages.of_row[item.subject_id]]
    ]


def _history(pages: _Pages, actor: Actor) -> list[Process]:
    reports = set(pages.latest.values())
    found = [item for report in reports for item in pages.climbed[report].shown_to(actor)]
    return sorted(found, key=lambda item: item.opened_at, reverse=True)[:MOST_HISTORY]
