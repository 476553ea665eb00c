"""Approval before anything leaves: a sending is frozen, decided inside the unit, and goes out by itself.

It climbs by the flows engine from the unit to itself: the last signature is the acceptance.
"""

from typing import Any

from django.db import transaction

from xinhuo.core.actor import Actor
from xinhuo.core.answer import not_now, require
from xinhuo.files.models import Attachment
from xinhuo.files.queries import attachments_by_subject
from xinhuo.flows.actions import recall, start_process
from xinhuo.flows.enums import Wait
from xinhuo.flows.models import Revision
from xinhuo.flows.queries import inner_roles, open_process
from xinhuo.flows.todos import close_todos, open_todo
from xinhuo.journal.actions import journal

from ..enums import DispatchState, DocumentState
from ..kinds import DOCUMENT, SENDING
from ..models import Ask, Dispatch, Document
from ..rules import can_take_back
from .delivering import frozen_targets
from .leaving import set_off


def needs_approval(by: Actor) -> bool:
    """Whether somebody else of the unit has to agree before the actor's papers leave it."""
    return bool(inner_roles(by.org_id, sender_role=by.role))


def ask(dispatch: Dispatch, *, by: Actor) -> Dispatch:
    """Freeze the document with its audience, dates and files, and lay it on the unit's first desk."""
    document = dispatch.document
    dispatch.advance(DispatchState.ASKED)
    dispatch.save(update_fields=["state"])
    if document.state == DocumentState.DRAFT:
        document.advance(DocumentState.ASKED)
        document.save(update_fields=["state"])
    papers = _papers(document)
    start_process(
        SENDING,
        dispatch.pk,
        by=by,
        to_org_id=document.issuer_id,
        title=f"发文审签：《{document.title}》",
        snapshot={**_words_of_sending(dispatch), **papers},
        checksums={str(item["id"]): item["sha256"] for paper in papers["papers"] for item in paper["files"]},
        cite=document.number,
    )
    sentence = f"送审《{document.title}》，拟发给{dispatch.whom}"
    journal(by, "documents.asked", sentence, kind=DOCUMENT, subject_id=document.pk)
    return dispatch


@transaction.atomic
def recall_sending(dispatch: Dispatch, *, by: Actor) -> Dispatch:
    """Take a sending back before it was decided; the document is a draft again."""
    dispatch = _locked(dispatch.pk)
    require(can_take_back(by, dispatch))
    process = open_process(SENDING, dispatch.pk)
    if process is None:
        require(not_now("这件事刚刚已经办过了，请刷新后再看。"))
        raise AssertionError
    recall(process, by=by)
    close_todos(SENDING, dispatch.pk, Wait.FILL)  # who takes it back goes on at once, on the draft's own page
    return _locked(dispatch.pk)


def on_arrive(dispatch_id: int, number: int, by: Actor) -> None:
    """Nothing: it never leaves the unit as a paper to be decided elsewhere."""


def on_accept(dispatch_id: int, number: int, by: Actor) -> None:
    """The last signature: what was approved goes out, exactly as it was frozen."""
    dispatch = _locked(dispatch_id)
    revision = Revision.objects.get(kind=SENDING, subject_id=dispatch_id, number=number)
    if _papers(dispatch.document)["papers"] != revision.snapshot["papers"]:
        require(not_now("文件或附件在送审以后变过，不能照原样发出。请退回经办人，重新送审。"))
    if dispatch.outside_to:
        dispatch.advance(DispatchState.CLEARED)
        dispatch.save(update_fields=["state"])
        _ask_to_post(dispatch)
        return
    dispatch.advance(DispatchState.RUNNING)
    dispatch.save(update_fields=["state"])
    without = {skip["org"] for skip in dispatch.skipped}
    set_off(dispatch, frozen_targets(dispatch, without), by=by)


def on_return(dispatch_id: int, number: int, by: Actor) -> None:  # noqa: ARG001 - the engine's signature
    """Back to the drafter with the reason."""
    _give_back(dispatch_id)


def on_recall(dispatch_id: int, number: int, by: Actor) -> None:  # noqa: ARG001 - the engine's signature
    """Taken back: a draft again."""
    _give_back(dispatch_id)


def _ask_to_post(dispatch: Dispatch) -> None:
    open_todo(
        org_id=dispatch.document.issuer_id,
        person_id=None,
        wait=Wait.CONFIRM,
        kind=SENDING,
        subject_id=dispatch.pk,
        title=f"寄出并记下：《{dispatch.document.title}》",
        detail=f"已签发，寄往{dispatch.outside_to}。寄出后记下哪天、怎样寄的。",
        cite=dispatch.document.number,
    )


def _give_back(dispatch_id: int) -> None:
    dispatch = _locked(dispatch_id)
    dispatch.advance(DispatchState.BACK)
    dispatch.save(update_fields=["state"])
    if dispatch.document.state == DocumentState.ASKED:
        dispatch.document.advance(DocumentState.DRAFT)
        dispatch.document.save(update_fields=["state"])


def _locked(dispatch_id: int) -> Dispatch:
    rows = Dispatch.objects.select_for_update(of=("self",))
    return rows.select_related("document__issuer", "document__root", "to", "copies").get(pk=dispatch_id)


def _words_of_sending(dispatch: Dispatch) -> dict[str, Any]:
    return {
        "to": {"label": dispatch.to.label, "org_ids": dispatch.to.org_ids},
        "copies": {"label": dispatch.copies.label, "org_ids": dispatch.copies.org_ids}
        if dispatch.copies
        else None,
        "outside_to": dispatch.outside_to,
        "due": dispatch.due.isoformat() if dispatch.due else None,
        "params": dispatch.params,
    }


def _papers(document: Document) -> dict[str, Any]:
    """The document and, where it passes on something entered from outside, that too: words and files."""
    papers = [document]
    if document.root is not None and document.root.is_outside:
        papers.append(document.root)
    files = attachments_by_subject(DOCUMENT, [item.pk for item in papers])
    return {"papers": [_words(item, files.get(item.pk, [])) for item in papers]}


def _words(document: Document, files: list[Attachment]) -> dict[str, Any]:
    return {
        "id": document.pk,
        "kind": document.kind,
        "number": document.number,
        "title": document.title,
        "signed_on": document.signed_on.isoformat() if document.signed_on else None,
        "text": document.text,
        "remark": document.remark,
        "asks": _asks(document),
        "files": [{"id": item.file_id, "name": item.file.name, "sha256": item.file.sha256} for item in files],
    }


def _asks(document: Document) -> dict[str, Any] | None:
    """What answer it asks for: part of what is agreed to."""
    ask = Ask.objects.select_related("form").filter(document=document).first()
    return {"words": ask.form.asks, "columns": ask.form.columns} if ask else None
