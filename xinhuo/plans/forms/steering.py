"""Forms of steering: causes, more time, targets, time points, closing, escalations."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms

from xinhuo.core.forms import DateField, Form

from ..enums import DelayCause
from ..points_text import read_points
from .work import read_number


def _area(rows: int = 2) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class CauseForm(Form):
    """Why something is late."""

    cause = forms.ChoiceField(label="原因", choices=[("", "请选择"), *DelayCause.choices])
    words = forms.CharField(label="说明，一句话", max_length=200, required=False, widget=_area())

    def clean(self) -> dict[str, Any]:
        """“其他” needs words."""
        cleaned = super().clean() or {}
        if cleaned.get("cause") == DelayCause.OTHER and not str(cleaned.get("words", "")).strip():
            self.add_error("words", "选了“其他”，请写一句是什么原因。")
        return cleaned


class ExtensionForm(Form):
    """Asking for more time."""

    new_due = DateField(label="延到哪一天")
    reason = forms.CharField(label="为什么要延期", max_length=300, widget=_area())


class AnswerForm(Form):
    """Granting more time, or not."""

    answer = forms.CharField(label="意见（不同意的要写理由）", max_length=300, required=False, widget=_area())

    @property
    def grants(self) -> bool:
        """Which of the two buttons was pressed."""
        return bool(self.data.get("verdict") == "grant")


class CloseForm(Form):
    """Closing one duty of one unit."""

    words = forms.CharField(label="说明（可以不写）", max_length=300, required=False, widget=_area())
    confirmed = forms.BooleanField(label="看过了，照样办结", required=False)


class ReasonForm(Form):
    """Opening something again."""

    reason = forms.CharField(label="为什么要重新打开", max_length=300, widget=_area())


class WordsForm(Form):
    """A few words that go along with an escalation."""

    words = forms.CharField(label="附言（可以不写）", max_length=300, required=False, widget=_area())


class PointsForm(Form):
    """By when how much is expected, one a line."""

    points = forms.CharField(
        label="时间点，一行写一个",
        required=False,
        widget=_area(4),
        help_text="例如：6月30日 40%。最后的时限不用写，到那天要全部完成。",
    )

    def __init__(self, *args: Any, year: int, **kwargs: Any) -> None:
        """A day without a year is of the plan's ``year``."""
        super().__init__(*args, **kwargs)
        self.year = year

    def clean_points(self) -> list[tuple[dt.date, int]]:
        """The lines as days and percent."""
        try:
            return read_points(self.cleaned_data["points"], self.year)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None


class TargetsForm:
    """Reads ``target-ID`` for each unit; what cannot be read stays typed and says why."""

    def __init__(self, data: Mapping[str, Any], pks: list[int]) -> None:
        """Keep what was typed."""
        self.values: dict[int, Decimal | None] = {}
        self.errors: dict[int, str] = {}
        self.typed: dict[int, str] = {}
        for pk in pks:
            raw = data.get(f"target-{pk}")
            if raw is not None:
                self._read(pk, str(raw))

    def _read(self, pk: int, raw: str) -> None:
        self.typed[pk] = raw
        try:
            number = read_number(raw)
        except ValueError as error:
            self.errors[pk] = str(error)
            return
        if number is not None and number <= 0:
            self.errors[pk] = "目标要大于 0；不定目标的，请留空。"
        else:
            self.values[pk] = number
