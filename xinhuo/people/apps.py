"""The people app."""

from django.apps import AppConfig
from django.urls import reverse

from xinhuo.core.actor import Actor
from xinhuo.core.contracts import NavItem, Subject, Verb

from .kinds import PERSON


def _url(person_id: int) -> str:
    return reverse("people:person", args=[person_id])


def _can_see(actor: Actor, person_id: int) -> bool:
    from .models import Person

    return Person.objects.visible_to(actor).filter(pk=person_id).exists()


def _keeps(actor: Actor) -> bool:
    from .rules import can_keep_accounts

    return bool(can_keep_accounts(actor))


class PeopleConfig(AppConfig):
    """Accounts, people, posts."""

    name = "xinhuo.people"
    label = "people"
    verbose_name = "人员与账号"

    subjects = (Subject(PERSON, "人员", url=_url, can_see=_can_see),)
    nav = (
        NavItem("accounts", "账号", "people:accounts", icon="key", order=80, elder=False, visible=_keeps),
        NavItem("me", "我的账号", "people:me", icon="user", order=95),
    )
    verbs = (
        Verb("people.signed_in", "登录"),
        Verb("people.signed_out", "退出"),
        Verb("people.locked_out", "登录被锁"),
        Verb("people.switched", "换岗位"),
        Verb("people.added", "新增人员"),
        Verb("people.changed", "修改人员"),
        Verb("people.appointed", "任职"),
        Verb("people.appointment_ended", "离任"),
        Verb("people.invited", "开通账号"),
        Verb("people.password_set", "设置密码"),
        Verb("people.password_reset", "重设密码"),
        Verb("people.account_closed", "停用账号"),
        Verb("people.account_opened", "恢复账号"),
        Verb("people.imported", "批量开通账号"),
    )
