"""The command line ``xinhuo``. Each command imports what it needs itself, so that ``plan read`` starts at once."""

import os
import sys
from collections.abc import Callable
from importlib.metadata import version
from typing import Any, NoReturn

import click

from .chinese import Group, speak_chinese
from .env import EnvError
from .ops_cli import backup, doctor, restore
from .plan_cli import plan

DEFAULT_PORT = 8000

speak_chinese()  # before click writes its own words into the options below

host_option = click.option(
    "--host",
    envvar="HOST",
    default="127.0.0.1",
    show_default=True,
    metavar="地址",
    help="在哪个地址上提供服务；0.0.0.0 让别的电脑也能访问。",
)
port_option = click.option(
    "--port",
    envvar="PORT",
    type=int,
    default=DEFAULT_PORT,
    show_default=True,
    metavar="端口号",
    help="端口。",
)


def fail(message: str) -> NoReturn:
    """End with a message on stderr and exit code 1."""
    raise click.ClickException(message)


def setup() -> Any:
    """Set Django up and return its settings; what is wrong in the environment becomes a readable error."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xinhuo.config.settings")
    import django
    from django.conf import settings

    try:
        django.setup()
    except EnvError as error:
        fail(str(error))
    except OSError as error:
        fail(f"数据文件夹用不了：{error.filename}（{error.strerror}）。请用 DATA=… 换一个文件夹。")
    return settings


@click.group(cls=Group)
@click.version_option(version("xinhuo"), message="薪火 %(version)s")
def main() -> None:
    """薪火：关工委工作平台。

    数据放在 DATA 指定的文件夹（默认 ./var），数据库由 DATABASE_URL 指定（默认用 DATA 里的 SQLite）。
    """


for command in (plan, backup, restore, doctor):
    main.add_command(command)


@main.command()
@host_option
@port_option
def run(host: str, port: int) -> None:
    """试用：准备数据库，第一次还装入演示数据，然后启动。按 Ctrl-C 结束。"""
    from .start import check_port, open_host, serve_until_stopped

    open_host(host)
    settings = setup()
    if settings.PRODUCTION:
        fail(
            "run 会装入演示数据，不能用于正式运行。正式运行请用 xinhuo migrate 和 xinhuo serve --with-worker。"
        )
    check_port(host, port)
    migrate_database()
    from xinhuo.demo.load import account_lines, ensure_demo

    ensure_demo(say=click.echo)
    serve_until_stopped(host, port, with_worker=True, after=account_lines())


@main.command()
@click.option("--with-worker", is_flag=True, help="同时运行后台任务。")
@host_option
@port_option
def serve(host: str, port: int, *, with_worker: bool) -> None:
    """启动网页服务；子进程意外停了会重新启动。"""
    from .start import check_port, open_host, serve_until_stopped

    open_host(host)
    setup()
    check_start()
    check_port(host, port)
    serve_until_stopped(host, port, with_worker=with_worker)


@main.command()
def worker() -> None:
    """只运行后台任务。"""
    setup()
    check_start()
    from xinhuo.jobs.worker import run as run_worker

    run_worker()


@main.command()
def migrate() -> None:
    """建立数据库，或升级到本版本。升级前请先备份。"""
    setup()
    migrate_database()
    click.echo("数据库已是最新。")


@main.command()
@click.option("--username", metavar="文字", help="登录名。")
@click.option("--name", metavar="文字", help="姓名。")
@click.option("--unit", metavar="文字", help="最上级单位的名称，只有还没有单位时才要写。")
@click.option(
    "--password",
    metavar="文字",
    envvar="XINHUO_ADMIN_PASSWORD",
    help="密码（至少 8 位）；不写就在提示后输入。",
)
def createadmin(username: str | None, name: str | None, unit: str | None, password: str | None) -> None:
    """建立最上级单位的管理员账号。没有写的会一项一项问。"""
    setup()
    check_start()
    from django.core.exceptions import ValidationError

    from xinhuo.core.errors import DomainError
    from xinhuo.people.actions import create_first_admin, needs_unit

    if unit is None and needs_unit():
        unit = click.prompt("最上级单位的名称（例如：贵州省教育厅）")
    try:
        user = create_first_admin(
            unit=unit or "",
            username=username or click.prompt("登录名"),
            name=name or click.prompt("姓名"),
            password=password or click.prompt("密码", hide_input=True, confirmation_prompt=True),
        )
    except ValidationError as error:
        fail("".join(error.messages))
    except DomainError as error:
        fail(error.reason)
    click.echo(f"管理员{user.person.name}（登录名 {user.username}）已建立，现在可以登录。")


@main.command()
@click.option(
    "--schools", type=click.IntRange(1, 200_000), required=True, metavar="数量", help="要多少所学校。"
)
def demo(schools: int) -> None:
    """生成演示用的学校（名称、规模都是编的，均注明演示）。"""
    settings = setup()
    if settings.PRODUCTION:
        fail("演示数据不能放进正式运行的数据库。")
    migrate_database()
    from xinhuo.demo.schools import generate

    made = with_progress("生成学校", schools, lambda tick: generate(schools, progress=tick))
    click.echo(f"已生成 {made} 所演示学校。")


@main.command()
@port_option
def healthcheck(port: int) -> None:
    """看本机的服务是否正常；不正常时以代码 1 结束。"""
    from .start import health

    answer = health(port, setup().ALLOWED_HOSTS)
    if answer:
        fail(answer)
    click.echo("正常。")


@main.command(context_settings={"ignore_unknown_options": True}, add_help_option=False)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED, metavar="[命令]...")
def manage(arguments: tuple[str, ...]) -> None:
    """Django 的管理命令（开发、排错用）。"""
    setup()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["xinhuo manage", *arguments])


def migrate_database() -> None:
    """Bring the database to this version's tables, with a line for each step. Raises a readable error."""
    from django.core.management import call_command
    from django.db import OperationalError, connection

    from .start import pending_migrations

    try:
        waiting = pending_migrations()
        if waiting:
            click.echo(f"准备数据库（{waiting} 步）……")
            call_command("migrate", verbosity=0, interactive=False)
    except OperationalError as error:
        name = connection.settings_dict["NAME"]
        fail(f"数据库 {name} 打不开：{str(error).strip()}\n请检查 DATABASE_URL 或 DATA 文件夹的权限。")


def check_start() -> None:
    """Refuse to go on where the tables are missing or production demands are not met."""
    from django.db import OperationalError

    from .production import RefusedStartError, require_production
    from .start import pending_migrations

    try:
        require_production()
        if pending_migrations():
            fail("数据库还没有建立，或没有升级到本版本。请先运行：xinhuo migrate")
    except RefusedStartError as error:
        fail(str(error))
    except OperationalError as error:
        fail(f"数据库打不开：{str(error).strip()}\n请检查 DATABASE_URL 或 DATA 文件夹的权限。")


def with_progress(label: str, total: int, work: Callable[[Callable[[int, int], None]], int]) -> int:
    """Run ``work(tick)`` under a progress bar; ``tick(done, total)`` moves it."""
    with click.progressbar(length=total, label=label, file=sys.stderr) as bar:
        return work(lambda done, _total: bar.update(done - bar.pos))


if __name__ == "__main__":
    main(prog_name="xinhuo")
