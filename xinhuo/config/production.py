"""What an installation must have before it may serve real people (``XINHUO_ENV=production``)."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, run_checks
from django.db import connection

from .secret import UNSET

SHORTEST_KEY = 40


class RefusedStartError(RuntimeError):
    """Production must not start; the message lists every reason with what to do about it."""


def production_check(**_: Any) -> list[CheckMessage]:
    """Django's hook for ``production_problems``; silent in development."""
    return production_problems() if settings.PRODUCTION else []


def production_problems() -> list[CheckMessage]:
    """Every reason why this installation may not run in production, each with a hint."""
    found: list[CheckMessage] = []
    if settings.ENVIRONMENT not in {"production", "development"}:
        hint = "XINHUO_ENV 只能是 production 或 development。"
        found.append(Error(f"不认识的运行方式 {settings.ENVIRONMENT}", hint=hint, id="xinhuo.E001"))
    if settings.SECRET_KEY == UNSET or len(settings.SECRET_KEY) < SHORTEST_KEY:
        hint = f"请设置 XINHUO_SECRET_KEY（至少 {SHORTEST_KEY} 个随机字符），或用 XINHUO_SECRET_KEY_FILE 指向存放它的文件。"
        found.append(Error("没有设置密钥，或密钥太短", hint=hint, id="xinhuo.E002"))
    if settings.DEBUG:
        hint = "请去掉 XINHUO_DEBUG：调试页面会把内部数据显示给访问者。"
        found.append(Error("正式运行时不能打开调试", hint=hint, id="xinhuo.E003"))
    if not settings.ALLOWED_HOSTS or "*" in settings.ALLOWED_HOSTS:
        hint = "请设置 XINHUO_ALLOWED_HOSTS 为访问时用的域名或地址，几个之间用英文逗号隔开，例如 xinhuo.example.cn。"
        found.append(Error("没有写明本站的域名", hint=hint, id="xinhuo.E004"))
    names = demonstration_accounts()
    if names:
        hint = "这些账号的口令是公开的。请换一个新的数据库，不要在演示数据上正式运行。"
        found.append(Error(f"数据库里有演示账号：{'、'.join(names)}", hint=hint, id="xinhuo.E005"))
    return found


def demonstration_accounts(limit: int = 5) -> list[str]:
    """Login names of the first demonstration accounts; empty before the first migration."""
    from xinhuo.people.models import User  # noqa: PLC0415  models load after settings

    if User._meta.db_table not in connection.introspection.table_names():  # noqa: SLF001  Django's public API
        return []
    return list(User.objects.filter(is_demo=True).order_by("pk").values_list("username", flat=True)[:limit])


def require_production() -> None:
    """Raise RefusedStartError unless everything production demands is in place; a no-op in development."""
    errors = [message for message in run_checks(tags=["production"]) if message.is_serious()]
    if errors:
        lines = [f"· {error.msg}\n  {error.hint}" for error in errors]
        raise RefusedStartError("正式运行的条件还不具备：\n" + "\n".join(lines))
