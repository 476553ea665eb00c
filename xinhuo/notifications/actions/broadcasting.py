"""A message to many units: written, looked at, then sent chunk after chunk."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.urls import reverse

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.core.answer import require
from xinhuo.core.errors import BadInputError
from xinhuo.jobs.actions import start_job
from xinhuo.jobs.models import Job
from xinhuo.jobs.running import chunked
from xinhuo.journal.actions import journal
from xinhuo.orgs.models import Org
from xinhuo.orgs.selections import make_selection

from ..enums import BroadcastState
from ..kinds import BROADCAST as KIND
from ..models import Broadcast, Message
from ..rules import can_broadcast, can_release
from .telling import notify

CHUNK = 100


@transaction.atomic
def prepare_broadcast(*, title: str, text: str, to: Mapping[str, Any], to_label: str, by: Actor) -> Broadcast:
    """Write it and freeze whom it goes to. Nothing goes before somebody has looked."""
    require(can_broadcast(by))
    selection = make_selection(Org.objects.get(pk=by.org_id), to_label[:200], to)
    if not selection.org_ids:
        raise BadInputError("没有选中任何单位。请选一类单位，或者从名单里勾选。")
    made = Broadcast.objects.create(
        org_id=by.org_id,
        selection=selection,
        title=title,
        text=text,
        written_by_id=by.person_id,
        written_by_name=by.person_name,
        written_at=clock.now(),
    )
    said = f"起草了群发消息“{title}”，发给{to_label}"
    journal(by, "notifications.broadcast_written", said, kind=KIND, subject_id=made.pk)
    return made


def _lock(broadcast: Broadcast) -> Broadcast:
    return Broadcast.objects.select_for_update(of=("self",)).select_related("selection").get(pk=broadcast.pk)


@transaction.atomic
def release_broadcast(broadcast: Broadcast, *, by: Actor) -> Job:
    """Somebody has looked at words and receivers: it goes."""
    broadcast = _lock(broadcast)
    require(can_release(by, broadcast))
    broadcast.state = BroadcastState.SENDING
    broadcast.looked_by_name, broadcast.looked_at = by.person_name, clock.now()
    broadcast.save(update_fields=["state", "looked_by_name", "looked_at"])
    label = broadcast.selection.label
    said = f"看过并发出群发消息“{broadcast.title}”，发给{label}"
    journal(by, "notifications.broadcast_sent", said, kind=KIND, subject_id=broadcast.pk)
    return start_job(
        KIND,
        f"群发消息“{broadcast.title}”",
        by=by,
        params={"broadcast": broadcast.pk},
        total=len(broadcast.selection.org_ids),
        unique_key=f"broadcast:{broadcast.pk}",
    )


@transaction.atomic
def drop_broadcast(broadcast: Broadcast, *, by: Actor) -> Broadcast:
    """It does not go."""
    broadcast = _lock(broadcast)
    require(can_release(by, broadcast))
    broadcast.state = BroadcastState.DROPPED
    broadcast.looked_by_name, broadcast.looked_at = by.person_name, clock.now()
    broadcast.save(update_fields=["state", "looked_by_name", "looked_at"])
    said = f"决定不发群发消息“{broadcast.title}”"
    journal(by, "notifications.broadcast_dropped", said, kind=KIND, subject_id=broadcast.pk)
    return broadcast


def run_broadcast(job: Job) -> dict[str, Any]:
    """Tell unit after unit; a chunk and its cursor commit together, and nobody is told twice anyway."""
    broadcast = Broadcast.objects.select_related("selection", "org").get(pk=job.params["broadcast"])

    def tell(org_ids: Sequence[int]) -> None:
        for org_id in org_ids:
            notify(
                KIND,
                org_id=org_id,
                title=broadcast.title,
                detail=f"{broadcast.text}\n——{broadcast.org.committee_name}",
                kind=KIND,
                subject_id=broadcast.pk,
            )

    chunked(job, list(broadcast.selection.org_ids), tell, size=CHUNK)
    told = Message.objects.filter(key=KIND, kind=KIND, subject_id=broadcast.pk).count()
    Broadcast.objects.filter(pk=broadcast.pk).update(state=BroadcastState.SENT, told=told)
    return {"url": reverse("notifications:broadcast_detail", args=[broadcast.pk]), "label": "看结果"}
