"""A second version of a plan's document: staged, looked at, adopted; work that is under way goes on."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db import transaction

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.core.answer import not_now, require
from xinhuo.core.errors import BadInputError
from xinhuo.documents.enums import DocumentState
from xinhuo.documents.models import Delivery
from xinhuo.flows.enums import Wait
from xinhuo.flows.models import Todo
from xinhuo.flows.todos import close_todos
from xinhuo.journal.actions import journal

from ..enums import EditionState
from ..kinds import PLAN, VERSION
from ..models import Duty, Node, Plan, PlanVersion
from ..outline.propose import title_of
from ..outline.rows import node_rows
from ..outline.snapshot import snapshot
from ..queries.checking import cited_as, issuer_unit
from ..queries.editions import Layout, changes_as_rows, layout_of, passing_on
from ..reading import Reading
from ..rules.year import can_adopt, can_note, can_revise
from .checking_rows import DUTY_FIELDS, write_nodes
from .giving import give_added, pass_added_on


@dataclass(frozen=True, slots=True)
class Added:
    """What a person decided about a duty of an added item."""

    title: str
    scope: Mapping[str, Any]
    due: dt.date | None


@transaction.atomic
def stage_version(plan: Plan, reading: Reading, *, by: Actor, note: str = "") -> PlanVersion:
    """Keep a second version beside the plan until a person has looked at what it changes.

    An earlier upload that still waits is dropped. Raises BadInputError when nothing differs.
    """
    plan = Plan.objects.select_for_update(of=("self",)).select_related("document__issuer").get(pk=plan.pk)
    require(can_revise(by, plan))
    if not reading.nodes:
        raise BadInputError("第二个版本里没有读到条目。请检查是不是传错了文件。")
    for waiting in PlanVersion.objects.filter(plan=plan, state=EditionState.DRAFT):
        waiting.advance(EditionState.DROPPED)
        waiting.save(update_fields=["state"])
    kept = snapshot(reading, issuer_unit(plan.document.issuer), plan.year)
    version = PlanVersion.objects.create(
        plan=plan,
        number=plan.edition + 1,
        text=kept["source"],
        reading=kept,
        note=note[:200],
        by_person_id=by.person_id,
        by_name=by.person_name,
        created_at=clock.now(),
    )
    version.changes = changes_as_rows(layout_of(version))
    if not version.changes:
        raise BadInputError("两个版本的条目一字不差，不用更正。")
    version.save(update_fields=["changes"])
    words = f"上传《{plan.document.title}》第{version.number}版，不同的地方{len(version.changes)}处"
    journal(by, "plans.version_staged", words, kind=PLAN, subject_id=plan.pk)
    return version


@transaction.atomic
def adopt_version(version: PlanVersion, added: Mapping[str, Added], *, by: Actor) -> PlanVersion:
    """Make a staged version the plan: duties, assignments and reports stay with the nodes they belong to.

    ``added`` names the proposed duties (by the key of the proposal) that become duties. What the version removes
    owes nothing from now on; what was said about it stays. NotNowError when a colleague was faster.
    """
    plan = (
        Plan.objects.select_for_update(of=("self",))
        .select_related("document__issuer")
        .get(pk=version.plan_id)
    )
    version = PlanVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    version.plan = plan
    require(can_adopt(by, version))
    layout = layout_of(version)
    _keep_first(plan, by=by)
    nodes = write_nodes(plan, _node_rows(plan, layout))
    _go_on(plan, layout, nodes)
    fresh = _add(plan, layout, nodes, added)
    _place(plan)
    _become(plan, version, layout, by=by)
    give_added(plan, fresh)
    _tell(plan, version)
    return version


def _node_rows(plan: Plan, layout: Layout) -> list[Any]:
    keys = layout.edition.keys
    return [
        replace(row, key=keys[row.key], parent=keys.get(row.parent, ""))
        for row in node_rows(layout.outline, cited_as(plan))
    ]


def _keep_first(plan: Plan, *, by: Actor) -> None:
    """Before anything changes for the first time: the text as it was sent stays readable."""
    if PlanVersion.objects.filter(plan=plan, state=EditionState.ADOPTED).exists():
        return
    moment = plan.published_at or plan.created_at
    PlanVersion.objects.create(
        plan=plan,
        number=plan.edition,
        state=EditionState.ADOPTED,
        text=plan.text,
        reading=plan.reading,
        rows=rows_now(plan),
        by_person_id=by.person_id,
        by_name=plan.document.by_name or by.person_name,
        created_at=moment,
        adopted_at=moment,
    )


def rows_now(plan: Plan) -> list[dict[str, Any]]:
    """The plan's live nodes with the titles of their duties, to be kept with a version."""
    titles: dict[int, list[str]] = {}
    for duty in plan.duties.filter(removed=False).order_by("position"):
        titles.setdefault(duty.node_id, []).append(duty.title)
    return [
        {
            "key": node.key,
            "depth": node.depth,
            "marker": node.marker,
            "text": node.text,
            "duties": titles.get(node.pk, []),
        }
        for node in plan.nodes.filter(removed=False).order_by("position")
    ]


def _go_on(plan: Plan, layout: Layout, nodes: Mapping[str, Node]) -> None:
    """Duties whose words are still there take the new words; the others are marked and owe nothing."""
    for key, kept in layout.edition.kept.items():
        duty = layout.duties[key]
        if duty.title == title_of(duty.text):
            duty.title = title_of(kept.text)
        duty.text, duty.start, duty.end = kept.text, kept.start, kept.end
        duty.node = nodes[duty.node.key]
    gone = [layout.duties[key] for key in layout.edition.gone]
    for duty in gone:
        duty.removed, duty.removed_in = True, plan.edition + 1
    fields = ["title", "text", "start", "end", "node", "removed", "removed_in"]
    Duty.objects.bulk_update(layout.duties.values(), fields, batch_size=100)


def _add(plan: Plan, layout: Layout, nodes: Mapping[str, Node], added: Mapping[str, Added]) -> list[Duty]:
    fresh = []
    for row in layout.proposals:
        decided = added.get(row["key"])
        if decided is None:
            continue
        values = {name: row[name] for name in DUTY_FIELDS if name != "position"}
        values["target_value"] = Decimal(row["target_value"]) if row["target_value"] else None
        values |= {
            "title": decided.title,
            "scope": dict(decided.scope),
            "due": decided.due,
            "confirmed": True,
        }
        values["due_basis"] = row["due_basis"] if decided.due else ""
        node = nodes[layout.edition.keys[row["node"]]]
        fresh.append(Duty(plan=plan, node=node, key=f"{node.key}-0"[:40], position=0, **values))
    return Duty.objects.bulk_create(fresh)


def _place(plan: Plan) -> None:
    """Number all live duties in the order of the new text."""
    duties = list(
        plan.duties.filter(removed=False).select_related("node").order_by("node__position", "position", "pk")
    )
    for place, duty in enumerate(duties):
        duty.position = place
    Duty.objects.bulk_update(duties, ["position"], batch_size=100)


def _become(plan: Plan, version: PlanVersion, layout: Layout, *, by: Actor) -> None:
    moment = clock.now()
    version.advance(EditionState.ADOPTED)
    version.changes, version.adopted_at = changes_as_rows(layout), moment
    version.by_person_id, version.by_name = by.person_id, by.person_name
    plan.edition, plan.reading, plan.updated_at = version.number, version.reading, moment
    plan.settled_doubts = {}
    plan.save(update_fields=["edition", "reading", "updated_at", "settled_doubts"])
    version.rows = rows_now(plan)
    version.save(update_fields=["state", "changes", "adopted_at", "by_person_id", "by_name", "rows"])
    if plan.document.state == DocumentState.DRAFT:  # nobody has it yet: the right text is sent
        plan.document.text, plan.document.updated_at = version.text, moment
        plan.document.save(update_fields=["text", "updated_at"])
    words = f"《{plan.document.title}》改为第{version.number}版，改了{len(version.changes)}处，删去落实点{len(layout.edition.gone)}个"
    journal(by, "plans.version_adopted", words, kind=PLAN, subject_id=plan.pk)


def _tell(plan: Plan, version: PlanVersion) -> None:
    """Every unit that has the document as work finds the second version on its list, once."""
    units = Delivery.objects.complete().filter(root=plan.document, is_copy=False)
    moment = clock.now()
    Todo.objects.bulk_create(
        [
            Todo(
                org_id=org_id,
                wait=Wait.CONFIRM,
                kind=VERSION,
                subject_id=version.pk,
                title=f"看一看：《{plan.document.title}》有了第{version.number}版"[:200],
                detail=f"{plan.document.issuer.committee_name}改了{len(version.changes)}处，已经报的不用重报。",
                cite=plan.document.number[:120],
                opened_at=moment,
            )
            for org_id in units.values_list("org_id", flat=True)
        ],
        ignore_conflicts=True,
        batch_size=500,
    )


@transaction.atomic
def note_version(version: PlanVersion, *, by: Actor) -> None:
    """A unit has read what changed (知道了)."""
    require(can_note(by))
    if not close_todos(VERSION, version.pk, org_id=by.org_id):
        require(not_now("同事已经看过了，不用再点。"))
    words = f"看过《{version.plan.document.title}》第{version.number}版"
    journal(by, "plans.version_noted", words, kind=VERSION, subject_id=version.pk)


@transaction.atomic
def hand_on_added(version: PlanVersion, duty_ids: Sequence[int], *, by: Actor) -> int:
    """Give duties that a version added also to the units the plan was passed on to; returns to how many."""
    require(can_note(by))
    Plan.objects.select_for_update(of=("self",)).get(pk=version.plan_id)
    duties, number = passing_on(version, by.org_id)
    chosen = [duty for duty in duties if duty.pk in set(duty_ids)]
    if not chosen:
        require(not_now("没有要布置给下级的新落实点：可能同事已经布置了。"))
    pass_added_on(version.plan, chosen, by.org_id)
    words = f"把第{version.number}版新增的{len(chosen)}个落实点布置给{number}个下级单位"
    journal(by, "plans.version_passed_on", words, kind=VERSION, subject_id=version.pk)
    return number
