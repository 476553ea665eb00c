"""What of plans is printed: the page on all duties, the ledger, the matrix, as official sheets.

Each is built from the unit's own view (``org_id``), so that a look-up builds the same sheet again and compares.
"""

from xinhuo.core.actor import Actor
from xinhuo.core.answer import ALLOWED, Answer, not_now
from xinhuo.core.dates_zh import full_date
from xinhuo.core.text_zh import number
from xinhuo.orgs.models import Org
from xinhuo.prints.sheets import Line, Sheet

from ..lights import GLYPHS
from ..models import Assignment, Plan, Report
from .ledger import HEADINGS, rows_for
from .matrix import DutyLine, Matrix, build_matrix
from .pages import PageRow, sent_or_own
from .work import rows_of

MOST_LINES = 1000

NOT_PRINTED = {"进度说明", "原定时限", "办结日期"}
"""Too wide for paper; and a sentence that counts days would make every print outdated the next morning."""

REPORT_HEADS = ("序号", "出处", "落实点", "数量", "进展", "材料")


def report_sheet(report: Report, org_id: int) -> Sheet:
    """进展报送 of a unit: its draft to itself, to everybody else what reached the upper unit last."""
    view = sent_or_own(report, list(rows_of(report)), org_id)
    lines = [Line((str(place), *_report_cells(row))) for place, row in enumerate(view.rows, 1)]
    facts = (f"报送：{report.to_org.committee_name}", f"{full_date(report.call.due)}前")
    return Sheet(report.call.title, report.org.committee_name, facts=facts, heads=REPORT_HEADS, lines=lines)


def _report_cells(row: PageRow) -> tuple[str, ...]:
    duty = row.row.assignment.duty
    total = f"{row.total} {duty.target_unit}".strip() if row.total else ""
    if row.below and row.below.expected:
        total = f"{total}\n含下级 {row.below.fraction} 个单位".strip()
    files = "、".join(item.file.name for item in row.files)
    said = "还没报" if row.is_empty else row.sentence
    return (duty.node.cite, duty.title, total, said, files)


def ledger_print(plan: Plan, org: Org) -> Sheet:
    """台账 of a unit and those below it."""
    rows = rows_for(plan, org.path, org.pk)
    shown = [place for place, (label, _) in enumerate(HEADINGS) if label not in NOT_PRINTED]
    lines = [Line(tuple(_text(row[place]) for place in shown)) for row in rows]
    title = f"{plan.year}年工作要点台账"
    heads = tuple(HEADINGS[place][0] for place in shown)
    return Sheet(title, org.committee_name, facts=_source(plan), heads=heads, lines=lines, wide=True)


def can_print_ledger(actor: Actor, plan: Plan) -> Answer:
    """More than a thousand rows are for a workbook, not for paper."""
    count = Assignment.objects.visible_to(actor).filter(duty__plan=plan, duty__removed=False).count()
    if count > MOST_LINES:
        return not_now(f"台账有 {number(count)} 行，打在纸上太长。请用“导出台账”，在表格里筛选后再打印。")
    return ALLOWED


def matrix_print(plan: Plan, unit: Org) -> Sheet:
    """落实情况表 as the unit sees it."""
    matrix = build_matrix(plan, unit)
    heads = ("要点", "时限", "进度", "已审核/应报", "合计", *(column.label for column in matrix.columns))
    title = f"{plan.year}年工作要点落实情况"
    notes = ("格里的数是已审核的单位数和应报的单位数；合计只加已审核的数，没有报的不当作零。",)
    lines = _matrix_lines(matrix)
    return Sheet(
        title, unit.committee_name, facts=_source(plan), heads=heads, lines=lines, notes=notes, wide=True
    )


def _source(plan: Plan) -> tuple[str, ...]:
    document = plan.document
    return (f"依据：{document.number or document.title}",)


def _matrix_lines(matrix: Matrix) -> list[Line]:
    lines = []
    for block in matrix.blocks:
        if not block.lines:
            lines.append(Line((f"{block.node.marker}{block.node.text[:60]}",), is_part=True))
        for place, line in enumerate(block.lines):
            lines.append(_matrix_line(line, block.node.marker if place == 0 else ""))
    return lines


def _matrix_line(line: DutyLine, marker: str) -> Line:
    duty = line.duty
    due = full_date(duty.due) if duty.due else "常年" if duty.standing else ""
    done = f"{line.tally.reported}/{line.tally.expected}" if line.tally.expected else ""
    total = f"{number(line.tally.total)} {duty.target_unit}".strip() if line.tally.total is not None else ""
    cells = [f"{cell.glyph}{cell.text}" if cell.state != "none" else "" for cell, _ in line.cells]
    if line.own and not line.tally.expected:
        done = f"本级 {line.own.text}"
    light = f"{GLYPHS[line.state]} {line.words}"
    return Line((f"{marker}{duty.title}", due, light, done, total, *cells))


def _text(value: object) -> str:
    if isinstance(value, float):
        return number(value)
    return str(value)
