"""Typed readers for the environment; the only place that looks at ``os.environ``.

A secret may also be given as a file: ``NAME_FILE=/run/secrets/name`` stands for ``NAME``.
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"0", "false", "no", "off", ""})


class EnvError(ValueError):
    """A variable has a value that cannot be used; the message names the variable and is shown as it is."""


def envstr(name: str, default: str = "") -> str:
    """The variable's text without surrounding blanks, or ``default`` where it is unset or empty."""
    return os.environ.get(name, "").strip() or default


def envsecret(name: str, default: str = "") -> str:
    """Like ``envstr``; ``NAME_FILE`` names a file that holds the value and stands before ``NAME``.

    Raises EnvError where the file cannot be read.
    """
    path = envstr(f"{name}_FILE")
    if not path:
        return envstr(name, default)
    try:
        return Path(path).read_text(encoding="utf-8").strip() or default
    except OSError as error:
        msg = f"环境变量 {name}_FILE 指向的文件读不出来：{path}（{error.strerror}）"
        raise EnvError(msg) from error


def envint(name: str, default: int) -> int:
    """The variable as a whole number. Raises EnvError for anything else."""
    text = envstr(name)
    if not text:
        return default
    try:
        return int(text)
    except ValueError as error:
        msg = f"环境变量 {name} 应为整数，现在是“{text}”"
        raise EnvError(msg) from error


def envbool(name: str, *, default: bool) -> bool:
    """The variable as yes or no (1/0, true/false, yes/no, on/off). Raises EnvError for anything else."""
    if name not in os.environ:
        return default
    text = envstr(name).lower()
    if text in TRUE:
        return True
    if text in FALSE:
        return False
    msg = f"环境变量 {name} 应为 1 或 0，现在是“{text}”"
    raise EnvError(msg)


def envchoice(name: str, default: str, choices: tuple[str, ...]) -> str:
    """The variable as one of ``choices``. Raises EnvError for anything else."""
    text = envstr(name, default)
    if text not in choices:
        msg = f"环境变量 {name} 只能是 {'、'.join(choices)}，现在是“{text}”"
        raise EnvError(msg)
    return text


def envlist(name: str, default: tuple[str, ...] = ()) -> list[str]:
    """The variable split at commas, blanks removed."""
    return [part.strip() for part in envstr(name).split(",") if part.strip()] or list(default)


SQLITE_OPTIONS = {
    # A transaction that reads before it writes would fail at once ("database is locked") if another writer
    # came in between; taking the write lock at its start makes it wait instead.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA mmap_size=134217728;"
        "PRAGMA journal_size_limit=27103364;PRAGMA cache_size=-20000;PRAGMA temp_store=MEMORY;"
    ),
}


def database(url: str, default_file: Path) -> dict[str, Any]:
    """Django's settings for a database URL; an empty one means SQLite in ``default_file``.

    Known are ``sqlite:///FILE`` and ``postgresql://USER:PASSWORD@HOST:PORT/NAME``; a socket folder is given as
    ``postgresql:///NAME?host=/folder``, other query parts become connection options. Raises EnvError.
    """
    if not url:
        return _sqlite(str(default_file))
    parts = urlsplit(url)
    if parts.scheme in {"sqlite", "sqlite3"}:
        return _sqlite(unquote(parts.path.removeprefix("/")) or str(default_file))
    if parts.scheme not in {"postgres", "postgresql"}:
        msg = f"DATABASE_URL 只能以 sqlite:// 或 postgresql:// 开头，现在是“{parts.scheme}://”"
        raise EnvError(msg)
    try:
        port = parts.port
    except ValueError as error:
        msg = "DATABASE_URL 里的端口应是 1 到 65535 之间的数字"
        raise EnvError(msg) from error
    options: dict[str, str] = dict(parse_qsl(parts.query))
    name = unquote(parts.path.removeprefix("/"))
    if not name:
        msg = "DATABASE_URL 里缺少数据库名，例如 postgresql://用户:口令@主机/xinhuo"
        raise EnvError(msg)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or options.pop("user", "")),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or "") or options.pop("host", ""),
        "PORT": str(port or options.pop("port", "")),
        "OPTIONS": options,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def _sqlite(name: str) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        "OPTIONS": dict(SQLITE_OPTIONS),
        # Opening a file costs less than keeping one handle per thread alive, and frees the file for a restore.
        "CONN_MAX_AGE": 0,
    }
