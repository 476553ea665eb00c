"""The people app."""

from django.apps import AppConfig

from xinhuo.core.contracts import Verb


class PeopleConfig(AppConfig):
    """Accounts, people, posts."""

    name = "xinhuo.people"
    label = "people"
    verbose_name = "人员与账号"

    verbs = (
        Verb("people.signed_in", "登录"),
        Verb("people.signed_out", "退出"),
        Verb("people.locked_out", "登录被锁"),
        Verb("people.switched", "换岗位"),
        Verb("people.added", "新增人员"),
        Verb("people.changed", "修改人员"),
        Verb("people.appointed", "任职"),
        Verb("people.appointment_ended", "离任"),
        Verb("people.invited", "发出邀请"),
        Verb("people.password_set", "设置密码"),
        Verb("people.password_reset", "重设密码"),
        Verb("people.account_closed", "停用账号"),
        Verb("people.account_opened", "恢复账号"),
        Verb("people.imported", "批量开通账号"),
    )
