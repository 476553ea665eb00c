"""What lies in a unit's trays: 收文, 发文, 抄送."""

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from xinhuo.core.actor import Actor
from xinhuo.jobs.models import Job

from ..enums import DispatchState, DocumentState
from ..models import Delivery, Dispatch, Document


def incoming(actor: Actor) -> QuerySet[Delivery]:
    """Work that reached the actor's unit; ``forwarded`` says whether the unit passed it on. Newest first."""
    own = Document.objects.filter(root=OuterRef("root"), issuer_id=actor.org_id, state=DocumentState.SENT)
    rows = _reached(actor).filter(is_copy=False)
    return rows.annotate(forwarded=Exists(own))


def copies(actor: Actor) -> QuerySet[Delivery]:
    """What reached the actor's unit for reading only. Newest first."""
    return _reached(actor).filter(is_copy=True)


def _reached(actor: Actor) -> QuerySet[Delivery]:
    rows = Delivery.objects.complete().filter(org_id=actor.org_id)
    return rows.select_related("document__issuer", "root", "cancelled_by__document").order_by("-id")


def outgoing(actor: Actor) -> QuerySet[Document]:
    """The unit's own documents with ``units`` (who got it as work) and ``received``. Newest first."""
    rows = Document.objects.filter(issuer_id=actor.org_id, outside_issuer="")
    rows = rows.select_related("forwards", "cancelled_by__document")
    return rows.annotate(units=_count("pk"), received=_count("received_at")).order_by("-id")


def _count(column: str) -> Coalesce:
    """How many deliveries of the outer document, sent as work, have the column; looked up per listed row."""
    work = Delivery.objects.complete().filter(
        document=OuterRef("pk"), is_copy=False, cancelled_by__isnull=True
    )
    work = work.order_by()
    numbers = work.values("document").annotate(number=Count(column)).values("number")
    return Coalesce(Subquery(numbers, output_field=IntegerField()), Value(0))


MOST_STEPS = 4
"""A chain is as deep as the unit tree: ministry, province, prefecture, county, school."""


def chain_fields(prefix: str = "") -> list[str]:
    """What ``select_related`` needs to have the whole chain of a document at hand."""
    links = ["__".join(["forwards"] * step) for step in range(1, MOST_STEPS + 1)]
    changed = [
        f"{prefix}amended_by__document",
        f"{prefix}root__amended_by__document",
        f"{prefix}amendment__amends",
    ]
    return [f"{prefix}issuer", f"{prefix}root", *(f"{prefix}{link}__issuer" for link in links), *changed]


def chain(document: Document) -> list[Document]:
    """From the first document of the chain down to ``document`` itself (read it with ``chain_fields``)."""
    found = [document]
    while (above := found[0].forwards) is not None:
        found.insert(0, above)
    return found


def new_copies(actor: Actor) -> int:
    """How many 抄送 nobody of the unit has read yet."""
    return copies(actor).filter(received_at__isnull=True, cancelled_by__isnull=True).count()


def waiting_receipts(actor: Actor) -> int:
    """How many documents the unit has not received yet."""
    rows = Delivery.objects.complete().filter(org_id=actor.org_id, is_copy=False)
    return rows.filter(received_at__isnull=True, cancelled_by__isnull=True).count()


def untouched(actor: Actor) -> QuerySet[Delivery]:
    """Both together, for the number beside the navigation's entry; none for who does not work with them."""
    rows = Delivery.objects.complete().filter(org_id=actor.org_id, cancelled_by__isnull=True)
    rows = rows.filter(received_at__isnull=True)
    return rows if actor.works else rows.none()


def own_delivery(document: Document, org_id: int | None = None) -> Delivery | None:
    """By which delivery a unit (default: the issuer) got the chain of a document; None for the first sender."""
    rows = Delivery.objects.complete().select_related("document__issuer", "dispatch")
    return rows.filter(root=document.root_or_self, org_id=org_id or document.issuer_id).first()


def forwards_of(delivery: Delivery, actor: Actor) -> QuerySet[Document]:
    """The documents by which a receiver passed it on, with ``units`` and ``received``; its drafts only to itself."""
    rows = Document.objects.filter(issuer_id=delivery.org_id, root_id=delivery.root_id)
    if delivery.org_id != actor.org_id:
        rows = rows.filter(state=DocumentState.SENT)
    return rows.annotate(units=_count("pk"), received=_count("received_at")).order_by("id")


def dispatches(document: Document, actor: Actor) -> list[tuple[Dispatch, Job | None]]:
    """Every act of sending, newest first, with its job while that is not done.

    What is still being approved inside the unit that wrote it, or was not sent after all, is that unit's own.
    """
    found = document.dispatches.select_related("to", "copies")
    if document.issuer_id != actor.org_id:
        found = found.filter(state__in=DispatchState.LEFT)
    rows = list(found)
    running = [row.job_id for row in rows if row.job_id and row.state != DispatchState.DONE]
    jobs = Job.objects.in_bulk(running)
    return [(row, jobs.get(row.job_id or 0)) for row in rows]
