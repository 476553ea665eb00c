"""What the engine itself gives others to point at: a decision, on which the signed page hangs."""

from django.urls import reverse

from xinhuo.core.actor import Actor
from xinhuo.core.contracts import Subject, by_kind

from .models import Decision


def _decision(decision_id: int) -> Decision | None:
    return Decision.objects.filter(pk=decision_id).select_related("step__process").first()


def url(decision_id: int) -> str:
    """Where its signed page is brought; once it is there, that leads on. No query: lists call this."""
    return reverse("flows:scan", args=[decision_id])


def place(decision: Decision) -> str:
    """The page of what was decided upon."""
    process = decision.step.process
    subject: Subject = by_kind("subjects")[process.kind]
    return subject.url(process.subject_id)


def can_see(actor: Actor, decision_id: int) -> bool:
    """The unit that decided; a decision about what left a unit also by those who see its subject."""
    decision = _decision(decision_id)
    if decision is None:
        return False
    step = decision.step
    if step.org_id == actor.org_id:
        return True
    subject: Subject | None = by_kind("subjects").get(step.process.kind)
    return not step.is_inner and subject is not None and subject.can_see(actor, step.process.subject_id)
