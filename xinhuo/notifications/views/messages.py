"""The list of messages, reading them, and how a person wants to be told."""

from django.db.models import Max
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xinhuo.core.http import MemberRequest, page, signed_in, toast
from xinhuo.core.tables.keyset import keyset_page

from ..actions import confirm_mail, read_all, read_message, set_preference
from ..forms import CodeForm, PreferenceForm
from ..models import Message, Preference
from ..outbox import mail_is_ready
from ..queries import needs_person
from ..rules import can_broadcast, can_keep_channels, can_look_after


@require_safe
@signed_in
def message_list(request: MemberRequest) -> HttpResponse:
    """What the person should know, newest first."""
    mine = Message.objects.visible_to(request.actor)
    rows = keyset_page(mine.select_related("org"), request.GET.get("after", ""), order=("-id",))
    may_look = can_look_after(request.actor)
    context = {
        "nav_key": "messages",
        "rows": rows,
        "unread": mine.unread().count(),
        "newest": mine.aggregate(newest=Max("pk"))["newest"],
        "may_broadcast": can_broadcast(request.actor),
        "may_keep": can_keep_channels(request.actor),
        "may_look": may_look,
        "stuck": needs_person(request.actor) if may_look else 0,
    }
    return page(request, "notifications/message_list.html", context)


@require_POST
@signed_in
def message_open(request: MemberRequest, pk: int) -> HttpResponse:
    """Read it and go where it leads (back to the list, where it leads nowhere)."""
    message = get_object_or_404(Message.objects.visible_to(request.actor), pk=pk)
    read_message(message, by=request.actor)
    return redirect(message.url or "notifications:message_list")


@require_POST
@signed_in
def message_read_all(request: MemberRequest) -> HttpResponse:
    """Everything that was on the page is read."""
    shown = request.POST.get("up_to", "")
    number = read_all(up_to=int(shown) if shown.isdecimal() and shown.isascii() else 0, by=request.actor)
    return toast(request, f"{number} 条消息已标为看过。", then="notifications:message_list")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def preferences(request: MemberRequest) -> HttpResponse:
    """How I want to be told: mail or not, where to, when not."""
    wish = Preference.objects.filter(person_id=request.actor.person_id).first() or Preference()
    shown = {"mail": wish.mail, "address": wish.address}
    shown |= {name: f"{getattr(wish, name):%H:%M}" for name in ("quiet_from", "quiet_to")}
    form = PreferenceForm(request.POST if request.method == "POST" else None, initial=shown)
    if request.method == "POST" and form.is_valid():
        kept = set_preference(**form.cleaned_data, by=request.actor)
        waits = bool(kept.nonce and not kept.confirmed_at)
        said = "存好了。马上有一封邮件寄给您，请把里面的数字填到这里。" if waits else "存好了。"
        return toast(request, said, then="notifications:preferences")
    context = {
        "nav_key": "me",
        "form": form,
        "wish": wish,
        "waits": bool(wish.nonce and not wish.confirmed_at),
        "code": CodeForm(),
        "mail_ready": mail_is_ready(),
    }
    return page(request, "notifications/preferences.html", context, status=422 if form.errors else 200)


@require_POST
@signed_in
def preference_confirm(request: MemberRequest) -> HttpResponse:
    """The number from the mail was typed in."""
    form = CodeForm(request.POST)
    confirm_mail(form.cleaned_data["code"] if form.is_valid() else "", by=request.actor)
    return toast(request, "邮箱核对好了，从明天起每天最多收一封。", then="notifications:preferences")
