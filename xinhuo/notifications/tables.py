"""Lists: what went out, and what was written to many units."""

from typing import ClassVar

from django.utils.html import format_html
from django.utils.safestring import SafeString

from xinhuo.core.dates_zh import date_time
from xinhuo.core.tables import Column, Filter, Table

from .enums import SendState
from .models import Outgoing

STATES = [("stuck", "失败和不确定的"), *SendState.choices]


def _title(item: Outgoing) -> SafeString:
    note = format_html('<br><span class="xh-meta">{}</span>', item.message) if item.message else ""
    return format_html('<a href="{}" id="out-{}">{}</a>{}', item.url, item.pk, item.title, note)


def _state(item: Outgoing) -> str:
    return str(item.get_state_display())


class OutgoingTable(Table[Outgoing]):
    """Newest first; what needs a person can be asked for."""

    columns: ClassVar = (
        Column[Outgoing]("title", "内容", _title, heading=True),
        Column[Outgoing]("to", "发往", lambda item: item.to),
        Column[Outgoing]("state", "状态", _state, sort="state", nowrap=True),
        Column[Outgoing](
            "at",
            "时间",
            lambda item: date_time(item.sent_at or item.created_at),
            sort="created_at",
            nowrap=True,
        ),
    )
    filters: ClassVar = (
        Filter(
            "state",
            "状态",
            STATES,
            lambda rows, state: rows.filter(
                state__in=SendState.NEEDS_PERSON if state == "stuck" else [state]
            ),
        ),
    )
    search: ClassVar = ("title",)
    search_label: ClassVar[str] = "查找发出的消息"
    empty_title: ClassVar[str] = "还没有发出过消息"
    empty_text: ClassVar[str] = "发到群里的消息和寄到邮箱的提醒，会列在这里，能看到发成了没有。"
    exportable: ClassVar[bool] = False
