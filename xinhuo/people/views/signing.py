"""Coming in and going out: login, invitation, first password, logout, and changing the post."""

from django.conf import settings
from django.contrib import auth, messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from xinhuo.core.http import HttpRequest, HttpResponse, MemberRequest, page, safe_next, signed_in, toast
from xinhuo.people.actions import (
    accept_invitation,
    change_password,
    move_session,
    record_lock_out,
    record_sign_out,
    switch_post,
    usable_invitation,
)
from xinhuo.people.forms import NewPasswordForm, SignInForm, WelcomeForm
from xinhuo.people.logins import normal_login
from xinhuo.people.middleware import act_through
from xinhuo.people.models import Appointment
from xinhuo.people.queries import first_post

from .entering import address_of, enter, login_of


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def login(request: HttpRequest) -> HttpResponse:
    """The login page. Whoever is in already goes on."""
    if request.method == "GET" and getattr(request, "actor", None) is not None:
        return redirect(safe_next(request))
    form = SignInForm(request, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        return _come_in(request, form)
    if getattr(request, "axes_locked_out", False):
        _write_lock_down(request, form)  # the page itself is axes' answer
    failures = getattr(request, "axes_failures_since_start", 0)
    left = settings.AXES_FAILURE_LIMIT - failures if failures else None
    context = {"form": form, "next": safe_next(request, ""), "left": left}
    return page(request, "people/login.html", context, status=422 if form.is_bound else 200)


def _come_in(request: HttpRequest, form: SignInForm) -> HttpResponse:
    user, post = form.user, form.post
    assert user is not None and post is not None  # noqa: S101, PT018  is_valid has found both
    enter(request, user, post, remember=form.cleaned_data["remember"])
    if user.must_change_password:
        return redirect("people:first_password")
    return redirect(safe_next(request))


def _write_lock_down(request: HttpRequest, form: SignInForm) -> None:
    record_lock_out(
        normal_login(form.data.get("username", "")),
        origin=address_of(request),
        minutes=int(settings.AXES_COOLOFF_TIME.total_seconds() // 60),
        request_id=getattr(request, "request_id", ""),
    )


@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """Go out; the session is gone, not only the cookie."""
    actor = getattr(request, "actor", None)
    if actor is not None:
        record_sign_out(request.session.session_key, by=actor)
    auth.logout(request)
    messages.success(request, "您已经退出。")
    return redirect("people:login")


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
def welcome(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind an invitation or a reset link: a password is chosen, and the person is in."""
    invitation = usable_invitation(token)
    user = invitation.person.user
    kind = WelcomeForm if invitation.purpose == "invite" else NewPasswordForm
    form = kind(user, request.POST if request.method == "POST" else None, initial={"username": user.username})
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        user, post = accept_invitation(
            token, data["new_password"], data.get("username", ""), origin=address_of(request)
        )
        enter(request, user, post)
        return toast(request, f"密码设好了，以后用登录名 {user.username} 登录。", then="/")
    context = {"form": form, "invitation": invitation, "post": first_post(user)}
    return page(
        request, "people/welcome.html", context
    )  # never 4xx: the log would keep the address, which is the key


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def first_password(request: MemberRequest) -> HttpResponse:
    """Replace the password of a printed slip before anything else."""
    user = login_of(request)
    if not user.must_change_password:
        return redirect("people:password")
    form = NewPasswordForm(user, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        return set_own_password(request, form.cleaned_data["new_password"], then="/")
    return page(request, "people/first_password.html", {"form": form}, status=422 if form.is_bound else 200)


def set_own_password(request: MemberRequest, password: str, *, then: str) -> HttpResponse:
    """Change the password, end the other sessions, and keep this one under a new key."""
    before = request.session.session_key
    user = change_password(password, by=request.actor, keep=before)
    auth.update_session_auth_hash(request, user)
    move_session(before, request.session.session_key)
    return toast(request, "新密码设好了。其他地方的登录都已退出。", then=then)


@require_POST
@signed_in
def switch(request: MemberRequest) -> HttpResponseRedirect:
    """Go on through another of one's own posts; the workbench of that post opens."""
    chosen = request.POST.get("post", "")
    own = (
        Appointment.objects.current()
        .filter(person_id=request.actor.person_id)
        .select_related("org__parent", "person__user")
    )
    post = get_object_or_404(own, pk=int(chosen) if chosen.isdecimal() else 0)
    actor = switch_post(post, by=request.actor)
    act_through(request.session, post)
    messages.success(request, f"现在是{actor.org_name}{actor.post_title}。")
    return redirect("/")
