"""Who stands in for whom: chosen by kind, by who runs the school, by “no accounts”, or unit by unit."""

from typing import Any

from django import forms

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.core.forms import DateField, Form

from .enums import Kind, Ownership
from .models import Org, OrgQuerySet
from .proxies import matters
from .proxying import PARENT, Pair, ProxyTerms, pairs
from .selections import matching

OWN, NAMED = "own", "named"
SHOWN = 500
NO_ACCOUNTS = "none"


class ProxyForm(Form):
    """First whom it is about and who stands in; then, on the same page, the units one by one with a tick each."""

    matters = forms.MultipleChoiceField(label="哪些事由别的单位代办", widget=forms.CheckboxSelectMultiple)
    kinds = forms.MultipleChoiceField(label="哪一类单位", required=False, widget=forms.CheckboxSelectMultiple)
    ownership = forms.ChoiceField(
        label="举办者", choices=[("", "公办、民办都算"), *Ownership.choices], required=False
    )
    accounts = forms.ChoiceField(
        label="账号",
        choices=[(NO_ACCOUNTS, "只要没有账号的"), ("", "有没有账号都算")],
        required=False,
    )
    who = forms.ChoiceField(label="由谁代办", widget=forms.RadioSelect)
    named = forms.CharField(
        label="代办单位的名称",
        required=False,
        max_length=60,
        help_text="选“另外一个单位”时写，例如：马岭镇中心小学。",
    )
    since = DateField(label="从哪天起")
    until = DateField(label="到哪天为止", required=False, help_text="长期代办的不用填。")
    reason = forms.CharField(
        label="依据", required=False, max_length=200, help_text="例如：7月3日签的代报委托书；学校没有电脑。"
    )

    def __init__(self, data: Any = None, *, actor: Actor, org: Org, ids: list[int] | None = None) -> None:
        """``ids`` are units that were chosen elsewhere: then kinds need not be chosen."""
        initial = {"matters": [matter.key for matter in matters()], "who": PARENT, "since": clock.today()}
        initial["accounts"] = "" if ids else NO_ACCOUNTS
        super().__init__(data, initial=initial)
        self.actor, self.org, self.ids = actor, org, ids or []
        present = (
            Org.objects.under(org.path).open().exclude(pk=org.pk).order_by().values_list("kind", flat=True)
        )
        kinds = set(present.distinct())
        self._offer("matters", [(matter.key, matter.label) for matter in matters()])
        self._offer("kinds", [(kind.value, kind.label) for kind in Kind if kind.value in kinds])
        self._offer(
            "who",
            [
                (PARENT, "它的上级单位：教学点由中心校代，学校由县里代"),
                (OWN, f"本单位（{org.short_name}）"),
                (NAMED, "另外一个单位"),
            ],
        )
        self.by_org: Org | str = PARENT

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField | forms.MultipleChoiceField)  # noqa: S101  declared above
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Somebody is chosen, and one unit bears the name that was written."""
        given = super().clean() or self.cleaned_data
        if not given.get("kinds") and not self.ids:
            self.add_error("kinds", "请至少选一类单位。")
        if given.get("since") and given.get("until") and given["until"] <= given["since"]:
            self.add_error("until", "结束日期要晚于起始日期。")
        if given.get("who") == OWN:
            self.by_org = self.org
        elif given.get("who") == NAMED:
            self._find(str(given.get("named") or "").strip())
        return given

    def _find(self, name: str) -> None:
        if not name:
            self.add_error("named", "请写上代办单位的名称。")
            return
        found = list(Org.objects.visible_to(self.actor).open().searched(name).order_by("path")[:6])
        exact = [org for org in found if name in (org.name, org.short_name)] or found
        if len(exact) == 1:
            self.by_org = exact[0]
        elif exact:
            self.add_error(
                "named", f"有 {len(exact)} 个单位都像：{'、'.join(org.name for org in exact)}。请写全称。"
            )
        else:
            self.add_error("named", f"没有找到“{name}”。请检查有没有写错字。")

    @property
    def units(self) -> OrgQuerySet:
        """The units that fit, in tree order."""
        given = self.cleaned_data
        criteria: dict[str, Any] = {"ids": self.ids} if self.ids else {"kinds": given["kinds"]}
        if given.get("ownership"):
            criteria["ownership"] = given["ownership"]
        found = matching(criteria, within=self.org).filter(path__startswith=self.org.path)
        if given.get("accounts") == NO_ACCOUNTS:
            found = found.filter(has_accounts=False)
        return found.select_related("parent")

    @property
    def pairs(self) -> list[Pair]:
        """Who would stand in for whom."""
        return pairs(self.units[: SHOWN + 1], self.by_org)

    @property
    def terms(self) -> ProxyTerms:
        """In which matters and for how long."""
        given = self.cleaned_data
        return ProxyTerms(given["matters"], given["since"], given.get("until"), given.get("reason", ""))
