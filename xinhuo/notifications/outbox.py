"""Putting something into the outbox. Called by verbs, inside their transactions; ``sending`` takes it out."""

from typing import Any

from django.conf import settings

from xinhuo.core import clock
from xinhuo.people.models import Appointment

from .enums import ChannelKind, MailWish
from .models import Channel, Message, Outgoing, Preference


def mail_is_ready() -> bool:
    """Whether a mail server is set; without one no mail is written."""
    return bool(settings.MAIL_SERVER and settings.MAIL_FROM)


def put(unique_key: str, *, org_id: int, title: str, text: str, **where: Any) -> Outgoing | None:
    """Write one thing to send, unless the same was written before; ``where`` is ``channel`` or ``person_id``."""
    moment = clock.now()
    made, new = Outgoing.objects.get_or_create(
        unique_key=unique_key,
        defaults={
            "org_id": org_id,
            "title": title[:200],
            "text": text,
            "not_before": moment,
            "created_at": moment,
            **where,
        },
    )
    return made if new else None


def wants_mail(person_ids: list[int]) -> dict[int, Preference]:
    """Who of these people wants mail, has an address that was tried, and can get it: a mail server is set."""
    if not mail_is_ready():
        return {}
    found = Preference.objects.filter(
        person_id__in=person_ids, mail__in=MailWish.WANTED, confirmed_at__isnull=False
    )
    return {item.person_id: item for item in found}


def mail_at_once(messages: list[Message]) -> None:
    """Urgent messages: mailed now to those who want mail, and so not again in the daily one."""
    wanted = wants_mail([message.person_id for message in messages])
    for message in messages:
        if message.person_id in wanted:
            text = with_link(f"{message.title}\n\n{message.detail}".strip(), message.url)
            put(
                f"message:{message.pk}",
                org_id=message.org_id,
                title=message.title,
                text=text,
                person_id=message.person_id,
            )
            message.mailed_at = message.created_at
            message.save(update_fields=["mailed_at"])


def post_to_groups(unique_key: str, *, org_id: int, title: str, text: str, url: str = "") -> int:
    """Put words into every group chat of a unit, once per ``unique_key``; returns how many are new."""
    channels = Channel.objects.filter(org_id=org_id, active=True)
    words = with_link(f"{title}\n{text}".strip(), url)
    new = [
        put(f"{unique_key}:{channel.pk}", org_id=org_id, title=title, text=words, channel=channel)
        for channel in channels
        if channel.kind != ChannelKind.MAIL or mail_is_ready()
    ]
    return sum(item is not None for item in new)


def with_link(text: str, url: str) -> str:
    """The words with the full address below, where the site knows its own."""
    return f"{text}\n{settings.SITE_URL}{url}" if url and settings.SITE_URL else text


def org_of(person_id: int) -> int | None:
    """The unit of the person's first post today; what is sent to the person stands in that unit's list."""
    posts = Appointment.objects.current().filter(person_id=person_id).order_by("pk")
    return posts.values_list("org_id", flat=True).first()
