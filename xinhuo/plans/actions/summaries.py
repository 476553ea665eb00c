"""Drafting the 总结: collecting accepted sentences, and keeping what people make of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.core.answer import denied, require
from xinhuo.core.errors import BadInputError
from xinhuo.journal.actions import journal
from xinhuo.orgs.models import Org

from ..kinds import SUMMARY
from ..models import Assignment, Duty, Summary, SummaryLine
from ..queries.materials import accepted_work
from ..rules.year import can_close_year
from ..sentences import sentences


@dataclass(frozen=True, slots=True)
class LineInput:
    """What was typed for one sentence. ``seen`` is the line's stamp when the page was shown."""

    line_id: int
    text: str
    chosen: bool
    position: int
    seen: str


@dataclass(frozen=True, slots=True)
class LineClash:
    """A line that a colleague saved meanwhile: theirs stands, ours is handed back."""

    line: SummaryLine
    text: str
    chosen: bool


def line_stamp(line: SummaryLine) -> str:
    """The line's version as it travels with the form."""
    return line.updated_at.isoformat() if line.updated_at else ""


@transaction.atomic
def collect_summary(year: int, *, by: Actor) -> Summary:
    """Start the unit's draft for a year, or add what was accepted since; nothing anybody edited is touched."""
    require(can_close_year(by))
    org = Org.objects.select_for_update(of=("self",)).get(pk=by.org_id)
    moment = clock.now()
    title = f"{org.committee_name}{year}年工作总结"
    summary, _ = Summary.objects.get_or_create(
        org=org, year=year, defaults={"title": title[:120], "created_at": moment}
    )
    known = set(summary.lines.values_list("assignment_id", "source_text"))
    last = dict(summary.lines.order_by().values_list("duty_id").annotate(Max("position")))
    fresh = []
    for item in accepted_work(by.org_id, year):
        for text in sentences(item.accepted_sentence):
            if (item.pk, text) not in known:
                known.add((item.pk, text))
                last[item.duty_id] = last.get(item.duty_id, 0) + 1
                fresh.append(_line(summary, item, text, last[item.duty_id]))
    if not fresh and not known:
        raise BadInputError(f"{year}年还没有审核通过的进展，不能起草总结。等下级报来、审核通过以后再来。")
    SummaryLine.objects.bulk_create(fresh, batch_size=500)
    summary.collected_at = moment
    summary.save(update_fields=["collected_at"])
    journal(
        by,
        "plans.summary_collected",
        f"起草《{title}》，收进{len(fresh)}句",
        kind=SUMMARY,
        subject_id=summary.pk,
    )
    return summary


def _line(summary: Summary, item: Assignment, text: str, place: int) -> SummaryLine:
    return SummaryLine(
        summary=summary,
        duty=item.duty,
        assignment=item,
        org_id=item.org_id,
        revision_id=item.accepted_revision or 0,  # accepted_work has only accepted ones
        position=place,
        source_text=text,
        text=text,
    )


@transaction.atomic
def save_lines(summary: Summary, duty: Duty, entries: Sequence[LineInput], *, by: Actor) -> list[LineClash]:
    """Keep order, choice and words of the lines about one duty; where a colleague was faster theirs stands."""
    require(can_close_year(by))
    if summary.org_id != by.org_id:
        require(denied("这份总结由别的单位起草。"))
    rows = {row.pk: row for row in summary.lines.select_for_update().filter(duty=duty)}
    clashes, changed = [], []
    for entry in entries:
        row = rows.get(entry.line_id)
        if row is None or (row.text, row.chosen, row.position) == (entry.text, entry.chosen, entry.position):
            continue
        if entry.seen != line_stamp(row):
            clashes.append(LineClash(row, entry.text, entry.chosen))
            continue
        row.text, row.chosen, row.position = entry.text, entry.chosen, entry.position
        row.updated_at = clock.now()
        changed.append(row)
    SummaryLine.objects.bulk_update(changed, ["text", "chosen", "position", "updated_at"], batch_size=200)
    return clashes
