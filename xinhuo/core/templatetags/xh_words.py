"""The filters that write dates, numbers and names. Registered into ``xh``; not to be loaded by itself."""

import datetime as dt
from typing import Any

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from xinhuo.core import dates_zh, text_zh


def register_words(register: template.Library) -> None:
    """Add the filters of this module to the library ``xh``."""
    for show in (
        cn_date,
        cn_day,
        cn_weekday,
        cn_datetime,
        time_left,
        cn_number,
        figure,
        cn_size,
        masked_name,
        masked_tail,
        paragraphs,
    ):
        register.filter(show.__name__, show)


def _or_dash(value: Any, show: Any) -> Any:
    return text_zh.NO_VALUE if value in (None, "") else show(value)


def cn_date(value: dt.date | None) -> str:
    """2020年9月24日; a moment is taken in Shanghai time."""
    return str(_or_dash(value, lambda day: dates_zh.full_date(_day(day))))


def cn_day(value: dt.date | None) -> str:
    """9月24日, with the year when it is not this year's."""
    return str(_or_dash(value, lambda day: dates_zh.short_date(_day(day))))


def cn_weekday(value: dt.date | None) -> str:
    """星期四."""
    return str(_or_dash(value, lambda day: dates_zh.weekday(_day(day))))


def cn_datetime(value: dt.datetime | None) -> str:
    """9月24日 09:40, with the year when it is not this year's."""
    return str(_or_dash(value, dates_zh.date_time))


def time_left(value: dt.date | None) -> str:
    """还有 6 天."""
    return str(_or_dash(value, dates_zh.time_left))


def cn_number(value: float | None) -> str:
    """1,284; a dash for a missing value."""
    return str(_or_dash(value, text_zh.number))


def figure(value: Any) -> Any:
    """A number as 1,284 and a missing one as a dash; words stay as they are."""
    return value if isinstance(value, str) else cn_number(value)


def cn_size(value: int | None) -> str:
    """A file's size: 1.5 MB."""
    return str(_or_dash(value, text_zh.file_size))


def masked_name(value: str) -> str:
    """陈*雨."""
    return text_zh.masked_name(value)


def masked_tail(value: str) -> str:
    """Only the last four characters."""
    return text_zh.masked_tail(value)


def paragraphs(value: str) -> SafeString:
    """Text with line breaks as paragraphs, escaped; blank lines are dropped."""
    lines = [line.strip() for line in str(value).splitlines() if line.strip()]
    return mark_safe("".join(f"<p>{conditional_escape(line)}</p>" for line in lines))  # noqa: S308  escaped


def _day(value: dt.date) -> dt.date:
    return dates_zh.local(value).date() if isinstance(value, dt.datetime) else value
