"""Everything that was ever sent up of one subject, read in two queries by a page that shows all of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch

from xinhuo.core.actor import Actor

from .enums import ProcessState, Verdict
from .models import Decision, Process, Revision, Step


@dataclass(frozen=True, slots=True)
class Climbs:
    """The climbs of a subject, newest first. What it answers agrees with the named reads in ``queries``."""

    processes: list[Process]

    @property
    def open(self) -> Process | None:
        """The one that is under way."""
        return next((item for item in self.processes if item.state == ProcessState.OPEN), None)

    @property
    def latest(self) -> Revision | None:
        """The newest revision, accepted or not."""
        return self._newest([item.revision for item in self.processes])

    @property
    def acceptances(self) -> list[Process]:
        """The climbs that ended with an accepted revision."""
        return [item for item in self.processes if item.state == ProcessState.ACCEPTED]

    @property
    def accepted(self) -> Revision | None:
        """The revision that totals use: the last one the receiving unit accepted."""
        return self._newest([item.revision for item in self.acceptances])

    @property
    def sending(self) -> Process | None:
        """The newest climb that reached the receiving unit and was not taken back."""
        return next((item for item in self.arrived if item.state != ProcessState.RECALLED), None)

    @property
    def sent(self) -> Revision | None:
        """What the receiving unit has before it."""
        return self.sending.revision if self.sending else None

    @property
    def asked(self) -> Decision | None:
        """The latest request for more, when nothing was sent since."""
        last = self.processes[0] if self.processes else None
        if last is None or last.state != ProcessState.RETURNED:
            return None
        made = [item for item in map(decision_of, steps_of(last)) if item and item.verdict == Verdict.RETURN]
        return max(made, key=lambda item: item.pk, default=None)

    @property
    def desk(self) -> Step | None:
        """The desk the open climb lies on."""
        steps = steps_of(self.open) if self.open else []
        return next((step for step in steps if step.done_at is None), None)

    @property
    def arrived(self) -> list[Process]:
        """Those that reached the receiving unit."""
        return [item for item in self.processes if _arrived(item)]

    def shown_to(self, viewer: Actor | None) -> list[Process]:
        """Those the viewer may know of, each with ``shown_steps``: what happens inside a unit is its own.

        Without a viewer: what an outsider may see.
        """
        found = []
        for process in self.processes:
            own = viewer is not None and viewer.org_id in (process.org_id, process.by_org_id)
            if own or _arrived(process):
                seen = [step for step in steps_of(process) if own or not step.is_inner]
                for step in seen:
                    mine = viewer is not None and step.org_id == viewer.org_id and viewer.works
                    step.may_add_scan = mine  # type: ignore[attr-defined]  # what the history's template reads
                process.shown_steps = seen  # type: ignore[attr-defined]  # what the history's template reads
                found.append(process)
        return found

    @staticmethod
    def _newest(revisions: list[Revision]) -> Revision | None:
        return max(revisions, key=lambda item: item.number, default=None)


def climbs(kind: str, subject_id: int) -> Climbs:
    """All climbs of a subject with their revisions, desks and decisions."""
    return climbs_of(kind, [subject_id])[subject_id]


def climbs_of(kind: str, subject_ids: Iterable[int]) -> dict[int, Climbs]:
    """The same for several subjects, in the same two queries."""
    found: dict[int, Climbs] = {pk: Climbs([]) for pk in subject_ids}
    steps = Step.objects.select_related("org", "decision").order_by("order")
    rows = Process.objects.filter(kind=kind, subject_id__in=list(found)).select_related(
        "revision", "org", "to_org", "by_org"
    )
    for process in rows.prefetch_related(Prefetch("steps", queryset=steps)).order_by("-id"):
        found[process.subject_id].processes.append(process)
    return found


def steps_of(process: Process) -> list[Step]:
    """The desks of a process in order, from memory where ``climbs`` has read them."""
    return list(process.steps.all())


def decision_of(step: Step) -> Decision | None:
    """What was decided at a desk, if anything."""
    return getattr(step, "decision", None)


def _arrived(process: Process) -> bool:
    """Whether it reached the receiving unit: no inner desk stopped it or still holds it."""
    for step in steps_of(process):
        decision = decision_of(step)
        if step.is_inner and (step.done_at is None or (decision and decision.verdict == Verdict.RETURN)):
            return False
    return True
