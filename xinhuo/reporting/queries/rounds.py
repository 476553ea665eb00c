"""What a round has brought together: who answered, the merged rows, doubles and sums."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from xinhuo.core.actor import Actor
from xinhuo.flows.models import Revision

from ..columns import Column
from ..enums import ReturnState, Standing
from ..merging import Line, Sum, counted, duplicates, standing, sums
from ..models import Return, Round

REPORTED = Q(state=ReturnState.SUBMITTED, sent_revision__isnull=False) | Q(accepted_revision__isnull=False)
"""Answers that count: before the upper unit, or accepted by it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One unit's place in a round: how it stands and what counts of it (None: nothing yet)."""

    ret: Return
    revision: int | None
    said: Mapping[str, Any] | None

    @property
    def standing(self) -> Standing:
        """For the unit that asked."""
        return standing(self.ret.state, self.ret.sent_revision, self.ret.accepted_revision)

    @property
    def rows(self) -> Sequence[Mapping[str, Any]]:
        """The rows that count."""
        return self.said["rows"] if self.said else ()

    @property
    def below(self) -> Mapping[str, int]:
        """How many units below the unit stand behind it, where it collected itself."""
        return (self.said or {}).get("below") or {}


@dataclass(frozen=True)
class Collected:
    """Everything of a round, worked out once."""

    round: Round
    answers: list[Answer]
    columns: list[Column]

    @cached_property
    def lines(self) -> list[Line]:
        """The merged sheet in tree order: each row with the unit it comes from and the one that sent it."""
        return [_line(answer.ret, row) for answer in self.answers for row in answer.rows]

    @property
    def has_merged(self) -> bool:
        """Whether some rows came through another unit."""
        return any(line.unit != line.sender for line in self.lines)

    @cached_property
    def doubles(self) -> dict[int, tuple[int, ...]]:
        """Places of rows that are listed more than once."""
        return duplicates(self.columns, [line.cells for line in self.lines])

    @cached_property
    def sums(self) -> list[Sum]:
        """Number columns with "n of m"."""
        return sums(self.columns, self.lines, expected=self.expected)

    @property
    def expected(self) -> int:
        """Units asked."""
        return len(self.answers)

    @property
    def reported(self) -> int:
        """Units whose answer counts."""
        return sum(answer.said is not None for answer in self.answers)

    def standing(self, *wanted: Standing) -> list[Answer]:
        """Answers that stand so."""
        return [answer for answer in self.answers if answer.standing in wanted]

    @property
    def missing(self) -> list[Answer]:
        """Units that have not answered, by name."""
        return self.standing(Standing.MISSING)

    @property
    def returned(self) -> list[Answer]:
        """Answers that were asked to be completed and have not come back."""
        return self.standing(Standing.RETURNED)

    @property
    def waiting(self) -> list[Answer]:
        """Answers to look through."""
        return self.standing(Standing.SUBMITTED)


def collected(asked: Round, *, accepted_only: bool = False) -> Collected:
    """Everything of a round, in two queries. ``accepted_only`` leaves out what still waits."""
    found = Return.objects.arrived().filter(round=asked).select_related("org").defer("rows", "text")
    rows = list(found.order_by("org__path"))
    wanted = {
        row.pk: counted(row.state, row.sent_revision, row.accepted_revision, accepted_only=accepted_only)
        for row in rows
    }
    said = snapshots(wanted.values())
    answers = [Answer(row, wanted[row.pk], said.get(wanted[row.pk] or 0)) for row in rows]
    return Collected(asked, answers, asked.form.column_list)


def snapshots(revision_ids: Iterable[int | None]) -> dict[int, Mapping[str, Any]]:
    """What revisions hold, by id."""
    found = Revision.objects.filter(pk__in=[pk for pk in revision_ids if pk])
    return dict(found.values_list("pk", "snapshot"))


def _line(ret: Return, row: Mapping[str, Any]) -> Line:
    of = row.get("of") or {"org": ret.org_id, "unit": ret.org.short_name}
    return Line(of["org"], of["unit"], ret.org_id, ret.org.short_name, ret.pk, row["id"], row["cells"])


def rounds_below(ret: Return) -> QuerySet[Round]:
    """The rounds by which the unit asks its own units for the same."""
    return Round.objects.filter(upstream_id=ret.round_id, asker_id=ret.org_id, form_id=ret.round.form_id)


def with_counts(rounds: QuerySet[Round]) -> QuerySet[Round]:
    """Rounds with ``expected``, ``reported`` and ``waiting``."""
    arrived = Q(returns__opened_at__isnull=False)
    submitted = Q(returns__state=ReturnState.SUBMITTED, returns__sent_revision__isnull=False)
    accepted = Q(returns__accepted_revision__isnull=False)
    return rounds.annotate(
        expected=Count("returns", filter=arrived),
        reported=Count("returns", filter=arrived & (submitted | accepted)),
        waiting=Count("returns", filter=arrived & submitted),
    )


def rounds_of(actor: Actor) -> list[Round]:
    """What the unit collects, newest first."""
    return list(with_counts(Round.objects.filter(asker_id=actor.org_id)).order_by("-id")[:60])


def returns_of(actor: Actor) -> list[Return]:
    """What the unit has to answer or has answered: the open ones first, the soonest date first."""
    rows = (
        Return.objects.arrived()
        .filter(org_id=actor.org_id)
        .select_related("round__asker", "round__form", "org")
    )
    ordered = rows.order_by(F("first_sent_at").asc(nulls_first=True), F("due").asc(nulls_last=True), "-id")
    return list(ordered.defer("rows", "text")[:60])


def return_of(kind: str, subject_id: int, org_id: int) -> Return | None:
    """A unit's answer to a subject, with its round."""
    rows = Return.objects.arrived().filter(round__kind=kind, round__subject_id=subject_id, org_id=org_id)
    return rows.select_related("round__form", "round__asker", "org").defer("rows", "text").first()


def return_above(asked: Round, org_id: int) -> Return | None:
    """The answer into which the unit that asks merges what it gets, where it has to answer itself."""
    if asked.upstream_id is None or asked.asker_id != org_id:
        return None
    return Return.objects.filter(round=asked.upstream_id, org_id=org_id).only("pk").first()


def subject_counts(kind: str, subject: str = "pk") -> dict[str, Any]:
    """Annotations for a queryset of subjects: ``round_id``, ``reply_units`` asked, ``replies`` that count."""
    asked = Return.objects.arrived().filter(round__kind=kind, round__subject_id=OuterRef(subject)).order_by()
    number = asked.values("round_id").annotate(number=Count("pk"))
    return {
        "round_id": Subquery(
            Round.objects.filter(kind=kind, subject_id=OuterRef(subject)).order_by("-id").values("pk")[:1]
        ),
        "reply_units": _number(number),
        "replies": _number(asked.filter(REPORTED).values("round_id").annotate(number=Count("pk"))),
    }


def _number(rows: Any) -> Coalesce:
    return Coalesce(Subquery(rows.values("number")[:1], output_field=IntegerField()), Value(0))


def unit_standing(kind: str, subject: str, org: str) -> Subquery:
    """An annotation for rows of units (``subject`` and ``org`` are their columns): how the answer stands."""
    asked = Return.objects.arrived().filter(
        round__kind=kind, round__subject_id=OuterRef(subject), org_id=OuterRef(org)
    )
    words = Case(
        When(state=ReturnState.SUBMITTED, sent_revision__isnull=False, then=Value(Standing.SUBMITTED.label)),
        When(state=ReturnState.RETURNED, sent_revision__isnull=False, then=Value(Standing.RETURNED.label)),
        When(accepted_revision__isnull=False, then=Value(Standing.ACCEPTED.label)),
        default=Value(Standing.MISSING.label),
        output_field=CharField(),
    )
    return Subquery(asked.values(words=words)[:1])
