"""What of a plan a later document can move or strike, and whom that would touch."""

import datetime as dt
from collections.abc import Mapping

from django.db.models import Count, Q

from xinhuo.core.contracts import AmendableDate, Change
from xinhuo.core.dates_zh import short_date
from xinhuo.documents.models import Document
from xinhuo.documents.queries.amendable import current_due
from xinhuo.documents.reach import passed_on_by

from ..enums import CallKind, PlanState, ReportState
from ..models import Assignment, Plan, Report, ReportCall
from .work import own_call_dates

DUTY = "duty:"
KINDS = (CallKind.HALF, CallKind.YEAR)
LABELS = {CallKind.HALF: "半年进展报送", CallKind.YEAR: "全年进展报送"}
DONE = (ReportState.SUBMITTED, ReportState.ACCEPTED)


def document_of(document_id: int) -> Document:
    """The document with what is asked of it here."""
    return Document.objects.select_related("issuer", "root", "forwards").get(pk=document_id)


def plan_of(document: Document) -> Plan | None:
    """The plan whose text the chain of this document carries."""
    return Plan.objects.filter(document_id=document.root_id or document.pk, state=PlanState.PUBLISHED).first()


def dates(document_id: int) -> list[AmendableDate]:
    """The pages the issuer asked for this year, then the duties it gave of this plan."""
    document = document_of(document_id)
    plan = plan_of(document)
    if plan is None:
        return []
    return [*_calls(document, plan), *_duties(document, plan)]


def _calls(document: Document, plan: Plan) -> list[AmendableDate]:
    above: Mapping[str, dt.date] = {}
    if document.forwards is not None:
        above = own_call_dates(document.issuer_id, document.forwards.issuer_id, plan.year)
    due = current_due(document)
    rows = ReportCall.objects.filter(
        issuer=document.issuer_id, year=plan.year, kind__in=KINDS, cancelled_by=None
    ).annotate(units=Count("reports", filter=~Q(reports__org_id=document.issuer_id)))
    return [
        AmendableDate(
            call.kind,
            LABELS[CallKind(call.kind)],
            call.due,
            call.units,
            sets_document=call.due == due,
            latest=above.get(call.kind),
            before=CallKind.YEAR if call.kind == CallKind.HALF else "",
        )
        for call in rows.order_by("due", "pk")
    ]


def _duties(document: Document, plan: Plan) -> list[AmendableDate]:
    """Of the first document the duties as printed; of one that passes them on, as it asks those below."""
    given = Assignment.objects.filter(by_org=document.issuer_id, duty__plan=plan, duty__removed=False)
    given = given.filter(cancelled_by=None).select_related("duty__node", "upstream")
    units: dict[int, int] = {}
    first: dict[int, Assignment] = {}
    for item in given.order_by("duty__position", "pk"):
        units[item.duty_id] = units.get(item.duty_id, 0) + 1
        first.setdefault(item.duty_id, item)
    return [
        AmendableDate(
            f"{DUTY}{pk}",
            f"{item.duty.node.cite}：{item.duty.title}"[:80],
            item.duty.due if document.root_id is None else item.due,
            units[pk],
            latest=item.upstream.due if item.upstream else None,
        )
        for pk, item in first.items()
    ]


def settled(document_id: int, org_ids: list[int]) -> set[int]:
    """Units that have sent every page they owe this year."""
    plan = plan_of(document_of(document_id))
    if plan is None:
        return set()
    rows = Report.objects.filter(org_id__in=org_ids, call__year=plan.year, cancelled_by=None)
    counted = rows.order_by().values_list("org_id").annotate(waiting=Count("pk", filter=~Q(state__in=DONE)))
    return {org_id for org_id, waiting in counted if not waiting}


def touched(change: Change, org_ids: list[int]) -> list[str]:
    """In numbers: pages that get another date or are struck, those that stay, duties, and who is touched besides."""
    document = document_of(change.document_id)
    plan = plan_of(document)
    if plan is None:
        return []
    givers = {item.issuer_id for item in passed_on_by(document, org_ids)}
    found = [_about_calls(kind, change, plan, givers, org_ids) for kind in KINDS]
    keys = {key for key in (*change.days, *change.cancels) if key.startswith(DUTY)}
    duties = {int(key.removeprefix(DUTY)) for key in keys}
    items = Assignment.objects.filter(org_id__in=org_ids, duty__plan=plan, cancelled_by=None)
    if not change.whole:
        items = items.filter(duty_id__in=duties)
    if number := items.count() if duties or change.whole else 0:
        done = items.filter(accepted_revision__isnull=False).count()
        what = "取消" if change.whole or change.cancels else "顺延"
        kept = f"，其中 {done} 项已经审核过，报的内容照样保留" if done else ""
        found.append(f"布置下去的 {number} 项任务{what}{kept}。")
    return [words for words in found if words]


def _about_calls(kind: CallKind, change: Change, plan: Plan, givers: set[int], org_ids: list[int]) -> str:
    struck = kind in change.cancels
    if kind not in change.days and not struck:
        return ""
    pages = Report.objects.filter(call__issuer_id__in=givers, call__year=plan.year, call__kind=kind)
    total, done = pages.count(), pages.filter(state__in=DONE).count()
    others = pages.exclude(org_id__in=org_ids).count()
    words = f"{LABELS[kind]}：共 {total} 个单位，{total - done} 个还没报的"
    words += "不用再报" if struck else f"一起顺延 {change.days[kind]} 天"
    if done:
        words += f"，{done} 个已经报了的保留不动"
    if others:
        words += (
            f"；其中 {others} 个单位没有收到过这份文件，因为同一次报送，也一起{'取消' if struck else '顺延'}"
        )
    return f"{words}。"


def moved_note(before: dt.date | None, cite: str) -> str:
    """原定 6月20日，依据 黔教关〔2026〕9号 改期; empty where nothing was moved."""
    return f"原定 {short_date(before)}，依据 {cite} 改期" if before else ""
