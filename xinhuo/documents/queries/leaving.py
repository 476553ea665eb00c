"""What is being sent: the page on which it is approved, and the sheet a leader signs on paper."""

from dataclasses import dataclass
from typing import Any

from xinhuo.core.actor import Actor
from xinhuo.core.contracts import collect
from xinhuo.core.dates_zh import full_date
from xinhuo.files.models import Attachment
from xinhuo.files.queries import attachments
from xinhuo.flows.climbs import Climbs, climbs, decision_of, steps_of
from xinhuo.flows.models import Process
from xinhuo.prints.sheets import Box, Sheet

from ..enums import DispatchState
from ..kinds import DOCUMENT, SENDING
from ..models import Ask, Dispatch, Document, DocumentQuerySet


def own_dispatches(actor: Actor) -> Any:
    """The unit's own acts of sending, those still being approved too."""
    rows = Dispatch.objects.filter(document__issuer_id=actor.org_id)
    return rows.select_related("document__issuer", "document__root", "document__forwards", "to", "copies")


def asked_of(document: Document) -> Dispatch | None:
    """The sending of a document that is being approved, was returned, or waits to be posted."""
    open_states = (DispatchState.ASKED, DispatchState.CLEARED, DispatchState.BACK)
    return document.dispatches.filter(state__in=open_states).select_related("to", "copies").first()


@dataclass(frozen=True, slots=True)
class SendingView:
    """Everything an approver looks at."""

    dispatch: Dispatch
    words: list[tuple[str, str]]
    files: list[Attachment]
    climbs: Climbs


def sending_view(dispatch: Dispatch) -> SendingView:
    """The sending with what the apps above say about it, its files and its way so far."""
    files = list(attachments(DOCUMENT, dispatch.document_id))
    return SendingView(dispatch, sending_words(dispatch), files, climbs(SENDING, dispatch.pk))


def _asked(dispatch: Dispatch) -> list[tuple[str, str]]:
    """What answer the document asks for, column by column: an approver agrees to that too."""
    ask = Ask.objects.select_related("form").filter(document_id=dispatch.document_id).first()
    if ask is None or not ask.form.asks:
        return []
    columns = "、".join(column.heading for column in ask.form.column_list)
    return [("要求回复", f"{ask.form.asks}{f'（{columns}）' if columns else ''}")]


def sending_words(dispatch: Dispatch) -> list[tuple[str, str]]:
    """Audience, dates and what the apps above add, as pairs of label and words."""
    words = [("寄往" if dispatch.outside_to else "主送", dispatch.whom)]
    if not dispatch.outside_to:
        skipped = len(dispatch.skipped)
        number = len(dispatch.to.org_ids)
        more = f"，其中 {skipped} 个已经收到过，不再发" if skipped else ""
        words = [("主送", f"{dispatch.to.label}（共 {number} 个单位{more}）")]
        words.append(("抄送", dispatch.copies.label if dispatch.copies else "不抄送"))
        words.append(("时限", full_date(dispatch.due) if dispatch.due else "没有时限"))
        words += _asked(dispatch)
    for hook in collect("delivery_hooks"):
        if hook.describe is not None:
            words += hook.describe(dispatch.pk)
    return words


def sending_sheet(dispatch: Dispatch) -> Sheet:
    """发文审签单: what is to leave, with the boxes in which the posts of the unit sign."""
    document = dispatch.document
    files = "、".join(row.file.name for row in attachments(DOCUMENT, document.pk)) or "没有附件"
    boxes = [
        Box("标题", document.title, wide=True),
        Box("文号", document.number or "还没有编号"),
        Box("文种", document.get_kind_display()),
        *(Box(label, text, wide=True) for label, text in sending_words(dispatch)),
        Box("附件", files, wide=True),
        Box("拟稿", f"{dispatch.by_name}"),
        Box("送审日期", full_date(_asked_on(dispatch))),
        *_opinions(dispatch),
    ]
    unit = document.issuer.committee_name
    return Sheet("发文审签单", unit, boxes=boxes, signers=())


def _asked_on(dispatch: Dispatch) -> Any:
    process = _latest(dispatch)
    return process.opened_at.date() if process else dispatch.created_at.date()


def _latest(dispatch: Dispatch) -> Process | None:
    return next(iter(climbs(SENDING, dispatch.pk).processes), None)


def _opinions(dispatch: Dispatch) -> list[Box]:
    process = _latest(dispatch)
    found = []
    for step in steps_of(process) if process else []:
        decision = decision_of(step)
        text = sign = ""
        if decision is not None:
            text = decision.reason or decision.get_verdict_display()
            sign = f"{decision.on_behalf_of or decision.by_name} {full_date(decision.at.date())}"
        label = f"{step.get_role_display()}意见"
        found.append(Box(label, text, wide=True, tall=True, sign=sign, is_later=True))
    return found


def entered(actor: Actor) -> DocumentQuerySet:
    """What the unit entered from bodies outside the tree, newest first."""
    return Document.objects.filter(issuer_id=actor.org_id).exclude(outside_issuer="").order_by("-id")


def follow_ups(document: Document) -> tuple[list[Document], list[Document]]:
    """The unit's documents that pass an entered one on, and those that answer it, each with its sendings."""
    own = Document.objects.filter(issuer_id=document.issuer_id).prefetch_related("dispatches").order_by("pk")
    return list(own.filter(forwards=document)), list(own.filter(answers=document))
