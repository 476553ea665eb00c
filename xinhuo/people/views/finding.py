"""Finding the person a screen is about."""

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404

from xinhuo.core.answer import require
from xinhuo.core.http import MemberRequest
from xinhuo.people.models import Appointment, Person
from xinhuo.people.rules import can_keep_accounts


def visible_person(request: MemberRequest, pk: int) -> Person:
    """A person the actor may see and keeps accounts of; else 404, or 403 with the reason.

    The posts come along, so that the rules need not ask for them one after the other.
    """
    seen = Person.objects.visible_to(request.actor).select_related("user")
    posts = Prefetch("appointments", queryset=Appointment.objects.select_related("org"))
    found = get_object_or_404(seen.prefetch_related(posts), pk=pk)
    require(can_keep_accounts(request.actor))
    return found
