"""Named reads of the engine."""

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from xinhuo.core.actor import Actor
from xinhuo.people.models import Appointment

from .enums import INNER_ORDER, ProcessState, Verdict
from .models import Decision, Process, Revision, Route, Step


def open_process(kind: str, subject_id: int) -> Process | None:
    """The subject's open process, if any."""
    return Process.objects.filter(kind=kind, subject_id=subject_id, state=ProcessState.OPEN).first()


def latest_revision(kind: str, subject_id: int) -> Revision | None:
    """The newest revision, accepted or not."""
    return Revision.objects.filter(kind=kind, subject_id=subject_id).order_by("-number").first()


def accepted_revision(kind: str, subject_id: int) -> Revision | None:
    """The revision that totals use: the last one the receiving unit accepted."""
    return (
        Revision.objects.filter(kind=kind, subject_id=subject_id, processes__state=ProcessState.ACCEPTED)
        .order_by("-number")
        .first()
    )


def _arrived() -> QuerySet[Process]:
    """Processes that reached the receiving unit: no inner step stopped them or still holds them."""
    stopped = Q(done_at__isnull=True) | Q(decision__verdict=Verdict.RETURN)
    inside = Step.objects.filter(stopped, process=OuterRef("pk"), is_inner=True)
    return Process.objects.filter(~Exists(inside))


def history(kind: str, subject_id: int, *, viewer: Actor | None = None) -> QuerySet[Process]:
    """All climbs of a subject, newest first, each with ``shown_steps`` that have their decisions.

    What happens inside a unit is its own: others see neither its inner steps nor climbs that never left it.
    Without a ``viewer`` the answer is what an outsider may see.
    """
    own = Q(org_id=viewer.org_id) if viewer is not None else Q(pk__in=[])
    seen_steps = Q(is_inner=False) | (Q(org_id=viewer.org_id) if viewer is not None else Q(pk__in=[]))
    steps = Step.objects.filter(seen_steps).select_related("org", "decision").order_by("order")
    return (
        Process.objects.filter(own | Q(pk__in=_arrived()), kind=kind, subject_id=subject_id)
        .select_related("revision", "org", "to_org")
        .prefetch_related(Prefetch("steps", queryset=steps, to_attr="shown_steps"))
        .order_by("-id")
    )


def was_sent(kind: str, subject_id: int, sha256: str) -> bool:
    """Whether a file with this checksum was part of a revision that left the unit."""
    sent = Revision.objects.filter(kind=kind, subject_id=subject_id, processes__in=_arrived())
    return any(sha256 in checksums.values() for checksums in sent.values_list("checksums", flat=True))


def last_return(kind: str, subject_id: int) -> Decision | None:
    """The latest request for more, when nothing was sent since."""
    process = Process.objects.filter(kind=kind, subject_id=subject_id).order_by("-id").first()
    if process is None or process.state != ProcessState.RETURNED:
        return None
    return Decision.objects.filter(step__process=process, verdict=Verdict.RETURN).order_by("-id").first()


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
