"""What all ways of coming in share: the session is opened, the post chosen, the place written down."""

from typing import cast

from django.contrib import auth
from django.contrib.auth.models import AbstractBaseUser

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.core.http import HttpRequest
from xinhuo.people.actions import record_sign_in
from xinhuo.people.devices import device_of
from xinhuo.people.middleware import HELP_KEY, act_through, help_line
from xinhuo.people.models import Appointment, User

BACKEND = "django.contrib.auth.backends.ModelBackend"
REMEMBER_SECONDS = 30 * 24 * 3600
UNTIL_BROWSER_CLOSES = 0


def enter(request: HttpRequest, user: User, post: Appointment, *, remember: bool = False) -> Actor:
    """Sign ``user`` in on this browser, under a new session key, acting through ``post``.

    Without ``remember`` the cookie ends with the browser, and after twelve hours without use.
    """
    auth.login(request, user, backend=BACKEND)
    request.session.set_expiry(REMEMBER_SECONDS if remember else UNTIL_BROWSER_CLOSES)
    act_through(request.session, post)
    request.session["touched"] = int(clock.now().timestamp())
    if request.session.session_key is None:  # somebody else was signed in here and has been signed out
        request.session.create()
    actor = post.as_actor(origin=address_of(request), request_id=getattr(request, "request_id", ""))
    key = cast("str", request.session.session_key)
    record_sign_in(user, key, device_of(request.headers.get("User-Agent", "")), by=actor)
    request.actor = actor  # type: ignore[attr-defined]  # the answer of this very request is already his
    request.help_line = help_line(post.org, admin=request.session.get(HELP_KEY))  # type: ignore[attr-defined]  # read by the header
    return actor


def address_of(request: HttpRequest) -> str:
    """The address the request came from."""
    return str(request.META.get("REMOTE_ADDR", ""))


def login_of(request: HttpRequest) -> User:
    """The login of a person who is signed in."""
    user: AbstractBaseUser | object = request.user
    return cast("User", user)
