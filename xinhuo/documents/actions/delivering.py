"""Laying a dispatch into the units' trays, at most 500 at a time. A chunk may be tried again."""

from collections.abc import Container, Mapping, Sequence
from typing import Any

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.core.contracts import collect
from xinhuo.flows.enums import Wait
from xinhuo.flows.models import Todo
from xinhuo.jobs.actions import start_job
from xinhuo.jobs.models import Job
from xinhuo.jobs.running import actor_of, chunked
from xinhuo.orgs.ancestry import ancestors_of_many

from ..enums import DispatchState
from ..kinds import DELIVERY as SUBJECT
from ..models import Delivery, Dispatch
from .asking import list_answers, prepare_answers

CHUNK = 500
JOB = "documents.deliver"
Target = tuple[int, bool]


def deliver(dispatch: Dispatch, targets: Sequence[Target], *, by: Actor) -> None:
    """Create the deliveries of a chunk and tell the apps that listen. Inside the caller's transaction.

    Idempotent: units that already have this dispatch keep their row, units that got the chain from another
    sender meanwhile are listed in ``dispatch.skipped``. A copy becomes work when work is what is sent now.
    """
    ids = [pk for pk, _ in targets]
    copies = {pk for pk, is_copy in targets if is_copy}
    root = dispatch.document.root_or_self
    had = {row.org_id: row for row in Delivery.objects.filter(root=root, org_id__in=ids)}
    fields = _fields(dispatch)
    ancestry = ancestors_of_many(ids)
    Delivery.objects.bulk_create(
        [
            Delivery(
                org_id=pk,
                is_copy=pk in copies,
                due=None if pk in copies else dispatch.due,
                **fields,
                **ancestry[pk],
            )
            for pk in ids
            if pk not in had
        ],
        ignore_conflicts=True,  # on PostgreSQL another sender may win between the look and the write
    )
    _make_work(dispatch, [row.pk for row in had.values() if row.is_copy and row.org_id not in copies], fields)
    rows = Delivery.objects.filter(root=root, org_id__in=ids).select_related("document__issuer", "org")
    _list_skipped(dispatch, [row for row in rows if row.dispatch_id != dispatch.pk])
    work = [row.org_id for row in rows if row.dispatch_id == dispatch.pk and not row.is_copy]
    if work:
        prepare_answers(dispatch, work)
        for hook in collect("delivery_hooks"):
            if hook.run is not None:
                hook.run(dispatch.pk, work, by)


def _make_work(dispatch: Dispatch, ids: Sequence[int], fields: Mapping[str, Any]) -> None:
    """A copy that was only for reading becomes work: it has to be received (again), under the new document."""
    if ids:
        Delivery.objects.filter(pk__in=ids, is_copy=True).update(
            is_copy=False,
            due=dispatch.due,
            received_at=None,
            received_by="",
            received_by_id=None,
            received_how="",
            recorded_by="",
            **fields,
        )


def finish(dispatch: Dispatch, targets: Sequence[Target]) -> None:
    """Make the deliveries count and put 签收 on the units' lists."""
    complete(dispatch)
    open_todos(dispatch, targets)


def complete(dispatch: Dispatch) -> None:
    """From now on the receivers see it."""
    if dispatch.state == DispatchState.DONE:
        return
    dispatch.advance(DispatchState.DONE)
    dispatch.done_at = clock.now()
    dispatch.save(update_fields=["state", "done_at"])


def open_todos(dispatch: Dispatch, targets: Sequence[Target]) -> None:
    """Put 签收 on the lists of a chunk's units: what was sent as work and is not received yet, once.

    The apps that listen put theirs there too.
    """
    ids = [pk for pk, is_copy in targets if not is_copy]
    document = dispatch.document
    issuer = document.sender
    rows = Delivery.objects.filter(dispatch=dispatch, org_id__in=ids, is_copy=False, received_at__isnull=True)
    moment = clock.now()
    Todo.objects.bulk_create(
        [
            Todo(
                org_id=row.org_id,
                wait=Wait.RECEIVE,
                kind=SUBJECT,
                subject_id=row.pk,
                title=f"签收：《{document.title}》"[:200],
                detail=f"{issuer}发来"[:300],
                cite=document.number[:120],
                due=row.due,
                opened_at=moment,
            )
            for row in rows
        ],
        ignore_conflicts=True,  # tried again: the row is already on the list
    )
    list_answers(dispatch, [row.org_id for row in rows])
    for hook in collect("delivery_hooks"):
        if hook.arrived is not None:
            hook.arrived(dispatch.pk, [row.org_id for row in rows])


def _fields(dispatch: Dispatch) -> dict[str, Any]:
    document = dispatch.document
    upstream = None
    if document.root_id:
        upstream = Delivery.objects.filter(root_id=document.root_id, org_id=document.issuer_id).first()
    return {
        "dispatch": dispatch,
        "document": document,
        "root": document.root_or_self,
        "upstream": upstream,
        "created_at": clock.now(),
    }


def _list_skipped(dispatch: Dispatch, rows: Sequence[Delivery]) -> None:
    """Keep who had it already from whom; the preview before sending has listed most of them."""
    known = {item["org"] for item in dispatch.skipped}
    fresh = [
        {
            "org": row.org_id,
            "name": row.org.name,
            "why": f"已由{row.document.issuer.committee_name}{'抄送' if row.is_copy else '发送'}过这份文件",
        }
        for row in rows
        if row.org_id not in known
    ]
    if fresh:
        dispatch.skipped = [*dispatch.skipped, *fresh]
        dispatch.save(update_fields=["skipped"])


def start_delivery_job(dispatch: Dispatch, without: Sequence[int], total: int, *, by: Actor) -> None:
    """More than one chunk: a job delivers them. ``without`` are the units that were skipped when it was sent."""
    job = start_job(
        JOB,
        f"下发《{dispatch.document.title}》"[:200],
        by=by,
        params={"dispatch": dispatch.pk, "without": list(without)},
        total=2 * total,
        unique_key=f"{JOB}:{dispatch.pk}",
    )
    dispatch.job_id = job.pk
    dispatch.save(update_fields=["job_id"])


def run_delivery_job(job: Job) -> dict[str, int]:
    """Deliver all chunks, then let the receivers see them, then put 签收 on their lists; goes on where it stopped."""
    pk = job.params["dispatch"]
    by = actor_of(job)
    targets = frozen_targets(_read(pk), set(job.params["without"]))
    chunked(job, targets, lambda chunk: deliver(_read(pk), chunk, by=by), size=CHUNK, step="deliver")
    complete(_read(pk))
    chunked(job, targets, lambda chunk: open_todos(_read(pk), chunk), size=CHUNK, step="todos")
    return {"delivered": Delivery.objects.filter(dispatch_id=pk).count()}


def frozen_targets(dispatch: Dispatch, without: Container[int]) -> list[Target]:
    """The units of the two frozen audiences, work first, always in the same order."""
    to = list(dispatch.to.org_ids)
    work = set(to)
    copies = [pk for pk in dispatch.copies.org_ids if pk not in work] if dispatch.copies else []
    targets = [(pk, False) for pk in to] + [(pk, True) for pk in copies]
    return [target for target in targets if target[0] not in without]


def _read(pk: int) -> Dispatch:
    rows = Dispatch.objects.select_related("document__issuer", "document__root", "to", "copies")
    return rows.get(pk=pk)
