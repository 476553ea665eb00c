"""Named reads of the engine."""

from xinhuo.core.actor import Actor
from xinhuo.people.models import Appointment

from .climbs import climbs
from .enums import INNER_ORDER, ProcessState, Wait
from .models import Process, Route, Todo


def open_process(kind: str, subject_id: int) -> Process | None:
    """The subject's open process, if any."""
    return Process.objects.filter(kind=kind, subject_id=subject_id, state=ProcessState.OPEN).first()


def accepted_stands(kind: str, subject_id: int) -> bool:
    """Whether the last thing settled about a subject was its acceptance: nobody asked for more since."""
    settled = Process.objects.filter(kind=kind, subject_id=subject_id).exclude(
        state__in=(ProcessState.OPEN, ProcessState.RECALLED)
    )
    last = settled.order_by("-id").values_list("state", flat=True).first()
    return last == ProcessState.ACCEPTED


def history(kind: str, subject_id: int, *, viewer: Actor | None = None) -> list[Process]:
    """All climbs of a subject, newest first, each with ``shown_steps`` that have their decisions.

    What happens inside a unit is its own: others see neither its inner steps nor climbs that never left it.
    Without a ``viewer`` the answer is what an outsider may see.
    """
    return climbs(kind, subject_id).shown_to(viewer)


def was_sent(kind: str, subject_id: int, sha256: str) -> bool:
    """Whether a file with this checksum was part of a revision that left the unit."""
    sent = climbs(kind, subject_id).arrived
    return any(sha256 in process.revision.checksums.values() for process in sent)


def inner_roles(org_id: int, *, sender_role: str = "") -> list[str]:
    """The unit's own steps before anything leaves it, in order.

    With the sender's post: only the steps above it. Who leads the unit need not sign their own letter again.
    """
    route = Route.objects.filter(org_id=org_id).first()
    roles = list(route.roles) if route else []
    covered = list(INNER_ORDER)[: INNER_ORDER.index(sender_role) + 1] if sender_role in INNER_ORDER else []
    return [role for role in roles if role not in covered]


def vacant_roles(org_id: int) -> list[str]:
    """Which of the posts that may sign inside a unit nobody holds today, in words."""
    held = set(Appointment.objects.current().filter(org_id=org_id).values_list("role", flat=True))
    return [role.label for role in INNER_ORDER if role not in held]


def named_todo(kind: str, subject_id: int, org_id: int, *waits: Wait) -> Todo | None:
    """The open row that asks one person of a unit for something, if there is one."""
    rows = Todo.objects.open().filter(
        kind=kind, subject_id=subject_id, org_id=org_id, person_id__isnull=False
    )
    return rows.filter(wait__in=waits).order_by("pk").first()
