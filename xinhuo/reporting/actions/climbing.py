"""What the flows engine calls when an answer arrives, is accepted, returned or taken back."""

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.core.dates_zh import local
from xinhuo.flows.models import Revision

from ..enums import ReturnState
from ..kinds import RETURN
from ..models import Return


def _revision(return_id: int, number: int) -> Revision:
    return Revision.objects.only("pk", "at").get(kind=RETURN, subject_id=return_id, number=number)


def on_arrive(return_id: int, number: int, by: Actor) -> None:  # noqa: ARG001 - the engine's signature
    """The answer has left its unit: the one that asked has it before it."""
    ret = Return.objects.get(pk=return_id)
    revision = _revision(return_id, number)
    ret.sent_revision = revision.pk
    ret.first_sent_at = ret.first_sent_at or revision.at
    ret.save(update_fields=["sent_revision", "first_sent_at"])


def on_accept(return_id: int, number: int, by: Actor) -> None:  # noqa: ARG001 - the engine's signature
    """It counts from now on; days late are frozen when it is accepted for the first time."""
    ret = Return.objects.get(pk=return_id)
    revision = _revision(return_id, number)
    ret.advance(ReturnState.ACCEPTED)
    if ret.accepted_at is None:
        sent_on = local(revision.at).date()
        ret.accepted_late_days = max(0, (sent_on - ret.due).days) if ret.due else 0
    ret.accepted_at, ret.accepted_revision = clock.now(), revision.pk
    ret.save(update_fields=["state", "accepted_at", "accepted_revision", "accepted_late_days"])


def on_return(return_id: int, number: int, by: Actor) -> None:  # noqa: ARG001 - the engine's signature
    """It is the unit's again; what was accepted before still counts."""
    ret = Return.objects.get(pk=return_id)
    ret.advance(ReturnState.RETURNED)
    ret.save(update_fields=["state"])


def on_recall(return_id: int, number: int, by: Actor) -> None:  # noqa: ARG001 - the engine's signature
    """Taken back: nothing new lies before the unit that asked."""
    ret = Return.objects.get(pk=return_id)
    ret.advance(ReturnState.DRAFT)
    ret.sent_revision = None
    ret.save(update_fields=["state", "sent_revision"])
