"""Receivers nobody reaches by a reminder, and what a unit may sign for on behalf of others."""

from dataclasses import dataclass

from django.db.models import QuerySet

from xinhuo.core.actor import Actor
from xinhuo.orgs.models import Org
from xinhuo.orgs.proxies import proxies_of, stood_for

from ..models import RECEIVING, Delivery, Document

MOST = 300


@dataclass(frozen=True, slots=True)
class Unreached:
    """A receiver without accounts that has not received it yet, and who stands in for it."""

    delivery: Delivery
    proxy: Org | None


def unreached(document: Document) -> QuerySet[Delivery]:
    """The direct receivers of a document that have no accounts and have not received it."""
    rows = Delivery.objects.complete().filter(document=document, is_copy=False, cancelled_by__isnull=True)
    rows = rows.filter(received_at__isnull=True, org__has_accounts=False)
    return rows.select_related("org__parent").order_by("org__path")


def with_proxies(rows: QuerySet[Delivery]) -> list[Unreached]:
    """Each with the unit that stands in for it when documents are received; two queries."""
    found = list(rows[:MOST])
    proxies = proxies_of([row.org_id for row in found], RECEIVING)
    return [Unreached(row, proxies.get(row.org_id)) for row in found]


def to_sign_for_others(actor: Actor) -> QuerySet[Delivery]:
    """Work that waits for a signature at the units for which the actor's unit stands in."""
    rows = Delivery.objects.complete().filter(
        is_copy=False, received_at__isnull=True, cancelled_by__isnull=True
    )
    rows = rows.filter(org_id__in=stood_for(actor, RECEIVING)) if actor.works else rows.none()
    return rows.select_related("org", "document__issuer").order_by("document_id", "org__path")
