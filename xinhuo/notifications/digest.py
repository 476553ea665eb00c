"""The one mail a day: what waits, what is late, what is new; nothing twice in its window."""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.core.contracts import DigestLine, collect
from xinhuo.core.dates_zh import short_date
from xinhuo.people.models import Appointment

from .enums import MailWish
from .models import Message, Preference, Told
from .outbox import mail_is_ready, put

FROM_HOUR = 8
MOST_LINES, MOST_MESSAGES = 40, 30


@dataclass(frozen=True, slots=True)
class Digest:
    """What one person's mail says today."""

    actor: Actor
    waiting: int
    lines: list[DigestLine]
    messages: list[Message]


def send_digests() -> int:
    """Write today's mail for everybody who wants one; returns how many. Doing it again writes nothing."""
    if not mail_is_ready() or clock.now().hour < FROM_HOUR:
        return 0
    wanted = Preference.objects.filter(
        mail=MailWish.DAILY, confirmed_at__isnull=False, person__user__is_active=True
    )
    return sum(_send(person_id) for person_id in wanted.values_list("person_id", flat=True))


def _send(person_id: int) -> bool:
    digest = compose(person_id)
    if digest is None:
        return False
    today = clock.today()
    with transaction.atomic():
        title = f"薪火：{short_date(today)}的提醒"
        where = {"org_id": digest.actor.org_id, "person_id": person_id}
        if put(f"digest:{person_id}:{today}", title=title, text=words(digest), **where) is None:
            return False
        Told.objects.bulk_create(
            [Told(person_id=person_id, key=line.key, window=line.window, day=today) for line in digest.lines],
            ignore_conflicts=True,
        )
        Message.objects.filter(pk__in=[item.pk for item in digest.messages]).update(mailed_at=clock.now())
    return True


def compose(person_id: int) -> Digest | None:
    """What is to be said today, or None where the person has no post or there is nothing that was not said."""
    posts = Appointment.objects.current().filter(person_id=person_id)
    actors = [post.as_actor() for post in posts.select_related("org", "person__user").order_by("pk")]
    if not actors:
        return None
    told = set(Told.objects.filter(person_id=person_id).values_list("key", "window"))
    lines: dict[tuple[str, str], DigestLine] = {}
    waiting = 0
    for source in collect("digest_sources"):
        for actor in actors:
            waiting += source.waiting(actor) if source.waiting else 0
            lines |= {(line.key, line.window): line for line in source.lines(actor)}
    new = [line for once, line in lines.items() if once not in told]
    messages = Message.objects.filter(person_id=person_id, mailed_at=None, read_at=None)
    found = list(messages[:MOST_MESSAGES])
    if not new and not found:
        return None
    return Digest(actors[0], waiting, sorted(new, key=lambda line: not line.late)[:MOST_LINES], found)


def words(digest: Digest) -> str:
    """The mail's text."""
    parts = [f"{digest.actor.person_name}同志："]
    if digest.waiting:
        parts.append(f"现在有 {digest.waiting} 件事等您办。")
    if digest.lines:
        parts.append("\n".join(["要留意的：", *(f"· {line.text}" for line in digest.lines)]))
    if digest.messages:
        said = [f"· {item.title}" + (f"——{item.detail}" if item.detail else "") for item in digest.messages]
        parts.append("\n".join(["新消息：", *said]))
    if settings.SITE_URL:
        parts.append(f"去办：{settings.SITE_URL}/")
        where = f"：{settings.SITE_URL}{reverse('notifications:preferences')}"
    else:
        where = "里改。"
    parts.append(f"每天最多一封。不想收，或者想换邮箱，请到“我的账号”的“怎样通知我”{where}")
    return "\n\n".join(parts)
