"""What happens around a start: the port, the waiting migrations, the collected style sheets, the first words."""

import os
import urllib.error
import urllib.request
from collections.abc import Sequence

import click

from .env import envstr
from .serve import Parent, answers, port_is_free, web, worker

ANYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104  compared, not bound
HIGHEST_PORT = 65_535
HEALTH_SECONDS = 5


def check_port(host: str, port: int) -> None:
    """Refuse a port that cannot be used, naming one that can."""
    if not 0 < port <= HIGHEST_PORT:
        raise click.ClickException(f"端口应在 1 到 {HIGHEST_PORT} 之间，现在是 {port}。")
    if port_is_free(host, port):
        return
    if not answers(host, port):
        raise click.ClickException(f"不能使用 {host} 的 {port} 端口：地址不是本机的，或没有权限。")
    free = next((other for other in range(port + 1, port + 50) if port_is_free(host, other)), port + 50)
    raise click.ClickException(
        f"端口 {port} 已被占用，可能薪火已经在运行：http://{shown(host)}:{port}/\n"
        f"换一个端口：PORT={free} make run（或 xinhuo run --port {free}）"
    )


def open_host(host: str) -> None:
    """Serving other computers in development means answering to any name; production names its own."""
    if host in ANYWHERE and envstr("XINHUO_ENV", "development") == "development":
        os.environ.setdefault("XINHUO_ALLOWED_HOSTS", "*")


def pending_migrations() -> int:
    """How many migrations the database still lacks."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def serve_until_stopped(host: str, port: int, *, with_worker: bool, after: Sequence[str] = ()) -> None:
    """Run web (and worker), print the address and then ``after`` once it answers; returns after Ctrl-C."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections

    if settings.PRODUCTION:
        click.echo("整理样式文件……")
        call_command("collectstatic", verbosity=0, interactive=False)
    connections.close_all()
    os.environ["DATA"] = str(settings.DATA)
    children = [web(host, port, settings.WEB_WORKERS, behind_proxy=settings.BEHIND_PROXY)]
    if with_worker:
        children.append(worker())

    def welcome() -> None:
        click.echo(f"\n薪火已启动：http://{shown(host)}:{port}/")
        for line in after:
            click.echo(line)
        click.echo("按 Ctrl-C 结束。")

    parent = Parent(children, say=lambda line: click.echo(line, err=True))
    code = parent.run(ready=lambda: answers(host, port), on_ready=welcome)
    click.echo("已停止，数据都在。")
    raise SystemExit(code)


def health(port: int, names: Sequence[str]) -> str:
    """What is wrong with the service on this machine, or an empty text. ``names`` are those the site answers to."""
    name = next((name.removeprefix(".") for name in names if name != "*"), "127.0.0.1")
    request = urllib.request.Request(f"http://127.0.0.1:{port}/healthz", headers={"Host": name})
    try:
        with urllib.request.urlopen(request, timeout=HEALTH_SECONDS):
            return ""
    except urllib.error.HTTPError as error:
        return f"服务不正常（{error.code}）：{error.read(300).decode(errors='replace')}"
    except OSError as error:
        return f"服务没有应答：{error}"


def shown(host: str) -> str:
    """The host as it stands in an address to click on."""
    if host in ANYWHERE:
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host
