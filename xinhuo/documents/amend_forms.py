"""What a person fills in to change a sent document; the verbs decide."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from xinhuo.core.contracts import AmendableDate, Change
from xinhuo.core.dates_zh import short_date
from xinhuo.core.errors import BadInputError
from xinhuo.core.forms import DateField, Form

from .actions.own_dates import check_own_dates
from .actions.terms import Terms, check_terms
from .amended import Amendment
from .enums import Effect
from .models import Document
from .queries.amendable import OwnDate, days_between

TITLES = {
    Effect.POSTPONE: "关于{}延期的通知",
    Effect.ONLINE: "关于{}改为线上的通知",
    Effect.CANCEL: "关于取消{}的通知",
    Effect.CORRECT: "关于{}的更正",
}
ALWAYS_SHOWN = "duty:"
"""Dates whose keys start otherwise are few and stand open; single duties are many and stand under a fold."""


def _date_name(key: str) -> str:
    return f"date-{key.replace(':', '-')}"


class AmendForm(Form):
    """A change of ``document``: its words, and what belongs to the chosen effect only."""

    number = forms.CharField(
        label="本次文号",
        required=False,
        max_length=60,
        help_text="例如：黔教关函〔2026〕9号。没有的可以空着。",
    )
    title = forms.CharField(label="标题", max_length=200)
    place = forms.CharField(
        label="线上怎样参加",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写清楚时间、会议软件和会议号，各单位的文件页上会一直显示。",
    )
    cancels = forms.MultipleChoiceField(
        label="只取消其中几项", required=False, widget=forms.CheckboxSelectMultiple
    )
    text = forms.CharField(
        label="要说的话",
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "class": "xh-kai"}),
        help_text="不写也行，系统会写明改了什么。",
    )

    def __init__(
        self,
        data: Any = None,
        *,
        document: Document,
        effect: Effect,
        items: Sequence[AmendableDate],
    ) -> None:
        """Show only the fields of ``effect``; ``items`` are the dates that can be moved or struck."""
        about = f"《{document.title}》"
        title = TITLES[effect].format(about)
        super().__init__(data, initial={"title": title if len(title) <= 200 else TITLES[effect].format("")})  # noqa: PLR2004
        self.document, self.effect = document, effect
        self.items = [item for item in items if item.due or effect == Effect.CANCEL]
        if effect != Effect.ONLINE:
            del self.fields["place"]
        if effect != Effect.CANCEL or not self.items:
            del self.fields["cancels"]
        else:
            field = self.fields["cancels"]
            assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  declared above
            field.choices = [(item.key, f"{item.label}（{item.units} 个单位）") for item in self.items]
        if effect == Effect.POSTPONE:
            self._add_dates()

    def _add_dates(self) -> None:
        for item in self.items:
            if item.due is None:
                continue
            field = DateField(
                label=item.label,
                required=False,
                help_text=f"现在是{short_date(item.due)}，{item.units} 个单位。不改的不用填。",
            )
            self.fields[_date_name(item.key)] = field
        self._dress()

    @property
    def few(self) -> list[Any]:
        """The dates that stand open."""
        return [self[_date_name(item.key)] for item in self.items if not item.key.startswith(ALWAYS_SHOWN)]

    @property
    def many(self) -> list[Any]:
        """The dates of single duties, under a fold."""
        return [self[_date_name(item.key)] for item in self.items if item.key.startswith(ALWAYS_SHOWN)]

    @property
    def many_open(self) -> bool:
        """Whether something was typed under the fold."""
        return any(field.value() or field.errors for field in self.many)

    @property
    def terms(self) -> Terms:
        """What was chosen, as the verb takes it."""
        given = self.cleaned_data
        dates: dict[str, dt.date] = {}
        if self.effect == Effect.POSTPONE:
            found = {item.key: given.get(_date_name(item.key)) for item in self.items}
            dates = {key: day for key, day in found.items() if day}
        return Terms(self.effect, dates, tuple(given.get("cancels") or ()), given.get("place", ""))

    @property
    def change(self) -> Change:
        """The same for looking at it before it is sent."""
        terms = self.terms
        return Change(
            self.document.pk,
            None,
            days_between(terms.dates, self.items),
            tuple(terms.cancels),
            whole=self.effect == Effect.CANCEL and not terms.cancels,
        )

    def clean(self) -> dict[str, Any]:
        """Later dates in their order; what is wrong is said in one sentence."""
        given = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                check_terms(self.terms, self.items)
            except BadInputError as error:
                self.add_error(None, error.reason)
        return given


class OwnDatesForm(Form):
    """The dates a unit gave when it passed a document on."""

    def __init__(self, data: Any = None, *, amendment: Amendment, own: Sequence[OwnDate]) -> None:
        """A field for each date that was moved."""
        super().__init__(data)
        self.own = own
        for item in own:
            limit = f"，不晚于{short_date(item.date.latest)}" if item.date.latest else ""
            self.fields[_date_name(item.date.key)] = DateField(
                label=item.date.label,
                initial=item.date.due,
                help_text=f"原来是{short_date(item.earliest)}，已随《{amendment.document.title}》顺延。可以改，不早于原来的日期{limit}。",
            )
        self._dress()

    def clean(self) -> dict[str, Any]:
        """Between what it was before and the date from above."""
        given = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                check_own_dates(self.dates, self.own)
            except BadInputError as error:
                self.add_error(None, error.reason)
        return given

    @property
    def dates(self) -> Mapping[str, dt.date]:
        """What was chosen, by key."""
        return {item.date.key: self.cleaned_data[_date_name(item.date.key)] for item in self.own}
