"""Bringing what rests on an earlier document in line with the one that changes it, a chunk of units at a time."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import QuerySet

from xinhuo.core.actor import Actor
from xinhuo.core.contracts import Change, collect
from xinhuo.flows.enums import Wait
from xinhuo.flows.models import Todo
from xinhuo.flows.todos import close_many

from ..amended import DOCUMENT, Amendment
from ..enums import Effect
from ..kinds import DELIVERY
from ..models import Delivery, Document
from ..reach import passed_on_by


def change_of(amendment: Amendment) -> Change:
    """What the amendment means, as the apps above are told."""
    return Change(
        document_id=amendment.amends_id,
        amendment_id=amendment.pk,
        days=amendment.days if amendment.effect == Effect.POSTPONE else {},
        cancels=tuple(amendment.cancels),
        whole=amendment.whole,
    )


def apply_chunk(amendment: Amendment, org_ids: Sequence[int], *, by: Actor) -> None:
    """Apply the amendment to these units. Idempotent: a date it has moved already is not moved again."""
    _mark_documents(amendment, list(org_ids))
    apply_change(change_of(amendment), amendment.amends, list(org_ids), by=by)


def apply_change(change: Change, document: Document, org_ids: list[int], *, by: Actor) -> None:
    """Change what these units got of ``document``, and let the apps above change theirs.

    The unit that sent it has a receipt of its own where it passed it on; that one rests on what came from above.
    """
    rows = Delivery.objects.complete().filter(root=document.root_or_self, org_id__in=org_ids)
    rows = rows.exclude(org_id=document.issuer_id)
    if days := change.days.get(DOCUMENT):
        move_dates(rows, days, change, _move_todos)
    if change.whole:
        _cancel(rows, change)
    for hook in collect("amendment_hooks"):
        hook.apply(change, org_ids, by)


def _mark_documents(amendment: Amendment, org_ids: Sequence[int]) -> None:
    """Whoever sent the document on sees on his own what was changed; sending it again uses the new date."""
    days = amendment.days.get(DOCUMENT, 0)
    for document in passed_on_by(amendment.amends, org_ids):
        fields: dict[str, Any] = {"amended_by": amendment}
        if amendment.whole:
            fields["cancelled_by"] = amendment
        if days and document.due and document.amended_by_id != amendment.pk:
            fields["due"] = document.due + dt.timedelta(days=days)
        Document.objects.filter(pk=document.pk).update(**fields)


def move_dates(
    rows: QuerySet[Any],
    days: int,
    change: Change,
    after: Callable[[Sequence[int], dt.date], object] = lambda _ids, _due: None,
) -> None:
    """Move the ``due`` of movable records by so many days, each once per amendment.

    One statement for each date there is. ``after(ids, new date)`` is called for every group.
    """
    wanted = rows.filter(due__isnull=False, cancelled_by__isnull=True)
    if not change.again:
        wanted = wanted.exclude(amended_by_id=change.amendment_id)
    groups: dict[dt.date, list[int]] = {}
    for pk, due in wanted.order_by("pk").values_list("pk", "due"):
        groups.setdefault(due, []).append(pk)
    for old, ids in groups.items():
        due = old + dt.timedelta(days=days)
        fields: dict[str, Any] = {"due": due}
        if not change.again:
            fields |= {"due_before": old, "amended_by_id": change.amendment_id}
        rows.model.objects.filter(pk__in=ids).update(**fields)
        after(ids, due)


def _move_todos(ids: Sequence[int], due: dt.date) -> None:
    Todo.objects.open().filter(kind=DELIVERY, wait=Wait.RECEIVE, subject_id__in=ids).update(due=due)


def _cancel(rows: QuerySet[Delivery], change: Change) -> None:
    """Nothing more is owed: what was signed for stays, what was not need not be."""
    ids = list(rows.filter(cancelled_by__isnull=True).values_list("pk", flat=True))
    Delivery.objects.filter(pk__in=ids).update(cancelled_by_id=change.amendment_id)
    close_many(DELIVERY, ids, Wait.RECEIVE)
