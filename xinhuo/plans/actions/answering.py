"""Saying that a duty answers one above (对应上级): from then on one report serves both."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Q

from xinhuo.core.actor import Actor
from xinhuo.core.answer import not_now, require
from xinhuo.core.errors import BadInputError
from xinhuo.journal.actions import journal

from ..enums import PlanState
from ..kinds import PLAN
from ..models import Assignment, Duty, Plan
from ..queries.answering import received_duties
from ..rules.year import can_link
from .checking import edit_plan
from .mirroring import mirror


@transaction.atomic
def answer_duty(duty: Duty, upper: Duty | None, *, by: Actor) -> Duty:
    """Let a duty answer one that the unit was given from above; None ends that.

    Raises BadInputError for a duty the unit was not given, or one that another own duty answers already.
    """
    duty = (
        Duty.objects.select_for_update(of=("self",)).select_related("plan__document__issuer").get(pk=duty.pk)
    )
    require(can_link(by, duty.plan))
    before = duty.answers_id
    if before == (upper.pk if upper else None):
        return duty
    if upper is not None:
        _require_free(duty, upper, by)
    duty.answers = upper
    duty.save(update_fields=["answers"])
    if upper is not None:
        _ask_for_the_same(duty, upper, by)
    _speak_anew([pk for pk in (before, duty.answers_id) if pk], duty, by)
    words = f"对应{upper.node.cite}“{upper.title}”" if upper else "不再对应上级的落实点"
    journal(by, "plans.answered", f"“{duty.title}”{words}", kind=PLAN, subject_id=duty.plan_id)
    return duty


def _require_free(duty: Duty, upper: Duty, by: Actor) -> None:
    if not received_duties(by.org_id, duty.plan.year).filter(pk=upper.pk).exists():
        raise BadInputError("这一条没有布置给您单位，不能对应。请从给出的几条里选。")
    others = Duty.objects.filter(answers=upper, removed=False, plan__document__issuer_id=by.org_id)
    other = others.exclude(pk=duty.pk).first()
    if other is not None:
        raise BadInputError(f"“{upper.title}”已经由“{other.title}”对应。同一条只能对应一次，免得重复计数。")


def _ask_for_the_same(duty: Duty, upper: Duty, by: Actor) -> None:
    """A duty that asks for no number takes over what the one above counts: else the number would be asked for twice."""
    if duty.target_unit or not upper.target_unit:
        return
    kind, unit = upper.target_kind, upper.target_unit
    if duty.plan.state == PlanState.CHECKING:
        args = {"duty": duty.key, "fields": {"target_kind": kind, "target_unit": unit}}
        edit_plan(duty.plan, "set_duty", args, version=duty.plan.version, by=by)
    else:
        Duty.objects.filter(pk=duty.pk).update(target_kind=kind, target_unit=unit)
    duty.target_kind, duty.target_unit = kind, unit


def _speak_anew(uppers: list[int], duty: Duty, by: Actor) -> None:
    """Pages that were accepted before the link was made count from now on, or no longer, for the upper duty."""
    given = Assignment.objects.filter(by_org_id=by.org_id).exclude(org_id=by.org_id)
    mirror(given.filter(Q(duty=duty) | Q(duty__in=uppers)))


@transaction.atomic
def answer_many(
    plan: Plan, chosen: Mapping[int, int | None], seen: Mapping[int, int | None], *, by: Actor
) -> int:
    """Keep what a person chose for several duties of a plan; returns how many links changed.

    ``seen`` is what was chosen when the page was shown: NotNowError when a colleague chose otherwise since. Links
    are taken off before new ones are made, so that two duties may exchange what they answer.
    """
    locked = Plan.objects.select_for_update(of=("self",)).select_related("document__issuer").get(pk=plan.pk)
    require(can_link(by, locked))
    duties = {item.pk: item for item in plan.duties.filter(removed=False, pk__in=list(chosen))}
    uppers = {item.pk: item for item in received_duties(by.org_id, plan.year)}
    changes = {pk: chosen[pk] for pk, duty in duties.items() if duty.answers_id != chosen[pk]}
    for pk, upper in changes.items():
        if duties[pk].answers_id != seen.get(pk):
            require(not_now(f"同事刚改过“{duties[pk].title}”的对应，您的没有写进去。请刷新页面看过，再改。"))
        if upper is not None and upper not in uppers:
            raise BadInputError("这一条没有布置给您单位，不能对应。请从给出的几条里选。")
    for pk in changes:
        answer_duty(duties[pk], None, by=by)
    for pk, upper in changes.items():
        if upper is not None:
            answer_duty(duties[pk], uppers[upper], by=by)
    return len(changes)
