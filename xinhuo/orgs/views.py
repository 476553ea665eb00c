"""The units' screens: list, tree, page, and the forms that change them."""

import datetime as dt
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from xinhuo.core import clock
from xinhuo.core.answer import require
from xinhuo.core.dates_zh import parse_date
from xinhuo.core.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    MemberRequest,
    page,
    signed_in,
    toast,
)

from . import queries
from .forms import ChangeForm, ContactForm, CreateForm, EndLineForm, SecondLineForm, change_initial
from .models import Org, OrgLine
from .rules import can_change_unit, can_create_unit, can_set_contact, can_set_second_line
from .tables import figures, units_below
from .unit_page import superiors, unit_page

read_or_send = require_http_methods(["GET", "HEAD", "POST"])


def _visible(request: MemberRequest, pk: int) -> Org:
    return get_object_or_404(Org.objects.visible_to(request.actor).select_related("parent"), pk=pk)


def _own(request: MemberRequest) -> Org:
    """The actor's unit, which the middleware has already read."""
    unit: Org = next(post.org for post in request.posts if post.pk == request.actor.appointment_id)
    return unit


@require_GET
@signed_in
def org_list(request: MemberRequest) -> HttpResponseBase:
    """All units below the actor's own and itself, searched and narrowed, also as a workbook."""
    table, counts = units_below(request.GET, request.actor, path=request.path)
    if table.wants_export:
        return table.export("单位名单")
    own = _own(request)
    context = {
        "heading": "队伍与组织",
        "table": table,
        "figures": figures(counts, request.path),
        "own": own,
        "total": sum(counts.values()),
        "may_create": can_create_unit(request.actor, own),
        "nav_key": "orgs",
    }
    return page(request, "orgs/org_list.html", context, fragments=("core/list.html#table",))


def _day(request: HttpRequest, first: dt.date | None) -> tuple[dt.date | None, str]:
    """The day asked for (None = today) and what is wrong with it; ``first`` is the first one with records."""
    text = request.GET.get("on", "").strip()
    if not text:
        return None, ""
    day = parse_date(text)
    if day is None:
        return None, "日期请写成 2020-05-14 或者 2020年5月14日，现在显示今天的单位。"
    if day >= clock.today():
        return None, ""
    if first and day < first:
        return None, f"{first.year}年{first.month}月{first.day}日以前的单位没有记录，现在显示今天的单位。"
    return day, ""


@require_GET
@signed_in
def org_tree(request: MemberRequest) -> HttpResponse:
    """The tree from the actor's own unit down, level by level."""
    return _branch(request, _own(request))


@require_GET
@signed_in
def org_branch(request: MemberRequest, pk: int) -> HttpResponse:
    """One level of the tree: a page of its own, or for htmx the opened branch in its place."""
    return _branch(request, _visible(request, pk))


def _branch(request: MemberRequest, org: Org) -> HttpResponse:
    first = queries.first_recorded_day()
    day, complaint = _day(request, first)
    then = queries.named_on(org, day) if day else None
    branches = queries.children_with_counts_on(org, day) if day else queries.children_with_counts(org)
    below = sum(branch.below + 1 for branch in branches)
    name = then.name if then else org.name
    context = {
        "branch": queries.Branch(org, name, below),
        "branches": branches,
        "chain": superiors(request.actor, org),
        "day": day,
        "complaint": complaint,
        "first_day": first,
        "nav_key": "orgs",
    }
    if request.headers.get("HX-Target") == f"unit-{org.pk}":
        return page(
            request, "orgs/_branch.html" if "closed" in request.GET else "orgs/branch_open.html", context
        )
    return page(request, "orgs/org_tree.html", context)


@require_GET
@signed_in
def org_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """Everything about one unit."""
    org = _visible(request, pk)
    list_url = f"{reverse('orgs:org_list')}?under={org.pk}"
    return page(request, "orgs/org_detail.html", unit_page(request.actor, org, list_url))


def _form_page(request: MemberRequest, form: Any, org: Org, **words: str) -> HttpResponse:
    context = {"form": form, "org": org, "nav_key": "orgs", **words}
    return page(request, "orgs/org_form.html", context, status=422 if form.is_bound else 200)


@read_or_send
@signed_in
def org_create(request: MemberRequest, pk: int) -> HttpResponse:
    """Add a unit below this one."""
    parent = _visible(request, pk)
    require(can_create_unit(request.actor, parent))
    form = CreateForm(
        request.POST or None, actor=request.actor, parent=parent, initial={"since": clock.today()}
    )
    made = form.save() if form.is_valid() else None
    if made is not None:
        return toast(request, f"已新增“{made.name}”。", then=made.url)
    return _form_page(request, form, parent, heading=f"在{parent.name}下面新增单位", submit="新增这个单位")


@read_or_send
@signed_in
def org_change(request: MemberRequest, pk: int) -> HttpResponse:
    """Give a unit a new name, kind or mark from a day on."""
    org = _visible(request, pk)
    require(can_change_unit(request.actor, org))
    row = org.tenures.get(valid_to__isnull=True)
    form = ChangeForm(
        request.POST or None, actor=request.actor, parent=org.parent, org=org, initial=change_initial(row)
    )
    if form.is_valid() and form.save() is not None:
        return toast(request, f"“{org.name}”的资料已经改好，以前的名称留在沿革里。", then=org.url)
    hint = "改动从您写的那一天起算，以前的资料留在沿革里；日期和最近一条记录相同，就当作更正那一条。"
    return _form_page(request, form, org, heading=f"修改{org.name}的资料", submit="保存修改", hint=hint)


@read_or_send
@signed_in
def org_contact(request: MemberRequest, pk: int) -> HttpResponse:
    """Name the unit's contact."""
    org = _visible(request, pk)
    require(can_set_contact(request.actor, org))
    initial = {"contact_name": org.contact_name, "contact_phone": org.contact_phone}
    form = ContactForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid() and form.save(org, request.actor) is not None:
        return toast(request, "联系人已经保存。", then=org.url)
    return _form_page(request, form, org, heading=f"{org.name}的联系人", submit="保存联系人")


@read_or_send
@signed_in
def org_second_line(request: MemberRequest, pk: int) -> HttpResponse:
    """Say that the unit also answers to another bureau."""
    org = _visible(request, pk)
    require(can_change_unit(request.actor, org))
    form = SecondLineForm(
        request.POST or None, actor=request.actor, org=org, initial={"since": clock.today()}
    )
    made = form.save() if form.is_valid() else None
    if made is not None:
        return toast(request, f"“{org.name}”现在也归{made.superior.name}管。", then=org.url)
    hint = "设好以后，那个单位发文件、派任务时也能选到它。"
    heading = f"给{org.name}设第二条线"
    return _form_page(request, form, org, heading=heading, submit="设置第二条线", hint=hint)


@read_or_send
@signed_in
def org_second_line_end(request: MemberRequest, pk: int) -> HttpResponse:
    """End a second line from a day on."""
    lines = OrgLine.objects.filter(org__in=Org.objects.visible_to(request.actor))
    line = get_object_or_404(lines.select_related("org", "superior"), pk=pk)
    require(can_set_second_line(request.actor, line.org, line.superior))
    form = EndLineForm(request.POST or None, initial={"until": clock.today()})
    if form.is_valid() and form.save(line, request.actor) is not None:
        return toast(
            request, f"“{line.org.name}”到{line.superior.name}的第二条线已经结束。", then=line.org.url
        )
    heading = f"结束{line.org.name}到{line.superior.name}的第二条线"
    return _form_page(request, form, line.org, heading=heading, submit="结束这条线")
