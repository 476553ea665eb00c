"""Duties that answer a duty above: what may be answered, who answers, what their units said."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from ..likeness import Match, best_match
from ..models import Assignment, Duty, Plan

SAME_COUNT = Q(duty__target_unit=F("duty__answers__target_unit")) | Q(duty__answers__target_unit="")
"""What is said about an answering duty can stand for the upper one."""


def received_duties(org_id: int, year: int) -> QuerySet[Duty]:
    """The duties of units above that this unit was given as work for the year: what its own may answer."""
    given = Assignment.objects.complete().filter(org_id=org_id).exclude(by_org_id=org_id)
    found = Duty.objects.filter(pk__in=given.values("duty"), plan__year=year, removed=False)
    return found.select_related("node", "plan__document__issuer").order_by("plan_id", "position")


def serving(assignments: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """Of ``assignments`` those that another one serves: the same giver gave the unit a duty that answers it.

    A duty that asks for a number is served only by one that counts the same thing.
    """
    own = Assignment.objects.complete().filter(
        SAME_COUNT,
        duty__answers=OuterRef("duty"),
        duty__removed=False,
        org=OuterRef("org"),
        by_org=OuterRef("by_org"),
    )
    return assignments.filter(Exists(own))


def pairs_of(items: Iterable[Assignment]) -> dict[int, list[Assignment]]:
    """By assignment id: the assignments that serve it. Looks up from the serving and from the served side.

    A duty that a second version removed still stands for what was said about it.
    """
    known = list(items)
    units = {item.org_id for item in known}
    duties = {item.duty_id for item in known}
    wanted = Q(duty__in=duties) | Q(duty__answers__in=duties)
    servants = Assignment.objects.filter(wanted, org_id__in=units, duty__answers__isnull=False)
    found: dict[int, list[Assignment]] = defaultdict(list)
    serve = list(servants.filter(SAME_COUNT).select_related("duty"))
    served = {
        (item.duty_id, item.org_id, item.by_org_id): item.pk
        for item in Assignment.objects.filter(
            duty__in={item.duty.answers_id for item in serve}, org_id__in=units
        )
    }
    for item in serve:
        pk = served.get((item.duty.answers_id or 0, item.org_id, item.by_org_id))
        if pk is not None:
            found[pk].append(item)
    return found


def answering_units(ids: Collection[int] | QuerySet[Assignment, int]) -> QuerySet[Assignment, Any]:
    """Assignments of duties that answer those of ``ids``, grouped by the one of ``ids`` they count for.

    Only of units that were not given the upper duty itself: those are counted there, so nobody counts twice.
    """
    both = Assignment.objects.complete().filter(
        duty=OuterRef("duty__answers"), org=OuterRef("org"), by_org=OuterRef("by_org")
    )
    above = Assignment.objects.filter(pk__in=ids, duty=OuterRef("duty__answers"), org=OuterRef("by_org"))
    found = Assignment.objects.complete().filter(
        duty__answers__isnull=False, duty__removed=False, cancelled_by=None
    )
    found = found.exclude(org=F("by_org")).filter(~Exists(both))
    counted = found.annotate(above=Subquery(above.values("pk")[:1])).filter(above__isnull=False)
    return counted.order_by().values_list("above")


@dataclass(frozen=True, slots=True)
class Source:
    """What one unit said about an answering duty, as it was accepted."""

    unit: str
    is_own: bool
    sentence: str
    number: Decimal | None
    assignment_id: int


@dataclass(slots=True)
class Offer:
    """What a unit's own plan already knows about a duty from above, with where it comes from."""

    duty: Duty
    sources: list[Source] = field(default_factory=list)

    @property
    def own_number(self) -> Decimal | None:
        """The unit's own part (本级), accepted in its own plan; only in the same unit of counting."""
        return next((item.number for item in self.sources if item.is_own), None)

    @property
    def sentence(self) -> str:
        """All that was said, unit by unit, ready to be shortened by a person."""
        parts = [
            item.sentence.strip() if item.is_own else f"{item.unit}：{item.sentence.strip()}"
            for item in self.sources
            if item.sentence.strip()
        ]
        return "\n".join(parts)


def offers_for(org_id: int, duty_ids: Iterable[int]) -> dict[int, Offer]:
    """By duty from above: what the unit's own plan has about it. One query."""
    rows = (
        Assignment.objects.complete()
        .filter(duty__answers__in=list(duty_ids), duty__removed=False, by_org_id=org_id)
        .select_related("org", "duty__node", "duty__plan__document", "duty__answers")
        .order_by("org__path")
    )
    found: dict[int, Offer] = {}
    for item in rows:
        upper = item.duty.answers
        if upper is None:
            continue
        offer = found.setdefault(upper.pk, Offer(item.duty))
        if item.accepted_revision is None:
            continue
        counts = item.duty.target_unit == upper.target_unit
        number = item.accepted_number if counts else None
        is_own = item.org_id == org_id
        offer.sources.append(Source(item.org.short_name, is_own, item.accepted_sentence, number, item.pk))
    return found


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One duty of an own plan with what it answers, and what the words suggest."""

    duty: Duty
    chosen: int | None
    match: Match | None


def answer_lines(plan: Plan, received: list[Duty]) -> list[AnswerLine]:
    """All duties of a plan with a proposal for those that answer nothing yet; each duty above is proposed once."""
    duties = list(plan.duties.filter(removed=False).select_related("node", "answers"))
    texts = {item.pk: f"{item.title}{item.text}" for item in received}
    taken = {item.answers_id for item in duties if item.answers_id}
    proposals: dict[int, Match] = {}
    for duty in duties:
        if duty.answers_id is None:
            match = best_match(f"{duty.title}{duty.text}", texts.items())
            if match:
                proposals[duty.pk] = match
    for pk, match in sorted(proposals.items(), key=lambda item: -item[1].share):
        if match.key in taken:
            del proposals[pk]
        taken.add(match.key)
    return [AnswerLine(item, item.answers_id, proposals.get(item.pk)) for item in duties]
