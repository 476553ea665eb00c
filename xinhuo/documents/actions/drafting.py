"""Writing a document before it is sent."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, TypedDict, Unpack

from django.db import transaction

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.core.answer import not_now, require
from xinhuo.journal.actions import journal

from ..enums import DocumentKind
from ..kinds import DOCUMENT as SUBJECT
from ..models import Document
from ..rules import can_create_document, can_edit_document


class Draft(TypedDict, total=False):
    """What a person writes of a document; ``text`` is kept verbatim."""

    kind: str
    number: str
    title: str
    signed_on: dt.date | None
    text: str
    remark: str
    due: dt.date | None
    line: str
    is_demo: bool
    outside_issuer: str
    came_on: dt.date | None
    answers: Document | None


@transaction.atomic
def create_document(*, by: Actor, **fields: Unpack[Draft]) -> Document:
    """Start a draft of the actor's unit. Nothing is demanded yet: sending asks for title and content."""
    require(can_create_document(by))
    moment = clock.now()
    document = Document(
        issuer_id=by.org_id,
        kind=DocumentKind.NOTICE,
        by_person_id=by.person_id,
        by_name=by.person_name,
        created_at=moment,
        updated_at=moment,
    )
    for name, value in fields.items():
        setattr(document, name, value)
    document.save()
    journal(by, "documents.created", f"起草了{_called(document)}", kind=SUBJECT, subject_id=document.pk)
    return document


@transaction.atomic
def save_document(document: Document, *, by: Actor, seen: str = "", **fields: Unpack[Draft]) -> Document:
    """Change a draft. ``seen`` is the ``version`` the person had on the screen.

    Raises NotNowError when somebody else saved meanwhile (nothing is overwritten) or when it has been sent.
    A save that changes nothing writes nothing. Only the first of a person's savings in a row is journaled.
    """
    document = Document.objects.select_for_update().get(pk=document.pk)
    require(can_edit_document(by, document))
    changed = [name for name, value in fields.items() if getattr(document, name) != value]
    if not changed:
        return document
    if reason := overtaken(document, seen, by=by):
        require(not_now(reason))
    same_hand = document.by_person_id == by.person_id and document.updated_at > document.created_at
    for name in changed:
        setattr(document, name, fields[name])  # type: ignore[literal-required]  # names come from fields itself
    document.by_person_id, document.by_name = by.person_id, by.person_name
    document.updated_at = clock.now()
    document.save()
    if not same_hand:
        journal(
            by,
            "documents.saved",
            f"修改了{_called(document)}的草稿",
            kind=SUBJECT,
            subject_id=document.pk,
            fields=changed,
        )
    return document


@transaction.atomic
def set_serves(document: Document, entries: Sequence[Mapping[str, Any]], *, by: Actor) -> Document:
    """What of the apps above a draft serves, each ``{"kind", "id", "label"}``. Called by the verbs of those apps."""
    document = Document.objects.select_for_update().get(pk=document.pk)
    require(can_edit_document(by, document))
    document.serves = [{name: item[name] for name in ("kind", "id", "label")} for item in entries]
    document.save(update_fields=["serves"])
    words = "、".join(item["label"] for item in document.serves[:4]) or "没有"
    journal(
        by,
        "documents.serves",
        f"写明{_called(document)}的出处：{words}",
        kind=SUBJECT,
        subject_id=document.pk,
    )
    return document


def overtaken(document: Document, seen: str, *, by: Actor) -> str:
    """Who else saved the draft after the version a person has on the screen; empty when nobody did.

    One's own savings never clash: the page saves itself while its buttons are pressed.
    """
    if not seen or seen == document.version or document.by_person_id == by.person_id:
        return ""
    when = document.updated_at.astimezone(clock.SHANGHAI)
    return (
        f"{document.by_name}在{when.hour}点{when.minute:02d}分保存过这份草稿，和您打开时的不一样了。"
        "您填的内容还在这一页上，请先复制下来，再打开最新的草稿接着改。"
    )


def _called(document: Document) -> str:
    return f"《{document.title}》" if document.title else "一份文件"
