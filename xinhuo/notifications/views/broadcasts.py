"""Messages to many units: written, looked at, sent."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xinhuo.core.answer import require
from xinhuo.core.http import MemberRequest, page, signed_in, toast
from xinhuo.core.tables.keyset import keyset_page
from xinhuo.jobs.models import Job

from ..actions import drop_broadcast, prepare_broadcast, release_broadcast
from ..forms import BroadcastForm
from ..models import Broadcast
from ..queries import reach
from ..rules import can_broadcast, can_release


def _broadcast(request: MemberRequest, pk: int) -> Broadcast:
    rows = Broadcast.objects.visible_to(request.actor).select_related("selection", "org")
    return get_object_or_404(rows, pk=pk)


@require_safe
@signed_in
def broadcast_list(request: MemberRequest) -> HttpResponse:
    """What the unit wrote to others, newest first."""
    mine = Broadcast.objects.visible_to(request.actor).select_related("selection")
    rows = keyset_page(mine, request.GET.get("after", ""), order=("-id",))
    context = {"nav_key": "messages", "rows": rows, "may": can_broadcast(request.actor)}
    return page(request, "notifications/broadcast_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def broadcast_new(request: MemberRequest) -> HttpResponse:
    """Write one; it waits for a look."""
    require(can_broadcast(request.actor))
    form = BroadcastForm(request.actor, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        words = {"title": form.cleaned_data["title"], "text": form.cleaned_data["text"]}
        made = prepare_broadcast(**words, to=form.criteria, to_label=form.label, by=request.actor)
        return toast(request, "存好了，还没有发。请看一遍，再发出。", then=made.url)
    context = {"nav_key": "messages", "form": form}
    return page(request, "notifications/broadcast_new.html", context, status=422 if form.errors else 200)


@require_safe
@signed_in
def broadcast_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """The words as they will be read, who gets them, and who cannot."""
    item = _broadcast(request, pk)
    job = Job.objects.filter(unique_key=f"broadcast:{item.pk}").first()
    may = can_release(request.actor, item)
    context = {"nav_key": "messages", "item": item, "reach": reach(item), "may": may, "job": job}
    return page(request, "notifications/broadcast_detail.html", context)


@require_POST
@signed_in
def broadcast_release(request: MemberRequest, pk: int) -> HttpResponse:
    """Looked at: it goes."""
    item = _broadcast(request, pk)
    release_broadcast(item, by=request.actor)
    return toast(request, "开始发了。", then=item.url)


@require_POST
@signed_in
def broadcast_drop(request: MemberRequest, pk: int) -> HttpResponse:
    """It does not go."""
    item = drop_broadcast(_broadcast(request, pk), by=request.actor)
    return toast(request, "没有发，内容留着备查。", then=item.url)
