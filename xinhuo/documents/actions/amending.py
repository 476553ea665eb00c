"""The issuer changes its mind: one document postpones, moves online, cancels or corrects an earlier one for all."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.core.answer import require
from xinhuo.core.contracts import AmendableDate
from xinhuo.core.errors import BadInputError
from xinhuo.files.actions import set_attachments

from ..amended import Amendment
from ..enums import DispatchState, Effect
from ..kinds import DOCUMENT as SUBJECT
from ..models import Dispatch, Document
from ..queries.amendable import amendable_dates, days_between
from ..rules import can_amend, can_send
from .approving import ask, needs_approval
from .changing import address, in_words
from .delivering import frozen_targets
from .drafting import create_document
from .leaving import set_off
from .terms import Terms, check_terms


@transaction.atomic
def amend_document(
    earlier: Document,
    terms: Terms,
    *,
    number: str,
    title: str,
    text: str,
    by: Actor,
    file_ids: Sequence[int] = (),
) -> Amendment:
    """Send a document that changes ``earlier`` to exactly the units that got that one, copies alike.

    Dates, duties and lists follow: whoever passed the earlier document on with an earlier date has it moved by the
    same number of days, so that it never lies after the new one, and is told. Only who still has something to do
    finds the new document among his Todos. Up to 500 units are served here and now, more by a job; where the unit
    approves what leaves it, nothing changes before the last signature.
    """
    earlier = (
        Document.objects.select_for_update(of=("self",)).select_related("issuer", "root").get(pk=earlier.pk)
    )
    require(can_amend(by, earlier))
    items = amendable_dates(earlier)
    check_terms(terms, items)
    if not title.strip():
        raise BadInputError("请写上标题，例如“关于……延期的通知”。")
    document = create_document(
        kind=earlier.kind if terms.effect == Effect.CORRECT else "notice",
        number=number.strip(),
        title=title.strip(),
        text=text,
        line=earlier.line,
        signed_on=clock.today(),
        is_demo=earlier.is_demo,
        by=by,
    )
    set_attachments(SUBJECT, document.pk, file_ids, by=by)
    require(can_send(by, document))
    amendment = _write(document, earlier, terms, items)
    if not text.strip():  # nobody types twice what was chosen already
        document.text = in_words(amendment)
        document.save(update_fields=["text"])
    _send(amendment, by=by)
    return amendment


def _write(document: Document, earlier: Document, terms: Terms, items: Sequence[AmendableDate]) -> Amendment:
    known = {item.key: item for item in items}
    days = days_between(terms.dates, items) if terms.effect == Effect.POSTPONE else {}
    moves = {}
    for key in days:
        source = known.get(key) or next(item for item in items if item.sets_document and item.key in days)
        if source.due is not None:
            new = source.due + dt.timedelta(days=days[key])
            label = known[key].label if key in known else "报送时限"
            moves[key] = {"label": label, "old": source.due.isoformat(), "new": new.isoformat()}
    return Amendment.objects.create(
        document=document,
        amends=earlier,
        effect=terms.effect,
        moves=moves,
        cancels={key: known[key].label for key in terms.cancels},
        whole=terms.effect == Effect.CANCEL and not terms.cancels,
        place=terms.place.strip(),
    )


def _send(amendment: Amendment, *, by: Actor) -> Dispatch:
    """Out at once, or to the unit's own desks first: with the last signature it goes out by itself."""
    document = amendment.document
    dispatch = Dispatch(
        document=document,
        state=DispatchState.BACK,
        by_person_id=by.person_id,
        by_name=by.person_name,
        created_at=clock.now(),
    )
    address(dispatch, amendment)
    dispatch.save()
    if needs_approval(by):
        return ask(dispatch, by=by)
    dispatch.advance(DispatchState.RUNNING)
    dispatch.save(update_fields=["state"])
    set_off(dispatch, frozen_targets(dispatch, ()), by=by)
    return dispatch
