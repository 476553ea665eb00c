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
) -> Process:
    """Freeze a revision of the subject and lay it on the first desk.

    First come the unit's own steps, as far as the sender's post does not cover them, then ``to_org_id``; what goes to
    the unit itself ends with its own last step, whose signature is the acceptance. Raises
    NotNowError when the subject is already on its way, also when a colleague was faster by a blink. The
    subject's own rules (who may send it) are checked by the calling verb.
    """
    if open_process(kind, subject_id):
        require(not_now(ON_ITS_WAY))
    try:
        with transaction.atomic():
            revision = _freeze(kind, subject_id, by=by, snapshot=snapshot, checksums=checksums)
            process = _open(revision, by=by, to_org_id=to_org_id, title=title)
    except IntegrityError:
        require(not_now(ON_ITS_WAY))
        raise
    _lay_out_steps(process, by=by)
    close_todos(kind, subject_id, Wait.FILL, Wait.CORRECT, org_id=by.org_id)
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


def _open(revision: Revision, *, by: Actor, to_org_id: int, title: str) -> Process:
    return Process.objects.create(
        kind=revision.kind,
        subject_id=revision.subject_id,
        revision=revision,
        org_id=by.org_id,
        to_org_id=to_org_id,
        title=short(title),
        by_person_id=by.person_id,
        by_name=by.person_name,
        opened_at=revision.at,
    )


def _lay_out_steps(process: Process, *, by: Actor) -> None:
    roles = inner_roles(by.org_id, sender_role=by.role)
    steps = [
        Step(process=process, order=number, org_id=by.org_id, role=role, is_inner=True)
        for number, role in enumerate(roles)
    ]
    if process.to_org_id != process.org_id or not roles:
        steps.append(Step(process=process, order=len(roles), org_id=process.to_org_id))
    Step.objects.bulk_create(steps)
