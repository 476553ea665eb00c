"""Taking things out of the outbox: claimed one by one, sent outside any transaction, then settled.

A claim is committed before anything leaves. Who is killed in between leaves it SENDING; nobody knows whether it
arrived, so it becomes 不确定 and waits for a person instead of going twice.
"""

import datetime as dt
import logging
import time

from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse

from xinhuo.core import clock
from xinhuo.core.actor import Role
from xinhuo.jobs.running import Current

from . import mailing, pacing, sealing
from .actions.telling import notify
from .enums import ChannelKind, SendState
from .kinds import CHANNEL
from .models import Bucket, Channel, Outgoing, Preference
from .outbound import send_to_robot
from .outbox import mail_is_ready
from .outcome import Outcome

LOST = dt.timedelta(minutes=2)
"""Nothing takes that long: every connection has a time-out."""

STALE = dt.timedelta(days=1)
"""Waiting this long means that no worker ran, or that an old backup was put back: it may have gone already."""

PUMP_SECONDS = 20.0
STUCK = "notifications.stuck"
CUT = "发送途中后台中断了，不确定发出去没有。请看一眼对方收到没有。"
LAIN = "搁了一天多没有发：后台停过，或者恢复过备份。可能已经发过，也可能过时了，请看一眼再定。"
log = logging.getLogger(__name__)


class TiredError(Exception):
    """The channel has sent as much as it may for now."""


def pump(seconds: float = PUMP_SECONDS) -> int:
    """Send what is due, as fast as the pace allows, for a while; returns how many were tried.

    Any worker may. Told to end, it stops after the one in hand.
    """
    reap_lost()
    until = time.monotonic() + seconds
    tired: set[int | None] = set()
    tried = 0
    while time.monotonic() < until and not Current.ending:
        item = _next_due(tired)
        if item is None:
            break
        try:
            claimed = claim(item)
        except TiredError:
            tired.add(item.channel_id)
            continue
        if claimed is not None:
            settle(claimed, deliver(claimed))
            tried += 1
    return tried


def _next_due(tired: set[int | None]) -> Outgoing | None:
    due = Outgoing.objects.filter(state=SendState.WAITING, not_before__lte=clock.now())
    if None in tired or not mail_is_ready():
        due = due.exclude(channel=None)
    if not mail_is_ready():
        due = due.exclude(channel__kind=ChannelKind.MAIL)
    spent = Q(channel_id__in=[pk for pk in tired if pk is not None])
    return due.exclude(spent).select_related("channel", "person").order_by("not_before", "id").first()


@transaction.atomic
def claim(item: Outgoing) -> Outgoing | None:
    """Take one for this process, or None: another has it, it lay too long, or it is quiet time. Raises TiredError."""
    moment = clock.now()
    row = Outgoing.objects.select_for_update(of=("self",)).select_related("channel", "person").get(pk=item.pk)
    if row.state != SendState.WAITING or row.not_before > moment:
        return None
    if row.not_before < moment - STALE:
        row.state, row.message = SendState.UNCERTAIN, LAIN
        row.save(update_fields=["state", "message"])
        _tell_admin(row)
        return None
    start, end = _quiet(row)
    open_at = pacing.after_quiet(moment, start, end)
    if open_at > moment:
        row.not_before = open_at
        row.save(update_fields=["not_before"])
        return None
    _take_token(row.channel, moment)
    row.state, row.claimed_at, row.attempt = SendState.SENDING, moment, row.attempt + 1
    row.save(update_fields=["state", "claimed_at", "attempt"])
    return row


def _quiet(row: Outgoing) -> tuple[dt.time, dt.time]:
    if row.asked_for:
        return dt.time(0), dt.time(0)
    if row.channel is not None:
        return row.channel.quiet_from, row.channel.quiet_to
    wish = _wish(row) or Preference()
    return wish.quiet_from, wish.quiet_to


def _wish(row: Outgoing) -> Preference | None:
    return Preference.objects.filter(person=row.person).first() if row.person else None


def _take_token(channel: Channel | None, moment: dt.datetime) -> None:
    robot = channel is not None and channel.kind != ChannelKind.MAIL
    pace = pacing.ROBOT if robot else pacing.MAIL
    name = f"channel:{channel.pk}" if robot and channel is not None else "mail"
    first = pacing.full(pace, moment)
    Bucket.objects.get_or_create(name=name, defaults={"tokens": first.left, "filled_at": first.at})
    row = Bucket.objects.select_for_update(of=("self",)).get(name=name)
    ok, left = pacing.take(pacing.Tokens(row.tokens, row.filled_at), pace, moment)
    if not ok:
        raise TiredError
    row.tokens, row.filled_at = left.left, left.at
    row.save(update_fields=["tokens", "filled_at"])


def deliver(item: Outgoing) -> Outcome:
    """Send one thing. Never raises: what is not understood counts as uncertain."""
    try:
        if item.channel is None:
            wish = _wish(item)
            if wish is None or not wish.address:
                return Outcome(SendState.FAILED, "这个人没有填写邮箱。")
            return mailing.send_mail(wish.address, item.title, item.text)
        address = sealing.unseal(item.channel.sealed)
        if item.channel.kind == ChannelKind.MAIL:
            return mailing.send_mail(address["token"], item.title, item.text)
        return send_to_robot(item.channel.kind, address, item.text)
    except sealing.UnreadableError:
        return Outcome(SendState.FAILED, "渠道的地址打不开：加密的密钥换过了。请重新填写这个渠道的地址。")
    except Exception:
        log.exception("outgoing %s broke", item.pk)
        return Outcome(SendState.UNCERTAIN, "发送时出了意外，不确定发出去没有。请看一眼对方收到没有。")


@transaction.atomic
def settle(item: Outgoing, outcome: Outcome) -> bool:
    """Write how it ended; nothing where this process was taken for dead meanwhile and a person has it now."""
    moment = clock.now()
    state, tries = outcome.state, item.tries_left
    fields: dict[str, object] = {"message": outcome.message[:300]}
    if state == SendState.WAITING:
        tries -= 1
        state = SendState.WAITING if tries > 0 else SendState.FAILED
        fields |= {"tries_left": tries, "not_before": pacing.next_try(moment, 4 - tries)}
    if state == SendState.SENT:
        fields |= {"sent_at": moment} | ({"text": ""} if item.channel_id is None else {})
    mine = Outgoing.objects.filter(pk=item.pk, state=SendState.SENDING, attempt=item.attempt)
    if not mine.update(state=state, **fields):
        log.warning("outgoing %s was given up before it ended (%s)", item.pk, outcome)
        return False
    if state in SendState.NEEDS_PERSON:
        _tell_admin(item)
    return True


def _tell_admin(item: Outgoing) -> None:
    """Once a day per channel: somebody has to look."""
    notify(
        STUCK,
        org_id=item.org_id,
        role=Role.ADMIN,
        title=f"发往{item.to}的消息没有发成",
        detail="请到“发出的消息”里看原因，可以再发一次。",
        url=reverse("notifications:outgoing_list") + "?state=stuck",
        kind=CHANNEL,
        subject_id=item.channel_id or 0,
        window=clock.today().isoformat(),
    )


def reap_lost() -> int:
    """What was claimed and never settled: its process died in mid-send. It waits for a person."""
    lost = Outgoing.objects.filter(state=SendState.SENDING, claimed_at__lt=clock.now() - LOST)
    count = 0
    for item in lost.select_related("channel", "person"):
        with transaction.atomic():
            mine = Outgoing.objects.filter(pk=item.pk, state=SendState.SENDING, attempt=item.attempt)
            if mine.update(state=SendState.UNCERTAIN, message=CUT, attempt=F("attempt") + 1):
                _tell_admin(item)
                count += 1
    return count
