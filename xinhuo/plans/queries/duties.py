"""What the drawer of one duty shows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

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
from .lights import Below, Lamps, lights_below, raw_of
from .matrix import columns_of, way_of
from .tasks import cause_words, latest_cause
from .years import Earlier, earlier_of

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
    earlier: Earlier | None = None
    via: str = ""  # the own duty by which it answers this one

    @property
    def cause(self) -> str:
        """Why it is late; the query annotates it."""
        return cause_words(getattr(self.assignment, "cause", None))


@dataclass(frozen=True, slots=True)
class Share:
    """The part of a total that came by one way: 市（州）, 高校直报."""

    label: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class DutyView:
    """Everything the drawer shows, for the unit that looks."""

    lines: list[UnitLine]
    tally: Tally
    files: list[Attachment]
    processes: list[Process]
    shares: list[Share] = field(default_factory=list)


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
    order = list(Standing)
    given = _given(duty, actor, org_id)
    pressed = {
        pk for item in columns_of(item.org for item in given) if item.key == column for pk in item.org_ids
    }
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
    below = lights_below({item.pk: duty for item in items}, lamps)
    earlier = earlier_of(items)
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
            lamps.light(duty, raw_of(item)),
            earlier.get(item.pk),
            item.duty.title if item.duty_id != duty.pk else "",
        )
        for item in items
    ]
    evidence, history = _evidence(files, pages, actor), _history(pages, actor)
    return DutyView(lines, tally_of(items, giver=org_id), evidence, history, _shares(items, giver=org_id))


def _given(duty: Duty, actor: Actor, org_id: int) -> list[Assignment]:
    """Who has the duty from the unit, the unit itself, and who has only an own duty of the unit that answers it."""
    own = Q(duty=duty) & (Q(by_org_id=org_id) | Q(org_id=org_id))
    answering = Q(duty__answers=duty, duty__removed=False, by_org_id=org_id) & ~Q(org_id=org_id)
    found = Assignment.objects.visible_to(actor).filter(own | answering)
    rows = list(
        found.select_related(
            "org", "duty", "delivery", "accepted_proxy", "amended_by__document", "cancelled_by__document"
        ).annotate(cause=latest_cause(assignment="pk"))
    )
    there = {item.org_id for item in rows if item.duty_id == duty.pk}
    for item in rows:
        if item.duty.target_unit != duty.target_unit:
            # it counts something else: not shown or added up here, and never saved
            item.accepted_number = item.sent_number = None
    return [item for item in rows if item.duty_id == duty.pk or item.org_id not in there]


def _shares(items: Iterable[Assignment], *, giver: int) -> list[Share]:
    """How one total is made of several ways of reporting, the giver's own part (本级) among them.

    Nothing where there is only one way. What is not counted in the total is in no share either.
    """
    ways: dict[str, list[Assignment]] = {}
    for item in items:
        ways.setdefault("本级" if item.org_id == giver else way_of(item.org.kind), []).append(item)
    shares = [Share(label, tally_of(found, giver=giver)) for label, found in ways.items()]
    counted = [share for share in shares if share.tally.expected]
    return counted if len(counted) > 1 else []


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
