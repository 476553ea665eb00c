"""What answer a document asks for: set while it is a draft, opened as a round when it reaches units."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from xinhuo.core.actor import Actor
from xinhuo.core.answer import require
from xinhuo.core.errors import BadInputError
from xinhuo.journal.actions import journal
from xinhuo.reporting.actions import create_form, list_returns, open_returns, open_round, save_form
from xinhuo.reporting.models import Round

from ..asking import Wanted
from ..kinds import DOCUMENT as SUBJECT
from ..models import Ask, Delivery, Dispatch, Document
from ..rules import can_edit_document


@transaction.atomic
def ask_for(document: Document, wanted: Wanted, *, by: Actor, seen: str = "") -> Ask | None:
    """Set what a draft asks for; asking for nothing takes it away. ``seen`` is the form's version on the screen.

    Raises NotNowError when a colleague set it meanwhile, DeniedError when the unit above has set it.
    """
    document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    require(can_edit_document(by, document))
    ask = Ask.objects.select_related("form").filter(document=document).first()
    if ask is None and wanted.is_nothing and not wanted.columns:
        return None
    fields: Any = wanted.as_fields()
    if ask is None:
        ask = Ask.objects.create(document=document, form=create_form(by=by, **fields))
        journal(by, "documents.ask_set", "设置了要求回复什么", kind=SUBJECT, subject_id=document.pk)
    else:
        ask.form = save_form(ask.form, by=by, seen=seen, **fields)
    return ask


@transaction.atomic
def ask_nothing(document: Document, *, by: Actor) -> None:
    """A draft asks for no answer; a forwarding one does not pass the question on."""
    document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    require(can_edit_document(by, document))
    taken, _ = Ask.objects.filter(document=document).delete()
    if taken:
        journal(by, "documents.ask_set", "取消了要求回复", kind=SUBJECT, subject_id=document.pk)


@transaction.atomic
def ask_as_above(document: Document, *, by: Actor) -> None:
    """A forwarding draft asks those below for what its unit is asked for."""
    document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    require(can_edit_document(by, document))
    if document.forwards_id is None:
        raise BadInputError("这份文件不是转发的，没有上级的要求。请直接设要求回复什么。")
    Ask.objects.filter(document=document).delete()
    inherit_ask(document, Document.objects.get(pk=document.forwards_id))
    journal(by, "documents.ask_set", "请下级照上级的要求回复", kind=SUBJECT, subject_id=document.pk)


def inherit_ask(document: Document, above: Document) -> None:
    """What ``above`` asks for is asked by the document that passes it on."""
    ask = Ask.objects.filter(document=above).first()
    if ask is not None:
        Ask.objects.get_or_create(document=document, defaults={"form_id": ask.form_id})


def require_ask_ready(document: Document) -> None:
    """BadInputError when the list of a document cannot be filled as it stands."""
    ask = Ask.objects.select_related("form").filter(document=document).first()
    if ask is None or not ask.form.wants_list:
        return
    wrong = Wanted(wants_list=True, columns=tuple(ask.form.column_list)).problems()
    if wrong:
        raise BadInputError(
            f"要求回复的名单还没有设好：{next(iter(wrong.values()))}请回到“要求回复什么”改好再下发。"
        )


def prepare_answers(dispatch: Dispatch, org_ids: Sequence[int]) -> None:
    """Part of delivering a chunk: each unit that got the document as work gets its place in the round."""
    asked = _round(dispatch)
    if asked is not None:
        open_returns(asked, org_ids, due=dispatch.due)


def list_answers(dispatch: Dispatch, org_ids: Sequence[int]) -> None:
    """Part of finishing a chunk: the question is on the units' lists."""
    asked = _round(dispatch)
    if asked is not None and org_ids:
        list_returns(asked, org_ids)


def _round(dispatch: Dispatch) -> Round | None:
    """The round of a document; the one in which its issuer answers stands above it when it only passes on."""
    document = dispatch.document
    ask = Ask.objects.select_related("form").filter(document=document).first()
    if ask is None or not ask.form.asks:
        return None
    return open_round(
        ask.form,
        asker_id=document.issuer_id,
        kind=SUBJECT,
        subject_id=document.pk,
        title=document.root_or_self.title,
        cite=document.number,
        due=dispatch.due,
        upstream=_upstream(document, ask),
    )


def _upstream(document: Document, ask: Ask) -> Round | None:
    if document.forwards_id is None:
        return None
    received = Delivery.objects.filter(root_id=document.root_id, org_id=document.issuer_id).first()
    if received is None:
        return None
    return Round.objects.filter(kind=SUBJECT, subject_id=received.document_id, form_id=ask.form_id).first()
