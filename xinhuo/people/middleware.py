"""Builds the actor once per request, from the login and the post chosen in this session."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from xinhuo.core import clock
from xinhuo.orgs.models import Org

from .actions.sessions import note_seen
from .models import Appointment, User
from .queries import administrator_above

SESSION_KEY = "appointment"
HELP_KEY = "help"
FORM_KEY = "as_post"
TOUCH_SECONDS = 300

ANY_POST = frozenset({"people:switch", "people:logout", "people:login", "core:mode"})
"""Addresses that mean the same through every post, so that a second tab may always use them."""

WITH_FIRST_PASSWORD = ANY_POST - {"people:switch"} | {"people:first_password", "people:welcome"}
"""What somebody who still has the password of a printed slip may open."""


@dataclass(frozen=True, slots=True)
class HelpLine:
    """Whom to call, shown on every page."""

    name: str
    number: str


class ActorMiddleware:
    """Sets ``request.actor`` (None when signed out), ``request.posts`` and ``request.help_line``.

    A form carries the post it was shown for in the field ``as_post``; when the session has meanwhile switched
    (a second tab), the request is refused with 409 instead of acting for the wrong unit.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Attach the actor and keep the session alive at most every five minutes."""
        request.actor = None  # type: ignore[attr-defined]  # typed on core.http.MemberRequest
        request.posts = []  # type: ignore[attr-defined]  # read by the header
        request.help_line = None  # type: ignore[attr-defined]  # read by the header
        user = getattr(request, "user", None)
        if isinstance(user, User):
            self._attach(request, user)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        """Stop a form that was shown for another post, and whoever still has to choose a password."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        actor = request.actor  # type: ignore[attr-defined]  # set above
        if actor is None:
            return None
        if request.method == "POST" and name not in ANY_POST:
            shown_for = request.headers.get("X-As-Post") or request.POST.get(FORM_KEY)
            if shown_for and shown_for != str(actor.appointment_id):
                return _other_post(request, shown_for)
        if getattr(request.user, "must_change_password", False) and name not in WITH_FIRST_PASSWORD:
            return _choose_password(request)
        return None

    def _attach(self, request: HttpRequest, user: User) -> None:
        posts = list(
            Appointment.objects.current()
            .filter(person_id=user.person_id)
            .select_related("org__parent", "person__user")
        )
        request.posts = posts  # type: ignore[attr-defined]  # read by the header
        chosen = request.session.get(SESSION_KEY)
        post = next((item for item in posts if item.pk == chosen), posts[0] if posts else None)
        if post is not None:
            request.actor = post.as_actor(  # type: ignore[attr-defined]  # typed on MemberRequest
                origin=request.META.get("REMOTE_ADDR", ""), request_id=getattr(request, "request_id", "")
            )
            line = help_line(post.org, admin=request.session.get(HELP_KEY))
            request.help_line = line  # type: ignore[attr-defined]  # read by the header
        self._touch(request)

    def _touch(self, request: HttpRequest) -> None:
        moment = int(clock.now().timestamp())
        if moment - int(request.session.get("touched", 0)) >= TOUCH_SECONDS:
            request.session["touched"] = moment
            note_seen(request.session.session_key)


def help_line(org: Org, *, own_first: bool = False, admin: Sequence[str] | None = None) -> HelpLine | None:
    """Whom people of ``org`` call: the unit above, else their own (or the other way round), else the installation's.

    ``admin`` are name and number of an administrator above, where that unit has named no contact.
    """
    above = _contact(org.parent) or (HelpLine(*admin) if admin else None)
    own = _contact(org)
    found = (own or above) if own_first else (above or own)
    return found or installation_line()


def installation_line() -> HelpLine | None:
    """Whom anybody may call, as the settings say."""
    return HelpLine(settings.HELP_NAME, settings.HELP_PHONE) if settings.HELP_PHONE else None


def _contact(unit: Org | None) -> HelpLine | None:
    return HelpLine(unit.contact_name, unit.contact_phone) if unit and unit.contact_phone else None


def act_through(session: SessionBase, post: Appointment) -> None:
    """From now on this session acts through ``post``; whom to call above it is looked up once, not on every page."""
    session[SESSION_KEY] = post.pk
    session[HELP_KEY] = administrator_above(post.org)


def _other_post(request: HttpRequest, shown_for: str) -> HttpResponse:
    posts: list[Appointment] = request.posts  # type: ignore[attr-defined]  # set above
    if any(str(post.pk) == shown_for for post in posts):
        reason = "您在另一个窗口换了岗位，这一页是按原来的岗位打开的。请先换回原来的岗位再提交，填的内容还在这一页上。"
    else:
        reason = "打开这一页时用的岗位已经结束了，不能再用它提交。有疑问请给管理员打电话。"
    return render(request, "core/error.html", {"status": 409, "reason": reason}, status=409)


def _choose_password(request: HttpRequest) -> HttpResponse:
    answer = redirect("people:first_password")
    if "HX-Request" in request.headers:
        answer = HttpResponse(status=204, headers={"HX-Redirect": answer["Location"]})  # type: ignore[assignment]
    return answer
