"""The draft of a 总结: its items, the lines of one item, and what the finished text consists of."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Q

from xinhuo.core.clock import SHANGHAI
from xinhuo.flows.models import Revision

from ..models import Assignment, Duty, Node, Summary, SummaryLine
from ..official_docx import Block, Look
from ..sentences import closed, han, sentences
from ..tally import Tally, add_up, number_text
from .materials import accepted_work


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One duty of the draft with how many sentences are used."""

    duty: Duty
    lines: int
    used: int


def items_of(summary: Summary) -> list[ItemLine]:
    """The duties the draft speaks about, in order. Two queries."""
    used = Count("pk", filter=Q(chosen=True))
    counts = {
        row["duty"]: (row["n"], row["used"])
        for row in summary.lines.order_by().values("duty").annotate(n=Count("pk"), used=used)
    }
    duties = Duty.objects.filter(pk__in=counts).select_related("node", "plan__document")
    return [ItemLine(duty, *counts[duty.pk]) for duty in duties.order_by("plan_id", "position")]


@dataclass(slots=True)
class DraftLine:
    """One sentence on the page; ``outdated`` says that the unit has said something else since."""

    line: SummaryLine
    outdated: bool
    text: str
    chosen: bool
    source: str
    theirs: SummaryLine | None = None


def lines_of(summary: Summary, duty: Duty) -> list[DraftLine]:
    """The sentences about one duty in the order people gave them."""
    rows = list(
        summary.lines.filter(duty=duty).select_related("org", "assignment").order_by("position", "pk")
    )
    named = sources_of(rows)
    return [
        DraftLine(
            line,
            line.source_text not in sentences(line.assignment.accepted_sentence),
            line.text,
            line.chosen,
            named[line.pk],
        )
        for line in rows
    ]


def sources_of(lines: Iterable[SummaryLine]) -> dict[int, str]:
    """By line: the unit, the day it was sent up and the how-manieth version that was. One query."""
    listed = list(lines)
    revisions = Revision.objects.defer("snapshot").in_bulk({line.revision_id for line in listed})
    found = {}
    for line in listed:
        revision = revisions[line.revision_id]
        day = revision.at.astimezone(SHANGHAI)
        found[line.pk] = (
            f"{line.org.short_name}，{day.year}年{day.month}月{day.day}日第{revision.number}次报送"
        )
    return found


def total_of(org_id: int, duty: Duty) -> Tally:
    """How many of the unit's receivers were accepted, and what it adds up to."""
    given = Assignment.objects.complete().filter(duty=duty, by_org_id=org_id)
    return add_up((item.accepted_revision is not None, item.accepted_number) for item in given)


@dataclass(slots=True)
class _Part:
    heading: str
    duties: list[tuple[Duty, list[SummaryLine]]] = field(default_factory=list)


def _parts(summary: Summary) -> list[_Part]:
    """The used lines by chapter and duty."""
    rows = summary.lines.filter(chosen=True).exclude(text="").select_related("org", "duty__node")
    nodes = Node.objects.filter(plan__in=summary.lines.values("duty__plan")).only("pk", "parent_id", "text")
    tree = {node.pk: node for node in nodes}
    parts: list[_Part] = []
    for line in rows.order_by("duty__plan_id", "duty__position", "position", "pk"):
        heading = _heading(tree, line.duty.node_id)
        if not parts or parts[-1].heading != heading:
            parts.append(_Part(heading))
        duties = parts[-1].duties
        if not duties or duties[-1][0].pk != line.duty_id:
            duties.append((line.duty, []))
        duties[-1][1].append(line)
    return parts


def _heading(tree: dict[int, Node], pk: int) -> str:
    node = tree[pk]
    while node.parent_id is not None:
        node = tree[node.parent_id]
    return " ".join(node.text.split()).rstrip("。")[:40] if node.pk != pk else "工作开展情况"


def summary_blocks(summary: Summary, *, sources: bool) -> Iterable[Block]:
    """The finished text; with ``sources`` each sentence names its unit and revision."""
    parts = _parts(summary)
    named = (
        sources_of(line for part in parts for _, lines in part.duties for line in lines) if sources else {}
    )
    for number, part in enumerate(parts, start=1):
        yield Block.of(f"{han(number)}、{part.heading}", Look.HEADING)
        for place, (duty, lines) in enumerate(part.duties, start=1):
            yield Block.of(f"（{han(place)}）{duty.title}。", Look.SUBHEADING)
            runs: list[tuple[str, Look]] = []
            if total := _total(summary.org_id, duty):
                runs.append((total, Look.BODY))
            for line in lines:
                runs.append((closed(line.text), Look.BODY))
                if sources:
                    runs.append((f"（{named[line.pk]}）", Look.SOURCE))
            yield Block(runs)


def _total(org_id: int, duty: Duty) -> str:
    tally = total_of(org_id, duty)
    if tally.total is None:
        return ""
    return f"应报的{tally.expected}个单位已报{tally.reported}个，合计{number_text(tally.total)}{duty.target_unit}。"


def unit_blocks(org_id: int, year: int, files: dict[int, list[str]]) -> Iterable[Block]:
    """Everything accepted of a year, unit by unit, with the names of the files."""
    work = sorted(
        accepted_work(org_id, year), key=lambda item: (item.org.path, item.duty.plan_id, item.duty.position)
    )
    unit = None
    for item in work:
        if item.org_id != unit:
            unit = item.org_id
            yield Block.of(item.org.name, Look.HEADING)
        yield Block.of(f"{item.duty.node.cite} {item.duty.title}", Look.SUBHEADING)
        number = (
            f"{number_text(item.accepted_number)}{item.duty.target_unit}。"
            if item.accepted_number is not None
            else ""
        )
        yield Block.of(f"{number}{item.accepted_sentence}" or "没有写文字。")
        if files.get(item.pk):
            yield Block.of(f"附件：{'；'.join(files[item.pk])}", Look.SOURCE)
