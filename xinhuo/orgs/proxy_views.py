"""Who stands in for whom: the list, setting it for many at once, ending it."""

from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xinhuo.core import clock
from xinhuo.core.answer import require
from xinhuo.core.errors import BadInputError
from xinhuo.core.http import HttpResponse, HttpResponseBase, MemberRequest, page, safe_next, signed_in, toast

from .models import Org, Proxy
from .proxies import matter_label
from .proxy_forms import SHOWN, ProxyForm
from .proxying import end_proxies, set_proxies
from .rules import can_keep_proxies
from .tables import ProxyTable

BACK, LOOK, CONFIRM = "back", "look", "confirm"
NOT_KEPT = frozenset({"csrfmiddlewaretoken", "as_post", "unit", BACK, LOOK, CONFIRM})


@require_GET
@signed_in
def proxy_list(request: MemberRequest) -> HttpResponseBase:
    """Who stands in for whom today, below the own unit and by it."""
    rows = Proxy.objects.visible_to(request.actor).on(clock.today()).select_related("org", "by_org")
    table = ProxyTable(request.GET, rows, path=request.path)
    if table.wants_export:
        return table.export("代管代报")
    context = {
        "heading": "代管代报",
        "table": table,
        "may_set": can_keep_proxies(request.actor),
        "nav_key": "orgs",
    }
    return page(request, "orgs/proxy_list.html", context, fragments=("core/list.html#table",))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def proxy_set(request: MemberRequest) -> HttpResponse:
    """Choose units and who stands in → look at the list → set."""
    require(can_keep_proxies(request.actor))
    posted = request.method == "POST"
    org = Org.objects.get(pk=request.actor.org_id)
    asked = (request.POST if posted else request.GET).getlist("ids")
    ids = [int(item) for item in asked if item.isdecimal()]
    form = ProxyForm(request.POST if posted else None, actor=request.actor, org=org, ids=ids)
    chosen = Org.objects.visible_to(request.actor).filter(pk__in=ids).order_by("path")
    back = safe_next(request, reverse("orgs:proxy_list"))
    context = {"nav_key": "orgs", "form": form, "ids": ids, "chosen": chosen, "next": back}
    if not posted or BACK in request.POST or not form.is_valid():
        return page(request, "orgs/proxy_set.html", context, status=422 if form.errors and posted else 200)
    found = form.pairs
    if CONFIRM not in request.POST:
        kept = [
            (name, value)
            for name in request.POST
            if name not in NOT_KEPT
            for value in request.POST.getlist(name)
        ]
        context |= {"pairs": found[:SHOWN], "more": len(found) > SHOWN, "kept": kept, "labels": _labels(form)}
        return page(request, "orgs/proxy_confirm.html", context)
    ticked = {int(item) for item in request.POST.getlist("unit") if item.isdecimal()}
    if not ticked:
        raise BadInputError("一个单位也没有勾选。请回到上一页，勾选要代办的单位。")
    number = set_proxies(
        [pair.org for pair in found if pair.org.pk in ticked], form.by_org, form.terms, by=request.actor
    )
    return toast(request, f"已设好，{number} 个单位由别的单位代办。", then=back)


def _labels(form: ProxyForm) -> str:
    return "、".join(matter_label(key) for key in form.cleaned_data["matters"])


@require_POST
@signed_in
def proxy_end(request: MemberRequest) -> HttpResponse:
    """From today on the ticked units do it themselves again."""
    require(can_keep_proxies(request.actor))
    ids = [int(item) for item in request.POST.getlist("proxy") if item.isdecimal()]
    rows = list(Proxy.objects.visible_to(request.actor).on(clock.today()).filter(pk__in=ids))
    if not rows:
        raise BadInputError("还没有勾选要结束的。请回到名单里勾选。")
    number = end_proxies(rows, by=request.actor)
    return toast(request, f"已结束 {number} 项代办，从今天起由单位自己办。", then=reverse("orgs:proxy_list"))
