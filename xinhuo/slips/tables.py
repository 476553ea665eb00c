"""收文登记簿 as a list."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from xinhuo.core import dates_zh
from xinhuo.core.tables import Column, Filter, Table
from xinhuo.core.templatetags.xh import due_light, light

from .enums import Stage
from .models import Slip


def _title(row: Slip) -> SafeString:
    return format_html('<a href="{}">{}</a>', row.url, row.document.title or "（没有标题）")


def _stage(row: Slip) -> SafeString:
    return light("done" if row.stage == Stage.CLOSED else "idle", row.get_stage_display())


def _due(row: Slip) -> SafeString | str:
    if row.due is None:
        return "—"
    day = dates_zh.short_date(row.due)
    return day if row.stage == Stage.CLOSED else format_html("{} {}", day, due_light(row.due))


def _handlers(row: Slip) -> str:
    return "、".join(task.person_name for task in row.tasks.all()) or "—"


class RegisterTable(Table[Slip]):
    """What came in, by the unit's own number."""

    columns = (
        Column("number", "收文号", lambda row: row.register_number, sort=("year", "number"), nowrap=True),
        Column("title", "标题", _title, sort="document__title", heading=True),
        Column("from", "来文单位", lambda row: row.document.sender),
        Column("their", "来文字号", lambda row: row.document.number or "—", hide_for_elders=True),
        Column(
            "came",
            "登记",
            lambda row: dates_zh.short_date(dates_zh.local(row.registered_at).date()),
            sort="registered_at",
            nowrap=True,
        ),
        Column("due", "时限", _due, sort="due", export=lambda row: row.due),
        Column("handlers", "承办", _handlers),
        Column("stage", "办到哪一步", _stage, sort="stage"),
    )
    filters = (Filter("stage", "办到哪一步", Stage.choices, lambda rows, value: rows.filter(stage=value)),)
    search = ("document__title", "document__number", "document__outside_issuer", "document__issuer__name")
    search_hint = "标题、字号、来文单位"
    order = ("-year", "-number")
    caption = "收文登记簿"
    empty_title = "还没有登记收文"
    empty_text = "签收文件、登记外来文以后，会自动编号记在这里。"
