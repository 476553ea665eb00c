"""Dates and times as people in an office write and read them. Pure; only ``clock`` is asked for today."""

import datetime as dt
import re

from . import clock

WEEKDAYS = "一二三四五六日"
WRITTEN = re.compile(r"^\s*(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?\s*$")
COMPACT = re.compile(r"^\s*(\d{4})(\d{2})(\d{2})\s*$")


def full_date(day: dt.date) -> str:
    """2020年9月24日."""
    return f"{day.year}年{day.month}月{day.day}日"


def short_date(day: dt.date) -> str:
    """9月24日; with the year when it is not this year's."""
    if day.year != clock.today().year:
        return full_date(day)
    return f"{day.month}月{day.day}日"


def weekday(day: dt.date) -> str:
    """星期四."""
    return f"星期{WEEKDAYS[day.weekday()]}"


def local(moment: dt.datetime) -> dt.datetime:
    """The moment in Shanghai time; a naive one is taken to be Shanghai time already."""
    return moment.astimezone(clock.SHANGHAI) if moment.tzinfo else moment


def date_time(moment: dt.datetime) -> str:
    """9月24日 09:40, in Shanghai time; with the year when it is not this year's."""
    moment = local(moment)
    return f"{short_date(moment.date())} {moment:%H:%M}"


def time_left(due: dt.date) -> str:
    """今天, 明天, 还有 6 天, 已超期 2 天. A due date is inclusive."""
    days = clock.days_left(due)
    if days < 0:
        return f"已超期 {-days} 天"
    return {0: "今天", 1: "明天"}.get(days, f"还有 {days} 天")


def due_date(due: dt.date) -> str:
    """9月30日（还有 6 天）."""
    return f"{short_date(due)}（{time_left(due)}）"


def due_state(due: dt.date) -> str:
    """The light of the time left: ``red`` when late, ``amber`` within three days, else ``green``."""
    days = clock.days_left(due)
    if days < 0:
        return "red"
    return "amber" if days <= 3 else "green"  # noqa: PLR2004  three days, the rule of the to-do list


def parse_date(text: str) -> dt.date | None:
    """Read 2020-09-24, 2020.9.24, 2020/9/24, 2020年9月24日 or 20200924; None when it is no date.

    Full-width digits are read too.
    """
    found = WRITTEN.match(text) or COMPACT.match(text)
    if found is None:
        return None
    try:
        return dt.date(*(int(part) for part in found.groups()))
    except ValueError:
        return None
