"""Pieces of the verbs: locking a process, laying it on the next desk, closing it."""

from django.utils.text import Truncator

from xinhuo.core import clock
from xinhuo.core.actor import WORKING_ROLES, Actor
from xinhuo.core.answer import not_now, require
from xinhuo.core.contracts import Flow, by_kind
from xinhuo.people.models import Appointment

from ..enums import ProcessState, Wait
from ..models import Process, Step
from ..rules import current_step
from ..todos import open_todo


def flow_of(kind: str) -> Flow:
    """What an app wants done when a process about its subject moves."""
    flow: Flow = by_kind("flows")[kind]
    return flow


def locked(process: Process) -> Process:
    """The process as it is now, held until the transaction ends (its own row only: units stay free)."""
    rows = Process.objects.select_for_update(of=("self",)).select_related(
        "org", "to_org", "revision", "by_org"
    )
    return rows.get(pk=process.pk)


def lay_on_desk(process: Process, *, by: Actor, cite: str = "") -> None:
    """Put the process on the list of the post whose turn it is."""
    step = current_step(process)
    if step is None:
        return
    if not step.is_inner:
        flow_of(process.kind).on_arrive(process.subject_id, process.revision.number, by)
    open_todo(
        org_id=step.org_id,
        role=_role_on_duty(step),
        wait=Wait.DECIDE,
        kind=process.kind,
        subject_id=process.subject_id,
        title=process.title,
        detail=f"{process.by_name}提交" if step.is_inner else _from_whom(process),
        cite=cite,
    )


def _from_whom(process: Process) -> str:
    behalf = f"（{process.by_org.name}代报）" if process.by_org else ""
    return f"{process.org.committee_name}交来{behalf}"


def _role_on_duty(step: Step) -> str:
    """The step's role; any working post where nobody holds it, so that a clerk can record a signature on paper."""
    held = Appointment.objects.current().filter(org_id=step.org_id, role=step.role)
    return step.role if step.role and held.exists() else ""


def still_there(org_id: int, person_id: int | None) -> int | None:
    """The person, if they still hold a working post in the unit; else nobody, and the unit as a whole is asked."""
    if person_id is None:
        return None
    posts = Appointment.objects.current().filter(org_id=org_id, person_id=person_id, role__in=WORKING_ROLES)
    return person_id if posts.exists() else None


def close(process: Process, state: ProcessState) -> None:
    """End the process; the only writer of its state."""
    if state not in ProcessState.MOVES[process.state]:
        require(not_now(f"这件事已经办过了，现在的状态是“{process.get_state_display()}”。"))
    process.state = state
    process.closed_at = clock.now()
    process.save(update_fields=["state", "closed_at"])


def short(text: str, length: int = 200) -> str:
    """At most ``length`` characters, with … where something was left out."""
    return Truncator(text).chars(length)
