"""Forms of linking, carrying over, second versions and the year's end: they read what was typed."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

from xinhuo.core import clock
from xinhuo.core.dates_zh import parse_date
from xinhuo.core.errors import BadInputError
from xinhuo.core.forms import DateField, Form

from ..actions.editions import Added
from ..actions.summaries import LineInput
from ..models import Duty
from ..naming import pattern_error
from ..queries.editions import AddedDuty
from ..queries.summaries import DraftLine

Typed = MultiValueDict[str, str]
"""What a form sent."""

NO_LINK = "0"
DEFAULT_PATTERN = "{省份}-{单位}-{题名}"


def _id(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() else None


def read_links(data: Typed, duties: Sequence[Duty]) -> tuple[dict[int, int | None], dict[int, int | None]]:
    """What is chosen for each duty now, and what was chosen when the page was shown."""
    chosen: dict[int, int | None] = {}
    seen: dict[int, int | None] = {}
    for duty in duties:
        field = f"answers-{duty.pk}"
        if field in data:
            chosen[duty.pk] = _id(str(data[field])) or None
            seen[duty.pk] = _id(data.get(f"seen-{duty.pk}", "")) or None
    return chosen, seen


def read_carried(data: Typed, duties: Sequence[int]) -> dict[int, int]:
    """The ticked duties of last year, each with the duty of this year it goes on as (0: an own item)."""
    ticked = {number for value in data.getlist("duty") if (number := _id(value)) is not None}
    return {pk: _id(data.get(f"into-{pk}", NO_LINK)) or 0 for pk in duties if pk in ticked}


def read_added(data: Typed, offered: Sequence[AddedDuty]) -> dict[str, Added]:
    """What a person decided about the duties of added items; only ticked ones. BadInputError for a bad date."""
    found: dict[str, Added] = {}
    for item in offered:
        key = str(item.row["key"])
        if f"take-{key}" not in data:
            continue
        due = data.get(f"due-{key}", "").strip()
        day = parse_date(due) if due else None
        if due and day is None:
            raise BadInputError(f"“{due[:20]}”不是一个日期，请写成 2026-12-31 这样。")
        scope: Mapping[str, Any] = next(
            (choice.scope for choice in item.choices if choice.value == data.get(f"scope-{key}")),
            item.row["scope"],
        )
        title = data.get(f"title-{key}", "").strip()[:120] or str(item.row["title"])
        found[key] = Added(title, scope, day)
    return found


def read_lines(data: Typed, lines: Sequence[DraftLine]) -> list[LineInput]:
    """The lines of one duty as they stand in the form."""
    entries = []
    for item in lines:
        pk = item.line.pk
        if f"text-{pk}" not in data:
            continue
        place = _id(data.get(f"place-{pk}", "")) or item.line.position
        text = str(data[f"text-{pk}"]).replace("\r\n", "\n").strip()
        entries.append(LineInput(pk, text, f"use-{pk}" in data, min(place, 9999), data.get(f"seen-{pk}", "")))
    return entries


class PackageForm(Form):
    """A package for a body outside the tree."""

    title = forms.CharField(label="材料名称", max_length=120, help_text="例如：“读懂中国”活动作品")
    to_name = forms.CharField(label="报给", max_length=80, initial="教育部关工委")
    pattern = forms.CharField(
        label="文件名规则",
        max_length=120,
        initial=DEFAULT_PATTERN,
        help_text="可以用 {省份}、{单位}、{题名}、{序号}、{年度}，别的字原样写进文件名。",
    )

    def clean_pattern(self) -> str:
        """A rule that gives names."""
        pattern = str(self.cleaned_data["pattern"])
        if error := pattern_error(pattern):
            raise forms.ValidationError(error)
        return pattern


class MeetingForm(Form):
    """Agenda and minutes."""

    title = forms.CharField(label="会议名称", max_length=120)
    held_on = DateField(label="日期")
    place = forms.CharField(label="地点", max_length=80, required=False)
    chair = forms.CharField(label="主持人", max_length=40, required=False)
    agenda = forms.CharField(label="议程", required=False, widget=forms.Textarea(attrs={"rows": 4}))
    attended = forms.CharField(label="参加人员", required=False, widget=forms.Textarea(attrs={"rows": 2}))
    minutes = forms.CharField(label="会议情况", required=False, widget=forms.Textarea(attrs={"rows": 6}))
    decisions = forms.CharField(
        label="议定事项",
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="一行写一件，写清谁在什么时候前办什么。会后可以读成落实点，布置下去。",
    )


def a_day(text: str) -> dt.date | None:
    """A date as people write it; today when blank; BadInputError with words otherwise."""
    if not text.strip():
        return clock.today()
    day = parse_date(text)
    if day is None:
        raise BadInputError(f"“{text[:20]}”不是一个日期，请写成 2026-12-31 这样。")
    return day
