"""The list of units."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString

from xinhuo.core import dates_zh
from xinhuo.core.actor import Actor
from xinhuo.core.fields import PathRange
from xinhuo.core.tables import Choice, Column, Filter, Table

from .enums import Kind, Locality, Ownership
from .models import Org, Proxy
from .proxies import matter_label, matters
from .queries import counts_by_kind, list_of_units

GROUPS: dict[str, tuple[str, tuple[str, ...], str]] = {
    "bureaus": ("教育部门", (Kind.PREFECTURE, Kind.COUNTY, Kind.ZONE), "个"),
    "colleges": ("高校", Kind.COLLEGES, "所"),
    "subcolleges": ("二级学院", (Kind.SUBCOLLEGE,), "个"),
    "schools": (
        "中小学和中职",
        (Kind.PRIMARY, Kind.JUNIOR, Kind.NINE_YEAR, Kind.SENIOR, Kind.VOCATIONAL, Kind.SPECIAL),
        "所",
    ),
    "points": ("教学点", (Kind.TEACHING_POINT,), "个"),
    "kindergartens": ("幼儿园", (Kind.KINDERGARTEN,), "所"),
}
"""Kinds that people count together: label, kinds, measure word."""


END_FORM = "end-form"
"""The form that ends what is ticked in the list of who stands in for whom."""

ASIDE: dict[str, Any] = {"hide_on_phone": True, "hide_for_elders": True, "nowrap": True}
"""Columns that only a full table has room for."""


def _name(org: Org) -> SafeString:
    link = format_html('<a href="{}">{}</a>', org.url, org.name)
    if org.is_synthetic:
        link = format_html('{} <span class="xh-tag">演示</span>', link)
    former = [row.name for row in getattr(org, "former", ())]
    if former:
        link = format_html('{} <span class="xh-meta">曾用名：{}</span>', link, "、".join(former))
    return link


def _superior(org: Org) -> str:
    return org.parent.short_name if org.parent else "—"


def _of_kind(rows: QuerySet[Org], value: str) -> QuerySet[Org]:
    kinds = GROUPS[value][1] if value in GROUPS else (value,)
    return rows.filter(kind__in=kinds)


class UnitTable(Table[Org]):
    """Units in tree order; ``units_below`` adds the filters that depend on who looks."""

    columns: ClassVar = (
        Column[Org]("name", "单位", _name, sort="name", export=lambda org: org.name, heading=True),
        Column[Org]("kind", "类别", lambda org: org.get_kind_display(), sort=("kind", "path")),
        Column[Org]("parent", "上级", _superior, hide_on_phone=True),
        Column[Org]("ownership", "举办者", lambda org: org.get_ownership_display() or "—", **ASIDE),
        Column[Org]("locality", "城乡", lambda org: org.get_locality_display() or "—", **ASIDE),
        Column[Org]("code", "代码", lambda org: org.code or "—", export=lambda org: org.code, **ASIDE),
        Column[Org]("accounts", "账号", lambda org: "已开通" if org.has_accounts else "未开通", nowrap=True),
    )
    search: ClassVar = ("name",)
    search_label = "查找单位"
    search_hint = "名称、曾用名、简称或代码"
    order: ClassVar = ("path",)
    caption = "单位名单"
    empty_title = "下面还没有单位"
    empty_text = "新增以后会显示在这里。"

    def _narrowed(self, rows: QuerySet[Org]) -> QuerySet[Org]:
        """Search in former and formal names too, which stand in another table."""
        for item in self.filters:
            if item.key in self.chosen:
                rows = item.apply(rows, self.chosen[item.key])
        return (
            rows.filter(pk__in=Org.objects.searched(self.query).order_by().values("pk"))
            if self.query
            else rows
        )


def units_below(data: Mapping[str, str], actor: Actor, *, path: str) -> tuple[UnitTable, dict[Kind, int]]:
    """The list of units the actor sees as ``data`` asks for it, and their numbers by kind.

    Filters: ``under`` (a visible unit's id: its whole subtree), ``kind`` (a kind or one of ``GROUPS``),
    ``ownership``, ``locality``.
    """
    counts = counts_by_kind(actor.path)
    tops = _tops(actor, data.get("under", ""))
    paths_of = {str(org.pk): org.path for org in tops}
    under = Filter[Org](
        "under",
        "上级单位",
        [(str(org.pk), org.short_name) for org in tops],
        lambda rows, value: rows.filter(PathRange.under("path", paths_of[value])),
    )
    filters = (
        under,
        Filter[Org]("kind", "类别", _kind_choices(counts), _of_kind),
        Filter[Org](
            "ownership", "举办者", Ownership.choices, lambda rows, value: rows.filter(ownership=value)
        ),
        Filter[Org]("locality", "城乡", Locality.choices, lambda rows, value: rows.filter(locality=value)),
    )
    listed: type[UnitTable] = type("ListedUnits", (UnitTable,), {"filters": filters})
    return listed(data, list_of_units(actor), path=path), counts


def _tops(actor: Actor, asked: str) -> list[Org]:
    """Units with something below them that stand directly under the actor's own, and the one asked for."""
    own = Org.objects.filter(parent_id=actor.org_id, closed=False, children__isnull=False)
    wanted = own | Org.objects.visible_to(actor).filter(pk=int(asked) if asked.isdecimal() else 0)
    return list(Org.objects.filter(pk__in=wanted.order_by().values("pk")).order_by("path"))


def _kind_choices(counts: Mapping[Kind, int]) -> list[Choice]:
    groups = [
        (key, f"全部{label}")
        for key, (label, kinds, _) in GROUPS.items()
        if len(counts.keys() & {*map(Kind, kinds)}) > 1
    ]
    return [*groups, *((kind.value, kind.label) for kind in counts)]


def figures(counts: Mapping[Kind, int], address: str) -> list[dict[str, object]]:
    """The numbers at the head of a page, each leading to its part of the list at ``address``."""
    found: list[dict[str, object]] = []
    for key, (label, kinds, unit) in GROUPS.items():
        value = sum(counts.get(Kind(kind), 0) for kind in kinds)
        present = [kind for kind in kinds if counts.get(Kind(kind))]
        if value:
            mark = "&" if "?" in address else "?"
            wanted = key if len(present) > 1 else present[0]
            found.append(
                {"label": label, "value": value, "unit": unit, "url": f"{address}{mark}kind={wanted}"}
            )
    return found


def _end_box(row: Proxy) -> SafeString | str:
    if row.valid_to is not None:
        return ""
    return format_html(
        '<label class="form-check"><input class="form-check-input" type="checkbox" form="{}" name="proxy" '
        'value="{}"> <span class="xh-sr">勾选{}</span></label>',
        END_FORM,
        row.pk,
        row.org.name,
    )


def _span(row: Proxy) -> str:
    since = dates_zh.full_date(row.valid_from)
    return f"{since}起" if row.valid_to is None else f"{since}至{dates_zh.full_date(row.valid_to)}"


def _matters() -> list[Choice]:
    return [(item.key, item.label) for item in matters()]


def _of_matter(rows: QuerySet[Proxy], value: str) -> QuerySet[Proxy]:
    return rows.filter(matter=value)


class ProxyTable(Table[Proxy]):
    """代管代报: whose matter, who stands in, since when, why."""

    columns = (
        Column("pick", "选", _end_box, export=lambda _row: ""),
        Column("org", "单位", lambda row: row.org.name, sort="org__path", heading=True),
        Column("matter", "事项", lambda row: matter_label(row.matter), nowrap=True),
        Column("by", "由谁代办", lambda row: row.by_org.name, sort="by_org__path"),
        Column("span", "时间", _span, sort="valid_from"),
        Column("reason", "依据", lambda row: row.reason or "—", hide_on_phone=True),
        Column("set_by", "设置人", lambda row: row.set_by, hide_for_elders=True),
    )
    filters = (Filter("matter", "事项", _matters, _of_matter),)
    search = ("org__name", "by_org__name")
    search_hint = "单位名称"
    order = ("org__path", "matter", "id")
    caption = "代管代报"
    empty_title = "现在没有单位由别人代办"
    empty_text = "没有电脑、没有账号的学校，可以请中心校或者县里代签收、代填报。"
