"""Forms of the slip. Each translates what was typed; the verbs decide."""

import datetime as dt
from typing import Any

from django import forms

from xinhuo.core import clock
from xinhuo.core.actor import Actor, Role
from xinhuo.core.forms import DateField, Form, WarningsForm

from .models import Slip
from .queries import handlers


class HandlersMixin(forms.Form):
    """Who carries it out, chosen from the unit's own working posts."""

    def offer(self, slip: Slip) -> None:
        """Offer the unit's people; those proposed are ticked at first."""
        field = self.fields["handlers"]
        field.choices = handlers(slip.org_id)  # type: ignore[attr-defined]  # a choice field
        field.initial = slip.proposed_handlers


class ProposeForm(HandlersMixin, Form):
    """拟办."""

    proposal = forms.CharField(label="拟办意见", max_length=1000, widget=forms.Textarea({"rows": 3}))
    handlers = forms.TypedMultipleChoiceField(
        label="拟请谁承办", coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    needs_ruling = forms.BooleanField(label="请领导批示", required=False, initial=True)

    def __init__(self, data: Any = None, *, slip: Slip) -> None:
        """Show what was proposed before."""
        super().__init__(data, initial={"proposal": slip.proposal})
        self.offer(slip)

    def clean(self) -> dict[str, Any]:
        """Where no leader is asked, somebody has to be named."""
        data = super().clean() or self.cleaned_data
        if not data.get("needs_ruling") and not data.get("handlers") and "handlers" not in self.errors:
            self.add_error("handlers", "不用领导批示的，请选好承办人。")
        return data


class RuleForm(HandlersMixin, WarningsForm):
    """批示, by the leader or recorded from paper; the signed page is taken by the uploader beside it."""

    on_behalf_of = forms.CharField(label="批示的领导", max_length=40)
    ruling = forms.CharField(
        label="批示",
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text="不写就是“同意拟办意见。”",
    )
    handlers = forms.TypedMultipleChoiceField(
        label="由谁承办", coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any = None, *, slip: Slip, by: Actor, has_scan: bool = False) -> None:
        """A leader speaks for himself; others say whose words they record."""
        super().__init__(data)
        self.has_scan = has_scan
        if by.role == Role.LEADER:
            del self.fields["on_behalf_of"]
        self.offer(slip)

    def clean(self) -> dict[str, Any]:
        """A recorded ruling without the signed page is asked about once."""
        data = super().clean() or self.cleaned_data
        if "on_behalf_of" in self.fields and not self.has_scan:
            self.doubt("还没有传领导签字的处理笺。电话里交代、没有签字的，可以就这样提交。")
        return data


class FinishForm(Form):
    """承办情况."""

    note = forms.CharField(
        label="承办情况",
        max_length=1000,
        widget=forms.Textarea({"rows": 2}),
        help_text="一句话，办成了什么。",
    )


class CloseForm(Form):
    """办结."""

    outcome = forms.CharField(label="办结情况", max_length=1000, widget=forms.Textarea({"rows": 2}))
    on = DateField(label="办结日期")

    def __init__(self, data: Any = None) -> None:
        """Today, until somebody says otherwise."""
        super().__init__(data)
        self.fields["on"].initial = clock.today

    def clean_on(self) -> dt.date:
        """Not a day to come."""
        day: dt.date = self.cleaned_data["on"]
        if day > clock.today():
            raise forms.ValidationError("办结日期还没有到，请写实际办结的那一天。")
        return day


class UseForm(Form):
    """Whether the unit works with slips."""

    is_on = forms.TypedChoiceField(
        label="收到文件后",
        choices=(
            ("no", "签收就行，不走处理笺（学校一般选这个）"),
            ("yes", "登记收文号，走处理笺：拟办、批示、承办、办结"),
        ),
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
