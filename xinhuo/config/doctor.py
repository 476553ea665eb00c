"""The examination of an installation: each look is a function that answers with what it saw and what to do."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection

from xinhuo.core import clock
from xinhuo.files.models import StoredFile
from xinhuo.files.storage import digest
from xinhuo.jobs.enums import JobState
from xinhuo.jobs.models import Job
from xinhuo.jobs.queries import ALIVE, worker_silence
from xinhuo.orgs.integrity import tree_faults
from xinhuo.plans.queries.integrity import total_faults

from .production import production_problems
from .start import pending_migrations

LEAST_SPACE = 2 * 1024**3
CLOCK_SLACK = 5.0
SHOWN = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """What one look saw; ``hint`` says what to do where it is not ``ok``."""

    what: str
    ok: bool
    said: str
    hint: str = ""


def examine(*, deep: bool = False) -> list[Finding]:
    """Look at everything. ``deep`` also reads every upload and compares its checksum."""
    first = _database()
    if not first.ok:  # the other looks would only stumble over the same
        return [_settings(), _space(), first]
    looks: tuple[Callable[[], Finding], ...] = (_settings, _space, _clock, _worker, _jobs, _tree, _totals)
    return [first, *(look() for look in looks), _files(deep=deep)]


def _database() -> Finding:
    try:
        waiting = pending_migrations()
    except DatabaseError as error:
        return Finding(
            "数据库", ok=False, said=str(error).strip(), hint="请检查 DATABASE_URL 或 DATA 文件夹。"
        )
    if waiting:
        return Finding(
            "数据库", ok=False, said=f"还差 {waiting} 步升级", hint="请先备份，再运行 xinhuo migrate。"
        )
    return Finding("数据库", ok=True, said=f"{connection.vendor}，已是最新")


def _settings() -> Finding:
    problems = production_problems() if settings.PRODUCTION else []
    if problems:
        said = "；".join(problem.msg for problem in problems)
        return Finding(
            "设置和密钥", ok=False, said=said, hint=" ".join(str(problem.hint) for problem in problems)
        )
    return Finding("设置和密钥", ok=True, said="正式运行" if settings.PRODUCTION else "试用方式")


def _space() -> Finding:
    free = shutil.disk_usage(settings.DATA).free
    said = f"还剩 {free / 1024**3:.1f} GB"
    hint = "请清理磁盘，或把 DATA 换到大一些的盘；空间用完后附件就传不上来了。"
    return Finding("磁盘", ok=free >= LEAST_SPACE, said=said, hint=hint)


def _clock() -> Finding:
    if connection.vendor != "postgresql":
        return Finding("时钟", ok=True, said=f"{clock.now():%Y-%m-%d %H:%M}（北京时间）")
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        apart = abs((cursor.fetchone()[0] - clock.now()).total_seconds())
    hint = "请给两台机器打开时间同步（NTP），不然时限会算错。"
    return Finding("时钟", ok=apart <= CLOCK_SLACK, said=f"和数据库相差 {apart:.1f} 秒", hint=hint)


def _worker() -> Finding:
    silence = worker_silence()
    hint = "请运行 xinhuo worker，或用 xinhuo serve --with-worker 启动。"
    if silence is None:
        return Finding("后台任务", ok=False, said="从来没有运行过", hint=hint)
    said = f"{silence.total_seconds():.0f} 秒前还在"
    return Finding("后台任务", ok=silence < ALIVE, said=said, hint=hint)


def _jobs() -> Finding:
    stuck = Job.objects.filter(state__in=(JobState.FAILED, JobState.UNCERTAIN)).count()
    said = f"{stuck} 件没有办成或不确定" if stuck else "没有积压"
    return Finding("长任务", ok=not stuck, said=said, hint="请到“长任务”页逐件看，点“接着办”或“已经办好”。")


def _tree() -> Finding:
    return _faults("单位树", tree_faults(), "请不要手工改数据库；把这几行发给开发者，或恢复备份。")


def _totals() -> Finding:
    return _faults(
        "合计", total_faults(), "已审核的数和版本里的对不上。请不要手工改数据库；把这几行发给开发者。"
    )


def _files(*, deep: bool) -> Finding:
    faults = []
    count = 0
    for sha256, size, place in StoredFile.objects.values_list("sha256", "size", "path").distinct().iterator():
        count += 1
        if not default_storage.exists(place):
            faults.append(f"{place} 不见了")
        elif default_storage.size(place) != size:
            faults.append(f"{place} 大小不对")
        elif deep and not _is_whole(place, sha256):
            faults.append(f"{place} 内容变了")
    if faults:
        return _faults("附件", faults, "请从备份里恢复这些文件。")
    return Finding("附件", ok=True, said=f"{count} 个都在" + ("，内容都对" if deep else ""))


def _is_whole(place: str, sha256: str) -> bool:
    with default_storage.open(place) as content:
        return digest(content)[0] == sha256  # type: ignore[arg-type]  # Django's File reads like one


def _faults(what: str, faults: list[str], hint: str) -> Finding:
    if not faults:
        return Finding(what, ok=True, said="没有问题")
    more = f" 等 {len(faults)} 处" if len(faults) > SHOWN else ""
    return Finding(what, ok=False, said="；".join(faults[:SHOWN]) + more, hint=hint)
