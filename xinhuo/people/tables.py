"""The list of accounts."""

from typing import ClassVar

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from xinhuo.core.actor import Role
from xinhuo.core.dates_zh import date_time
from xinhuo.core.tables import Column, Filter, Table
from xinhuo.core.text_zh import NO_VALUE

from .models import Appointment, User
from .queries import STATES, in_state, state_label


def _login(post: Appointment) -> User | None:
    return getattr(post.person, "user", None)


def _name(post: Appointment) -> SafeString:
    return format_html(
        '<a href="{}">{}</a>', reverse("people:person", args=[post.person_id]), post.person.name
    )


def _seen(post: Appointment) -> str:
    user = _login(post)
    return date_time(user.last_login) if user and user.last_login else NO_VALUE


def _username(post: Appointment) -> str:
    user = _login(post)
    return user.username if user else NO_VALUE


def _with_role(rows: QuerySet[Appointment], role: str) -> QuerySet[Appointment]:
    return rows.filter(role=role)


def _with_state(rows: QuerySet[Appointment], state: str) -> QuerySet[Appointment]:
    return rows.filter(in_state(state))


class AccountsTable(Table[Appointment]):
    """Everybody who holds a post here or below, with the state of the login. The workbook holds no secrets."""

    columns: ClassVar = (
        Column[Appointment]("name", "姓名", _name, sort="person__name", heading=True),
        Column[Appointment]("org", "单位", lambda post: post.org.name, sort="org__path"),
        Column[Appointment]("title", "职务", lambda post: post.post_title),
        Column[Appointment]("role", "角色", lambda post: Role(post.role).label, sort="role"),
        Column[Appointment]("login", "登录名", _username, sort="person__user__username"),
        Column[Appointment]("state", "账号", lambda post: state_label(post.person), nowrap=True),
        Column[Appointment](
            "seen",
            "最近登录",
            _seen,
            sort="person__user__last_login",
            hide_on_phone=True,
            hide_for_elders=True,
        ),
    )
    filters: ClassVar = (
        Filter[Appointment]("role", "角色", Role.choices, _with_role),
        Filter[Appointment]("state", "账号", STATES, _with_state),
    )
    search: ClassVar = ("person__name", "person__user__username", "org__name", "org__short_name", "title")
    search_label: ClassVar = "找人、找单位"
    search_hint: ClassVar = "姓名、登录名、单位、职务"
    order: ClassVar = ("org__path", "id")
    name: ClassVar = "accounts"
    caption: ClassVar = "本单位和下级单位的人员与账号"
    empty_title: ClassVar = "还没有人员"
    empty_text: ClassVar = "先登记人员，再开通账号。"
