"""Asking units, moving the date, ending. Opening is called by the app whose subject asks, inside its transaction."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.core.answer import not_now, require
from xinhuo.flows.enums import Wait
from xinhuo.flows.models import Todo
from xinhuo.journal.actions import journal
from xinhuo.orgs.ancestry import ancestors_of_many

from ..enums import ReturnState, RoundState
from ..kinds import RETURN, ROUND
from ..models import Form, Return, Round
from ..rules import can_keep_round


def open_round(
    form: Form,
    *,
    asker_id: int,
    kind: str,
    subject_id: int,
    title: str,
    cite: str = "",
    due: dt.date | None = None,
    upstream: Round | None = None,
) -> Round:
    """The round in which a subject asks; asked again, the one it has. ``upstream``: where the asker itself answers."""
    asked, _ = Round.objects.get_or_create(
        form=form,
        kind=kind,
        subject_id=subject_id,
        defaults={
            "asker_id": asker_id,
            "title": title[:200],
            "cite": cite[:120],
            "due": due,
            "upstream": upstream,
            "opened_at": clock.now(),
        },
    )
    return asked


def open_returns(asked: Round, org_ids: Sequence[int], *, due: dt.date | None) -> None:
    """Prepare the answers of a chunk of units; nobody sees them yet. Idempotent per unit."""
    ancestry = ancestors_of_many(org_ids)
    moment = clock.now()
    Return.objects.bulk_create(
        [Return(round=asked, org_id=pk, due=due, created_at=moment, **ancestry[pk]) for pk in org_ids],
        ignore_conflicts=True,
        batch_size=500,
    )


def list_returns(asked: Round, org_ids: Sequence[int]) -> None:
    """The question has arrived: 填报 goes on the units' lists. Idempotent per unit."""
    rows = Return.objects.filter(round=asked, org_id__in=org_ids)
    moment = clock.now()
    rows.filter(opened_at__isnull=True).update(opened_at=moment)
    if asked.state != RoundState.OPEN:
        return
    waiting = rows.filter(state=ReturnState.DRAFT, first_sent_at__isnull=True)
    detail = f"请回复：{asked.form.asks}。"[:300]
    Todo.objects.bulk_create(
        [
            Todo(
                org_id=row.org_id,
                wait=Wait.FILL,
                kind=RETURN,
                subject_id=row.pk,
                title=f"回复：《{asked.title}》"[:200],
                detail=detail,
                cite=asked.cite,
                due=row.due,
                opened_at=moment,
            )
            for row in waiting.only("pk", "org_id", "due")
        ],
        ignore_conflicts=True,
        batch_size=500,
    )


@transaction.atomic
def move_due(asked: Round, due: dt.date | None, *, by: Actor) -> Round:
    """Another date for all units that have not been accepted yet, and for what stands on their lists.

    Postponed, the rounds by which units below pass the question on move by as many days. Days late that were
    frozen before stay. Raises NotNowError when the round has ended.
    """
    asked = _locked(asked)
    require(can_keep_round(by, asked))
    if asked.state != RoundState.OPEN:
        require(not_now("这次收集已经结束，不用再改时限。"))
    _move(asked, due)
    words = f"{due.year}年{due.month}月{due.day}日" if due else "不限时间"
    journal(
        by, "reporting.moved", f"把《{asked.title}》的回复时限改到{words}", kind=ROUND, subject_id=asked.pk
    )
    return asked


def _move(asked: Round, due: dt.date | None) -> None:
    before, asked.due = asked.due, due
    asked.save(update_fields=["due"])
    rows = asked.returns.filter(accepted_at__isnull=True)
    rows.update(due=due)
    open_todos = Todo.objects.open().filter(kind=RETURN, wait__in=(Wait.FILL, Wait.CORRECT))
    open_todos.filter(subject_id__in=asked.returns.values("pk")).update(due=due)
    for below in asked.downstream.filter(state=RoundState.OPEN):
        if due is None or (before and below.due and due > before):
            _move(below, below.due + (due - before) if due and before and below.due else None)


@transaction.atomic
def close_round(asked: Round, *, by: Actor) -> Round:
    """End it, and the rounds below by which it was passed on: nothing waits any more, nobody becomes late by it."""
    asked = _locked(asked)
    require(can_keep_round(by, asked))
    _close(asked)
    journal(by, "reporting.closed", f"结束了《{asked.title}》的回复收集", kind=ROUND, subject_id=asked.pk)
    return asked


def _close(asked: Round) -> None:
    asked.advance(RoundState.CLOSED)
    asked.closed_at = clock.now()
    asked.save(update_fields=["state", "closed_at"])
    waiting = Todo.objects.open().filter(kind=RETURN, wait__in=(Wait.FILL, Wait.CORRECT))
    waiting.filter(subject_id__in=asked.returns.values("pk")).update(closed_at=asked.closed_at)
    for below in asked.downstream.filter(state=RoundState.OPEN):
        _close(below)


def _locked(asked: Round) -> Round:
    return Round.objects.select_for_update(of=("self",)).select_related("asker", "form").get(pk=asked.pk)
