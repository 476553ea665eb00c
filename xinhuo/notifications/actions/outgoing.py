"""What a person decides about things that did not go, or perhaps did."""

from typing import Any

from django.db import transaction

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.core.answer import require
from xinhuo.journal.actions import journal

from ..enums import SendState
from ..kinds import OUTGOING
from ..models import Outgoing
from ..rules import can_drop, can_send_again, can_settle

TRIES = 4


def _lock(item: Outgoing) -> Outgoing:
    return (
        Outgoing.objects.select_for_update(of=("self",)).select_related("channel", "person").get(pk=item.pk)
    )


def advance(item: Outgoing, state: SendState, **fields: Any) -> None:
    """The only writer of ``state`` outside the sending itself; refuses moves that the table does not hold."""
    if state not in SendState.MOVES[item.state]:
        msg = f"what goes out cannot go from {item.state} to {state}"
        raise ValueError(msg)
    item.state = state
    for name, value in fields.items():
        setattr(item, name, value)
    item.save(update_fields=["state", *fields])


def _say(by: Actor, verb: str, words: str, item: Outgoing) -> None:
    sentence = f"{words}（{item.to}：{item.title}）"
    journal(by, verb, sentence, kind=OUTGOING, subject_id=item.pk)


@transaction.atomic
def send_again(item: Outgoing, *, by: Actor) -> Outgoing:
    """Once more, from now; a person has looked where it was uncertain."""
    item = _lock(item)
    require(can_send_again(by, item))
    advance(item, SendState.WAITING, not_before=clock.now(), tries_left=TRIES, message="")
    _say(by, "notifications.sent_again", "再发一次", item)
    return item


@transaction.atomic
def settle_outgoing(item: Outgoing, *, by: Actor) -> Outgoing:
    """It did arrive: a person has looked."""
    item = _lock(item)
    require(can_settle(by, item))
    advance(item, SendState.SENT, sent_at=clock.now(), message=f"{by.person_name}看过，对方已经收到。")
    _say(by, "notifications.settled", "确认已经发到", item)
    return item


@transaction.atomic
def drop_outgoing(item: Outgoing, *, by: Actor) -> Outgoing:
    """It need not go any more."""
    item = _lock(item)
    require(can_drop(by, item))
    advance(item, SendState.DROPPED, message=f"{by.person_name}决定不发了。")
    _say(by, "notifications.dropped", "决定不发了", item)
    return item
