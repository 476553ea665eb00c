"""Sending an answer one step up, taking it back, accepting many."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from xinhuo.core.actor import Actor
from xinhuo.core.answer import not_now, require
from xinhuo.core.errors import BadInputError
from xinhuo.files.queries import attachments
from xinhuo.flows.actions import recall, start_process
from xinhuo.flows.models import Process
from xinhuo.flows.queries import open_process
from xinhuo.journal.actions import journal

from .. import rows as lists
from ..enums import ReturnState
from ..kinds import RETURN
from ..models import Return, Round
from ..queries.pages import lacks
from ..queries.rounds import REPORTED, rounds_below
from ..rules import can_fill, can_keep_round
from .filling import accept, locked


@transaction.atomic
def submit_return(ret: Return, *, by: Actor) -> Process:
    """Freeze the answer and send it to the unit that asked. BadInputError names the first thing that is missing."""
    ret = locked(ret)
    require(can_fill(by, ret))
    files = list(attachments(RETURN, ret.pk))
    if missing := lacks(ret, files=len(files)):
        raise BadInputError(missing[0])
    ret.advance(ReturnState.SUBMITTED)
    ret.sent_revision = None  # until it has left the unit nothing new lies before the one that asked
    ret.save(update_fields=["state", "sent_revision"])
    process = start_process(
        RETURN,
        ret.pk,
        by=by,
        to_org_id=ret.round.asker_id,
        title=f"{ret.org.short_name}回复：《{ret.round.title}》",
        snapshot=_snapshot(ret, files),
        checksums={str(item.file_id): item.file.sha256 for item in files},
        cite=ret.round.cite,
        org_id=ret.org_id,
    )
    behalf = "" if by.org_id == ret.org_id else f"代{ret.org.committee_name}"
    rows = len(lists.listed(ret.rows))
    said = f"，名单 {rows} 行" if ret.round.form.wants_list else ""
    journal(
        by,
        "reporting.submitted",
        f"{behalf}把《{ret.round.title}》的回复报给{ret.round.asker.committee_name}{said}",
        kind=RETURN,
        subject_id=ret.pk,
    )
    return process


def _snapshot(ret: Return, files: Sequence[Any]) -> dict[str, Any]:
    form = ret.round.form
    return {
        "title": form.title,
        "columns": form.columns if form.wants_list else [],
        "rows": lists.for_snapshot(ret.rows),
        "nothing": ret.nothing,
        "text": ret.text if form.wants_text else "",
        "files": [{"id": item.file_id, "name": item.file.name, "sha256": item.file.sha256} for item in files],
        "below": _below(ret),
    }


def _below(ret: Return) -> dict[str, int] | None:
    """How many units below answered the unit, where it asked them; "n of m" travels with the answer."""
    asked = Return.objects.arrived().filter(round__in=rounds_below(ret))
    expected = asked.count()
    return {"expected": expected, "reported": asked.filter(REPORTED).count()} if expected else None


@transaction.atomic
def recall_return(ret: Return, *, by: Actor) -> Process:
    """Take it back before the unit that asked decided."""
    process = open_process(RETURN, ret.pk)
    if process is None:
        require(not_now("这份回复已经审核过了，或者还没有提交，不用撤回。"))
        raise AssertionError
    return recall(process, by=by)


@transaction.atomic
def accept_many(asked: Round, return_ids: Sequence[int], *, by: Actor) -> int:
    """Accept every chosen answer that still waits; returns how many were accepted now."""
    require(can_keep_round(by, asked))
    rows = asked.returns.filter(pk__in=return_ids, state=ReturnState.SUBMITTED).order_by("pk")
    return sum(accept(ret, by=by) for ret in rows)
