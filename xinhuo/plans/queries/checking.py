"""Named reads of the checking desk: the outline as it stands, who did what last, what the issuer is."""

from typing import Any

from django.db.models import Count

from xinhuo.documents.enums import DocumentKind
from xinhuo.orgs.enums import Kind
from xinhuo.orgs.models import Org

from ..models import Plan, PlanEdit
from ..outline import Op, Outline, replay

UNDO, REDO, REREAD = "undo", "redo", "reread"
NOT_OPERATIONS = frozenset({UNDO, REDO, REREAD})
MOST_NAMED = 200  # units offered by name
CITED_AS = {
    DocumentKind.KEY_POINTS: "要点",
    DocumentKind.NOTICE: "通知",
    DocumentKind.LETTER: "函",
    DocumentKind.CIRCULAR: "通报",
    DocumentKind.MINUTES: "纪要",
}


def issuer_unit(org: Org) -> dict[str, Any]:
    """The issuer as the scope rules need it: its kind, its direct receivers by kind, and those it may call by name."""
    below = Org.objects.open().filter(parent=org)
    counts = {row["kind"]: row["n"] for row in below.order_by().values("kind").annotate(n=Count("pk"))}
    if org.kind == Kind.PROVINCE:
        below = below.filter(kind__in=Kind.BUREAUS)
    places = below.order_by("path").values_list("short_name", "pk")[:MOST_NAMED]
    return {"kind": org.kind, "places": dict(places), "counts": counts}


def operations(edits: list[PlanEdit]) -> list[Op]:
    """The edits that count, in order."""
    return [
        Op(edit.number, edit.op, edit.args)
        for edit in edits
        if not edit.undone and edit.op not in NOT_OPERATIONS
    ]


def edits_of(plan: Plan) -> list[PlanEdit]:
    """Everything that was done to a plan, undone steps included, in order."""
    return list(PlanEdit.objects.filter(plan=plan).order_by("number"))


def outline_of(plan: Plan, edits: list[PlanEdit]) -> Outline:
    """The outline as it stands: the reading and the edits that count."""
    return replay(plan.reading, plan.reading["source"], operations(edits))


def last_step(edits: list[PlanEdit]) -> PlanEdit | None:
    """The step that 撤销 would take back."""
    return next((edit for edit in reversed(edits) if not edit.undone and edit.op not in NOT_OPERATIONS), None)


def taken_back(edits: list[PlanEdit]) -> PlanEdit | None:
    """The step that 恢复 would bring back: the one taken back by the very last edit."""
    if not edits or edits[-1].op != UNDO:
        return None
    return next(edit for edit in edits if edit.number == edits[-1].args["number"])


def cited_as(plan: Plan) -> str:
    """What the document is called in a citation."""
    return CITED_AS.get(DocumentKind(plan.document.kind), "文件")
