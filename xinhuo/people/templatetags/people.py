"""Template tags of people: whom to call before one is signed in, and how long something takes."""

import datetime as dt

from django import template

from xinhuo.people.middleware import HelpLine
from xinhuo.people.queries import root_contact

register = template.Library()


@register.simple_tag
def public_help_line() -> HelpLine | None:
    """Whom somebody may call who cannot get in: the contact of the unit at the top."""
    org = root_contact()
    return HelpLine(org.contact_name, org.contact_phone) if org else None


@register.filter
def minutes(span: dt.timedelta) -> int:
    """Whole minutes."""
    return int(span.total_seconds() // 60)
