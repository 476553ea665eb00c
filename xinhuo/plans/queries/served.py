"""Which duties a unit's documents may serve, and which documents serve a duty."""

from django.db.models import Aggregate, CharField, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse

from xinhuo.core.actor import Actor
from xinhuo.documents.models import Document

from ..enums import PlanState
from ..models import Duty, Served

MOST = 400
LINE = "\n"


class Joined(Aggregate):
    """The values of a group in one text, a line each; both databases can, under different names."""

    function = "GROUP_CONCAT"
    template = "%(function)s(%(expressions)s, char(10))"
    output_field = TextField()

    def as_postgresql(self, compiler, connection, **extra):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN003, ANN201
        """PostgreSQL's name for it."""
        return self.as_sql(
            compiler,
            connection,
            function="STRING_AGG",
            template="%(function)s(%(expressions)s, chr(10))",
            **extra,
        )


def servable(actor: Actor) -> QuerySet[Duty]:
    """Duties of published plans that the unit issued or was given, newest plan first."""
    own = Q(plan__document__issuer_id=actor.org_id) | Q(assignments__org_id=actor.org_id)
    found = Duty.objects.filter(own, removed=False, plan__state=PlanState.PUBLISHED).distinct()
    return found.select_related("node", "plan__document").order_by("-plan__year", "plan_id", "position")


def served_by(document: Document) -> set[int]:
    """The duties a document serves."""
    return set(Served.objects.filter(document=document).values_list("duty_id", flat=True))


def with_documents(duties: QuerySet[Duty], actor: Actor) -> QuerySet[Duty]:
    """Duties with ``served_text``, to be read by ``documents_of``: what serves them, as far as the actor sees it."""
    seen = Document.objects.visible_to(actor).filter(served__duty=OuterRef("pk")).order_by()
    line = Concat(Cast("pk", CharField()), Value(" "), "title", output_field=TextField())
    lines = seen.values("served__duty").annotate(lines=Joined(line)).values("lines")
    return duties.annotate(served_text=Subquery(lines, output_field=TextField()))


def documents_of(duty: Duty) -> list[tuple[str, str]]:
    """Title and address of the documents that serve a duty (read it with ``with_documents``), the newest first."""
    text = getattr(duty, "served_text", None) or ""
    pairs = [line.split(" ", 1) for line in text.split(LINE) if line]
    pairs.sort(key=lambda pair: -int(pair[0]))
    return [(title, reverse("documents:document_detail", args=[int(pk)])) for pk, title in pairs]
