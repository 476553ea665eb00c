"""Keeping accounts: the list, a person's page, and the forms about people and posts."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from xinhuo.core.answer import require
from xinhuo.core.http import HttpResponse, HttpResponseBase, MemberRequest, page, signed_in, toast
from xinhuo.orgs.models import Org
from xinhuo.people.actions import add_person, appoint, change_person, end_appointment
from xinhuo.people.finding import suggest_units, written
from xinhuo.people.forms import AddPersonForm, PersonForm, PostForm
from xinhuo.people.models import Appointment
from xinhuo.people.queries import account_state, posts_of, posts_with_accounts, state_label
from xinhuo.people.rules import (
    can_appoint,
    can_change_person,
    can_close_account,
    can_end_appointment,
    can_invite,
    can_keep_accounts,
    can_open_account,
    can_reset_password,
)
from xinhuo.people.tables import AccountsTable

from .finding import visible_person
from .keys import hand_over, open_with


@require_GET
@signed_in
def index(request: MemberRequest) -> HttpResponseBase:
    """The accounts of the own unit and those below: search, filter, take away as a workbook."""
    require(can_keep_accounts(request.actor))
    table = AccountsTable(request.GET, posts_with_accounts(request.actor), path=reverse("people:accounts"))
    if table.wants_export:
        return table.export("人员与账号")
    return page(
        request, "people/accounts.html", {"nav_key": "accounts", "table": table}, fragments=("accounts",)
    )


@require_GET
@signed_in
def person(request: MemberRequest, pk: int) -> HttpResponse:
    """A person: posts, account, and what may be done about them."""
    shown, actor = visible_person(request, pk), request.actor
    posts = posts_of(shown, actor)
    context = {
        "nav_key": "accounts",
        "person": shown,
        "login": getattr(shown, "user", None),
        "state": account_state(shown),
        "state_label": state_label(shown),
        "posts_here": [(post, can_end_appointment(actor, post)) for post in posts],
        "may": {
            "change": can_change_person(actor, shown),
            "invite": can_invite(actor, shown),
            "reset": can_reset_password(actor, shown),
            "close": can_close_account(actor, shown),
            "open": can_open_account(actor, shown),
            "appoint": can_appoint(actor, shown, Org.objects.get(pk=actor.org_id)),
        },
    }
    return page(request, "people/person.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def add(request: MemberRequest) -> HttpResponse:
    """A new person with a post and, if wanted at once, an account."""
    actor = request.actor
    require(can_keep_accounts(actor))
    own = Org.objects.get(pk=actor.org_id)
    first = {"unit": request.GET.get("unit") or written(own)}
    form = AddPersonForm(actor.path, request.POST if request.method == "POST" else None, initial=first)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        made = add_person(form.post(), data["name"], data["phone"], by=actor)
        if data["opening"] != "none":
            return hand_over(request, open_with(data["opening"], made, data["username"], by=actor))
        return toast(
            request, f"{made.name}已经登记，还没有开通账号。", then=reverse("people:person", args=[made.pk])
        )
    context = {"nav_key": "accounts", "form": form}
    return page(request, "people/add.html", context, status=422 if form.is_bound else 200)


@require_GET
@signed_in
def units(request: MemberRequest) -> HttpResponse:
    """What to propose while a unit is being typed."""
    require(can_keep_accounts(request.actor))
    words = request.GET.get("unit", "").strip()[:60]
    found = suggest_units(words, request.actor.path) if words else []
    return page(request, "people/units.html", {"units": found})


@require_http_methods(["GET", "POST"])
@signed_in
def change(request: MemberRequest, pk: int) -> HttpResponse:
    """Correct a name or a telephone number."""
    shown = visible_person(request, pk)
    require(can_change_person(request.actor, shown))
    first = {"name": shown.name, "phone": shown.phone}
    form = PersonForm(request.POST if request.method == "POST" else None, initial=first)
    if form.is_bound and form.is_valid():
        changed = change_person(
            shown, form.cleaned_data["name"], form.cleaned_data["phone"], by=request.actor
        )
        return toast(request, f"{changed.name}的资料改好了。", then=reverse("people:person", args=[pk]))
    context = {"nav_key": "accounts", "person": shown, "form": form}
    return page(request, "people/change.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def give_post(request: MemberRequest, pk: int) -> HttpResponse:
    """Give a known person one more post."""
    shown, actor = visible_person(request, pk), request.actor
    own = Org.objects.get(pk=actor.org_id)
    require(can_appoint(actor, shown, own))
    first = {"unit": written(own)}
    form = PostForm(actor.path, request.POST if request.method == "POST" else None, initial=first)
    if form.is_bound and form.is_valid():
        post = appoint(shown, form.post(), by=actor)
        return toast(
            request,
            f"{shown.name}现在是{post.org.name}{post.post_title}。",
            then=reverse("people:person", args=[pk]),
        )
    context = {"nav_key": "accounts", "person": shown, "form": form}
    return page(request, "people/appoint.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def end_post(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask, then end a post today."""
    actor = request.actor
    rows = Appointment.objects.visible_to(actor).select_related("org", "person")
    post = get_object_or_404(rows, pk=pk)
    require(can_end_appointment(actor, post))
    if request.method == "POST":
        end_appointment(post, by=actor)
        text = f"{post.person.name}不再任{post.org.name}{post.post_title}。"
        return toast(request, text, then=reverse("people:person", args=[post.person_id]))
    last = not Appointment.objects.current().filter(person=post.person).exclude(pk=pk).exists()
    return page(request, "people/end_post.html", {"nav_key": "accounts", "post": post, "last": last})
