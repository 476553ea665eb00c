"""Template tags of people: whom to call before one is signed in, and how long something takes."""

import datetime as dt

from django import template

from xinhuo.people.middleware import HelpLine, installation_line
from xinhuo.people.queries import root_contact

register = template.Library()


@register.simple_tag
def public_help_line() -> HelpLine | None:
    """Whom somebody may call who cannot get in: as the installation says, else the contact of the unit at the top."""
    set_line = installation_line()
    if set_line:
        return set_line
    org = root_contact()
    return HelpLine(org.contact_name, org.contact_phone) if org else None


@register.filter
def minutes(span: dt.timedelta) -> int:
    """Whole minutes."""
    return int(span.total_seconds() // 60)
