"""Bodies outside the tree: their documents are entered, passed on, answered; what goes to them is recorded."""

import datetime as dt
from typing import Unpack

from django.db import transaction

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.core.answer import require
from xinhuo.core.contracts import collect
from xinhuo.core.dates_zh import full_date
from xinhuo.core.errors import BadInputError
from xinhuo.flows.todos import close_todos
from xinhuo.journal.actions import journal
from xinhuo.orgs.selections import make_selection

from ..enums import DispatchState, DocumentKind, OutsideHow
from ..kinds import DOCUMENT as SUBJECT
from ..kinds import SENDING
from ..models import Dispatch, Document
from ..rules import can_create_document, can_pass_on_outside, can_post_outside, can_send
from .approving import ask, needs_approval
from .drafting import Draft, create_document
from .leaving import mark_sent
from .sending import forward_title, planned, require_nothing_asked, require_ready


@transaction.atomic
def enter_outside(*, by: Actor, **fields: Unpack[Draft]) -> Document:
    """Enter what came from a body outside the tree (登记来文). It is seen by the unit alone until it is passed on."""
    if not fields.get("outside_issuer", "").strip():
        raise BadInputError("请写明是哪个单位来的文。")
    document = create_document(by=by, **fields)
    sentence = f"登记来文：{document.outside_issuer}《{document.title}》"
    journal(by, "documents.entered", sentence, kind=SUBJECT, subject_id=document.pk)
    for hook in collect("delivery_hooks"):
        if hook.entered is not None:
            hook.entered(document.pk, by)
    return document


@transaction.atomic
def pass_on_draft(document: Document, *, by: Actor) -> Document:
    """Start the unit's own document that passes an entered one on to units below."""
    require(can_pass_on_outside(by, document))
    moment = clock.now()
    draft = Document.objects.create(
        issuer_id=by.org_id,
        kind=document.kind,
        title=forward_title(document),
        due=document.due,
        forwards=document,
        root=document,
        is_demo=document.is_demo,
        by_person_id=by.person_id,
        by_name=by.person_name,
        created_at=moment,
        updated_at=moment,
    )
    sentence = f"起草转发《{document.title}》"
    journal(by, "documents.created", sentence, kind=SUBJECT, subject_id=draft.pk)
    return draft


@transaction.atomic
def answer_draft(document: Document, *, by: Actor) -> Document:
    """Start the unit's own answer to an entered document (复函、上报件)."""
    require(can_pass_on_outside(by, document))
    return create_document(
        by=by,
        kind=DocumentKind.LETTER,
        title=f"关于《{document.title}》的复函"[:200],
        answers=document,
        is_demo=document.is_demo,
    )


@transaction.atomic
def send_outside(document: Document, *, whom: str, by: Actor) -> Dispatch:
    """Send an own document to a body outside the tree: approved inside the unit first, where that is the rule.

    The dispatch is ASKED, or CLEARED to be posted at once; ``post_outside`` records the posting. Raises BadInputError
    without a name.
    """
    document = (
        Document.objects.select_for_update(of=("self",)).select_related("issuer", "root").get(pk=document.pk)
    )
    require(can_create_document(by))
    require(can_send(by, document))
    require_nothing_asked(document)
    require_ready(document)
    if not whom.strip():
        raise BadInputError("请写明寄给哪个单位。")
    dispatch = planned(document, by=by, outside_to=whom.strip()[:120])
    dispatch.to = make_selection(document.issuer, dispatch.outside_to, {"ids": []})
    dispatch.copies, dispatch.due, dispatch.skipped = None, None, []
    dispatch.save()
    if needs_approval(by):
        return ask(dispatch, by=by)
    dispatch.advance(DispatchState.CLEARED)
    dispatch.save(update_fields=["state"])
    close_todos(SENDING, dispatch.pk)  # it may have been returned while the unit still approved
    return dispatch


@transaction.atomic
def post_outside(dispatch: Dispatch, *, how: OutsideHow, on: dt.date, who: str, by: Actor) -> Dispatch:
    """Record that it was posted: how, on which day, by whom. Raises BadInputError for a day to come."""
    rows = Dispatch.objects.select_for_update(of=("self",)).select_related(
        "document__issuer", "document__root"
    )
    dispatch = rows.get(pk=dispatch.pk)
    require(can_post_outside(by, dispatch))
    if on > clock.today():
        raise BadInputError("寄出日期还没有到。请在寄出以后再记。")
    dispatch.outside_how, dispatch.outside_on = how, on
    dispatch.outside_by = who.strip()[:64] or by.person_name
    dispatch.advance(DispatchState.DONE)
    dispatch.done_at = clock.now()
    dispatch.save()
    mark_sent(dispatch.document)
    close_todos(SENDING, dispatch.pk)
    way = f"{full_date(on)}{OutsideHow(how).label}，{dispatch.outside_by}"
    sentence = f"《{dispatch.document.title}》寄往{dispatch.outside_to}（{way}）"
    journal(by, "documents.posted", sentence, kind=SUBJECT, subject_id=dispatch.document_id)
    return dispatch
