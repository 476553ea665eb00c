"""Filling, sending, deciding and taking back the one page on all duties."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.core.answer import not_now, require
from xinhuo.core.errors import BadInputError
from xinhuo.files.models import Attachment
from xinhuo.flows.actions import decide, recall, start_process
from xinhuo.flows.enums import Verdict
from xinhuo.flows.models import Process
from xinhuo.flows.queries import inner_roles, open_process
from xinhuo.flows.rules import current_step
from xinhuo.journal.actions import journal

from ..enums import ReportState
from ..kinds import REPORT, ROW
from ..models import Assignment, Report, ReportRow
from ..queries.work import assignments_for, children_tallies, rows_of
from ..rules.work import can_fill, can_look_through, is_inside
from ..said import says_something
from ..tally import Tally, number_text, with_own
from .prefilling import fill_from_own_plan, new_rows


@dataclass(frozen=True, slots=True)
class RowInput:
    """What was typed for one duty. ``seen`` is the row's stamp when the page was shown."""

    row_id: int
    number: Decimal | None
    sentence: str
    seen: str


@dataclass(frozen=True, slots=True)
class Clash:
    """A row that a colleague saved meanwhile: theirs stands, ours is handed back to the person."""

    row: ReportRow
    number: Decimal | None
    sentence: str


def stamp(row: ReportRow) -> str:
    """The row's version as it travels with the form."""
    return row.updated_at.isoformat() if row.updated_at else ""


def _lock(report: Report) -> Report:
    locked = Report.objects.select_for_update(of=("self",)).select_related("call", "org", "to_org")
    return locked.get(pk=report.pk)


def prepare_rows(report: Report, *, by: Actor) -> list[ReportRow]:
    """Make sure the page has a row for every duty, prefilled with what is known already, and return them.

    Whoever stands in for the unit starts from the same words. Reading a page calls this, so it opens a transaction
    (a lock on SQLite) only where something is missing.
    """
    rows = list(rows_of(report))
    if not is_inside(by, report) or report.state not in ReportState.EDITABLE:
        return rows
    owed = list(assignments_for(report.call, report.org_id))
    if can_fill(by, report):
        existing = {row.assignment_id for row in rows}
        missing = [item for item in owed if item.pk not in existing]
        if missing:
            ReportRow.objects.bulk_create(new_rows(report, missing), ignore_conflicts=True)
            rows = list(rows_of(report))
        fill_from_own_plan(report, rows)
    return _still_owed(rows, owed)


def _still_owed(rows: Iterable[ReportRow], owed: Iterable[Assignment]) -> list[ReportRow]:
    """Without rows a second version took away, and those another row answers; what they say is kept."""
    asked = {item.pk for item in owed}
    return [row for row in rows if row.assignment_id in asked]


@transaction.atomic
def save_rows(report: Report, entries: Sequence[RowInput], *, by: Actor) -> list[Clash]:
    """Save what changed, row by row. Rows a colleague saved meanwhile are not overwritten but returned."""
    report = _lock(report)
    require(can_fill(by, report))
    rows = {row.pk: row for row in report.rows.select_for_update()}
    clashes: list[Clash] = []
    changed = []
    for entry in entries:
        row = rows.get(entry.row_id)
        if row is None or (row.number == entry.number and row.sentence == entry.sentence):
            continue
        if entry.seen != stamp(row):
            clashes.append(Clash(row, entry.number, entry.sentence))
            continue
        row.number, row.sentence, row.updated_at = entry.number, entry.sentence, clock.now()
        changed.append(row)
    ReportRow.objects.bulk_update(changed, ["number", "sentence", "updated_at"])
    if changed:
        report.saved_at = clock.now()
        report.version += 1
        report.save(update_fields=["saved_at", "version"])
    return clashes


def row_files(rows: Iterable[ReportRow]) -> dict[int, list[Attachment]]:
    """The files hung on each row, in order."""
    found: dict[int, list[Attachment]] = {}
    attachments = Attachment.objects.filter(
        kind=ROW, subject_id__in=[row.pk for row in rows], removed_at__isnull=True
    )
    for item in attachments.select_related("file").order_by("position", "pk"):
        found.setdefault(item.subject_id, []).append(item)
    return found


def _snapshot(rows: Sequence[ReportRow], files: Mapping[int, Sequence[Attachment]]) -> dict[str, Any]:
    tallies = children_tallies(row.assignment_id for row in rows)
    return {
        "rows": [_row_snapshot(row, tallies.get(row.assignment_id), files.get(row.pk, ())) for row in rows]
    }


def _row_snapshot(row: ReportRow, below: Tally | None, files: Sequence[Attachment]) -> dict[str, Any]:
    total = with_own(row.number, below.total if below else None)
    return {
        "assignment": row.assignment_id,
        "row": row.pk,
        "title": row.assignment.duty.title,
        "cite": row.assignment.duty.node.cite,
        "unit": row.assignment.duty.target_unit,
        "own": _text(row.number),
        "children": _text(below.total if below else None),
        "reported": below.reported if below else 0,
        "expected": below.expected if below else 0,
        "proxied": below.proxied if below else 0,
        "total": _text(total),
        "sentence": row.sentence,
        "files": [{"id": item.file_id, "name": item.file.name, "sha256": item.file.sha256} for item in files],
    }


def _text(number: Decimal | None) -> str | None:
    return None if number is None else number_text(number)


@transaction.atomic
def submit_report(report: Report, *, by: Actor) -> Process:
    """Freeze the page and send it one step up; a page for the own unit (本级) is noted at once."""
    report = _lock(report)
    require(can_fill(by, report))
    rows = _still_owed(rows_of(report), assignments_for(report.call, report.org_id))
    files = row_files(rows)
    snapshot = _snapshot(rows, files)
    said = sum(says_something(row) for row in snapshot["rows"])
    if not said:
        raise BadInputError("这一页一项都还没写。请至少写一项进展再提交；写了的内容会自动存好。")
    report.advance(ReportState.SUBMITTED)
    own = report.org_id == by.org_id
    report.proxy_id, report.sent_by = (None if own else by.org_id), by.person_name
    report.save(update_fields=["state", "proxy", "sent_by"])
    checksums = {str(item.file_id): item.file.sha256 for group in files.values() for item in group}
    process = start_process(
        REPORT,
        report.pk,
        by=by,
        to_org_id=report.to_org_id,
        title=f"{report.org.short_name}：{report.call.title}",
        snapshot=snapshot,
        checksums=checksums,
        org_id=report.org_id,
    )
    behalf = "" if own else f"代{report.org.committee_name}"
    sentence = (
        f"{behalf}把《{report.call.title}》报给{report.to_org.committee_name}，写了{said}项，共{len(rows)}项"
    )
    journal(by, "plans.submitted", sentence, kind=REPORT, subject_id=report.pk)
    if report.to_org_id == report.org_id and not inner_roles(report.org_id, sender_role=by.role):
        return decide(process, Verdict.ACCEPT, by=by)
    return process


@transaction.atomic
def decide_report(
    report: Report,
    verdict: Verdict,
    *,
    by: Actor,
    reason: str = "",
    notes: Mapping[str, str] | None = None,
) -> Process:
    """Accept the page or ask for more; ``notes`` are remarks on single rows by row id."""
    report = _lock(report)
    process = open_process(REPORT, report.pk)
    if process is None or not process.steps.filter(is_inner=True, done_at__isnull=True).exists():
        require(can_look_through(by, process, report))
    if process is None:  # the rule above has refused; this satisfies the reader
        require(not_now("这一页现在不在等审核。"))
        raise AssertionError
    return decide(process, verdict, by=by, reason=reason, notes=notes)


@transaction.atomic
def accept_many(reports: Sequence[Report], *, by: Actor) -> int:
    """Accept every page of the list that still waits here; returns how many were accepted now.

    A page that its unit is signing anew inside (内部审签) is left alone.
    """
    done = 0
    for report in reports:
        process = open_process(REPORT, report.pk)
        desk = current_step(process) if process else None
        if desk is not None and not desk.is_inner:
            decide_report(report, Verdict.ACCEPT, by=by)
            done += 1
    return done


@transaction.atomic
def recall_report(report: Report, *, by: Actor) -> Process:
    """Take a page back before the upper unit decided."""
    process = open_process(REPORT, report.pk)
    if process is None:
        require(not_now("这一页已经审核过了，或者还没有提交，不用撤回。"))
        raise AssertionError
    return recall(process, by=by)
