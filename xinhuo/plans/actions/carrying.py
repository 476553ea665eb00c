"""January: duties of last year go on as draft duties of this year's plan, linked across the years (结转)."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.core.answer import require
from xinhuo.core.errors import BadInputError
from xinhuo.journal.actions import journal
from xinhuo.orgs.models import Org

from ..carrying import Item, a_year_later, draft_text
from ..kinds import PLAN
from ..models import Duty, Plan
from ..rules.checking import can_check
from ..rules.year import can_carry, can_link
from .checking import edit_plan
from .importing import import_plan

NEW = 0
"""Instead of the id of one of this year's duties: the old one becomes an item of its own."""

CARRIED = ("standing", "stance", "leads", "cooperators", "target_kind", "target_unit", "deliverable")


@transaction.atomic
def start_next_year(plan: Plan, duty_ids: Sequence[int], *, by: Actor) -> Plan:
    """Draft next year's plan from chosen duties of this one; every new duty knows the one it goes on with."""
    plan = Plan.objects.select_for_update(of=("self",)).select_related("document__issuer").get(pk=plan.pk)
    require(can_carry(by))
    require(can_link(by, plan))
    chosen = _chosen(plan, duty_ids)
    year = plan.year + 1
    org = Org.objects.get(pk=by.org_id)
    items = [Item(duty.pk, _heading(duty), duty.text or duty.title) for duty in chosen]
    text, places = draft_text(f"{org.committee_name}{year}年工作要点", items)
    fresh = import_plan(by=by, text=text).plan
    if fresh is None or fresh.year != year:
        raise BadInputError("没有能按这些落实点起草明年的要点。请先起草文件、导入，再结转进去。")
    pairs = [(duty, _within(fresh, places[duty.pk])) for duty in chosen]
    _take_over(fresh, [(old, new[0]) for old, new in pairs if len(new) == 1], by=by)
    _link([(old, new[0]) for old, new in pairs if new])
    _journal(fresh, plan, len(chosen), by=by)
    fresh.refresh_from_db()
    return fresh


@transaction.atomic
def carry_into(plan: Plan, into: Plan, choices: Mapping[int, int], *, by: Actor) -> int:
    """Carry duties into a plan that is being checked; returns how many went over.

    ``choices`` say by old duty which of the new plan's duties goes on with it, or ``NEW`` for an item of its own.
    A duty that was carried over already is left alone, so that doing it twice changes nothing.
    """
    into = Plan.objects.select_for_update(of=("self",)).select_related("document__issuer").get(pk=into.pk)
    require(can_carry(by))
    require(can_link(by, plan))
    require(can_check(by, into))
    if into.year <= plan.year:
        raise BadInputError("只能结转到以后年度的要点里。")
    done = Duty.objects.filter(carried_from__in=list(choices), plan=into, removed=False)
    already = set(done.values_list("carried_from_id", flat=True))
    chosen = _chosen(plan, [pk for pk in choices if pk not in already], may_be_none=bool(already))
    free = {duty.pk: duty for duty in into.duties.filter(removed=False, carried_from__isnull=True)}
    wanted = [choices[duty.pk] for duty in chosen if choices[duty.pk] != NEW]
    if any(pk not in free for pk in wanted) or len(set(wanted)) < len(wanted):
        raise BadInputError("今年的一个落实点只能接着去年的一个。请检查是不是选重了，或者刚被同事选过。")
    pairs = [(duty, free[choices[duty.pk]]) for duty in chosen if choices[duty.pk] != NEW]
    added = _add(into, [duty for duty in chosen if choices[duty.pk] == NEW], by=by)
    _take_over(into, added, by=by)
    _link([*pairs, *added])
    if chosen:
        _journal(into, plan, len(chosen), by=by)
    return len(chosen)


def _chosen(plan: Plan, duty_ids: Sequence[int], *, may_be_none: bool = False) -> list[Duty]:
    found = plan.duties.filter(removed=False, pk__in=list(duty_ids)).select_related("node__parent")
    chosen = list(found.order_by("position"))
    if not chosen and not may_be_none:
        raise BadInputError("请至少勾选一个要结转的落实点。")
    return chosen


def _heading(duty: Duty) -> str:
    """The words of the part a duty stands in."""
    node = duty.node
    while node.parent is not None:
        node = node.parent
    return " ".join(node.text.split()).rstrip("。")[:40] if node.pk != duty.node_id else "接着做的工作"


def _within(plan: Plan, place: tuple[int, int]) -> list[Duty]:
    found = plan.duties.filter(removed=False, start__gte=place[0], start__lt=place[1])
    return list(found.order_by("position"))


def _add(into: Plan, duties: Sequence[Duty], *, by: Actor) -> list[tuple[Duty, Duty]]:
    """An item for each, at the end of the plan, and the duty the outline gave it."""
    if not duties:
        return []
    before = set(into.duties.values_list("pk", flat=True))
    ops = [["add_node", {"text": duty.text or duty.title}] for duty in reversed(duties)]
    edit_plan(into, "batch", {"ops": ops}, version=into.version, by=by)
    into.refresh_from_db()
    fresh = list(into.duties.filter(removed=False).exclude(pk__in=before).select_related("node"))
    pairs = []
    for duty in duties:
        new = next(item for item in fresh if item.node.text == (duty.text or duty.title).strip())
        fresh.remove(new)
        pairs.append((duty, new))
    return pairs


def _take_over(plan: Plan, pairs: Sequence[tuple[Duty, Duty]], *, by: Actor) -> None:
    """What people decided about the old duties is proposed for the new ones; dates move by a year."""
    ops: list[list[Any]] = []
    for old, new in pairs:
        fields: dict[str, Any] = {name: getattr(old, name) for name in CARRIED}
        fields |= {"title": old.title, "scope": dict(old.scope)}
        fields["target_value"] = "" if old.target_value is None else str(old.target_value)
        due = a_year_later(old.due)
        if due:
            fields |= {"due": due.isoformat(), "due_basis": "inferred"}
        ops.append(["set_duty", {"duty": new.key, "fields": fields}])
    if ops:
        plan.refresh_from_db()
        edit_plan(plan, "batch", {"ops": ops}, version=plan.version, by=by)


def _link(pairs: Sequence[tuple[Duty, Duty]]) -> None:
    for old, new in pairs:
        Duty.objects.filter(pk=new.pk).update(carried_from=old)


def _journal(into: Plan, plan: Plan, number: int, *, by: Actor) -> None:
    moment = clock.now()
    Plan.objects.filter(pk=into.pk).update(updated_at=moment)
    words = f"从{plan.year}年结转{number}个落实点到《{into.document.title}》"
    journal(by, "plans.carried", words, kind=PLAN, subject_id=into.pk)
