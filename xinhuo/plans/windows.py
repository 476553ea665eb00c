"""Windows of reminding (pure data and arithmetic): in each a unit is reminded of one thing once."""

import datetime as dt

SOON_DAYS = 3
"""So many days before the date a page may be reminded of."""

RECEIPT_DAYS = 3
"""So many days after it arrived a document should be signed for."""

AGAIN_DAYS = 7
"""After the date a new window opens every so many days."""

ESCALATE_DAYS = 7
"""So many days late before an escalation to the unit's leaders is prepared for somebody to look at."""


def window(due: dt.date, today: dt.date) -> str:
    """The window a day lies in: ``soon`` up to the date itself, then ``late-0``, ``late-1`` … a week each."""
    days = (today - due).days
    return "soon" if days <= 0 else f"late-{(days - 1) // AGAIN_DAYS}"


def receipt_due(arrived: dt.date) -> dt.date:
    """By when a document should be signed for."""
    return arrived + dt.timedelta(days=RECEIPT_DAYS)
