"""The cascade below a document: who received it, who passed it on under which number, and how far it got."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from xinhuo.reporting.queries.rounds import unit_standing

from ..enums import DocumentState
from ..kinds import DOCUMENT
from ..models import Delivery, DeliveryQuerySet, Document


@dataclass(frozen=True, slots=True)
class Reach:
    """So many units got it as work, so many of them received it. Copies are not counted."""

    units: int = 0
    received: int = 0

    def __add__(self, other: "Reach") -> "Reach":
        """Both together."""
        return Reach(self.units + other.units, self.received + other.received)

    @property
    def missing(self) -> int:
        """Units that have not received it yet."""
        return self.units - self.received


@dataclass(frozen=True, slots=True)
class CascadeRow:
    """A receiver: its delivery, the documents by which it passed it on, its own receivers, and all below them."""

    delivery: Delivery
    forwards: tuple[Document, ...]
    direct: Reach
    all_below: Reach


@dataclass(frozen=True, slots=True)
class Cascade:
    """One level of a document's cascade with the counts of everything below it."""

    rows: tuple[CascadeRow, ...]
    direct: Reach
    copies: Reach
    all_below: Reach


def cascade(
    document: Document, rows: Iterable[Delivery] | None = None, *, tree: "Tree | None" = None
) -> Cascade:
    """The receivers of ``document`` with counts down to the last unit; three queries for a tree of any size.

    ``rows`` narrows or pages the level that is listed (default: all, work before copies, in tree order); the
    counts always cover everything. Deliveries of a sending that is still running do not count. ``tree`` are the
    chain's sums where the caller has read them already.
    """
    found = tuple(level(document) if rows is None else rows)
    tree = tree or Tree(document.root_or_self)
    forwards = _forwards(document.root_or_self, [row.org_id for row in found])
    direct = tree.given_by(document.pk)
    return Cascade(
        rows=tree.rows(found, forwards),
        direct=direct,
        copies=tree.copied_by(document.pk),
        all_below=direct + tree.below_document(document.pk),
    )


def cascade_below(
    delivery: Delivery, rows: Iterable[Delivery] | None = None, *, tree: "Tree | None" = None
) -> Cascade:
    """The same one step down: the units to which a receiver passed the document on, under whatever numbers."""
    found = tuple(level_below(delivery) if rows is None else rows)
    tree = tree or Tree(delivery.root)
    forwards = _forwards(delivery.root, [row.org_id for row in found])
    return Cascade(
        rows=tree.rows(found, forwards),
        direct=tree.direct(delivery.pk),
        copies=tree.copies(delivery.pk),
        all_below=tree.all_below(delivery.pk),
    )


def level(document: Document) -> QuerySet[Delivery]:
    """The direct receivers of a document: work before copies, in tree order."""
    return _listed(Delivery.objects.filter(document=document))


def level_below(delivery: Delivery) -> QuerySet[Delivery]:
    """The units to which a receiver passed it on."""
    return _listed(Delivery.objects.filter(upstream=delivery))


def _listed(rows: DeliveryQuerySet) -> QuerySet[Delivery]:
    found = rows.complete().select_related("org", "document").order_by("is_copy", "org__path")
    return found.annotate(reply=unit_standing(DOCUMENT, "document_id", "org_id"))


class Tree:
    """Sums per document and per forwarding unit of a chain, read by one grouped query."""

    def __init__(self, root: Document) -> None:
        """Read the sums of everything that goes back to ``root``."""
        self._sums: dict[tuple[str, int, bool], Reach] = {}
        self._children: dict[int, set[int]] = {}
        self._reachless: dict[int, int] = {}
        self._of_document: dict[int, set[int]] = {}
        rows = Delivery.objects.complete().filter(root=root, cancelled_by__isnull=True).order_by()
        keys = ("document_id", "is_copy", "upstream_id", "upstream__upstream_id", "upstream__document_id")
        silent = Q(org__has_accounts=False, received_at__isnull=True)
        sums = rows.values_list(*keys).annotate(
            units=Count("pk"), received=Count("received_at"), silent=Count("pk", filter=silent)
        )
        for document, is_copy, giver, above, source, units, received, silent_units in sums:
            if not is_copy:
                self._reachless[document] = self._reachless.get(document, 0) + silent_units
            reach = Reach(units, received)
            self._add("document", document, reach, is_copy=is_copy)
            if giver is None:
                continue
            self._add("giver", giver, reach, is_copy=is_copy)
            self._of_document.setdefault(source, set()).add(giver)
            if above:
                self._children.setdefault(above, set()).add(giver)

    def _add(self, kind: str, pk: int, reach: Reach, *, is_copy: bool) -> None:
        key = (kind, pk, is_copy)
        self._sums[key] = self._sums.get(key, Reach()) + reach

    def given_by(self, document_id: int) -> Reach:
        """Units that got this document as work."""
        return self._sums.get(("document", document_id, False), Reach())

    def copied_by(self, document_id: int) -> Reach:
        """Units that got it to read."""
        return self._sums.get(("document", document_id, True), Reach())

    def reachless(self, document_id: int) -> int:
        """Direct receivers without accounts that have not received it: nobody there sees the reminder."""
        return self._reachless.get(document_id, 0)

    def copies(self, delivery_id: int) -> Reach:
        """Units that got it from this receiver to read."""
        return self._sums.get(("giver", delivery_id, True), Reach())

    def rows(
        self, found: Iterable[Delivery], forwards: Mapping[int, list[Document]]
    ) -> tuple[CascadeRow, ...]:
        """The listed receivers with what happened below each."""
        return tuple(
            CascadeRow(row, tuple(forwards.get(row.org_id, ())), self.direct(row.pk), self.all_below(row.pk))
            for row in found
        )

    def direct(self, delivery_id: int) -> Reach:
        """Units that got it from this receiver."""
        return self._sums.get(("giver", delivery_id, False), Reach())

    def all_below(self, delivery_id: int) -> Reach:
        """Those, and everybody below them. A chain is as deep as the unit tree: five levels."""
        return _sum([self.direct(delivery_id), *map(self.all_below, self._children.get(delivery_id, ()))])

    def below_document(self, document_id: int) -> Reach:
        """Everybody below the direct receivers of a document."""
        return _sum(self.all_below(giver) for giver in self._of_document.get(document_id, ()))


def _sum(parts: Iterable[Reach]) -> Reach:
    return sum(parts, Reach())


def _forwards(root: Document, org_ids: list[int]) -> dict[int, list[Document]]:
    found: dict[int, list[Document]] = {}
    documents = Document.objects.filter(root=root, issuer_id__in=org_ids, state=DocumentState.SENT)
    for document in documents.only("pk", "issuer_id", "number", "title", "sent_at").order_by("pk"):
        found.setdefault(document.issuer_id, []).append(document)
    return found
