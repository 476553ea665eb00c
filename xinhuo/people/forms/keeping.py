"""People, posts and accounts: what an administrator fills in."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy

from xinhuo.core import clock
from xinhuo.core.actor import Role
from xinhuo.core.forms import DateField, Form, WarningsForm
from xinhuo.orgs.models import Org
from xinhuo.people.actions import Post
from xinhuo.people.finding import find_unit, written
from xinhuo.people.logins import LONGEST
from xinhuo.people.models import Appointment, Person
from xinhuo.people.sheet import phone_problem

from .signing import as_field_error

PROPOSALS = {
    "autocomplete": "off",
    "list": "units",
    "hx-get": reverse_lazy("people:units"),
    "hx-trigger": "input changed delay:300ms",
    "hx-target": "#units",
    "hx-swap": "outerHTML",
}
"""While a unit is typed, names are proposed in the page's ``datalist``; without scripts it is simply typed."""

WAYS = (
    ("link", "发链接，本人自己设密码（7 天内有效）"),
    ("slip", "打印账号条，带初始密码（第一次登录要改）"),
)


class PersonForm(Form):
    """A person's name and telephone."""

    name = forms.CharField(
        label="姓名",
        max_length=40,
        error_messages={"required": "请填写姓名。", "max_length": "姓名最多 40 个字。"},
    )
    phone = forms.CharField(
        label="手机",
        max_length=30,
        required=False,
        help_text="可以不填。只有管理员看得到。",
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
        error_messages={"max_length": "手机最多 30 个字符。"},
    )

    def clean_name(self) -> str:
        """Chinese names carry no blanks; they come in by spacing two-character names."""
        return str(self.cleaned_data["name"]).replace(" ", "").replace("\u3000", "")

    def clean_phone(self) -> str:
        """Empty, or something that can be dialled."""
        phone: str = self.cleaned_data["phone"]
        if problem := phone_problem(phone):
            raise ValidationError(problem)
        return phone


class PostForm(Form):
    """A post: unit, role, the office's own title, since when."""

    unit = forms.CharField(
        label="单位",
        max_length=200,
        help_text="写全称或者简称，打两个字就有提示。重名的写“上级单位/单位”。",
        widget=forms.TextInput(attrs=PROPOSALS),
        error_messages={"required": "请填写单位。", "max_length": "单位最多 200 个字。"},
    )
    role = forms.ChoiceField(
        label="角色",
        choices=[("", "请选择"), *Role.choices],
        error_messages={"required": "请选择角色。", "invalid_choice": "请从列出的角色里选择。"},
    )
    title = forms.CharField(
        label="职务",
        max_length=40,
        required=False,
        help_text="单位里怎么称呼，例如：关工委秘书长。不填就显示角色。",
        error_messages={"max_length": "职务最多 40 个字。"},
    )
    since = DateField(label="任职日期", required=False, help_text="不填就从今天算起。")

    def __init__(self, path: str, *args: Any, **kwargs: Any) -> None:
        """Keep the actor's place in the tree: units are looked for there and below."""
        super().__init__(*args, **kwargs)
        self.path = path
        self.org: Org | None = None

    def clean_unit(self) -> str:
        """Exactly one unit must be meant."""
        found = find_unit(self.cleaned_data["unit"], self.path)
        if found.org is None:
            raise ValidationError(found.problem)
        self.org = found.org
        return written(found.org)

    def clean_since(self) -> Any:
        """Nobody starts tomorrow."""
        since = self.cleaned_data["since"]
        if since and since > clock.today():
            raise ValidationError("任职日期不能晚于今天。")
        return since

    def post(self) -> Post:
        """The post that was filled in; only after ``is_valid``."""
        assert self.org is not None  # noqa: S101  is_valid has found it
        data = self.cleaned_data
        return Post(self.org, data["role"], data["title"], data["since"])


class AddPersonForm(PostForm, PersonForm, WarningsForm):
    """A new person with a first post, and how the account is opened."""

    opening = forms.ChoiceField(
        label="开通账号",
        choices=[*WAYS, ("none", "先不开通")],
        initial="link",
        widget=forms.RadioSelect,
        error_messages={"required": "请选择怎样开通账号。", "invalid_choice": "请从列出的办法里选择。"},
    )
    username = forms.CharField(
        label="登录名",
        max_length=LONGEST,
        required=False,
        help_text="不填就按单位代码编一个。",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
        error_messages={"max_length": f"登录名最多 {LONGEST} 个字符。"},
    )
    field_order = ("name", "phone", "unit", "role", "title", "since", "opening", "username")

    def clean_username(self) -> str:
        """Empty, or a free login name."""
        text: str = self.cleaned_data["username"]
        return as_field_error(text, None) if text else ""

    def clean(self) -> dict[str, Any]:
        """Two people of one name in one unit are possible, but rarely meant."""
        data = super().clean() or {}
        name = data.get("name")
        if self.org and Appointment.objects.current().filter(org=self.org, person__name=name).exists():
            self.doubt(
                f"{self.org.name}已经登记了一位{name}。如果是同一个人，请到他的页面加岗位，不要再登记。"
            )
        return data


class OpenAccountForm(Form):
    """How a known person gets an account, or a new password."""

    way = forms.ChoiceField(
        label="怎样交给本人",
        choices=WAYS,
        initial="link",
        widget=forms.RadioSelect,
        error_messages={"required": "请选择怎样交给本人。", "invalid_choice": "请从列出的办法里选择。"},
    )
    username = forms.CharField(
        label="登录名",
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
        error_messages={"required": "请填写登录名。", "max_length": f"登录名最多 {LONGEST} 个字符。"},
    )
    field_order = ("username", "way")

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        """Keep the person: a login name may stay the person's own."""
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_username(self) -> str:
        """A free login name."""
        return as_field_error(self.cleaned_data["username"], self.person)


class ResetForm(Form):
    """How the person gets to a new password."""

    way = forms.ChoiceField(
        label="怎样交给本人",
        choices=WAYS,
        initial="link",
        widget=forms.RadioSelect,
        error_messages={"required": "请选择怎样交给本人。", "invalid_choice": "请从列出的办法里选择。"},
    )


class CloseForm(Form):
    """Why an account is shut."""

    reason = forms.CharField(
        label="停用的原因",
        max_length=100,
        help_text="例如：工作调动。会记入操作记录。",
        error_messages={"required": "请写明停用的原因。", "max_length": "原因最多 100 个字。"},
    )


class UploadForm(Form):
    """A filled-in sheet of accounts."""

    file = forms.FileField(
        label="填好的表格（.xlsx）",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={
            "required": "请选择填好的表格。",
            "empty": "这个文件是空的，请重新选择。",
            "invalid": "文件没有传完整，请再选一次。",
        },
    )
