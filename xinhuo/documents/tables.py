"""The three trays as lists: 收文, 发文, 抄送."""

from typing import Any

from django.db.models import F, QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from xinhuo.core import dates_zh
from xinhuo.core.clock import days_left
from xinhuo.core.tables import Column, Filter, Table, flag
from xinhuo.core.templatetags.xh import due_light, light

from .enums import DocumentKind, DocumentState
from .models import Delivery, Document

PICK = "receive-form"


def _link(url: str, title: str, *notes: str) -> SafeString:
    tags = format_html_join("", ' <span class="xh-tag">{}</span>', ((text,) for text in notes if text))
    return format_html('<a href="{}">{}</a>{}', url, title or "（还没有标题）", tags)


def _delivered(row: Delivery) -> SafeString:
    document = row.document
    return _link(
        row.url, document.title, "转发件" if document.forwards_id else "", "演示" if document.is_demo else ""
    )


def _issuer(row: Delivery) -> str:
    return row.document.sender


def _number(row: Delivery) -> str:
    return row.document.number or "—"


def _arrived(row: Delivery) -> str:
    return dates_zh.short_date(dates_zh.local(row.created_at).date())


def _due(row: Delivery) -> SafeString | str:
    if row.due is None or row.cancelled_by_id:
        return "—"
    day = dates_zh.short_date(row.due)
    return format_html("{} {}", day, due_light(row.due)) if row.received_at is None else day


def _cancelled(row: Delivery | Document) -> str:
    return f"已取消（依据 {row.cancelled_by.document.cite}）" if row.cancelled_by else ""


def _receipt(row: Delivery) -> SafeString | str:
    if said := _cancelled(row):
        return light("idle", said)
    if row.received_at is None:
        return light("idle", "未阅" if row.is_copy else "未签收")
    done = "已阅" if row.is_copy else "已签收"
    return format_html("{} {} {}", light("done", done), row.received_by, dates_zh.date_time(row.received_at))


def _receipt_plain(row: Delivery) -> str:
    if said := _cancelled(row):
        return said
    if row.received_at is None:
        return "未阅" if row.is_copy else "未签收"
    return f"{row.received_by} {dates_zh.date_time(row.received_at)}"


def _box(row: Delivery) -> SafeString | str:
    if row.received_at is not None or row.cancelled_by_id:
        return ""
    return format_html(
        '<label class="form-check"><input class="form-check-input" type="checkbox" form="{}" name="delivery" '
        'value="{}"> <span class="xh-sr">勾选《{}》</span></label>',
        PICK,
        row.pk,
        row.document.title,
    )


def _kinds(path: str) -> Filter[Delivery]:
    return Filter("kind", "文种", DocumentKind.choices, lambda rows, value: rows.filter(**{path: value}))


def _received(rows: QuerySet[Delivery], value: str) -> QuerySet[Delivery]:
    return rows.filter(received_at__isnull=value == "no")


class IncomingTable(Table[Delivery]):
    """收文: what the unit has to receive or has received."""

    columns = (
        Column("pick", "选", _box, export=lambda _row: "", hide_on_phone=True, hide_for_elders=True),
        Column("title", "标题", _delivered, sort="document__title", heading=True),
        Column("number", "文号", _number, hide_for_elders=True),
        Column("issuer", "来文单位", _issuer, sort="document__issuer__path"),
        Column("arrived", "收到", _arrived, sort="created_at", nowrap=True),
        Column("due", "时限", _due, sort="due", export=lambda row: row.due),
        Column("receipt", "签收", _receipt, sort="received_at", export=_receipt_plain),
        Column("forwarded", "转发", lambda row: "已转发" if row.forwarded else "—", hide_for_elders=True),
    )
    filters = (
        _kinds("document__kind"),
        Filter("received", "签收", [("no", "未签收"), ("yes", "已签收")], _received),
        flag("forwarded", "转发", lambda rows: rows.filter(forwarded=True), yes="已转发"),
    )
    search = ("document__title", "document__number", "document__issuer__name")
    search_hint = "标题、文号、来文单位"
    order = ("-id",)
    caption = "收文"
    empty_title = "还没有收到文件"
    empty_text = "上级下发的文件会出现在这里，签收后就能往下转发。"


class CopyTable(Table[Delivery]):
    """抄送: for reading, nothing to do."""

    columns = (
        Column("pick", "选", _box, export=lambda _row: "", hide_on_phone=True, hide_for_elders=True),
        Column("title", "标题", _delivered, sort="document__title", heading=True),
        Column("number", "文号", _number, hide_for_elders=True),
        Column("issuer", "来文单位", _issuer, sort="document__issuer__path"),
        Column("arrived", "收到", _arrived, sort="created_at", nowrap=True),
        Column("receipt", "阅知", _receipt, sort="received_at", export=_receipt_plain),
    )
    filters = (
        _kinds("document__kind"),
        Filter("received", "阅知", [("no", "新到的"), ("yes", "已阅")], _received),
    )
    search = ("document__title", "document__number", "document__issuer__name")
    search_hint = "标题、文号、来文单位"
    caption = "抄送"
    empty_title = "没有抄送给您单位的文件"
    empty_text = "抄送的文件只阅知，不用办理。"


def _own(row: Document) -> SafeString:
    return _link(row.url, row.title, "转发件" if row.forwards_id else "", "演示" if row.is_demo else "")


def _state(row: Any) -> SafeString | str:
    if row.state == DocumentState.DRAFT:
        return light("idle", "起草中")
    if said := _cancelled(row):
        return light("idle", said)
    if row.state == DocumentState.ASKED:
        return light("idle", "审签中")
    if not row.units:
        return light("done", "已发出")
    if row.units == row.received:
        return light("done", "全部签收")
    late = row.due is not None and days_left(row.due) < 0
    return light("amber" if late else "idle", f"{row.units - row.received} 个没签收")


def _progress(row: Any) -> str:
    return "—" if row.state != DocumentState.SENT or not row.units else f"{row.received}/{row.units}"


def _open_receipts(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(units__gt=F("received"))


class OutgoingTable(Table[Document]):
    """发文: the unit's own documents, drafts too."""

    columns = (
        Column("title", "标题", _own, sort="title", heading=True),
        Column("number", "文号", lambda row: row.number or "—", sort="number", hide_for_elders=True),
        Column("kind", "文种", lambda row: row.get_kind_display(), sort="kind", hide_for_elders=True),
        Column(
            "sent",
            "下发",
            lambda row: dates_zh.short_date(dates_zh.local(row.sent_at).date()) if row.sent_at else "—",
            sort="sent_at",
            nowrap=True,
        ),
        Column("state", "状态", _state, sort="state"),
        Column("receipts", "签收", _progress, numeric=True),
    )
    filters = (
        Filter("kind", "文种", DocumentKind.choices, lambda rows, value: rows.filter(kind=value)),
        Filter("state", "状态", DocumentState.choices, lambda rows, value: rows.filter(state=value)),
        flag("open", "签收", _open_receipts, yes="还有单位没签收"),
    )
    search = ("title", "number")
    search_hint = "标题、文号"
    caption = "发文"
    empty_title = "还没有发过文件"
    empty_text = "点右上角“起草文件”，写好后选单位下发。"


class OutsideTable(Table[Document]):
    """外来文: what the unit entered from bodies outside the tree."""

    columns = (
        Column("title", "标题", _own, sort="title", heading=True),
        Column("from", "来文单位", lambda row: row.outside_issuer, sort="outside_issuer"),
        Column("number", "来文字号", lambda row: row.number or "—", sort="number", hide_for_elders=True),
        Column(
            "came",
            "收到",
            lambda row: dates_zh.short_date(row.came_on) if row.came_on else "—",
            sort="came_on",
            nowrap=True,
        ),
        Column("due", "办理时限", lambda row: dates_zh.short_date(row.due) if row.due else "—", sort="due"),
        Column("state", "状态", lambda row: "已转发" if row.state == DocumentState.SENT else row.state_words),
    )
    filters = (Filter("kind", "文种", DocumentKind.choices, lambda rows, value: rows.filter(kind=value)),)
    search = ("title", "number", "outside_issuer")
    search_hint = "标题、字号、来文单位"
    caption = "外来文"
    empty_title = "还没有登记外来文"
    empty_text = "教育部关工委、省关工委、基金会等系统以外的来文，点右上角“登记来文”记进来。"
