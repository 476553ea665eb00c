"""Forms: looking a code up, handing in a sealed scan."""

from typing import Any

from django import forms

from xinhuo.core import clock
from xinhuo.core.forms import DateField, Form

LONGEST = 40


class LookupForm(Form):
    """The short code under a print."""

    code = forms.CharField(
        label="核对码",
        max_length=LONGEST,
        help_text="印在表格下方，例如 7K3MQ-9QPXW。大小写、有没有短横线都可以。",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class ScanForm(Form):
    """The date on a sealed sheet; the file is taken by the uploader beside it."""

    sealed_on = DateField(label="盖章日期")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Today, until somebody says otherwise."""
        super().__init__(*args, **kwargs)
        self.fields["sealed_on"].initial = clock.today
