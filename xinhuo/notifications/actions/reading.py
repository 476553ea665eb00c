"""Having read. Not journaled: whether somebody read a message is nobody else's business."""

from xinhuo.core import clock
from xinhuo.core.actor import Actor

from ..models import Message


def read_message(message: Message, *, by: Actor) -> None:
    """The person has seen it."""
    Message.objects.visible_to(by).unread().filter(pk=message.pk).update(read_at=clock.now())


def read_all(*, up_to: int, by: Actor) -> int:
    """All messages shown so far (ids up to ``up_to``): one that came meanwhile stays new."""
    return Message.objects.visible_to(by).unread().filter(pk__lte=up_to).update(read_at=clock.now())
