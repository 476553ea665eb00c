"""Who a document would really reach: the chosen units, less those that have it and those of the other line."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from xinhuo.core import clock
from xinhuo.core.errors import BadInputError
from xinhuo.orgs.enums import Line
from xinhuo.orgs.models import Org, OrgLine
from xinhuo.orgs.selections import matching

from .enums import DispatchState
from .models import Delivery, Document

FEW = 500


@dataclass(frozen=True, slots=True)
class Skip:
    """A chosen unit that gets nothing this time, and why (Chinese)."""

    org: int
    name: str
    why: str

    def as_json(self) -> dict[str, Any]:
        """The shape kept in ``Dispatch.skipped``."""
        return {"org": self.org, "name": self.name, "why": self.why}


@dataclass(frozen=True, slots=True)
class Recipients:
    """Unit ids in tree order: ``to`` get it as work, ``copies`` to read; ``skipped`` get nothing."""

    to: tuple[int, ...]
    copies: tuple[int, ...]
    skipped: tuple[Skip, ...]

    @property
    def targets(self) -> list[tuple[int, bool]]:
        """``(unit id, is_copy)``, work first."""
        return [(pk, False) for pk in self.to] + [(pk, True) for pk in self.copies]


def recipients(
    document: Document, to: Mapping[str, Any], copies: Mapping[str, Any] | None = None
) -> Recipients:
    """What sending ``document`` to these criteria would do today; four queries for any number of units.

    A unit chosen for both gets it as work. A unit that only has a copy and is now chosen for work gets it.
    Raises BadInputError when the sender itself is among the units named one by one.
    """
    issuer = document.issuer
    for criteria in (to, copies or {}):
        if issuer.pk in criteria.get("ids", ()):
            raise BadInputError("发送范围里有本单位自己。文件由您单位印发，不用再发给自己。")
    chosen = _units(to, issuer)
    reading = _units(copies, issuer) if copies else {}
    reading = {pk: name for pk, name in reading.items() if pk not in chosen}
    everybody = [*chosen, *reading]
    had = _already(document, everybody)
    lines = _second_lines(everybody)
    skipped: list[Skip] = []

    def kept(units: Mapping[int, str], *, as_copy: bool) -> tuple[int, ...]:
        fine = []
        for pk, name in units.items():
            why = _why_not_line(lines.get(pk, ()), document)
            why = why or _why_not_again(had.get(pk), as_copy=as_copy)
            if why:
                skipped.append(Skip(pk, name, why))
            else:
                fine.append(pk)
        return tuple(fine)

    return Recipients(kept(chosen, as_copy=False), kept(reading, as_copy=True), tuple(skipped))


def _units(criteria: Mapping[str, Any], within: Org) -> dict[int, str]:
    return dict(matching(criteria, within=within).order_by("path").values_list("pk", "name"))


class _Had(NamedTuple):
    """What a unit has of the chain. Plain values: a province would otherwise make 26,000 model instances."""

    org_id: int
    is_copy: bool
    state: str
    issuer: str


def _already(document: Document, org_ids: Sequence[int]) -> dict[int, _Had]:
    root = document.root_or_self
    if not root.pk:  # nothing was sent of a document that is not written yet
        return {}
    rows = Delivery.objects.filter(root=root)
    if len(org_ids) <= FEW:
        rows = rows.filter(org_id__in=org_ids)
    values = rows.values_list("org_id", "is_copy", "dispatch__state", "document__issuer__name")
    return {row[0]: _Had(*row) for row in values.order_by()}


def _why_not_again(had: _Had | None, *, as_copy: bool) -> str:
    """Empty when the unit still needs it: it has nothing yet, or only a copy while work is meant."""
    if had is None or (had.is_copy and not as_copy):
        return ""
    if had.state != DispatchState.DONE:
        return f"{had.issuer}关工委正在下发这份文件，还没有办完"
    done = "抄送" if had.is_copy else "发送"
    return f"已由{had.issuer}关工委{done}过这份文件"


def _second_lines(org_ids: Iterable[int]) -> dict[int, list[OrgLine]]:
    wanted = set(org_ids)
    found: dict[int, list[OrgLine]] = {}
    for row in OrgLine.objects.on(clock.today()).select_related("superior", "org__parent"):
        if row.org_id in wanted:
            found.setdefault(row.org_id, []).append(row)
    return found


def _why_not_line(second: Sequence[OrgLine], document: Document) -> str:
    """A unit that answers to two gets a document that names its line only from the unit above it in that line."""
    if not second or not document.line:
        return ""
    org, line = second[0].org, Line(document.line).label
    in_tree = org.path.startswith(document.issuer.path)
    if org.line == document.line:
        above = org.parent.committee_name if org.parent else ""
        return "" if in_tree else f"这份文件走{line}，由{above}发送"
    superiors = [row.superior for row in second if row.line == document.line]
    if not superiors or any(superior.pk == document.issuer_id for superior in superiors):
        return ""
    return f"这份文件走{line}，由{superiors[0].committee_name}转发"
