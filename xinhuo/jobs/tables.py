"""The list of a unit's long work."""

from typing import ClassVar

from django.utils.html import format_html
from django.utils.safestring import SafeString

from xinhuo.core.dates_zh import date_time
from xinhuo.core.tables import Column, Filter, Table

from .enums import JobState
from .models import Job


def _title(job: Job) -> SafeString:
    return format_html('<a href="{}">{}</a>', job.url, job.title)


def _progress(job: Job) -> str:
    return f"{job.done:,}/{job.total:,}" if job.total else f"{job.done:,}"


class JobTable(Table[Job]):
    """Newest first; what needs a person can be filtered out by its state."""

    columns: ClassVar = (
        Column[Job]("title", "事项", _title, heading=True),
        Column[Job]("state", "状态", lambda job: job.get_state_display(), sort="state", nowrap=True),
        Column[Job]("progress", "进度", _progress, numeric=True),
        Column[Job]("by", "经办人", lambda job: job.by_name),
        Column[Job]("at", "提出时间", lambda job: date_time(job.created_at), sort="created_at", nowrap=True),
    )
    filters: ClassVar = (
        Filter("state", "状态", JobState.choices, lambda rows, state: rows.filter(state=state)),
    )
    search: ClassVar = ("title",)
    search_label: ClassVar[str] = "查找后台任务"
    empty_title: ClassVar[str] = "没有后台任务"
    empty_text: ClassVar[str] = "下发文件、批量导入这类要花时间的事，会在这里显示进度。"
    exportable: ClassVar[bool] = False
