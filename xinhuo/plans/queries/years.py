"""Last year beside this year: what is carried over, what was not finished, what was said about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, QuerySet

from ..enums import PlanState
from ..likeness import Match, best_match
from ..models import Assignment, Duty, Plan


@dataclass(frozen=True, slots=True)
class Earlier:
    """What a unit had accepted about the duty this one was carried over from."""

    year: int
    number: Decimal | None
    unit: str
    sentence: str

    @property
    def is_silent(self) -> bool:
        """Whether nothing was accepted then."""
        return self.number is None and not self.sentence.strip()


def earlier_of(items: Iterable[Assignment]) -> dict[int, Earlier]:
    """By assignment: what the same unit said about the duty of the year before. One query, none without links."""
    wanted = {
        (item.duty.carried_from_id, item.org_id): item.pk
        for item in items
        if item.duty.carried_from_id is not None
    }
    if not wanted:
        return {}
    rows = Assignment.objects.complete().filter(
        duty__in={duty for duty, _ in wanted}, org__in={org for _, org in wanted}
    )
    return {
        wanted[item.duty_id, item.org_id]: Earlier(
            item.duty.plan.year, item.accepted_number, item.duty.target_unit, item.accepted_sentence
        )
        for item in rows.select_related("duty__plan")
        if (item.duty_id, item.org_id) in wanted
    }


def carried_plans(org_id: int) -> QuerySet[Plan]:
    """The unit's fixed plans, the newest first: what can be carried over."""
    found = Plan.objects.filter(document__issuer_id=org_id, state=PlanState.PUBLISHED)
    return found.select_related("document")


def open_drafts(org_id: int, after: int) -> QuerySet[Plan]:
    """The unit's plans of later years that are still being checked: where it can be carried to."""
    found = Plan.objects.filter(document__issuer_id=org_id, state=PlanState.CHECKING, year__gt=after)
    return found.select_related("document")


@dataclass(frozen=True, slots=True)
class CarryLine:
    """One duty of last year: how far it came, whether it is proposed, and what of this year resembles it."""

    duty: Duty
    expected: int
    accepted: int
    carried: bool
    match: Match | None

    @property
    def unfinished(self) -> bool:
        """Whether somebody still owes a report."""
        return self.accepted < self.expected or not self.expected

    @property
    def proposed(self) -> bool:
        """Standing duties go on; the others wait for a person's choice."""
        return self.duty.standing and not self.carried


def carry_lines(plan: Plan, into: Plan | None) -> list[CarryLine]:
    """The duties of a plan with how they ended; ``into`` gives the duties they may go on as."""
    given = Count("assignments")
    done = Count("assignments", filter=Q(assignments__accepted_revision__isnull=False))
    duties = plan.duties.filter(removed=False).select_related("node").annotate(expected=given, accepted=done)
    carried = set(
        Duty.objects.filter(carried_from__plan=plan, removed=False).values_list("carried_from_id", flat=True)
    )
    others = free_duties(into) if into else []
    texts = [(item.pk, f"{item.title}{item.text}") for item in others]
    return [
        CarryLine(
            duty,
            duty.expected,
            duty.accepted,
            duty.pk in carried,
            best_match(f"{duty.title}{duty.text}", texts),
        )
        for duty in duties.order_by("position")
    ]


def free_duties(plan: Plan) -> list[Duty]:
    """The duties of a plan that go on with nothing yet."""
    return list(plan.duties.filter(removed=False, carried_from__isnull=True).select_related("node"))
