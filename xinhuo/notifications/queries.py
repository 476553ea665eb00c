"""Named reads of messages and of what goes out."""

from dataclasses import dataclass

from django.db.models import Count, Q

from xinhuo.core.actor import WORKING_ROLES, Actor
from xinhuo.orgs.models import Org
from xinhuo.people.models import Appointment

from .enums import SendState
from .models import Broadcast, Channel, Outgoing


def channels_of(actor: Actor) -> list[Channel]:
    """The unit's channels with how many of their things wait (``waiting``) or need a person (``stuck``)."""
    waiting = Count("outgoing", filter=Q(outgoing__state=SendState.WAITING))
    stuck = Count("outgoing", filter=Q(outgoing__state__in=SendState.NEEDS_PERSON))
    return list(Channel.objects.visible_to(actor).annotate(waiting=waiting, stuck=stuck))


def needs_person(actor: Actor) -> int:
    """How many things of the unit failed or are uncertain."""
    return Outgoing.objects.visible_to(actor).filter(state__in=SendState.NEEDS_PERSON).count()


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom a broadcast reaches: units, people who can read it, units where nobody can."""

    units: int
    people: int
    silent: list[Org]
    silent_count: int


SILENT_NAMED = 20


def reach(broadcast: Broadcast) -> Reach:
    """Counted as of now; three queries."""
    ids = list(broadcast.selection.org_ids)
    posts = Appointment.objects.current().filter(
        org_id__in=ids, role__in=WORKING_ROLES, person__user__is_active=True
    )
    pairs = list(posts.values_list("org_id", "person_id"))
    spoken = {org_id for org_id, _ in pairs}
    silent = [org_id for org_id in ids if org_id not in spoken]
    named = list(Org.objects.filter(pk__in=silent[:SILENT_NAMED]))
    return Reach(len(ids), len({person for _, person in pairs}), named, len(silent))
