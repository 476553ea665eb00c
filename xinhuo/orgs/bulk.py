"""Adding many units at once, for loaders and generators: paths are computed, rows written in slices."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Max

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.core.answer import require
from xinhuo.core.errors import BadInputError
from xinhuo.journal.actions import journal

from . import paths
from .enums import Kind
from .facts import UnitSpec, check, check_day
from .kinds import UNIT
from .models import Org, Tenure
from .rules import can_create_unit

SLICE = 500
Progress = Callable[[int], None]


@dataclass(slots=True)
class _Load:
    """What one load has made so far."""

    by: Actor
    made: dict[str, Org] = field(default_factory=dict)
    known: dict[int, Org] = field(default_factory=dict)
    waiting: list[UnitSpec] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)


def next_paths(parent_paths: Iterable[str], last: Mapping[str, str]) -> list[str]:
    """Paths of new units, one for each parent path given, in that order.

    ``last`` names the highest path directly below a parent that already has units.
    """
    numbers = {parent: paths.number_of(path) for parent, path in last.items()}
    made = []
    for parent in parent_paths:
        numbers[parent] = numbers.get(parent, -1) + 1
        made.append(parent + paths.step(numbers[parent]))
    return made


def bulk_create_units(
    specs: Iterable[UnitSpec], *, by: Actor, sentence: str, progress: Progress | None = None
) -> dict[str, Org]:
    """Add the units of ``specs`` (a parent before its children) and return them by key.

    Each slice of at most 500 is one transaction, so that a long load lets others write; a caller that wants
    all or nothing opens the transaction itself. One journal entry holds ``sentence`` and the number.
    ``progress`` gets the number of units written so far. Names are not compared with existing ones.
    """
    load = _Load(by)
    for spec in specs:
        if len(load.waiting) == SLICE or spec.parent in load.keys:
            _write(load, progress)
        if spec.key in load.made or spec.key in load.keys:
            raise BadInputError(f"编号“{spec.key}”出现了两次。")
        load.waiting.append(spec)
        load.keys.add(spec.key)
    _write(load, progress)
    journal(by, "orgs.loaded", f"{sentence}，共 {len(load.made)} 个单位", kind=UNIT)
    return load.made


@transaction.atomic
def _write(load: _Load, progress: Progress | None) -> None:
    specs = load.waiting
    _find_parents(load)
    parents = [_parent(load, spec) for spec in specs]
    for spec, parent in zip(specs, parents, strict=True):
        _check(spec, parent)
    held = {parent.pk for parent in parents}
    rows = (
        Org.objects.filter(parent__in=held).order_by().values_list("parent__path").annotate(last=Max("path"))
    )
    last = dict(rows)
    made = next_paths([parent.path for parent in parents], last)
    orgs = [
        Org(
            parent=parent,
            path=path,
            order=paths.number_of(path),
            is_synthetic=spec.is_synthetic,
            **spec.facts.as_mirror(),
        )
        for spec, parent, path in zip(specs, parents, made, strict=True)
    ]
    Org.objects.bulk_create(orgs)
    Tenure.objects.bulk_create(
        [
            Tenure(
                org=org, parent=org.parent, valid_from=start, valid_to=end, basis=basis, **facts.as_values()
            )
            for spec, org in zip(specs, orgs, strict=True)
            for facts, start, end, basis in spec.spans()
        ],
        batch_size=SLICE,
    )
    load.made.update({spec.key: org for spec, org in zip(specs, orgs, strict=True)})
    load.waiting, load.keys = [], set()
    if progress is not None:
        progress(len(load.made))


def _find_parents(load: _Load) -> None:
    missing = {spec.parent for spec in load.waiting if isinstance(spec.parent, int)} - load.known.keys()
    for parent in Org.objects.filter(pk__in=missing):
        require(can_create_unit(load.by, parent))
        load.known[parent.pk] = parent


def _parent(load: _Load, spec: UnitSpec) -> Org:
    found = load.known.get(spec.parent) if isinstance(spec.parent, int) else load.made.get(spec.parent)
    if found is None:
        raise BadInputError(f"“{spec.facts.name}”的上级单位“{spec.parent}”没有找到，上级要排在前面。")
    return found


def _check(spec: UnitSpec, parent: Org) -> None:
    check(spec.facts)
    if spec.facts.kind not in Kind(parent.kind).may_hold:
        raise BadInputError(f"{parent.name}下面不能设“{Kind(spec.facts.kind).label}”（{spec.facts.name}）。")
    check_day(spec.since, clock.today())
