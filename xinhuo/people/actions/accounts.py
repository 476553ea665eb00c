"""Verbs about logins: opening, resetting, closing, and the person's own password.

Hashing a password takes a tenth of a second on purpose, so it is done before the transaction begins: on SQLite
a transaction keeps every other writer waiting.
"""

import datetime as dt
from dataclasses import dataclass

from axes.utils import reset as unlock
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.db import IntegrityError, transaction

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.core.answer import require
from xinhuo.core.errors import BadInputError, NotNowError
from xinhuo.journal.actions import journal
from xinhuo.people.kinds import PERSON as SUBJECT
from xinhuo.people.logins import digest, first_password, login_problem, new_token, normal_login
from xinhuo.people.models import Appointment, Invitation, Person, User
from xinhuo.people.queries import first_post
from xinhuo.people.rules import can_close_account, can_invite, can_open_account, can_reset_password

from .sessions import end_sessions
from .standing import keep_has_accounts, units_of

LINK_DAYS = 7


@dataclass(frozen=True, slots=True)
class Key:
    """What is handed to a person once and never kept: the login name with a link's token or a first password.

    ``post`` is the post printed on the slip.
    """

    person: Person
    username: str
    post: Appointment
    token: str = ""
    password: str = ""
    expires_at: dt.datetime | None = None


def free_login(text: str, *, but_of: Person | None = None) -> str:
    """``text`` as a login name when it can be used, else BadInputError with what is wrong."""
    login = normal_login(text)
    if problem := login_problem(login):
        raise BadInputError(problem)
    taken = User.objects.filter(username=login)
    if but_of is not None:
        taken = taken.exclude(person=but_of)
    if taken.exists():
        raise _taken(login)
    return login


def _taken(login: str) -> BadInputError:
    return BadInputError(f"登录名“{login}”已经有人用了，请换一个。")


def save_login(user: User) -> None:
    """Save a login; when somebody took its name a moment ago, that is said like any other taken name."""
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as error:
        raise _taken(user.username) from error


def encoded_password(password: str, user: User | None = None) -> str:
    """The password as it is stored. Raises ValidationError (Django's) where it is too weak."""
    validate_password(password, user)
    return make_password(password)


def _fresh(person: Person) -> Person:
    Person.objects.select_for_update().get(pk=person.pk)
    return Person.objects.select_related("user").get(pk=person.pk)


def _link(person: Person, purpose: str, *, by: Actor) -> Key:
    """Make a link; older ones of the same person stop working."""
    moment = clock.now()
    Invitation.objects.filter(person=person, used_at=None, expires_at__gt=moment).update(expires_at=moment)
    token, until = new_token(), moment + dt.timedelta(days=LINK_DAYS)
    Invitation.objects.create(
        person=person, digest=digest(token), purpose=purpose, expires_at=until, made_by_id=by.person_id
    )
    return Key(person, person.user.username, _post(person), token=token, expires_at=until)


def _post(person: Person) -> Appointment:
    post = Appointment.objects.current().filter(person=person).select_related("org").first()
    assert post is not None  # noqa: S101  the rules ask for a post before any key is made
    return post


@transaction.atomic
def invite(person: Person, username: str, *, by: Actor) -> Key:
    """Open a login under a proposed name and return the link by which the person sets the password.

    May be repeated until the link was used; each time the earlier link stops working. Raises BadInputError
    for a login name that cannot be used.
    """
    person = _fresh(person)
    require(can_invite(by, person))
    login = free_login(username, but_of=person)
    user = getattr(person, "user", None) or User(person=person)
    user.username = login
    user.set_unusable_password()
    save_login(user)
    key = _link(person, "invite", by=by)
    sentence = f"给{person.name}发出开通账号的链接，登录名{login}"
    journal(by, "people.invited", sentence, kind=SUBJECT, subject_id=person.pk)
    return key


def open_with_password(
    person: Person, username: str, *, by: Actor, password: str = "", is_demo: bool = False
) -> Key:
    """Open a login with a first password for a printed slip; it has to be changed at the first sign-in.

    With ``password`` (demonstration accounts) that one is set as it is and stays.
    """
    secret = password or first_password()
    encoded = make_password(secret)
    with transaction.atomic():
        person = _fresh(person)
        require(can_invite(by, person))
        login = free_login(username, but_of=person)
        user = getattr(person, "user", None) or User(person=person)
        user.username, user.password = login, encoded
        user.is_demo, user.must_change_password = is_demo, not password
        save_login(user)
        _void_links(person)
        keep_has_accounts(units_of(person))
        sentence = f"给{person.name}开通账号，登录名{login}，初始密码印在账号条上"
        journal(by, "people.invited", sentence, kind=SUBJECT, subject_id=person.pk)
    return Key(person, login, _post(person), password=secret)


def _void_links(person: Person) -> None:
    moment = clock.now()
    Invitation.objects.filter(person=person, used_at=None, expires_at__gt=moment).update(expires_at=moment)


def usable_invitation(token: str) -> Invitation:
    """The invitation behind a link. Raises NotNowError saying why a link no longer works."""
    found = Invitation.objects.filter(digest=digest(token)).select_related("person__user").first()
    if found is None:
        raise NotNowError("这个链接不完整，或者已经换过新的。请重新完整地复制一遍，或者请管理员再发一个。")
    if found.used_at is not None:
        raise NotNowError("这个链接已经用过了。请直接登录；忘了密码的话，请管理员重设。")
    if found.expires_at <= clock.now():
        raise NotNowError("这个链接已经过期，或者后来又发过新的。请管理员再发一个。")
    if not found.person.user.is_active:
        raise NotNowError("这个账号已经停用。有疑问请给本单位或者上级单位的管理员打电话。")
    return found


def accept_invitation(
    token: str, password: str, username: str = "", *, origin: str = ""
) -> tuple[User, Appointment]:
    """Set the password (and, when invited, another login name if wished) by a link that works once.

    Returns the login and the post the person acts through.

    Raises NotNowError for a dead link, BadInputError for the login name, ValidationError for the password.
    """
    invitation = usable_invitation(token)
    encoded = encoded_password(password, invitation.person.user)
    with transaction.atomic():
        Invitation.objects.select_for_update().get(pk=invitation.pk)
        invitation = usable_invitation(token)
        person, user = invitation.person, invitation.person.user
        post = first_post(user)
        if post is None:
            raise NotNowError("您现在没有岗位，账号还不能用。请给本单位或者上级单位的管理员打电话。")
        if username and invitation.purpose == "invite":
            user.username = free_login(username, but_of=person)
        user.password, user.must_change_password = encoded, False
        save_login(user)
        invitation.used_at = clock.now()
        invitation.save(update_fields=["used_at"])
        end_sessions(person)
        keep_has_accounts(units_of(person))
        sentence = f"设置密码，账号{user.username}开始使用"
        journal(
            post.as_actor(origin=origin), "people.password_set", sentence, kind=SUBJECT, subject_id=person.pk
        )
    return user, post


def reset_password(person: Person, *, by: Actor, on_paper: bool = False) -> Key:
    """Void the password, end all sessions, and return a link — or, ``on_paper``, a first password for a slip."""
    secret = first_password() if on_paper else ""
    encoded = make_password(secret or new_token())  # with a link: one that nobody knows
    with transaction.atomic():
        person = _fresh(person)
        require(can_reset_password(by, person))
        user = person.user
        user.password, user.must_change_password = encoded, on_paper
        user.save(update_fields=["password", "must_change_password"])
        end_sessions(person)
        _void_links(person)
        unlock(username=user.username)
        way = "新的初始密码印在账号条上" if on_paper else "发出设置新密码的链接"
        journal(
            by, "people.password_reset", f"重设{person.name}的密码，{way}", kind=SUBJECT, subject_id=person.pk
        )
        if on_paper:
            return Key(person, user.username, _post(person), password=secret)
        return _link(person, "reset", by=by)


def change_password(password: str, *, by: Actor, keep: str | None = None) -> User:
    """Set the actor's own new password and end his other sessions (all but the one with key ``keep``).

    The old password was asked for by the form. Raises ValidationError where the new one is too weak.
    """
    encoded = encoded_password(password, User.objects.get(person_id=by.person_id))
    with transaction.atomic():
        user = User.objects.select_for_update().get(person_id=by.person_id)
        user.password, user.must_change_password = encoded, False
        user.save(update_fields=["password", "must_change_password"])
        _void_links(user.person)
        ended = end_sessions(user.person, keep=keep)
        sentence = "修改自己的密码" + (f"，其他 {ended} 处登录已退出" if ended else "")
        journal(by, "people.password_set", sentence, kind=SUBJECT, subject_id=by.person_id)
    return user


@transaction.atomic
def close_account(person: Person, reason: str, *, by: Actor) -> User:
    """Shut a login: all its sessions and links end now. The posts stay as they are."""
    person = _fresh(person)
    require(can_close_account(by, person))
    if not reason.strip():
        raise BadInputError("请写明停用的原因，例如：工作调动。")
    user = person.user
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_sessions(person)
    _void_links(person)
    keep_has_accounts(units_of(person))
    sentence = f"停用{person.name}的账号：{reason.strip()}"
    journal(by, "people.account_closed", sentence, kind=SUBJECT, subject_id=person.pk)
    return user


@transaction.atomic
def open_account(person: Person, *, by: Actor) -> User:
    """Let a shut login in again, with the password it had."""
    person = _fresh(person)
    require(can_open_account(by, person))
    user = person.user
    user.is_active = True
    user.save(update_fields=["is_active"])
    unlock(username=user.username)
    keep_has_accounts(units_of(person))
    journal(by, "people.account_opened", f"恢复{person.name}的账号", kind=SUBJECT, subject_id=person.pk)
    return user
