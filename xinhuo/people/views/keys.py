"""Handing out and taking back access. What opens an account is shown once, in the answer to the button."""

from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from xinhuo.core.actor import Actor
from xinhuo.core.answer import require
from xinhuo.core.http import HttpResponse, MemberRequest, page, signed_in, toast
from xinhuo.orgs.models import Org
from xinhuo.people.actions import (
    Key,
    close_account,
    free_logins,
    invite,
    login_code,
    open_account,
    open_with_password,
    reset_password,
)
from xinhuo.people.forms import CloseForm, OpenAccountForm, ResetForm
from xinhuo.people.middleware import help_line
from xinhuo.people.models import Appointment, Person
from xinhuo.people.rules import can_close_account, can_invite, can_reset_password

from .finding import visible_person

SLIP = "slip"


def proposed_login(person: Person) -> str:
    """A login name for a person who has none yet, made of the unit's code."""
    post = Appointment.objects.current().filter(person=person).select_related("org").first()
    return next(free_logins(login_code(post.org))) if post else ""


def open_with(way: str, person: Person, username: str, *, by: Actor) -> Key:
    """Open the account by a link or with a slip, whichever was chosen."""
    login = username or proposed_login(person)
    return open_with_password(person, login, by=by) if way == SLIP else invite(person, login, by=by)


def slip_context(request: MemberRequest, keys: list[Key]) -> dict[str, object]:
    """What printed slips need: the keys, where to sign in, and whom to call (the unit that hands them out)."""
    contact = help_line(Org.objects.get(pk=request.actor.org_id), own_first=True)
    return {"keys": keys, "site": request.build_absolute_uri(reverse("people:login")), "contact": contact}


def hand_over(request: MemberRequest, key: Key) -> HttpResponse:
    """Show the link or the slip. Nothing of it is stored; leaving the page loses it.

    The calling view is ``never_cache``, so that no browser keeps a copy.
    """
    link = request.build_absolute_uri(reverse("people:welcome", args=[key.token])) if key.token else ""
    context = {"nav_key": "accounts", "key": key, "link": link, **slip_context(request, [key])}
    return page(request, "people/key.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def give(request: MemberRequest, pk: int) -> HttpResponse:
    """Open an account for a known person, or send the link once more."""
    person = visible_person(request, pk)
    require(can_invite(request.actor, person))
    user = getattr(person, "user", None)
    first = {"username": user.username if user else proposed_login(person)}
    form = OpenAccountForm(person, request.POST if request.method == "POST" else None, initial=first)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        return hand_over(request, open_with(data["way"], person, data["username"], by=request.actor))
    context = {"nav_key": "accounts", "person": person, "form": form}
    return page(request, "people/give.html", context, status=422 if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def reset(request: MemberRequest, pk: int) -> HttpResponse:
    """Void a password and hand out the way to a new one."""
    person = visible_person(request, pk)
    require(can_reset_password(request.actor, person))
    form = ResetForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        on_paper = form.cleaned_data["way"] == SLIP
        return hand_over(request, reset_password(person, by=request.actor, on_paper=on_paper))
    context = {"nav_key": "accounts", "person": person, "form": form}
    return page(request, "people/reset.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def close(request: MemberRequest, pk: int) -> HttpResponse:
    """Shut an account, with the reason."""
    person = visible_person(request, pk)
    require(can_close_account(request.actor, person))
    form = CloseForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        close_account(person, form.cleaned_data["reason"], by=request.actor)
        return toast(request, f"{person.name}的账号已经停用。", then=reverse("people:person", args=[pk]))
    context = {"nav_key": "accounts", "person": person, "form": form}
    return page(request, "people/close.html", context, status=422 if form.is_bound else 200)


@require_POST
@signed_in
def reopen(request: MemberRequest, pk: int) -> HttpResponse:
    """Let a shut account in again."""
    person = visible_person(request, pk)
    open_account(person, by=request.actor)
    text = f"{person.name}的账号已经恢复，用原来的密码登录。"
    return toast(request, text, then=reverse("people:person", args=[pk]))
