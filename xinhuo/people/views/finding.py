"""Finding the person a screen is about."""

from django.shortcuts import get_object_or_404

from xinhuo.core.answer import require
from xinhuo.core.http import MemberRequest
from xinhuo.people.models import Person
from xinhuo.people.rules import can_keep_accounts


def visible_person(request: MemberRequest, pk: int) -> Person:
    """A person the actor may see and keeps accounts of; else 404, or 403 with the reason."""
    found = get_object_or_404(Person.objects.visible_to(request.actor).select_related("user"), pk=pk)
    require(can_keep_accounts(request.actor))
    return found
