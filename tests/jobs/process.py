"""What the tests of processes start: the project with its own settings, on the database in ``DATA``.

python tests/jobs/process.py prepare          makes the tables, one unit and a job of forty steps
python tests/jobs/process.py work             the worker, with a shorter patience
python tests/jobs/process.py write NAME       sixty transactions that read before they write
python tests/jobs/process.py tick SECONDS     looks at schedules all the time, ten ticks a second
python tests/jobs/process.py ticks            prints the ticks there were and how often their work was done
"""

# ruff: noqa: PLC0415  nothing of the project can be imported before it is set up
import datetime as dt
import os
import sys
import time
from collections.abc import Sequence

STEPS = 40
ROUNDS = 60
PATIENCE = dt.timedelta(seconds=3)


def main(arguments: list[str]) -> None:
    """Set the project up and do what is asked."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "xinhuo.config.settings"
    import django

    django.setup()
    {"prepare": prepare, "work": work, "write": write, "tick": tick, "ticks": ticks}[arguments[0]](
        *arguments[1:]
    )


def prepare() -> None:
    from django.core.management import call_command

    from xinhuo.core.actor import Actor
    from xinhuo.jobs.actions import start_job
    from xinhuo.orgs.models import Org

    call_command("migrate", verbosity=0)
    org = Org.objects.create(path="000", name="省教育厅", short_name="省厅", kind="province")
    register()
    actor = Actor(1, "周敏", 1, 1, org.pk, org.name, org.path, "officer")
    start_job("tests.steps", "四十步", by=actor, total=STEPS)


def register() -> None:
    from django.apps import apps

    from xinhuo.core.contracts import JobKind
    from xinhuo.jobs.models import Job
    from xinhuo.jobs.running import chunked

    def run(job: Job) -> None:
        chunked(job, list(range(STEPS)), step, size=1)

    apps.get_app_config("jobs").job_kinds = (JobKind("tests.steps", "试验", run),)  # type: ignore[attr-defined]  # listed as an app does


def step(numbers: Sequence[int]) -> None:
    """One visible effect, and time enough to be killed in."""
    write_entry(f"step {numbers[0]}")
    time.sleep(0.05)


def write_entry(sentence: str) -> None:
    from xinhuo.core import clock
    from xinhuo.journal.models import Entry

    Entry.objects.create(
        at=clock.now(), verb="tests.effect", sentence=sentence, person_name="", org_name="", org_path=""
    )


def work() -> None:
    from xinhuo.jobs import reaper, running, worker

    register()
    running.SILENCE = reaper.SILENCE = PATIENCE
    worker.BEAT_SECONDS = worker.REAP_SECONDS = 0.5
    worker.run()


def write(name: str) -> None:
    from django.db import transaction

    from xinhuo.flows.enums import Wait
    from xinhuo.flows.models import Todo
    from xinhuo.flows.todos import close_todos, open_todo
    from xinhuo.orgs.models import Org

    org = Org.objects.get()
    for number in range(ROUNDS):
        with transaction.atomic():
            seen = Todo.objects.count()
            open_todo(
                org_id=org.pk, wait=Wait.FILL, kind=f"tests.{name}", subject_id=number, title=f"{seen} 件之后"
            )
            write_entry(f"{name} {number}")
        if number % 2:
            close_todos(f"tests.{name}", number)


def tick(seconds: str) -> None:
    from django.apps import apps

    from xinhuo.core.contracts import Schedule
    from xinhuo.jobs import ticking

    for config in apps.get_app_configs():
        vars(config).pop("schedules", None)
        type(config).schedules = ()  # type: ignore[attr-defined]  # only the one below ticks here
    often = Schedule("tests.tick", "试验", lambda: write_entry("tick"), every=dt.timedelta(seconds=0.1))
    apps.get_app_config("jobs").schedules = (often,)  # type: ignore[attr-defined]  # listed as an app does
    until = time.monotonic() + float(seconds)
    while time.monotonic() < until:
        ticking.turn()


def ticks() -> None:
    from xinhuo.jobs.models import Tick
    from xinhuo.journal.models import Entry

    done = Entry.objects.filter(sentence="tick").count()
    sys.stdout.write(f"{Tick.objects.count()} {Tick.objects.filter(finished_at=None).count()} {done}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
