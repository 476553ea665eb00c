"""By what the journal is narrowed."""

from typing import Any

from django import forms

from xinhuo.core.forms import DateField, Form

from .queries import Filters, verb_groups


class SearchForm(Form):
    """Days, verb, unit, person and words; every field may stay empty."""

    start = DateField(label="从哪天", required=False)
    end = DateField(label="到哪天", required=False)
    verb = forms.ChoiceField(label="事项", required=False)
    unit = forms.CharField(label="单位", required=False, max_length=60)
    person = forms.CharField(label="谁", required=False, max_length=40)
    words = forms.CharField(label="内容", required=False, max_length=60)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The verbs are those that the installed apps declare."""
        super().__init__(*args, **kwargs)
        self.fields["verb"].choices = [("", "全部事项"), *verb_groups()]  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        """A span that ends before it begins would silently find nothing."""
        data = super().clean() or {}
        if data.get("start") and data.get("end") and data["start"] > data["end"]:
            self.add_error("end", "“到哪天”不能早于“从哪天”。")
        return data

    def filters(self) -> Filters:
        """What was asked for; a field that cannot be used does not narrow (its error is shown beside it)."""
        return Filters(**{name: value for name, value in self.cleaned_data.items() if value})
