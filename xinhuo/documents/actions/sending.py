"""Sending and forwarding: one act, one dispatch, each unit once."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.core.answer import not_now, require
from xinhuo.core.errors import BadInputError
from xinhuo.files.models import Attachment
from xinhuo.flows.todos import close_todos
from xinhuo.journal.actions import journal
from xinhuo.orgs.models import Org, Selection
from xinhuo.orgs.selections import make_selection

from ..enums import DispatchState
from ..kinds import DOCUMENT as SUBJECT
from ..kinds import SENDING
from ..models import Delivery, Dispatch, Document
from ..recipients import Recipients, recipients
from ..rules import ASKED, can_forward, can_send
from .approving import ask, needs_approval
from .asking import inherit_ask, require_ask_ready
from .leaving import set_off


@transaction.atomic
def send_document(
    document: Document,
    *,
    to: Mapping[str, Any],
    to_label: str,
    by: Actor,
    copies: Mapping[str, Any] | None = None,
    copies_label: str = "",
    due: dt.date | None = None,
    params: Mapping[str, Any] | None = None,
    choice: Mapping[str, Any] | None = None,
) -> Dispatch:
    """Send a document to the units of ``to`` (work) and ``copies`` (to read), each unit once per chain.

    The audiences are frozen as they stand today. Up to 500 units are delivered here and now; more go through a
    job, and nobody sees anything before the last chunk. ``due`` defaults to the document's own, and for a
    forwarded document may not be later than the date the unit itself was given. ``params`` belongs to the apps
    that listen to deliveries, ``choice`` is what was ticked. Raises BadInputError when nobody would get anything, or
    without title or content.

    Where the unit approves what leaves it, this asks for the approval: the dispatch is then ASKED, and goes out by
    itself, exactly as it stands, with the last signature.
    """
    document = _locked(document)
    require(can_send(by, document))
    require_nothing_asked(document)
    require_ready(document)
    due = _due(document, _upstream(document), due)
    found = recipients(document, to, copies)
    _require_somebody(found, document)
    dispatch = planned(document, by=by)
    dispatch.to = _frozen(document.issuer, to_label, to)
    dispatch.copies = _frozen(document.issuer, copies_label, copies) if copies else None
    dispatch.due = due
    dispatch.params = dict(params) if params is not None else dispatch.params
    dispatch.choice = dict(choice or {})
    dispatch.skipped = [skip.as_json() for skip in found.skipped]
    dispatch.save()
    return ask(dispatch, by=by) if needs_approval(by) else _send_now(dispatch, found, by=by)


def _send_now(dispatch: Dispatch, found: Recipients, *, by: Actor) -> Dispatch:
    dispatch.advance(DispatchState.RUNNING)
    dispatch.save(update_fields=["state"])
    close_todos(SENDING, dispatch.pk)  # it may have been returned while the unit still approved
    set_off(dispatch, found.targets, by=by)
    return dispatch


def planned(document: Document, *, by: Actor, outside_to: str = "") -> Dispatch:
    """The sending that was returned, to be tried again with its history; else a new one. Not saved here."""
    returned = document.dispatches.filter(state=DispatchState.BACK).select_related("to", "copies")
    inside = returned.filter(outside_to="")
    dispatch = (returned.exclude(outside_to="") if outside_to else inside).first()
    dispatch = dispatch or Dispatch(document=document, state=DispatchState.BACK, created_at=clock.now())
    dispatch.document = document
    dispatch.by_person_id, dispatch.by_name = by.person_id, by.person_name
    dispatch.outside_to = outside_to
    return dispatch


def require_nothing_asked(document: Document) -> None:
    """One sending of a document is decided at a time."""
    if document.dispatches.filter(state__in=(DispatchState.ASKED, DispatchState.CLEARED)).exists():
        require(not_now(ASKED))


@transaction.atomic
def draft_forward(
    delivery: Delivery,
    *,
    by: Actor,
    number: str,
    title: str,
    remark: str,
    due: dt.date | None = None,
    ask_below: bool = True,
) -> Document:
    """Start the unit's own document that passes on what it received. Sent like any other by ``send_document``.

    What the unit above asks for is asked of those below too, unless ``ask_below`` is off.
    """
    delivery = Delivery.objects.select_related("document", "root", "org", "dispatch").get(pk=delivery.pk)
    require(can_forward(by, delivery))
    moment = clock.now()
    document = Document.objects.create(
        issuer_id=by.org_id,
        kind=delivery.document.kind,
        number=number.strip(),
        title=title.strip() or forward_title(delivery.root),
        remark=remark,
        due=due or delivery.due,
        line=delivery.document.line,
        forwards=delivery.document,
        root=delivery.root,
        is_demo=delivery.root.is_demo,
        by_person_id=by.person_id,
        by_name=by.person_name,
        created_at=moment,
        updated_at=moment,
    )
    if ask_below:
        inherit_ask(document, delivery.document)
    sentence = f"起草转发《{delivery.root.title}》"
    journal(by, "documents.created", sentence, kind=SUBJECT, subject_id=document.pk)
    return document


@transaction.atomic
def forward(
    delivery: Delivery,
    *,
    number: str,
    title: str,
    remark: str,
    to: Mapping[str, Any],
    to_label: str,
    by: Actor,
    copies: Mapping[str, Any] | None = None,
    copies_label: str = "",
    due: dt.date | None = None,
    params: Mapping[str, Any] | None = None,
    choice: Mapping[str, Any] | None = None,
    ask_below: bool = True,
) -> Dispatch:
    """Pass a received document on under an own number to units below, with the same or an earlier date.

    Without ``due`` the unit's own date is passed on. Raises BadInputError for a later one.
    """
    document = draft_forward(
        delivery, by=by, number=number, title=title, remark=remark, due=due, ask_below=ask_below
    )
    return send_document(
        document,
        to=to,
        to_label=to_label,
        copies=copies,
        copies_label=copies_label,
        due=due,
        params=params,
        choice=choice,
        by=by,
    )


def forward_title(root: Document) -> str:
    """What a forwarding document is called when nobody says otherwise."""
    return f"转发《{root.title}》"[:200]


def _locked(document: Document) -> Document:
    rows = Document.objects.select_for_update(of=("self",))
    return rows.select_related("issuer", "root", "forwards").get(pk=document.pk)


def require_ready(document: Document) -> None:
    """A title, and something to read."""
    require_ask_ready(document)
    if missing := missing_of(document):
        raise BadInputError(missing)


def missing_of(document: Document) -> str:
    """What has to be there before a document can be sent, in a sentence; empty when it is all there."""
    if not document.title.strip():
        return "请先写上文件标题，再下发。"
    if document.forwards_id or document.text.strip() or Attachment.objects.of(SUBJECT, document.pk).exists():
        return ""
    return "这份文件还没有正文，也没有附件。请先把正文贴进来，或传上扫描件。"


def _require_somebody(found: Recipients, document: Document) -> None:
    if found.targets:
        return
    if not found.skipped:
        raise BadInputError("没有选中任何单位。请在“发给谁”里至少选一个下级单位。")
    first = found.skipped[0]
    raise BadInputError(
        f"选中的{len(found.skipped)}个单位都不用再发《{document.title}》：{first.name}{first.why.removeprefix('这份文件')}"
        + ("，其他单位也一样。" if len(found.skipped) > 1 else "。")
    )


def _upstream(document: Document) -> Delivery | None:
    """The receipt by which the sender itself got the chain; none for the first document of a chain."""
    if document.root_id is None:
        return None
    return Delivery.objects.filter(root_id=document.root_id, org_id=document.issuer_id).first()


def _due(document: Document, upstream: Delivery | None, due: dt.date | None) -> dt.date | None:
    due = due or document.due
    if upstream is None or upstream.due is None:
        return due
    if due and due > upstream.due:
        last = upstream.due
        raise BadInputError(
            f"给下级的时限不能晚于上级给您单位的{last.year}年{last.month}月{last.day}日，请改成这一天或更早。"
        )
    return due or upstream.due


def _frozen(issuer: Org, label: str, criteria: Mapping[str, Any]) -> Selection:
    return make_selection(issuer, label[:200] or "选定的单位", criteria)
