"""What was accepted in a year: the words and the files of every unit, with the revision they come from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from xinhuo.core.actor import Actor
from xinhuo.files.models import StoredFile
from xinhuo.files.names import clean_name
from xinhuo.flows.models import Revision

from ..models import Assignment, Report
from ..zipping import unique
from .answering import serving


def accepted_work(org_id: int, year: int) -> QuerySet[Assignment]:
    """What a unit's year is made of: accepted work of those it gave duties, its own part, and what it did itself.

    Work it gave on is counted by those below; a duty that another one answers is counted there.
    """
    passed = Assignment.objects.filter(upstream=OuterRef("pk"))
    answered = Assignment.objects.filter(
        duty__answers=OuterRef("duty"), by_org=OuterRef("org"), duty__removed=False
    )
    own = Q(org_id=org_id) & ~Q(by_org_id=org_id) & ~Exists(passed) & ~Exists(answered)
    found = Assignment.objects.complete().filter(Q(by_org_id=org_id) | own, duty__plan__year=year)
    found = found.filter(accepted_revision__isnull=False)
    found = found.exclude(pk__in=serving(found).values("pk"))
    return found.select_related("duty__node", "duty__plan__document", "org").order_by(
        "duty__plan_id", "duty__position", "org__path"
    )


def years_of(org_id: int) -> list[int]:
    """The years a unit has work of, the newest first."""
    found = Assignment.objects.filter(Q(by_org_id=org_id) | Q(org_id=org_id))
    years = found.order_by("-duty__plan__year").values_list("duty__plan__year", flat=True)
    return list(years.distinct())


@dataclass(frozen=True, slots=True)
class Material:
    """One accepted file of one unit."""

    assignment: Assignment
    report_id: int
    file_id: int
    name: str
    sha256: str


def files_of(work: Iterable[Assignment]) -> list[Material]:
    """The files that were accepted with this work, in its order. One query."""
    listed = list(work)
    revisions = Revision.objects.in_bulk(
        {item.accepted_revision for item in listed if item.accepted_revision}
    )
    return [
        Material(
            item, revisions[item.accepted_revision or 0].subject_id, file["id"], file["name"], file["sha256"]
        )
        for item in listed
        for file in _row(revisions[item.accepted_revision or 0], item).get("files", ())
    ]


def _row(revision: Revision, item: Assignment) -> Mapping[str, Any]:
    return next((row for row in revision.snapshot["rows"] if row["assignment"] == item.pk), {})


def readable(materials: Iterable[Material], actor: Actor) -> list[tuple[Material, StoredFile]]:
    """Those whose content the actor may read: of pages the actor sees, with the very bytes that were sent.

    The same answer as opening each file would give (``files.rules.can_see_file``), in two queries.
    """
    listed = list(materials)
    files = StoredFile.objects.in_bulk({item.file_id for item in listed})
    pages = Report.objects.visible_to(actor).filter(pk__in={item.report_id for item in listed})
    seen = set(pages.values_list("pk", flat=True))
    return [
        (item, files[item.file_id])
        for item in listed
        if item.report_id in seen and item.file_id in files and files[item.file_id].sha256 == item.sha256
    ]


def zip_names(found: Iterable[tuple[Material, StoredFile]]) -> list[str]:
    """A place for each file: the unit's folder, the duty's words and the file's own name."""
    return unique(
        f"{clean_name(item.assignment.org.name)}/{clean_name(item.assignment.duty.title)[:30]}-{clean_name(file.name)}"
        for item, file in found
    )
