"""Keeps ``Org.has_accounts`` true to the facts. Called inside the verbs that change who can log in."""

from collections.abc import Iterable

from django.contrib.auth.hashers import is_password_usable

from xinhuo.orgs.models import Org
from xinhuo.people.models import Appointment, Person


def keep_has_accounts(org_ids: Iterable[int]) -> None:
    """Set for each unit whether anybody with a current post there can log in today.

    A login that was proposed but never opened (no password yet) does not count: until then the upper unit
    records for this one.
    """
    wanted = set(org_ids)
    posts = Appointment.objects.current().filter(org_id__in=wanted, person__user__is_active=True)
    rows = posts.values_list("org_id", "person__user__password")
    able = {org_id for org_id, password in rows if is_password_usable(password)}
    Org.objects.filter(pk__in=able, has_accounts=False).update(has_accounts=True)
    Org.objects.filter(pk__in=wanted - able, has_accounts=True).update(has_accounts=False)


def units_of(person: Person) -> list[int]:
    """The units in which the person holds a post today."""
    return list(Appointment.objects.current().filter(person=person).values_list("org_id", flat=True))
