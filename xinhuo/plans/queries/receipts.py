"""Documents that were sent as work and of which nobody knows yet whether they were got."""

from django.db.models import Exists, OuterRef

from xinhuo.documents.kinds import DOCUMENT
from xinhuo.documents.models import Delivery, DeliveryQuerySet
from xinhuo.reporting.models import Return

from ..models import Assignment


def unsigned() -> DeliveryQuerySet:
    """Not signed for, not cancelled. Whoever has answered, or reported on its duties, plainly has got it."""
    answers = Return.objects.filter(
        round__kind=DOCUMENT,
        round__subject_id=OuterRef("document_id"),
        org=OuterRef("org"),
        first_sent_at__isnull=False,
    )
    reports = Assignment.objects.filter(delivery=OuterRef("pk"), sent_revision__isnull=False)
    rows = Delivery.objects.complete().filter(is_copy=False, received_at__isnull=True, cancelled_by=None)
    return rows.exclude(Exists(answers)).exclude(Exists(reports))
