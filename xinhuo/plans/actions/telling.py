"""The one place where steering tells somebody something outside the list of what waits."""

from django.urls import reverse

from xinhuo.core.actor import Role
from xinhuo.notifications.actions import notify
from xinhuo.people.models import Appointment


def role_or_any(org_id: int, role: Role) -> str:
    """The role when somebody of the unit holds it today, else the empty one: any working post."""
    held = Appointment.objects.current().filter(org_id=org_id, role=role)
    return str(role) if held.exists() else ""


def tell(
    key: str, *, org_id: int, title: str, url: str, role: str = "", detail: str = "", window: str = ""
) -> None:
    """Tell those who hold a post of a unit (empty: every working post). In a ``window`` the same goes out once."""
    notify(key, org_id=org_id, role=role, title=title, detail=detail, url=url, window=window)


def page_of(name: str, pk: int) -> str:
    """The address of a page of this app."""
    return reverse(f"plans:{name}", args=[pk])
