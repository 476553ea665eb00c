"""All units' materials of a year in one zip: at once when it is small, by a job when it is large."""

import tempfile
from collections.abc import Callable, Iterator
from typing import IO

from django.core.files.storage import default_storage

from xinhuo.core import clock
from xinhuo.core.actor import Actor
from xinhuo.core.answer import require
from xinhuo.core.errors import BadInputError
from xinhuo.files.actions import keep_made
from xinhuo.files.formats import ZIP
from xinhuo.files.models import StoredFile
from xinhuo.jobs.actions import start_job
from xinhuo.jobs.models import Job
from xinhuo.jobs.running import actor_of, progress

from ..queries.materials import Material, accepted_work, files_of, readable, zip_names
from ..rules.year import can_close_year
from ..zipping import Entry, stream

JOB = "plans.materials"
MOST_FILES, MOST_BYTES = 200, 200 * 1024 * 1024


def chosen_materials(year: int, *, by: Actor) -> list[tuple[Material, StoredFile]]:
    """The year's accepted files that the actor may read. Raises BadInputError when there are none."""
    require(can_close_year(by))
    found = readable(files_of(accepted_work(by.org_id, year)), by)
    if not found:
        raise BadInputError(f"{year}年审核通过的进展里还没有附材料，没有可以打包的。")
    return found


def is_large(found: list[tuple[Material, StoredFile]]) -> bool:
    """Whether a person should not wait for it with the page open."""
    return len(found) > MOST_FILES or sum(file.size for _, file in found) > MOST_BYTES


def entries_of(found: list[tuple[Material, StoredFile]]) -> Iterator[Entry]:
    """The files with their places in the zip; one whose content is gone is named as missing, not left out silently."""
    for name, (_, file) in zip(zip_names(found), found, strict=True):
        if default_storage.exists(file.path):
            yield name, opened(file)
        else:
            yield f"{name}（内容取不到）.txt", tempfile.TemporaryFile


def opened(file: StoredFile) -> Callable[[], IO[bytes]]:
    """How to open a stored file later, when its turn comes."""
    return lambda: default_storage.open(file.path)


def pack_in_background(year: int, *, by: Actor) -> Job:
    """Let the worker write the zip; the job's page leads to it."""
    require(can_close_year(by))
    return start_job(
        JOB, f"打包{year}年各单位材料", by=by, params={"year": year}, unique_key=f"{JOB}:{by.org_id}:{year}"
    )


def run_materials_job(job: Job) -> dict[str, object]:
    """Write the zip file by file with a sign of life for each, and keep it as the unit's own file."""
    by = actor_of(job)
    year = int(job.params["year"])
    found = chosen_materials(year, by=by)
    Job.objects.filter(pk=job.pk).update(total=len(found))
    done = 0

    def counted() -> Iterator[Entry]:
        nonlocal done
        for entry in entries_of(found):
            yield entry
            done += 1
            progress(job, done)

    with tempfile.TemporaryFile() as out:
        for chunk in stream(counted(), clock.now()):
            out.write(chunk)
        stored = keep_made(out, f"{year}年各单位材料.zip", ZIP, by=by)
    return {"url": stored.url, "label": "下载压缩包", "files": done}
