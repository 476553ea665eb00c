"""签收: by a named person of the unit, or recorded by the unit that sent it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.core.answer import require
from xinhuo.core.contracts import collect
from xinhuo.core.errors import BadInputError
from xinhuo.flows.enums import Wait
from xinhuo.flows.todos import close_todos
from xinhuo.journal.actions import journal

from ..enums import ReceiptHow
from ..kinds import DELIVERY as SUBJECT
from ..models import Delivery
from ..rules import can_receive, can_record_receipt


def _fresh(delivery: Delivery) -> Delivery:
    rows = Delivery.objects.select_for_update(of=("self",))
    return rows.select_related("document__issuer", "dispatch", "org").get(pk=delivery.pk)


@transaction.atomic
def receive(delivery: Delivery, *, by: Actor) -> Delivery:
    """Receive for the own unit, or for one it stands in for (for a copy: mark it read).

    Raises NotNowError when a colleague was faster.
    """
    delivery = _fresh(delivery)
    require(can_receive(by, delivery))
    delivery.received_at = clock.now()
    delivery.received_by, delivery.received_by_id = by.person_name, by.person_id
    own = delivery.org_id == by.org_id
    delivery.received_how = ReceiptHow.SIGNED if own else ReceiptHow.PROXY
    delivery.recorded_by = "" if own else f"{by.org_name} {by.person_name}"[:64]
    delivery.save()
    close_todos(SUBJECT, delivery.pk, Wait.RECEIVE)
    done = "阅知了" if delivery.is_copy else "签收了"
    issuer = delivery.document.issuer.committee_name
    sentence = (
        f"{'' if own else f'代{delivery.org.committee_name}'}{done}{issuer}的《{delivery.document.title}》"
    )
    journal(by, "documents.received", sentence, kind=SUBJECT, subject_id=delivery.pk)
    for hook in collect("delivery_hooks"):
        if hook.received is not None:
            hook.received(delivery.pk, by)
    return delivery


@transaction.atomic
def receive_many(deliveries: Iterable[Delivery], *, by: Actor) -> int:
    """Receive several at once; all or none. Returns how many."""
    return len([receive(delivery, by=by) for delivery in deliveries])


@transaction.atomic
def record_receipt(delivery: Delivery, *, how: ReceiptHow, name: str, by: Actor) -> Delivery:
    """Record that a unit without a computer has got the document: by telephone or on paper, and who took it.

    Raises BadInputError without a name, or when ``how`` is the unit's own signature.
    """
    delivery = _fresh(delivery)
    require(can_record_receipt(by, delivery))
    if not name.strip():
        raise BadInputError("请写上对方签收人的姓名。")
    if how in (ReceiptHow.SIGNED, ReceiptHow.PROXY):
        raise BadInputError("代录签收请选“电话告知”或“纸质送达”。")
    delivery.received_at = clock.now()
    delivery.received_by = name.strip()[:64]
    delivery.received_by_id = None
    delivery.received_how = how
    delivery.recorded_by = by.person_name
    delivery.save()
    close_todos(SUBJECT, delivery.pk, Wait.RECEIVE)
    way = "电话告知" if how == ReceiptHow.PHONE else "纸质送达"
    sentence = (
        f"代录{delivery.org.committee_name}签收《{delivery.document.title}》（{way}，{delivery.received_by}）"
    )
    journal(by, "documents.receipt_recorded", sentence, kind=SUBJECT, subject_id=delivery.pk)
    return delivery


@dataclass(frozen=True, slots=True)
class Receipt:
    """Who took the document for a unit, and how they heard of it."""

    delivery: Delivery
    name: str
    how: ReceiptHow


@transaction.atomic
def record_receipts(receipts: Iterable[Receipt], *, by: Actor) -> dict[int, str]:
    """Record several, each with its own name. Returns by delivery why some could not be: their units were faster."""
    refused: dict[int, str] = {}
    for item in receipts:
        answer = can_record_receipt(by, _fresh(item.delivery))
        if answer:
            record_receipt(item.delivery, how=item.how, name=item.name, by=by)
        else:
            refused[item.delivery.pk] = answer.reason
    return refused
