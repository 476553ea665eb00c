"""Forms that speak Chinese, wear the page's classes, and let a person confirm a doubt."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Model

from . import dates_zh

__all__ = ["DateField", "Form", "ModelForm", "WarningsForm", "WholeNumberField"]

LARGEST_NUMBER = 999_999_999
CONFIRM = "confirm_warnings"

CONTROL_CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "form-check-input"),
    (forms.RadioSelect, "form-check-input"),
    (forms.CheckboxInput, "form-check-input"),
    (forms.Select, "form-select"),
    (forms.Widget, "form-control"),
)

MESSAGES: Mapping[str, str] = {
    "max_length": "最多写 %(limit_value)d 个字，现在是 %(show_value)d 个字。",
    "min_length": "至少写 %(limit_value)d 个字，现在是 %(show_value)d 个字。",
    "max_value": "不能大于 %(limit_value)s。",
    "min_value": "不能小于 %(limit_value)s。",
    "null_characters_not_allowed": "里面有看不见的特殊字符，请删掉后再写一次。",
    "invalid_list": "请重新选择。",
    "missing": "没有收到文件，请重新选择文件。",
    "empty": "这个文件是空的（0 字节），请重新选择文件。",
    "contradiction": "请只做一样：或者换新文件，或者勾选“清除”。",
    "invalid_image": "这个文件不是图片，或者已经损坏。请换一张。",
}
CHOICE_MESSAGES = {
    "required": "请选择“{label}”。",
    "invalid_choice": "没有您选的这一项，可能刚被别人改过。请重新选择。",
    "invalid_pk_value": "没有您选的这一项，可能刚被别人改过。请重新选择。",
}
KIND_MESSAGES: tuple[tuple[type[forms.Field], Mapping[str, str]], ...] = (
    (forms.FileField, {"required": "请选择要上传的文件。", "invalid": "没有收到文件，请重新选择文件。"}),
    (forms.BooleanField, {"required": "请勾选“{label}”。"}),
    (forms.ChoiceField, CHOICE_MESSAGES),
    (forms.ModelChoiceField, CHOICE_MESSAGES),
    (forms.IntegerField, {"required": "请填写“{label}”。", "invalid": "请写整数，例如 12。"}),
    (forms.DecimalField, {"required": "请填写“{label}”。", "invalid": "请写数字，例如 12.5。"}),
    (
        forms.DateField,
        {"required": "请填写“{label}”。", "invalid": "日期请写成 2020-09-24 或者 2020年9月24日。"},
    ),
    (forms.EmailField, {"required": "请填写“{label}”。", "invalid": "邮箱不对，请检查有没有漏掉 @。"}),
    (forms.Field, {"required": "请填写“{label}”。", "invalid": "“{label}”写得不对，请检查。"}),
)


class DateInput(forms.DateInput):
    """The browser's own date picker; what is no date stays visible as text, so that nothing entered is lost."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        """Always the format browsers want."""
        super().__init__(attrs, format="%Y-%m-%d")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Show unreadable text in a plain field."""
        context = super().get_context(name, value, attrs)
        shown = context["widget"]["value"]
        if shown and _iso(str(shown)) is None:
            context["widget"]["type"] = "text"
        return context


class DateField(forms.DateField):
    """A date, picked or written in any usual way (2020.9.24, 2020年9月24日, 20200924)."""

    widget = DateInput

    def to_python(self, value: Any) -> dt.date | None:
        """Read the usual ways of writing before Django's own."""
        found = dates_zh.parse_date(value) if isinstance(value, str) else None
        return found or super().to_python(value)


class WholeNumberField(forms.IntegerField):
    """A count from 0; ``1,284`` and ``１２８４`` are read as well. ``unit`` stands behind the label: 老教师（人）."""

    def __init__(self, *, unit: str = "", **options: Any) -> None:
        """Bounded by default: no count of this world is larger than a billion."""
        options.setdefault("min_value", 0)
        options.setdefault("max_value", LARGEST_NUMBER)
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))
        if unit and options.get("label"):
            options["label"] = f"{options['label']}（{unit}）"
        super().__init__(**options)
        self.unit = unit

    def to_python(self, value: Any) -> int | None:
        """Drop thousands separators and blanks."""
        if isinstance(value, str):
            value = value.replace(",", "").replace("，", "").replace(" ", "").strip()
        return super().to_python(value)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:  # noqa: ARG002  Django's signature
        """No min and max: a text field has none."""
        return {}


class _Dressed:
    """Gives every field its class and its Chinese messages, unless the field has words of its own."""

    use_required_attribute = False  # the browser's own bubble would hide our sentence; optional fields say so
    fields: dict[str, forms.Field]

    def _dress(self) -> None:
        for name, field in self.fields.items():
            _dress_widget(field)
            _translate(field, str(field.label or name))


class Form(_Dressed, forms.Form):
    """The base of all forms."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Dress the fields."""
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self._dress()


if TYPE_CHECKING:
    AnyModelForm = forms.ModelForm[Model]
else:
    AnyModelForm = forms.ModelForm  # has no type parameter when it runs


class ModelForm(_Dressed, AnyModelForm):
    """The base of all forms about one record."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Dress the fields."""
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self._dress()


class WarningsForm(Form):
    """A form with soft doubts: ``self.doubt(text)`` in ``clean``; the person corrects them or ticks them off.

    The tick holds for the very doubts that were shown: a new doubt is asked again.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Start without doubts."""
        self.warnings: list[str] = []
        super().__init__(*args, **kwargs)

    def doubt(self, text: str) -> None:
        """Ask the person to check something that may be right."""
        self.warnings.append(text)

    @property
    def warnings_digest(self) -> str:
        """Stands for exactly these doubts."""
        return hashlib.sha256("\n".join(sorted(self.warnings)).encode()).hexdigest()[:16]

    @property
    def is_confirmed(self) -> bool:
        """Whether every doubt of this submission was ticked off (or there is none)."""
        return not self.warnings or self.data.get(self.add_prefix(CONFIRM), "") == self.warnings_digest

    def full_clean(self) -> None:
        """Collect the doubts anew each time."""
        self.warnings = []
        super().full_clean()

    def is_valid(self) -> bool:
        """Free of errors, and free of doubts that were not confirmed."""
        return super().is_valid() and self.is_confirmed


def _dress_widget(field: forms.Field) -> None:
    widget = field.widget
    if isinstance(widget, forms.HiddenInput):
        return
    wanted = next(css for kind, css in CONTROL_CLASSES if isinstance(widget, kind))
    # Browsers cut a pasted text to maxlength without a word; our message counts the characters instead.
    widget.attrs.pop("maxlength", None)
    present = widget.attrs.get("class", "").split()
    if wanted not in present:
        widget.attrs["class"] = " ".join([wanted, *present])


def _translate(field: forms.Field, label: str) -> None:
    """Replace Django's own sentences; a sentence written at the field or its class stays."""
    words = dict(MESSAGES) | {
        code: text.format(label=label)
        for code, text in next(own for kind, own in KIND_MESSAGES if isinstance(field, kind)).items()
    }
    theirs: dict[str, Any] = {}
    for kind in reversed(type(field).__mro__):
        if kind.__module__.startswith("django."):
            theirs.update(getattr(kind, "default_error_messages", {}))
    for code, text in words.items():
        if code not in field.error_messages or field.error_messages[code] == theirs.get(code):
            field.error_messages[code] = text
    for validator in field.validators:
        _translate_validator(validator)


def _translate_validator(validator: Any) -> None:
    words = MESSAGES.get(getattr(validator, "code", ""))
    if words and str(validator.message) == str(type(validator).message):
        validator.message = words


def _iso(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
