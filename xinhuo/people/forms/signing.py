"""Signing in and choosing passwords."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from xinhuo.core.errors import BadInputError
from xinhuo.core.forms import Form
from xinhuo.core.http import HttpRequest
from xinhuo.people.actions.accounts import free_login
from xinhuo.people.logins import LONGEST, normal_login
from xinhuo.people.models import Appointment, Person, User
from xinhuo.people.queries import first_post

LONGEST_PASSWORD = 128
NEW_HINT = "至少 8 位，不能全是数字。不要用生日、电话，也不要和别处的密码一样。"
WEAKNESSES = {
    "password_too_short": "密码至少要有 8 位。",
    "password_too_common": "这个密码太常见，容易被猜到，请换一个。",
    "password_entirely_numeric": "密码不能全是数字，请加上字母。",
    "password_too_similar": "密码和登录名太像了，请换一个。",
}


def password_field(label: str, *, new: bool, hint: str = "") -> forms.CharField:
    """A password box; browsers are told whether to fill in a known one or to propose a new one."""
    kind = "new-password" if new else "current-password"
    widget = forms.PasswordInput(attrs={"autocomplete": kind})
    needed = {"required": f"请填写{label}。", "max_length": f"{label}最多 {LONGEST_PASSWORD} 位。"}
    return forms.CharField(
        label=label,
        strip=False,
        widget=widget,
        help_text=hint,
        max_length=LONGEST_PASSWORD,
        error_messages=needed,
    )


class SignInForm(Form):
    """Login name and password. The answer never tells whether the name exists."""

    username = forms.CharField(
        label="登录名",
        max_length=LONGEST,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "username",
                "autocapitalize": "none",
                "spellcheck": "false",
            }
        ),
        error_messages={"required": "请填写登录名。", "max_length": f"登录名最多 {LONGEST} 个字符。"},
    )
    password = password_field("密码", new=False)
    remember = forms.BooleanField(label="这是我自己的电脑，30 天内不用再登录", required=False)

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Keep the request: the lock-out counts per name and address."""
        super().__init__(*args, **kwargs)
        self.request = request
        self.user: User | None = None
        self.post: Appointment | None = None

    def clean(self) -> dict[str, Any]:
        """Try the name and the password; a right one without a post is told whom to ask."""
        data = super().clean() or {}
        if self.errors:
            return data
        username = normal_login(data["username"])
        user = authenticate(self.request, username=username, password=data["password"])
        if not isinstance(user, User):
            raise ValidationError("登录名或者密码不对。", code="wrong")
        self.post = first_post(user)
        if self.post is None:
            raise ValidationError(
                "您现在没有岗位，进不去。请给本单位或者上级单位的管理员打电话。", code="no_post"
            )
        self.user = user
        return data


class NewPasswordForm(Form):
    """A new password, typed twice."""

    new_password = password_field("新密码", new=True, hint=NEW_HINT)
    again = password_field("再输一遍新密码", new=True)

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        """Keep the login whose password it is: the two may not be alike."""
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_new_password(self) -> str:
        """Weak passwords are refused, each with its reason."""
        password: str = self.cleaned_data["new_password"]
        try:
            validate_password(password, self.user)
        except ValidationError as error:
            worst = error.error_list[0]
            raise ValidationError(WEAKNESSES.get(worst.code or "", worst.messages[0])) from error
        if self.user.has_usable_password() and self.user.check_password(password):
            raise ValidationError("新密码和现在的一样，请换一个。")
        return password

    def clean(self) -> dict[str, Any]:
        """Both must be the same."""
        data = super().clean() or {}
        if {"new_password", "again"} <= data.keys() and data["new_password"] != data["again"]:
            self.add_error("again", "两遍输入的密码不一样，请再输一遍。")
        return data


class ChangePasswordForm(NewPasswordForm):
    """The person's own new password; the present one is asked for."""

    old_password = password_field("现在的密码", new=False)
    field_order = ("old_password", "new_password", "again")

    def clean_old_password(self) -> str:
        """A stranger at an open screen must not be able to take the account over."""
        password: str = self.cleaned_data["old_password"]
        if not self.user.check_password(password):
            raise ValidationError("现在的密码不对。忘了的话，请管理员重设。")
        return password


class WelcomeForm(NewPasswordForm):
    """The page behind an invitation: the proposed login name may be changed, the password is set."""

    username = forms.CharField(
        label="登录名",
        max_length=LONGEST,
        help_text="可以换成自己好记的：英文字母、数字和 . _ @ -，3 到 40 个字符。",
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
        error_messages={"required": "请填写登录名。", "max_length": f"登录名最多 {LONGEST} 个字符。"},
    )
    field_order = ("username", "new_password", "again")

    def clean_username(self) -> str:
        """Free, and of the letters that login names may have."""
        return as_field_error(self.cleaned_data["username"], self.user.person)


def as_field_error(text: str, person: Person | None) -> str:
    """``text`` as a free login name; what is wrong with it becomes an error under its field."""
    try:
        return free_login(text, but_of=person)
    except BadInputError as error:
        raise ValidationError(error.reason) from error
