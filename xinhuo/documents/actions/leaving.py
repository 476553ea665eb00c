"""A sending sets off: nothing holds it any more."""

from collections.abc import Sequence

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.core.contracts import collect
from xinhuo.journal.actions import journal

from ..enums import DocumentState
from ..kinds import DOCUMENT as SUBJECT
from ..models import Dispatch, Document
from .changing import changes_now, set_off_change
from .delivering import CHUNK, Target, deliver, finish, start_delivery_job


def set_off(dispatch: Dispatch, targets: Sequence[Target], *, by: Actor) -> None:
    """The document is sent from now on; its deliveries are made here, or by a job when they are many."""
    document = dispatch.document
    mark_sent(document)
    if document.root is not None and document.root.is_outside:
        _freeze(document.root)
    for hook in collect("delivery_hooks"):
        if hook.started is not None:
            hook.started(dispatch.pk, by)
    if changes_now(dispatch):
        targets = set_off_change(dispatch, by=by)
    elif len(targets) <= CHUNK:
        deliver(dispatch, targets, by=by)
        finish(dispatch, targets)
    else:
        start_delivery_job(dispatch, [skip["org"] for skip in dispatch.skipped], len(targets), by=by)
    _journal_sending(dispatch, targets, by=by)


def mark_sent(document: Document) -> None:
    """From its first sending on a document is no draft; called again it changes nothing."""
    if document.state != DocumentState.SENT:
        document.advance(DocumentState.SENT)
        document.sent_at = clock.now()
        document.save(update_fields=["state", "sent_at"])


def _freeze(root: Document) -> None:
    """What came from outside is no longer corrected once others have it before them; this unit did not issue it."""
    if root.state == DocumentState.DRAFT:
        root.advance(DocumentState.SENT)
        root.save(update_fields=["state"])


def _journal_sending(dispatch: Dispatch, targets: Sequence[Target], *, by: Actor) -> None:
    document = dispatch.document
    copies = sum(is_copy for _, is_copy in targets)
    parts = [f"发给{len(targets) - copies}个单位"] if len(targets) > copies else []
    if copies:
        parts.append(f"抄送{copies}个单位")
    number = f"（{document.number}）" if document.number else ""
    verb = "documents.forwarded" if document.forwards_id else "documents.sent"
    word = "转发" if document.forwards_id else "下发"
    drafter = "" if dispatch.by_person_id == by.person_id else f"（{dispatch.by_name}经办，审签后自动发出）"
    sentence = f"{word}《{document.title}》{number}，{'，'.join(parts)}{drafter}"
    journal(by, verb, sentence, kind=SUBJECT, subject_id=document.pk)
