"""Sending a subject on its way."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.core.answer import not_now, require

from ..enums import Wait
from ..models import Process, Revision, Step
from ..queries import inner_roles, open_process
from ..todos import close_todos
from .desks import lay_on_desk, short
from .helping import helped_by

ON_ITS_WAY = "这份材料已经报上去了，正在等上级审核。要改的话请先撤回。"


@transaction.atomic
def start_process(
    kind: str,
    subject_id: int,
    *,
    by: Actor,
    to_org_id: int,
    title: str,
    snapshot: Mapping[str, Any],
    checksums: Mapping[str, str] | None = None,
    cite: str = "",
    org_id: int | None = None,
) -> Process:
    """Freeze a revision of the subject and lay it on the first desk.

    First come the unit's own steps, as far as the sender's post does not cover them, then ``to_org_id``. What a unit
    sends to itself (本级) is settled by the last of its own steps; there is no second desk. Raises
    NotNowError when the subject is already on its way, also when a colleague was faster by a blink. The
    subject's own rules (who may send it) are checked by the calling verb. ``org_id`` is the unit it comes from
    where that is not the sender's own: ``by`` stands in for it (代报), which stays visible.
    """
    if open_process(kind, subject_id):
        require(not_now(ON_ITS_WAY))
    try:
        with transaction.atomic():
            revision = _freeze(kind, subject_id, by=by, snapshot=snapshot, checksums=checksums)
            process = _open(revision, by=by, org_id=org_id or by.org_id, to_org_id=to_org_id, title=title)
    except IntegrityError:
        require(not_now(ON_ITS_WAY))
        raise
    _lay_out_steps(process, by=by)
    close_todos(kind, subject_id, Wait.FILL, Wait.CORRECT, org_id=process.org_id)
    lay_on_desk(process, by=by, cite=cite)
    return process


def _freeze(
    kind: str, subject_id: int, *, by: Actor, snapshot: Mapping[str, Any], checksums: Mapping[str, str] | None
) -> Revision:
    last = Revision.objects.filter(kind=kind, subject_id=subject_id).order_by("-number").first()
    return Revision.objects.create(
        kind=kind,
        subject_id=subject_id,
        number=last.number + 1 if last else 1,
        snapshot=dict(snapshot),
        checksums=dict(checksums or {}),
        by_person_id=by.person_id,
        by_name=by.person_name,
        at=clock.now(),
    )


def _open(revision: Revision, *, by: Actor, org_id: int, to_org_id: int, title: str) -> Process:
    return Process.objects.create(
        by_org_id=by.org_id if org_id != by.org_id else None,
        for_name=helped_by(by, revision.kind, revision.subject_id, org_id),
        kind=revision.kind,
        subject_id=revision.subject_id,
        revision=revision,
        org_id=org_id,
        to_org_id=to_org_id,
        title=short(title),
        by_person_id=by.person_id,
        by_name=by.person_name,
        opened_at=revision.at,
    )


def _lay_out_steps(process: Process, *, by: Actor) -> None:
    own = process.org_id == by.org_id  # a post of another unit covers no desk of this one
    roles = inner_roles(process.org_id, sender_role=by.role if own else "")
    steps = [
        Step(process=process, order=number, org_id=process.org_id, role=role, is_inner=True)
        for number, role in enumerate(roles)
    ]
    if not roles or process.to_org_id != process.org_id:
        steps.append(Step(process=process, order=len(roles), org_id=process.to_org_id))
    Step.objects.bulk_create(steps)
