"""Giving duties that came with a second version to the units that have the document already."""

from collections.abc import Mapping, Sequence

from xinhuo.core import clock
from xinhuo.documents.models import Delivery, DeliveryQuerySet
from xinhuo.orgs.ancestry import ancestors_of_many
from xinhuo.orgs.models import Org

from ..models import Assignment, Duty, Plan
from ..scopes import concerns, is_own
from .assigning import open_standing_pages


def give_added(plan: Plan, duties: Sequence[Duty]) -> None:
    """To every unit that received the document from its issuer and that a duty concerns; and the issuer's own part."""
    issuer = plan.document.issuer_id
    kinds = dict(_receivers(plan, issuer).values_list("org_id", "org__kind"))
    rows = _receivers(plan, issuer).values_list("org_id", "pk")
    wanted: list[tuple[Duty, int, int | None]] = [
        (duty, org_id, delivery)
        for org_id, delivery in rows
        for duty in duties
        if concerns(duty.scope, org_id=org_id, kind=kinds[org_id])
    ]
    if plan.document.sent_at is not None:  # before that, sending gives the issuer its own
        wanted += [(duty, issuer, None) for duty in duties if is_own(duty.scope)]
    _give(plan, wanted, issuer, {})


def pass_added_on(plan: Plan, duties: Sequence[Duty], org_id: int) -> None:
    """To the units that got the document from ``org_id``; its own date, moved forward as before, binds them."""
    own = {item.duty_id: item for item in Assignment.objects.filter(org_id=org_id, duty__in=duties)}
    rows = _receivers(plan, org_id).values_list("org_id", "pk")
    _give(plan, [(duty, unit, delivery) for unit, delivery in rows for duty in duties], org_id, own)


def _receivers(plan: Plan, giver_id: int) -> DeliveryQuerySet:
    found = Delivery.objects.complete().filter(
        root=plan.document, document__issuer_id=giver_id, is_copy=False
    )
    return found.order_by("pk")


def _give(
    plan: Plan,
    wanted: Sequence[tuple[Duty, int, int | None]],
    giver_id: int,
    upstream: Mapping[int, Assignment],
) -> None:
    ids = sorted({org_id for _, org_id, _ in wanted})
    if not ids:
        return
    giver = Org.objects.get(pk=giver_id)
    ancestry = ancestors_of_many(ids)
    moment = clock.now()
    Assignment.objects.bulk_create(
        [
            Assignment(
                duty=duty,
                org_id=org_id,
                by_org=giver,
                upstream=upstream.get(duty.pk),
                delivery_id=delivery,
                due=upstream[duty.pk].due if duty.pk in upstream else duty.due,
                created_at=moment,
                **ancestry[org_id],
            )
            for duty, org_id, delivery in wanted
        ],
        ignore_conflicts=True,
        batch_size=500,
    )
    open_standing_pages(giver_id, plan.year, ids)
