"""What the report page, the list of pages and the list of calls show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Count

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.core.contracts import PanelLine
from xinhuo.files.models import Attachment, StoredFile
from xinhuo.files.queries import attachments_by_subject
from xinhuo.flows.climbs import Climbs, climbs
from xinhuo.flows.models import Revision
from xinhuo.orgs.proxies import stood_for

from ..dates import late_days, page_due
from ..enums import ReportState
from ..kinds import REPORT, ROW
from ..lights import Light
from ..models import REPORTING, Report, ReportCall, ReportRow
from ..rules.work import is_inside
from ..tally import Tally, number_text, proxied_words, with_own
from .answering import Offer, offers_for
from .lights import Lamps
from .work import calls_for, children_tallies
from .years import Earlier, earlier_of

UNIT_LINES = 8
MOST_FOR = 200


@dataclass(slots=True)
class PageRow:
    """One duty on the page: what is kept, what was typed but could not be taken, and what changed."""

    row: ReportRow
    below: Tally | None
    files: list[Attachment]
    stamp: str
    number: str
    sentence: str
    total: str
    error: str = ""
    theirs: ReportRow | None = None
    before: Mapping[str, Any] | None = None
    note: str = ""
    light: Light | None = None
    offer: Offer | None = None
    earlier: Earlier | None = None

    @property
    def stored_files(self) -> list[StoredFile]:
        """The files themselves, for the uploader."""
        return [item.file for item in self.files]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is said: no number of its own or from below, no sentence, no file."""
        return not (self.total or self.sentence.strip() or self.files)

    @property
    def changed(self) -> bool:
        """Whether the row differs from what was accepted last."""
        before = self.before
        if before is None:
            return False
        shas = [item.file.sha256 for item in self.files]
        return (before["total"] or "", before["sentence"], [item["sha256"] for item in before["files"]]) != (
            self.total,
            self.sentence,
            shas,
        )


@dataclass(slots=True)
class PageView:
    """The rows of a page with counts, and how the page climbed so far."""

    rows: list[PageRow]
    climbs: Climbs
    clashes: list[PageRow] = field(default_factory=list)

    @property
    def empty(self) -> list[PageRow]:
        """Rows nothing is said in."""
        return [row for row in self.rows if row.is_empty]

    @property
    def wrong(self) -> list[PageRow]:
        """Rows whose number could not be read."""
        return [row for row in self.rows if row.error]

    @property
    def filled(self) -> int:
        """Rows that say something."""
        return len(self.rows) - len(self.empty)

    def show_notes(self, notes: Mapping[str, str]) -> None:
        """Put what the upper unit remarked on single rows (by row id) beside them."""
        for row in self.rows:
            row.note = notes.get(str(row.row.pk), "")

    def show_typed(
        self, errors: Mapping[int, str], typed: Mapping[int, tuple[str, str]], clashes: Sequence[Any]
    ) -> None:
        """Put back what the person typed where it was not taken: nothing typed is ever lost."""
        by_row = {row.row.pk: row for row in self.rows}
        for row_id, message in errors.items():
            by_row[row_id].number, by_row[row_id].sentence = typed[row_id]
            by_row[row_id].error = message
        for clash in clashes:
            row = by_row[clash.row.pk]
            row.number, row.sentence = typed[clash.row.pk]
            row.theirs = clash.row
            row.stamp = (
                "stale"  # what is typed here must not overwrite the colleague's words at the next autosave
            )
            self.clashes.append(row)


def page_view(report: Report, rows: Sequence[ReportRow], actor: Actor) -> PageView:
    """The page as ``actor`` may see it: the own unit its draft, everybody else what reached the upper unit last."""
    return sent_or_own(report, rows, report.org_id if is_inside(actor, report) else actor.org_id)


def sent_or_own(report: Report, rows: Sequence[ReportRow], org_id: int) -> PageView:
    """The same for a unit: nothing of it depends on the person."""
    climbed = climbs(REPORT, report.pk)
    accepted = climbed.accepted
    before = {row["assignment"]: row for row in accepted.snapshot["rows"]} if accepted else {}
    inside = report.org_id == org_id
    if inside and report.state in ReportState.EDITABLE:
        rows = [row for row in rows if row.assignment.cancelled_by_id is None]
        tallies = children_tallies(row.assignment_id for row in rows)
        files = attachments_by_subject(ROW, [row.pk for row in rows])
        drafts = [_draft_row(row, tallies, files, before.get(row.assignment_id)) for row in rows]
        lamps = Lamps()
        for draft in drafts:
            draft.light = lamps.of(draft.row.assignment)
        _surround(drafts, report.org_id)
        return PageView(drafts, climbed)
    sent = climbed.latest if inside else climbed.sent
    same = bool(accepted and sent and accepted.pk == sent.pk)
    return PageView(_sent_rows(rows, sent, before, same=same), climbed)


def _draft_row(
    row: ReportRow,
    tallies: Mapping[int, Tally],
    files: Mapping[int, list[Attachment]],
    before: Mapping[str, Any] | None,
) -> PageRow:
    below = tallies.get(row.assignment_id)
    total = number_text(with_own(row.number, below.total if below else None))
    version = row.updated_at.isoformat() if row.updated_at else ""
    return PageRow(
        row,
        below,
        files.get(row.pk, []),
        version,
        number_text(row.number),
        row.sentence,
        total,
        before=before,
    )


def _surround(rows: Sequence[PageRow], org_id: int) -> None:
    """Beside each field: what the own plan has about a duty from above, and what was said last year."""
    items = [item.row.assignment for item in rows]
    answered = {row.row.assignment.duty_id for row in rows if getattr(row.row, "is_answered", True)}
    offers = offers_for(org_id, answered) if answered else {}
    earlier = earlier_of(items)
    for row in rows:
        row.offer = offers.get(row.row.assignment.duty_id)
        row.earlier = earlier.get(row.row.assignment_id)


def _all_files(row_ids: Sequence[int]) -> dict[int, list[Attachment]]:
    """Files ever hung on the rows: a revision shows those it was sent with, removed since or not."""
    found: dict[int, list[Attachment]] = {}
    for item in Attachment.objects.filter(kind=ROW, subject_id__in=row_ids).select_related("file"):
        found.setdefault(item.subject_id, []).append(item)
    return found


def _sent_rows(
    rows: Sequence[ReportRow], sent: Revision | None, before: Mapping[int, Mapping[str, Any]], *, same: bool
) -> list[PageRow]:
    if sent is None:
        return []
    kept = {item["row"]: item for item in sent.snapshot["rows"]}
    found: list[PageRow] = []
    files = _all_files(list(kept))
    for row in rows:
        item = kept.get(row.pk)
        if item is None:
            continue
        shas = {file["sha256"] for file in item["files"]}
        shown = [file for file in files.get(row.pk, []) if file.file.sha256 in shas]
        below = Tally(
            item["reported"],
            item["expected"],
            Decimal(item["children"]) if item["children"] else None,
            item.get("proxied", 0),
        )
        earlier = None if same else before.get(row.assignment_id)
        found.append(
            PageRow(
                row, below if below.expected else None, shown, "", item["own"] or "", item["sentence"],
                item["total"] or "", before=earlier,
            )
        )  # fmt: skip
    return found


@dataclass(frozen=True, slots=True)
class CallLine:
    """One call with how many pages stand where, as the caller may know it; its own page (本级) is one of them."""

    call: ReportCall
    expected: int
    counts: Mapping[str, int]
    proxied: int = 0

    @property
    def sent(self) -> int:
        """Pages that were sent at least once and are not back with the unit."""
        return self.counts.get(ReportState.SUBMITTED, 0) + self.accepted

    @property
    def accepted(self) -> int:
        """Pages that were accepted."""
        return self.counts.get(ReportState.ACCEPTED, 0)

    @property
    def proxied_words(self) -> str:
        """，其中代报 3 所; empty without one."""
        return proxied_words(self.proxied)


def days_over(report: Report) -> int:
    """By how many days a page that was never sent (or waits for more words) is past its date today."""
    if report.state_above not in (ReportState.DRAFT, ReportState.RETURNED):
        return 0
    due = page_due(report.call.due, report.org.kind)
    return late_days(clock.today(), due, report.org.kind) if due < clock.today() else 0


def call_lines(actor: Actor, *, call: ReportCall | None = None) -> list[CallLine]:
    """The unit's calls with their progress, in two queries."""
    calls = (
        [call]
        if call
        else list(
            ReportCall.objects.filter(issuer_id=actor.org_id)
            .select_related("amended_by__document", "cancelled_by__document")
            .order_by("-year", "due", "-pk")[:40]
        )
    )
    rows = (
        Report.objects.filter(call__in=calls, cancelled_by=None)
        .values("call_id", "state_above")
        .annotate(n=Count("pk"), proxied=Count("proxy"))
    )
    counts: dict[int, dict[str, int]] = {item.pk: {} for item in calls}
    proxied: dict[int, int] = {}
    for row in rows:
        counts[row["call_id"]][row["state_above"]] = row["n"]
        if row["state_above"] in (ReportState.SUBMITTED, ReportState.ACCEPTED):
            proxied[row["call_id"]] = proxied.get(row["call_id"], 0) + row["proxied"]
    return [
        CallLine(item, sum(counts[item.pk].values()), counts[item.pk], proxied.get(item.pk, 0))
        for item in calls
    ]


def pages_to_fill(actor: Actor) -> list[Report]:
    """The unit's own pages, those still to be sent first."""
    return list(calls_for(actor.org_id)[:40])


def pages_to_fill_for(actor: Actor) -> list[Report]:
    """The pages of the units it stands in for, unit by unit."""
    found = (
        Report.objects.filter(org_id__in=stood_for(actor, REPORTING))
        if actor.works
        else Report.objects.none()
    )
    found = found.select_related("call", "to_org", "org", "cancelled_by__document")
    return list(found.order_by("org__path", "call__due", "pk")[:MOST_FOR])


def unit_lines(actor: Actor, org_id: int) -> list[PanelLine]:
    """A unit's latest pages that the actor may see, for the unit's page."""
    found = Report.objects.visible_to(actor).filter(org_id=org_id).select_related("call", "org")
    return [
        PanelLine(item.call.title, item.url, item.words_for(actor.org_id))
        for item in found.order_by("-call__due", "-pk")[:UNIT_LINES]
    ]
