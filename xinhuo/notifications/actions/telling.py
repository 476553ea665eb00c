"""Putting a message to a post or a person, at most once per window."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from xinhuo.core import clock
from xinhuo.core.actor import WORKING_ROLES
from xinhuo.core.contracts import Notice, by_kind
from xinhuo.people.models import Appointment, User

from ..models import Message
from ..outbox import mail_at_once, post_to_groups


@transaction.atomic
def notify(
    key: str,
    *,
    org_id: int,
    role: str = "",
    person_id: int | None = None,
    title: str,
    detail: str = "",
    url: str = "",
    kind: str = "",
    subject_id: int = 0,
    window: str = "",
) -> int:
    """Tell those who hold a post in ``org_id`` today (or the one person named); returns how many new messages.

    ``role`` empty means every working post. ``key`` is a Notice some app lists; the same (key, kind, subject,
    person, window) is told once, so calling again is harmless. ``url`` is an address of this site. Whoever has
    no login cannot read and is not counted. Called inside verbs: the message goes if the verb's change does.
    """
    notice: Notice | None = by_kind("notices").get(key)
    if notice is None:
        msg = f"no app lists the notice {key!r}"
        raise ValueError(msg)
    if url and not (url.startswith("/") and not url.startswith("//")):
        msg = f"{url!r} is no address of this site"
        raise ValueError(msg)
    once = {"key": key, "kind": kind, "subject_id": subject_id, "window": window}
    words = {
        "org_id": org_id,
        "role": role,
        "title": title[:200],
        "detail": detail[:1000],
        "url": url,
        "created_at": clock.now(),
    }
    new = _write(_readers(org_id, role, person_id), once, words)
    if notice.urgent:
        mail_at_once(new)
    if notice.to_groups and person_id is None:
        unique_key = f"notice:{key}:{kind}:{subject_id}:{window}:{org_id}"
        post_to_groups(unique_key, org_id=org_id, title=title[:200], text=detail[:1000], url=url)
    return len(new)


def _readers(org_id: int, role: str, person_id: int | None) -> list[int]:
    """Ids of those meant who have a login, in order."""
    logins = User.objects.filter(is_active=True)
    if person_id is not None:
        logins = logins.filter(person_id=person_id)
    else:
        posts = Appointment.objects.current().filter(
            org_id=org_id, role__in=[role] if role else WORKING_ROLES
        )
        logins = logins.filter(person_id__in=posts.values("person_id"))
    return sorted(logins.values_list("person_id", flat=True))


def _write(people: Iterable[int], once: Mapping[str, Any], words: Mapping[str, Any]) -> list[Message]:
    """The messages that are new; whoever has it already, or gets it from another process just now, is left out."""
    told = set(Message.objects.filter(**once, person_id__in=people).values_list("person_id", flat=True))
    new = []
    for person_id in people:
        if person_id not in told:
            message, made = Message.objects.get_or_create(**once, person_id=person_id, defaults=dict(words))
            if made:
                new.append(message)
    return new
