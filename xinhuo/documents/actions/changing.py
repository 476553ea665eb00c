"""A document that changes an earlier one sets off: delivered, what rests on the earlier one changed, units reminded."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.core.dates_zh import short_date
from xinhuo.flows.enums import Wait
from xinhuo.flows.models import Todo
from xinhuo.jobs.actions import start_job
from xinhuo.jobs.models import Job
from xinhuo.jobs.running import actor_of, chunked
from xinhuo.journal.actions import journal
from xinhuo.orgs.models import Selection

from ..amended import DOCUMENT, Amendment
from ..enums import DispatchState, Effect
from ..kinds import DELIVERY
from ..kinds import DOCUMENT as SUBJECT
from ..models import Delivery, Dispatch
from ..queries.amendable import Targets, targets_of
from .applying import apply_chunk
from .delivering import CHUNK, Target, complete, deliver, frozen_targets, open_todos

JOB = "documents.amend"


def changes_now(dispatch: Dispatch) -> bool:
    """Whether this sending is the one by which its document changes an earlier one: the first that leaves."""
    if getattr(dispatch.document, "amendment", None) is None:
        return False
    return not dispatch.document.dispatches.filter(state=DispatchState.DONE).exclude(pk=dispatch.pk).exists()


def address(dispatch: Dispatch, amendment: Amendment) -> Targets:
    """Freeze as its audience exactly the units that have the earlier document by now."""
    targets = targets_of(amendment.amends)
    dispatch.to = _frozen(amendment, "有事要办的单位", targets.to)
    dispatch.copies = _frozen(amendment, "只阅知的单位", targets.copies) if targets.copies else None
    return targets


def set_off_change(dispatch: Dispatch, *, by: Actor) -> list[Target]:
    """Serve up to 500 units here and now, more by a job. Whoever got the earlier document meanwhile is served too."""
    rows = Amendment.objects.select_related("document__issuer", "amends__issuer", "amends__root")
    amendment = rows.get(document_id=dispatch.document_id)
    targets = address(dispatch, amendment)
    dispatch.save(update_fields=["to", "copies"])
    listed = frozen_targets(dispatch, ())
    units = [amendment.amends.issuer_id, *targets.everybody]
    _note(amendment, targets, by=by)
    if len(units) <= CHUNK:
        _deliver(dispatch, listed, by=by)
        apply_chunk(amendment, units, by=by)
        complete(dispatch)
        _remind(dispatch, listed)
        return listed
    job = start_job(
        JOB,
        f"发出《{dispatch.document.title}》"[:200],
        by=by,
        params={"dispatch": dispatch.pk, "amendment": amendment.pk},
        total=3 * len(units),
        unique_key=f"{JOB}:{amendment.pk}",
    )
    dispatch.job_id = job.pk
    dispatch.save(update_fields=["job_id"])
    return listed


def _frozen(amendment: Amendment, label: str, ids: Sequence[int]) -> Selection:
    """The units that got the earlier document, as they are: whoever stands in two lines, or moved since, too."""
    return Selection.objects.create(
        owner_id=amendment.document.issuer_id,
        label=f"收到过《{amendment.amends.title}》、{label}"[:200],
        criteria={"ids": list(ids)},
        org_ids=list(ids),
        frozen_at=clock.now(),
    )


def _deliver(dispatch: Dispatch, targets: Sequence[Target], *, by: Actor) -> None:
    if targets:
        deliver(dispatch, targets, by=by)


def run_amending_job(job: Job) -> dict[str, int]:
    """Deliver, change what rests on the earlier document, let the units see it, remind; goes on where it stopped."""
    by = actor_of(job)
    pk = job.params["dispatch"]
    targets = frozen_targets(_dispatch(pk), ())
    units = [_amendment(job).amends.issuer_id, *(unit for unit, _ in targets)]
    chunked(job, targets, lambda chunk: deliver(_dispatch(pk), chunk, by=by), size=CHUNK, step="deliver")
    chunked(job, units, lambda chunk: apply_chunk(_amendment(job), chunk, by=by), size=CHUNK, step="apply")
    complete(_dispatch(pk))
    chunked(job, targets, lambda chunk: _remind(_dispatch(pk), chunk), size=CHUNK, step="todos")
    return {"delivered": len(targets)}


def _dispatch(pk: int) -> Dispatch:
    rows = Dispatch.objects.select_related("document__issuer", "document__root", "to", "copies")
    return rows.get(pk=pk)


def _amendment(job: Job) -> Amendment:
    rows = Amendment.objects.select_related("document__issuer", "amends__issuer", "amends__root")
    return rows.get(pk=job.params["amendment"])


def _remind(dispatch: Dispatch, targets: Sequence[Target]) -> None:
    """签收 for those who have something to do; it says at once what has changed."""
    open_todos(dispatch, targets)
    amendment = Amendment.objects.select_related("amends").get(document_id=dispatch.document_id)
    ids = [pk for pk, is_copy in targets if not is_copy]
    rows = Delivery.objects.filter(dispatch=dispatch, org_id__in=ids).values("pk")
    todos = Todo.objects.open().filter(kind=DELIVERY, wait=Wait.RECEIVE, subject_id__in=rows)
    todos.update(detail=in_words(amendment)[:300])


def in_words(amendment: Amendment) -> str:
    """What changes, in one sentence for lists and the journal."""
    name = f"《{amendment.amends.title}》"
    if amendment.effect == Effect.POSTPONE:
        moved = [
            move for key, move in amendment.moves.items() if key != DOCUMENT or len(amendment.moves) == 1
        ]
        parts = [f"{move['label']}从{_day(move['old'])}改到{_day(move['new'])}" for move in moved]
        return f"{name}延期：{'；'.join(parts)}。"
    if amendment.effect == Effect.CANCEL:
        what = "、".join(amendment.cancels.values())
        return f"{name}里的{what}取消，不用再办。" if what else f"{name}取消，不用再办。"
    if amendment.effect == Effect.ONLINE:
        return f"{name}改为线上：{amendment.place}"
    return f"{name}有更正，请看新的文件。"


def _day(iso: str) -> str:
    return short_date(dt.date.fromisoformat(iso))


def _note(amendment: Amendment, targets: Targets, *, by: Actor) -> None:
    extra: dict[str, Any] = {"kind": SUBJECT, "subject_id": amendment.document_id}
    number = f"（{amendment.document.number}）" if amendment.document.number else ""
    sentence = f"变更文件{number}：{in_words(amendment)}发到{len(targets.everybody)}个单位"
    journal(by, "documents.amended", sentence, **extra)
