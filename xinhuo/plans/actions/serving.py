"""Saying which duties a document serves, while it is a draft."""

from collections.abc import Sequence

from django.db import transaction

from xinhuo.core.actor import Actor
from xinhuo.documents.actions import set_serves
from xinhuo.documents.models import Document

from ..kinds import DUTY
from ..models import Served
from ..queries.served import servable


@transaction.atomic
def serve_duties(document: Document, duty_ids: Sequence[int], *, by: Actor) -> list[int]:
    """The draft serves exactly these duties, as far as the unit issued them or was given them. Returns which."""
    duties = list(servable(by).filter(pk__in=duty_ids))
    entries = [{"kind": DUTY, "id": duty.pk, "label": f"{duty.node.cite} {duty.title}"} for duty in duties]
    set_serves(document, entries, by=by)
    wanted = [duty.pk for duty in duties]
    Served.objects.filter(document=document).exclude(duty_id__in=wanted).delete()
    Served.objects.bulk_create(
        [Served(document=document, duty_id=pk) for pk in wanted], ignore_conflicts=True
    )
    return wanted
