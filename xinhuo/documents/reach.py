"""Everybody a document reached: its own receivers and those to whom they passed it on, however far."""

from collections.abc import Sequence

from .enums import DocumentState
from .models import Delivery, DeliveryQuerySet, Document

SLICE = 500


def everybody(document: Document) -> list[Delivery]:
    """The deliveries of a document and of everything that passed it on, givers before receivers.

    Of the first document of a chain: all of the chain. Of one that passes another on: what goes back to it.
    """
    if document.root_id is None:
        return list(_light().filter(root=document).order_by("document_id", "pk"))
    found: list[Delivery] = []
    level = list(_light().filter(document=document).order_by("pk"))
    while level:
        found += level
        level = _below(level)
    return found


def _light() -> DeliveryQuerySet:
    return Delivery.objects.complete().only("pk", "org_id", "document_id", "is_copy", "received_at")


def _below(level: Sequence[Delivery]) -> list[Delivery]:
    ids = [row.pk for row in level]
    return [
        row
        for start in range(0, len(ids), SLICE)
        for row in _light().filter(upstream__in=ids[start : start + SLICE]).order_by("pk")
    ]


def passed_on_by(document: Document, org_ids: Sequence[int]) -> list[Document]:
    """The documents of the chain that these units sent: the document itself, and those that passed it on."""
    root = document.root_or_self
    sent = Document.objects.filter(root=root, issuer_id__in=org_ids, state=DocumentState.SENT)
    own = [document] if document.issuer_id in org_ids else []
    return own + list(sent.exclude(issuer_id=document.issuer_id).order_by("pk"))
