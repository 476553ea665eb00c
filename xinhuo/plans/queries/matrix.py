"""The plan matrix: duties down, direct receivers across, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from django.db.models import Case, F, Q, When

from xinhuo.orgs.enums import Kind
from xinhuo.orgs.models import Org

from ..lights import GLYPHS, TROUBLE, Light, State, Summary, noun_for, percent, summary
from ..models import Assignment, Duty, Node, Plan
from ..tally import (
    CANCELLED,
    NOT_CONCERNED,
    Cell,
    Standing,
    Tally,
    group_cell,
    standing_of,
    tally_of,
    unit_cell,
)
from .lights import COLUMNS, Below, Lamps, lights_below, raw_from

MOST_SINGLE_COLUMNS = 12
GROUP_LABELS = {
    "college": "高校直报",
    Kind.SUBCOLLEGE: "二级学院",
    Kind.COUNTY: "县（市、区）",
    Kind.PREFECTURE: "市（州）",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: a single unit, or a group of units that opens to a list."""

    key: str
    label: str
    org_ids: tuple[int, ...]
    is_group: bool


@dataclass(slots=True)
class DutyLine:
    """One duty with its cells, the unit's own part, and the tally of everybody it was given to.

    ``own`` is the unit's own assignment: 本级 where it gave the duty to itself, else what it was given from above.
    """

    duty: Duty
    tally: Tally
    own: Cell | None
    own_counts: bool  # it is 本级, and in the tally
    given: int  # to how many others
    cells: list[tuple[Cell, Column]] = field(default_factory=list)
    worst: Standing | None = None
    lights: Summary = field(default_factory=lambda: summary(()))
    total: Light | None = None

    @property
    def waits(self) -> bool:
        """Whether anything of it waits for a decision of the unit's own."""
        cells = [cell for cell, _ in self.cells] + ([self.own] if self.own and self.own_counts else [])
        return any(cell.state == "waiting" for cell in cells)

    @property
    def state(self) -> State:
        """The light of the row: its worst unit, or all together where they miss the duty's own target."""
        if self.total and TROUBLE[self.total.state] > TROUBLE[self.lights.state]:
            return self.total.state
        return self.lights.state

    @property
    def words(self) -> str:
        """What the light says."""
        if self.total and TROUBLE[self.total.state] > TROUBLE[self.lights.state]:
            return self.total.word
        return self.lights.words

    @property
    def why(self) -> str:
        """The light of the row in a sentence."""
        parts = [self.lights.words]
        if self.total:
            parts.append(f"合计{self.total.why}")
        return "；".join(parts)


@dataclass(slots=True)
class NodeBlock:
    """A node of the text with its duties; a node without duties is a heading."""

    node: Node
    lines: list[DutyLine]


@dataclass(slots=True)
class Matrix:
    """Everything the matrix page shows."""

    columns: list[Column]
    blocks: list[NodeBlock]
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Given:
    pk: int
    org_id: int
    by_org_id: int
    standing: Standing
    accepted_revision: int | None
    accepted_number: Decimal | None
    sent_number: Decimal | None
    kind: str
    light: Light
    accepted_proxy_id: int | None
    cancelled_by_id: int | None


def columns_of(orgs: Iterable[Org]) -> list[Column]:
    """Group direct receivers by line: bureaus singly, colleges as 高校直报; a group over twelve is collapsed."""
    groups: dict[str, list[Org]] = defaultdict(list)
    for org in orgs:
        groups["college" if org.kind in Kind.COLLEGES else org.kind].append(org)
    columns: list[Column] = []
    for key, members in groups.items():
        if key != "college" and len(members) <= MOST_SINGLE_COLUMNS:
            columns += [Column(str(org.pk), _short(org), (org.pk,), is_group=False) for org in members]
        else:
            label = GROUP_LABELS.get(key) or Kind(key).label
            columns.append(Column(f"g-{key}", label, tuple(org.pk for org in members), is_group=True))
    return sorted(columns, key=lambda column: column.is_group)


def way_of(kind: str) -> str:
    """By which way units of a kind report: all colleges are one way, 高校直报."""
    return str(GROUP_LABELS.get("college" if kind in Kind.COLLEGES else kind) or Kind(kind).label)


def _short(org: Org) -> str:
    name = org.short_name
    if org.kind in (Kind.PREFECTURE, Kind.COUNTY):
        for ending in ("布依族苗族自治州", "苗族侗族自治州", "自治县", "市", "州", "县", "区"):
            if name.endswith(ending) and len(name) - len(ending) >= 2:  # noqa: PLR2004 - a name needs two characters
                return name.removesuffix(ending)
    return name


def build_matrix(plan: Plan, unit: Org) -> Matrix:
    """The matrix of ``plan`` as ``unit`` sees it: what it gave, and its own part. Six queries, whatever the size."""
    nodes = list(plan.nodes.filter(removed=False).order_by("position"))
    rows = plan.duties.filter(removed=False).select_related("amended_by__document", "cancelled_by__document")
    duties = {duty.pk: duty for duty in rows.order_by("position")}
    lamps = Lamps()
    given, own = _given(plan, duties, unit.pk, lamps)
    receivers = Org.objects.filter(
        pk__in={item.org_id for items in given.values() for item in items}
    ).order_by("path")
    columns = columns_of(receivers)
    below = lights_below({item.pk: duties[pk] for pk, items in given.items() for item in items}, lamps)
    by_node: dict[int, list[DutyLine]] = defaultdict(list)
    for pk, duty in duties.items():
        line = _line(duty, given.get(pk, []), own.get(pk), columns, below, giver=unit.pk)
        line.total = _total(line, given.get(pk, []), lamps)
        by_node[duty.node_id].append(line)
    blocks = [NodeBlock(node, by_node.get(node.pk, [])) for node in nodes]
    return Matrix(columns, blocks, _counts(by_node.values()))


def _given(
    plan: Plan, duties: Mapping[int, Duty], org_id: int, lamps: Lamps
) -> tuple[dict[int, list[_Given]], dict[int, _Given]]:
    """By duty what the unit gave, and its own part; units with only an answering duty (对应上级) stand there too."""
    given: dict[int, list[_Given]] = defaultdict(list)
    own: dict[int, _Given] = {}
    there: set[tuple[int, int]] = set()
    for row in _rows(plan, org_id):
        duty_id = row["duty_id"] if row["plan"] == plan.pk else row["answers"]
        if duty_id not in duties:
            continue
        item = _item(row, duties[duty_id], lamps)
        if item.org_id == org_id:
            own[duty_id] = item
        elif (duty_id, item.org_id) not in there:  # a unit that has both counts once
            there.add((duty_id, item.org_id))
            given[duty_id].append(item)
    return given, own


def _item(row: Mapping[str, Any], duty: Duty, lamps: Lamps) -> _Given:
    raw = raw_from(row)
    if not row["counts"]:  # it counts something else
        raw = replace(raw, number=None)
    return _Given(
        row["pk"],
        row["org_id"],
        row["by_org_id"],
        Standing.CANCELLED
        if raw.cancelled
        else standing_of(row["sent_revision"], row["accepted_revision"], returned=raw.returned),
        row["accepted_revision"],
        row["accepted_number"] if row["counts"] else None,
        raw.number,
        raw.kind,
        lamps.light(duty, raw),
        row["accepted_proxy_id"],
        row["cancelled_by_id"],
    )


def _rows(plan: Plan, org_id: int) -> list[Any]:
    """One query; the plan's own duties before those that answer them."""
    mine = Q(duty__plan=plan) & (Q(by_org_id=org_id) | Q(org_id=org_id))
    answering = Q(duty__answers__plan=plan, duty__removed=False, by_org_id=org_id) & ~Q(org_id=org_id)
    same = Q(duty__plan=plan) | Q(duty__target_unit=F("duty__answers__target_unit"))
    rows = Assignment.objects.complete().filter(mine | answering).order_by("pk")
    found = rows.annotate(
        plan=F("duty__plan"), answers=F("duty__answers"), counts=Case(When(same, then=True), default=False)
    ).values(*COLUMNS, "plan", "answers", "counts")
    return sorted(found, key=lambda row: bool(row["plan"] != plan.pk))


def _line(
    duty: Duty,
    given: list[_Given],
    own: _Given | None,
    columns: list[Column],
    below: Mapping[int, Below],
    *,
    giver: int,
) -> DutyLine:
    everybody = [*given, *([own] if own else [])]
    own_counts = own is not None and own.by_org_id == giver
    own_cell = _unit_cell(own, None) if own else None
    line = DutyLine(duty, tally_of(everybody, giver=giver), own_cell, own_counts, len(given))
    by_org = {item.org_id: item for item in given}
    for column in columns:
        found = [by_org[unit] for unit in column.org_ids if unit in by_org]
        if column.is_group:
            line.cells.append((_group_cell(found), column))
        else:
            cell = _unit_cell(found[0], below.get(found[0].pk)) if found else NOT_CONCERNED
            line.cells.append((cell, column))
    order = list(Standing)
    everybody = [item for item in everybody if item.cancelled_by_id is None]
    line.worst = min((item.standing for item in everybody), key=order.index, default=None)
    # What the unit owes above stands in its own cell and on its workbench, not in the row of those below.
    shown = [item for item in everybody if item.by_org_id == giver] if given else everybody
    states = [(_with_below(item.light.state, below.get(item.pk)), 1) for item in shown]
    line.lights = summary(states, noun_for(item.kind for item in shown))
    return line


def _with_below(state: State, below: Below | None) -> State:
    """A unit's own light; where those below it are slow it is not simply 正常, but nothing of its own is late yet."""
    calm = state in {State.GREEN, State.IDLE}
    return State.AMBER if calm and below and below.lights.troubled else state


def _unit_cell(item: _Given, below: Below | None) -> Cell:
    if item.cancelled_by_id is not None:
        return CANCELLED
    state = _with_below(item.light.state, below)
    why = item.light.why + (f"下级{below.lights.words}。" if below and below.lights.troubled else "")
    cell = unit_cell(item.standing, below.tally if below else None, percent(item.light.share))
    return cell.lit(state, GLYPHS[state], why)


def _group_cell(found: list[_Given]) -> Cell:
    cell = group_cell(item.standing for item in found)
    found = [item for item in found if item.cancelled_by_id is None]
    if not found:
        return cell
    lights = summary(((item.light.state, 1) for item in found), noun_for(item.kind for item in found))
    text = cell.lit(lights.state, lights.glyph, f"{lights.words}。")
    return replace(text, text=f"✓ {cell.text}") if lights.state == State.DONE else text


def _total(line: DutyLine, given: list[_Given], lamps: Lamps) -> Light | None:
    """All units together against the duty's own target; what waits to be looked at counts."""
    numbers = [item.sent_number for item in given if item.sent_number is not None]
    if not given:
        return None
    return lamps.total(
        line.duty, sum(numbers, Decimal()) if numbers else None, reported=bool(numbers), kind=given[0].kind
    )


def _counts(groups: Iterable[list[DutyLine]]) -> dict[str, int]:
    names = ("duties", "full", "part", "none", "waiting", *(str(state) for state in State))
    counts = dict.fromkeys(names, 0)
    for line in (line for group in groups for line in group):
        counts["duties"] += 1
        if line.duty.cancelled_by_id:  # neither missing nor done
            counts["duties"] -= 1
            continue
        counts[str(line.state)] += 1
        above = line.own if not line.own_counts else None  # what the unit itself owes to the one above it
        accepted = line.tally.reported + (above is not None and above.state == "done")
        expected = line.tally.expected + (above is not None)
        counts["waiting"] += line.waits
        if expected and accepted == expected:
            counts["full"] += 1
        elif accepted:
            counts["part"] += 1
        else:
            counts["none"] += 1
    return counts
