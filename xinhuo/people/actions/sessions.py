"""Verbs about being signed in: coming, going, changing the post, and ending it from elsewhere."""

import datetime as dt
from dataclasses import replace

from django.contrib.sessions.models import Session
from django.db import transaction

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.core.answer import denied, require
from xinhuo.journal.actions import journal
from xinhuo.journal.models import Entry
from xinhuo.people.models import Appointment, Person, SignIn, User

LONGEST_DEVICE = 60


@transaction.atomic
def record_sign_in(user: User, session_key: str, device: str, *, by: Actor) -> SignIn:
    """Write down where a login is now open; rows of sessions that have run out go."""
    keys = list(user.sign_ins.values_list("session_key", flat=True))
    alive = Session.objects.filter(session_key__in=keys, expire_date__gt=clock.now())
    user.sign_ins.exclude(session_key__in=alive.values("session_key")).delete()
    moment = clock.now()
    where = device[:LONGEST_DEVICE]
    row, _ = SignIn.objects.update_or_create(
        session_key=session_key,
        defaults={
            "user": user,
            "started_at": moment,
            "seen_at": moment,
            "origin": by.origin,
            "device": where,
        },
    )
    journal(by, "people.signed_in", f"登录（{where}）")
    return row


@transaction.atomic
def record_sign_out(session_key: str | None, *, by: Actor) -> None:
    """Write down that a person left; the web part ends the session itself."""
    SignIn.objects.filter(session_key=session_key).delete()
    journal(by, "people.signed_out", "退出")


def note_seen(session_key: str | None) -> None:
    """Move “used last” of a session; called at most every five minutes."""
    SignIn.objects.filter(session_key=session_key).update(seen_at=clock.now())


def move_session(before: str | None, after: str | None) -> None:
    """Follow a session that goes on under a new key, as it does when the password changes."""
    SignIn.objects.filter(session_key=before).update(session_key=after)


def end_sessions(person: Person, *, keep: str | None = None) -> int:
    """End every session of the person's login, except the one with key ``keep``; returns how many ended."""
    rows = SignIn.objects.filter(user__person=person).exclude(session_key=keep or "")
    keys = list(rows.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    rows.delete()
    return len(keys)


@transaction.atomic
def sign_out_elsewhere(session_key: str | None, *, by: Actor) -> int:
    """End the actor's own sessions on all other machines; returns how many."""
    person = Person.objects.get(pk=by.person_id)
    ended = end_sessions(person, keep=session_key)
    if ended:
        journal(by, "people.signed_out", f"退出其他 {ended} 处登录")
    return ended


@transaction.atomic
def switch_post(appointment: Appointment, *, by: Actor) -> Actor:
    """Go on through another post of the same person; returns the new actor."""
    if appointment.person_id != by.person_id:
        require(denied("这不是您的岗位。"))
    after = appointment.as_actor(origin=by.origin, request_id=by.request_id)
    if after.appointment_id != by.appointment_id:
        journal(
            after, "people.switched", f"从{by.org_name}{by.post_title}换到{after.org_name}{after.post_title}"
        )
    return after


@transaction.atomic
def record_lock_out(username: str, *, origin: str, minutes: int, request_id: str = "") -> Entry | None:
    """Write down that a login name was locked after repeated failures; once per lock, not per attempt.

    A name that does not exist is written at the root without the name itself: people type passwords into
    the wrong box.
    """
    user = User.objects.filter(username=username).select_related("person").first()
    posts = Appointment.objects.current().select_related("org", "person__user")
    post = (posts.filter(person=user.person) if user else posts.filter(org__parent=None)).first()
    if post is None:
        return None
    seen_as = post.as_actor(origin=origin, request_id=request_id)
    if user is None:
        seen_as = replace(seen_as, person_id=0, person_name="未知登录名", post_title="", user_id=None)
    recent = clock.now() - dt.timedelta(minutes=minutes)
    told = Entry.objects.filter(
        verb="people.locked_out", person_id=seen_as.person_id, origin=origin[:64], at__gt=recent
    )
    if told.exists():
        return None
    return journal(seen_as, "people.locked_out", f"连续输错密码，登录锁定 {minutes} 分钟")
