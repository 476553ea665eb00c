"""What people type about units. A form translates; the verbs decide."""

import re
from collections.abc import Callable
from typing import Any, TypeVar

from django import forms

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.core.errors import BadInputError
from xinhuo.core.forms import DateField, Form, WarningsForm

from .actions import change_unit, create_unit, end_second_line, facts_of, set_contact, set_second_line
from .enums import Kind, Locality, Ownership
from .facts import LONGEST, UnitFacts, problems
from .models import Org, OrgLine, Tenure
from .queries import possible_second_superiors

T = TypeVar("T")
PHONE = re.compile(r"^[0-9０-９+()（）\-－ 转、]{5,30}$")


def attempt(form: forms.Form, verb: Callable[[], T]) -> T | None:
    """Do ``verb``; what it finds wrong becomes an error of the form, so that nothing entered is lost."""
    try:
        return verb()
    except BadInputError as error:
        form.add_error(None, error.reason)
        return None


class UnitForm(WarningsForm):
    """What is said about a unit, from when on, and by which document."""

    kind = forms.ChoiceField(label="类别")
    name = forms.CharField(
        label="名称", max_length=LONGEST["name"], help_text="平常使用的名称，例如：盘州市教育局。"
    )
    short_name = forms.CharField(
        label="简称", max_length=LONGEST["short_name"], help_text="表格里显示的短名称，例如：盘州市。"
    )
    formal_name = forms.CharField(
        label="正式全称", max_length=LONGEST["formal_name"], required=False, help_text="和名称相同就不用填。"
    )
    ownership = forms.ChoiceField(
        label="举办者",
        choices=[("", "不填"), *Ownership.choices],
        required=False,
        help_text="学校、幼儿园和高校填写。",
    )
    locality = forms.ChoiceField(
        label="城乡",
        choices=[("", "不填"), *Locality.choices],
        required=False,
        help_text="中小学和幼儿园填写。",
    )
    code = forms.CharField(
        label="代码",
        max_length=LONGEST["code"],
        required=False,
        help_text="行政区划代码或学校标识码，没有就不填。",
    )
    since = DateField(label="从哪天起")
    basis = forms.CharField(label="依据", max_length=200, required=False, help_text="例如：批复的文号。")

    def __init__(
        self, *args: Any, actor: Actor, parent: Org | None, org: Org | None = None, **kwargs: Any
    ) -> None:
        """``parent`` decides which kinds are offered; ``org`` is the unit that is changed, if any."""
        super().__init__(*args, **kwargs)
        self.actor, self.parent, self.org = actor, parent, org
        kinds = Kind(parent.kind).may_hold if parent else (Kind(org.kind),) if org else ()
        choices = [(kind.value, kind.label) for kind in kinds]
        self.fields["kind"] = _dressed_choice(self, choices)

    @property
    def facts(self) -> UnitFacts:
        """What was entered, as the verbs take it."""
        names = ("name", "short_name", "kind", "ownership", "locality", "code", "formal_name")
        return UnitFacts(**{name: self.cleaned_data.get(name, "") for name in names})

    def clean(self) -> dict[str, Any]:
        """Show what is wrong at its field, and doubt a name that another unit already bears."""
        for name, reason in problems(self.facts).items():
            if name not in self.errors:
                self.add_error(name, reason)
        name = self.facts.name
        if name and self.parent and not self.errors:
            same = Org.objects.visible_to(self.actor).open().filter(name=name).exclude(parent=self.parent)
            twin = same.exclude(pk=self.org.pk if self.org else 0).select_related("parent").first()
            if twin is not None and twin.parent is not None:
                self.doubt(f"{twin.parent.name}下面也有一个“{name}”。请确认不是同一个单位。")
        return self.cleaned_data


def _dressed_choice(form: forms.Form, choices: list[tuple[str, str]]) -> forms.ChoiceField:
    field = form.fields["kind"]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared above
    field.choices = choices if len(choices) == 1 else [("", "请选择"), *choices]
    return field


class CreateForm(UnitForm):
    """A new unit below ``parent``."""

    def save(self) -> Org | None:
        """Create it; None when the verb found something wrong."""
        assert self.parent is not None  # noqa: S101  the view gives it
        parent = self.parent
        return attempt(
            self,
            lambda: create_unit(
                parent,
                self.facts,
                by=self.actor,
                since=self.cleaned_data["since"],
                basis=self.cleaned_data["basis"],
            ),
        )


class ChangeForm(UnitForm):
    """New facts for a unit, from a day on."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def save(self) -> Tenure | None:
        """Change it; None when the verb found something wrong."""
        assert self.org is not None  # noqa: S101  the view gives it
        org = self.org
        return attempt(
            self,
            lambda: change_unit(
                org,
                self.facts,
                by=self.actor,
                since=self.cleaned_data["since"],
                basis=self.cleaned_data["basis"],
                seen=self.cleaned_data["seen"],
            ),
        )


def change_initial(row: Tenure) -> dict[str, Any]:
    """What the change form starts from: the row that stays open, and today."""
    facts = facts_of(row)
    return {**facts.as_values(), "seen": facts.digest, "since": clock.today()}


class ContactForm(Form):
    """Whom to ring about a unit."""

    contact_name = forms.CharField(label="联系人", max_length=40, required=False)
    contact_phone = forms.CharField(
        label="联系电话",
        max_length=30,
        required=False,
        help_text="座机请带区号。",
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )

    def clean_contact_phone(self) -> str:
        """Only what a telephone number is written with."""
        phone = str(self.cleaned_data["contact_phone"]).strip()
        if phone and not PHONE.match(phone):
            raise forms.ValidationError("电话号码不对，请只写数字、区号和横线，例如 0851-12345678。")
        return phone

    def save(self, org: Org, actor: Actor) -> Org | None:
        """Store it; None when the verb found something wrong."""
        name, phone = self.cleaned_data["contact_name"], self.cleaned_data["contact_phone"]
        return attempt(self, lambda: set_contact(org, name=name, phone=phone, by=actor))


class SecondLineForm(Form):
    """A second superior for a unit, from a day on."""

    superior = forms.ModelChoiceField(label="还归谁管", queryset=Org.objects.none(), empty_label="请选择")
    since = DateField(label="从哪天起")
    basis = forms.CharField(
        label="依据", max_length=200, required=False, help_text="例如：共建协议或文件的名称。"
    )

    def __init__(self, *args: Any, actor: Actor, org: Org, **kwargs: Any) -> None:
        """Offer the bureaus that are not on the unit's own line."""
        super().__init__(*args, **kwargs)
        self.actor, self.org = actor, org
        field = self.fields["superior"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  declared above
        field.queryset = possible_second_superiors(actor, org)

    def save(self) -> OrgLine | None:
        """Set it; None when the verb found something wrong."""
        data = self.cleaned_data
        return attempt(
            self,
            lambda: set_second_line(
                self.org, data["superior"], by=self.actor, since=data["since"], basis=data["basis"]
            ),
        )


class EndLineForm(Form):
    """The day from which a second line no longer holds."""

    until = DateField(label="从哪天起不再归它管")

    def save(self, line: OrgLine, actor: Actor) -> OrgLine | None:
        """End it; None when the verb found something wrong."""
        until = self.cleaned_data["until"]
        return attempt(self, lambda: end_second_line(line, by=actor, until=until))
