"""Forms of messages: how to tell me, channels, writing to many units."""

from typing import Any

from django import forms

from xinhuo.core.actor import Actor
from xinhuo.core.forms import Form
from xinhuo.orgs.models import Org
from xinhuo.orgs.presets import CHILDREN, presets
from xinhuo.orgs.selections import matching

from .actions import ChannelFacts
from .actions.channels import SAME_NAME
from .addresses import AddressError, read_robot
from .enums import ChannelKind, MailWish
from .models import QUIET_FROM, QUIET_TO, Channel

LISTED = 120
"""More direct children than this are not listed one by one."""

HOURS = [(f"{hour:02}:00", f"{hour} 点") for hour in range(24)]


class HourField(forms.TypedChoiceField):
    """A full hour, chosen from a list: nobody has to type a time."""

    def __init__(self, label: str, initial: str) -> None:
        """``initial`` as 21:00."""
        super().__init__(
            choices=HOURS, coerce=lambda text: forms.TimeField().clean(text), label=label, initial=initial
        )


class QuietForm(Form):
    """The two ends of the quiet hours."""

    quiet_from = HourField("晚上几点以后不发", f"{QUIET_FROM:%H:%M}")
    quiet_to = HourField("早上几点以后再发", f"{QUIET_TO:%H:%M}")


class PreferenceForm(QuietForm):
    """How a person wants to be told."""

    mail = forms.ChoiceField(label="邮件", choices=MailWish, widget=forms.RadioSelect)
    address = forms.EmailField(label="邮箱", max_length=120, required=False)

    field_order = ("mail", "address", "quiet_from", "quiet_to")

    def clean(self) -> dict[str, Any]:
        """Who wants mail needs an address."""
        given = super().clean() or self.cleaned_data
        if given.get("mail") in MailWish.WANTED and "address" in given and not given["address"]:
            self.add_error("address", "要收邮件，请填写邮箱。")
        return given


class CodeForm(Form):
    """The number from the mail."""

    code = forms.CharField(
        label="邮件里的六个数字",
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )

    def clean_code(self) -> str:
        """Only the digits, however they were typed."""
        return "".join(str(int(sign)) for sign in self.cleaned_data["code"] if sign.isdecimal())


class ChannelForm(QuietForm):
    """A group chat or mailbox. On a change the address may stay empty: then it stays as it is."""

    kind = forms.ChoiceField(label="种类", choices=ChannelKind)
    name = forms.CharField(label="名称", max_length=40, help_text="例如：本单位工作群")
    address = forms.CharField(
        label="地址",
        max_length=400,
        help_text="群机器人：在群里打开机器人设置，把 https:// 开头的地址整个复制过来。邮箱：直接填邮箱。",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    secret = forms.CharField(
        label="加签密钥（只有钉钉用）",
        max_length=100,
        required=False,
        help_text="钉钉机器人选了“加签”的，把 SEC 开头的密钥也复制过来。飞书机器人请选“自定义关键词”，不要选“签名校验”。",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    field_order = ("kind", "name", "address", "secret", "quiet_from", "quiet_to")

    def __init__(self, *args: Any, org_id: int, channel: Channel | None = None, **kwargs: Any) -> None:
        """With ``channel``: change it. The stored address is never shown again."""
        super().__init__(*args, **kwargs)
        self.org_id, self.channel = org_id, channel
        if channel is not None:
            del self.fields["kind"]
            self.fields["address"].required = False
            self.fields["address"].label = f"新的地址（不换就空着，现在是 {channel.hint}）"

    def clean_name(self) -> str:
        """Once per unit, or nobody could tell them apart."""
        name: str = self.cleaned_data["name"]
        same = Channel.objects.filter(org_id=self.org_id, name=name).values_list("pk", flat=True)
        if any(self.channel is None or pk != self.channel.pk for pk in same):
            raise forms.ValidationError(SAME_NAME)
        return name

    def clean(self) -> dict[str, Any]:
        """The address has to fit the kind."""
        given = super().clean() or self.cleaned_data
        kind = self.channel.kind if self.channel else given.get("kind")
        address = given.get("address")
        if kind == ChannelKind.MAIL and address:
            try:
                forms.EmailField().clean(address)
            except forms.ValidationError:
                self.add_error("address", "邮箱不对，请检查有没有漏掉 @。")
        elif kind and address:
            try:
                read_robot(kind, address)
            except AddressError as error:
                self.add_error("address", str(error))
        secret = given.get("secret", "")
        if secret and not (secret.isascii() and secret.isalnum()):
            self.add_error("secret", "密钥只有字母和数字，请重新复制。")
        return given

    @property
    def facts(self) -> ChannelFacts:
        """What the verb needs."""
        given = dict(self.cleaned_data)
        kind = self.channel.kind if self.channel else given.pop("kind")
        return ChannelFacts(kind=kind, **given)


class BroadcastForm(Form):
    """Words and receivers: kinds of units, or units from the list."""

    title = forms.CharField(label="标题", max_length=100)
    text = forms.CharField(label="内容", max_length=900, widget=forms.Textarea(attrs={"rows": 6}))
    groups = forms.MultipleChoiceField(
        label="发给哪一类单位", required=False, widget=forms.CheckboxSelectMultiple
    )
    units = forms.TypedMultipleChoiceField(
        label="或者从名单里选", required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        """``actor`` writes; the choices are the units below."""
        super().__init__(*args, **kwargs)
        self.org = Org.objects.get(pk=actor.org_id)
        self.presets = presets(self.org)
        groups, units = self.fields["groups"], self.fields["units"]
        assert isinstance(groups, forms.ChoiceField)  # noqa: S101  says so to the type checker
        assert isinstance(units, forms.ChoiceField)  # noqa: S101  ... same
        groups.choices = [(preset.key, f"{preset.title}，共 {preset.number} 个") for preset in self.presets]
        children = matching({"children_of": self.org.pk}, within=self.org)
        listed = list(children.values_list("pk", "name")[: LISTED + 1])
        units.choices = listed if len(listed) <= LISTED else []
        if not units.choices:
            del self.fields["units"]

    @property
    def receivers(self) -> list[forms.BoundField]:
        """The fields of which at least one is to be filled."""
        return [self[name] for name in ("groups", "units") if name in self.fields]

    def clean(self) -> dict[str, Any]:
        """Somebody has to get it."""
        given = super().clean() or self.cleaned_data
        if not given.get("groups") and not given.get("units"):
            self.add_error("groups", "还没有选发给谁。请选一类单位，或者从名单里勾选。")
        return given

    @property
    def criteria(self) -> dict[str, Any]:
        """The units meant, as criteria of ``orgs.selections``."""
        picked = [item for item in self.presets if item.key in self.cleaned_data["groups"]]
        units = self.cleaned_data.get("units") or []
        if len(picked) == 1 and not units:
            only = picked[0]
            return {"children_of": self.org.pk} if only.key == CHILDREN else {"kinds": list(only.kinds)}
        found = set(units)
        for item in picked:
            part = {"children_of": self.org.pk} if item.key == CHILDREN else {"kinds": list(item.kinds)}
            found |= set(matching(part, within=self.org).values_list("pk", flat=True))
        return {"ids": sorted(found)}

    @property
    def label(self) -> str:
        """The units meant, in words."""
        words = [item.label for item in self.presets if item.key in self.cleaned_data["groups"]]
        units = self.cleaned_data.get("units") or []
        return "、".join([*words, *([f"名单里选的 {len(units)} 个单位"] if units else [])])
