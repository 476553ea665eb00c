"""``xinhuo backup``, ``restore`` and ``doctor``: what whoever runs an installation needs."""

import sys
from collections.abc import Callable
from pathlib import Path

import click


def counter(label: str) -> Callable[[int, int], None]:
    """``tick(done, total)`` keeps one line at the terminal up to date; silent where nobody watches."""

    def tick(done: int, total: int) -> None:
        if sys.stderr.isatty():
            click.echo(f"\r{label} {done}/{total}", nl=done == total, err=True)

    return tick


@click.command()
@click.argument("file", metavar="[文件]", required=False, type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path | None) -> None:
    """备份：数据库和全部附件写成一个文件。可以边用边备份；不写文件名就放在 DATA/backups。"""
    from .cli import fail, setup

    settings = setup()
    from xinhuo.core import clock

    from .backup import BackupError, save

    target = file or settings.DATA / "backups" / f"xinhuo-{clock.now().strftime('%Y%m%d-%H%M%S')}.tar"
    try:
        manifest = save(target, tick=counter("附件"))
    except BackupError as error:
        fail(str(error))
    size = target.stat().st_size
    click.echo(
        f"已备份到 {target}（{size / 1e6:.1f} MB，{sum(manifest.rows.values())} 行，{len(manifest.files)} 个附件）。"
    )
    if manifest.lost:
        click.echo(
            f"注意：有 {len(manifest.lost)} 个附件在存储里找不到，没有备份进去。请运行 xinhuo doctor 看看。",
            err=True,
        )
    click.echo("密钥不在备份里，请另外保管。备份里有人员信息，请放在安全的地方。")


@click.command()
@click.argument("file", metavar="文件", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """恢复：把备份放进空的 DATA 文件夹和空的数据库。先停下网页服务和后台任务。"""
    from .cli import fail, migrate_database, setup

    setup()
    from .backup import BackupError
    from .backup import restore as put_back

    try:
        manifest = put_back(file, tick=counter("附件"))
    except BackupError as error:
        fail(str(error))
    migrate_database()
    click.echo(
        f"已恢复 {manifest.made_at} 的备份：{sum(manifest.rows.values())} 行，{len(manifest.files)} 个附件，逐个核对过。"
    )


@click.command()
@click.option("--deep", is_flag=True, help="附件逐个核对内容（慢）。")
def doctor(*, deep: bool) -> None:
    """体检：设置、密钥、磁盘、字体、时钟、后台任务、单位树、合计、附件；有问题时以代码 1 结束。"""
    from .cli import fail, setup

    setup()
    from .doctor import examine

    findings = examine(deep=deep)
    for finding in findings:
        click.echo(f"{'✓' if finding.ok else '✗'} {finding.what}：{finding.said}")
        if not finding.ok:
            click.echo(f"    {finding.hint}")
    bad = sum(not finding.ok for finding in findings)
    if bad:
        fail(f"有 {bad} 处要处理。")
    click.echo("都正常。")
