"""The list of jobs, one job's page, its progress, its verbs."""

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast
from xinhuo.core import clock
from xinhuo.jobs.enums import JobState
from xinhuo.jobs.models import Job, WorkerBeat
from xinhuo.jobs.running import claim
from xinhuo.jobs.worker import Vitals

from .conftest import Works

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def officer(client: Client, cast: Cast) -> Client:
    client.force_login(cast.users["province_officer"], backend=BACKEND)
    return client


def test_a_unit_sees_its_own_jobs_only(officer: Client, works: Works, cast: Cast) -> None:
    job = works.start()

    assert "下发工作要点" in officer.get(reverse("jobs:job_list")).content.decode()
    officer.force_login(cast.users["qianxinan_officer"], backend=BACKEND)
    listed = officer.get(reverse("jobs:job_list"))
    assert listed.status_code == 200
    assert "下发工作要点" not in listed.content.decode()
    for name in ("job_detail", "progress"):
        assert officer.get(reverse(f"jobs:{name}", args=[job.pk])).status_code == 404
    for name in ("cancel", "retry", "settle"):
        assert officer.post(reverse(f"jobs:{name}", args=[job.pk])).status_code == 404


def test_the_list_takes_the_same_queries_for_any_number_of_jobs(officer: Client, works: Works) -> None:
    works.start()
    officer.get(reverse("jobs:job_list"))  # the session is touched once
    with CaptureQueriesContext(connection) as one:
        officer.get(reverse("jobs:job_list"))
    for _ in range(5):
        works.start()
    with CaptureQueriesContext(connection) as six:
        officer.get(reverse("jobs:job_list"))

    assert len(six) == len(one) <= 12


def test_a_moving_job_asks_again_and_an_ended_one_does_not(officer: Client, works: Works) -> None:
    job = works.start(total=10)
    WorkerBeat.objects.create(name="w", started_at=clock.now(), beat_at=clock.now())
    held = claim(job.pk)
    assert held is not None
    Job.objects.update(done=4)

    moving = officer.get(job.url).content.decode()
    Job.objects.update(state=JobState.DONE, finished_at=clock.now())
    ended = officer.get(job.url).content.decode()

    assert 'hx-trigger="every 3s"' in moving
    assert "4/10" in moving
    assert "停下，不办了" in moving
    assert "hx-trigger" not in ended
    assert "停下，不办了" not in ended
    assert "已完成" in ended


def test_polling_gets_the_part_alone(officer: Client, works: Works) -> None:
    job = works.start()
    asked = {"HX-Request": "true", "HX-Target": "progress"}

    part = officer.get(job.url, headers=asked).content.decode()
    embedded = officer.get(reverse("jobs:progress", args=[job.pk])).content.decode()

    assert part.lstrip().startswith('<section class="card" id="progress"')
    assert "<html" not in part + embedded
    assert f'id="job-{job.pk}"' in embedded
    assert f'hx-get="{reverse("jobs:progress", args=[job.pk])}"' in embedded


def test_a_waiting_job_says_when_nobody_works(officer: Client, works: Works) -> None:
    job = works.start()
    assert "后台程序现在没有运行" in officer.get(job.url).content.decode()

    WorkerBeat.objects.create(name="w", started_at=clock.now(), beat_at=clock.now())

    text = officer.get(job.url).content.decode()
    assert "后台程序现在没有运行" not in text
    assert "马上开始" in text


def test_the_result_leads_on(officer: Client, works: Works) -> None:
    job = works.start()
    Job.objects.update(state=JobState.DONE, result={"url": "/plans/5/", "label": "看下发情况"})

    assert '<a class="btn btn-ink" href="/plans/5/">看下发情况</a>' in officer.get(job.url).content.decode()


def test_verbs_answer_with_the_page_and_a_word(officer: Client, works: Works) -> None:
    job = works.start()

    response = officer.post(reverse("jobs:cancel", args=[job.pk]), follow=True)
    assert response.redirect_chain == [(job.url, 302)]
    assert "已取消。" in response.content.decode()
    again = officer.post(reverse("jobs:cancel", args=[job.pk]))
    assert again.status_code == 409
    assert "不用再取消" in again.content.decode()
    assert "接着办" in officer.post(reverse("jobs:retry", args=[job.pk]), follow=True).content.decode()
    Job.objects.update(state=JobState.UNCERTAIN)
    assert "核对过，已经办好" in officer.get(job.url).content.decode()
    officer.post(reverse("jobs:settle", args=[job.pk]))
    job.refresh_from_db()
    assert job.state == JobState.DONE
    assert officer.get(reverse("jobs:cancel", args=[job.pk])).status_code == 405


def test_who_only_reads_sees_no_buttons(client: Client, works: Works, cast: Cast) -> None:
    job = works.start()
    client.force_login(cast.users["province_observer"], backend=BACKEND)

    assert "停下，不办了" not in client.get(job.url).content.decode()
    assert client.post(reverse("jobs:cancel", args=[job.pk])).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_vitals_beat_and_survive_a_locked_database(monkeypatch: pytest.MonkeyPatch) -> None:
    vitals = Vitals("host:1")
    calls: list[str] = []

    def locked() -> int:
        calls.append("reap")
        raise OperationalError("database is locked")

    monkeypatch.setattr("xinhuo.jobs.worker.reaper.reap", locked)
    vitals.turn()
    first = WorkerBeat.objects.get()
    vitals.turn()
    assert calls == ["reap"]
    assert WorkerBeat.objects.get().beat_at == first.beat_at

    vitals.due = dict.fromkeys(vitals.due, 0.0)
    vitals.turn()
    assert calls == ["reap", "reap"]
    later = WorkerBeat.objects.get()
    assert later.beat_at > first.beat_at
    assert later.started_at == first.started_at
    vitals.start()
    vitals.stop()
    assert WorkerBeat.objects.count() == 0


@pytest.mark.django_db
def test_the_monitor_hears_whether_a_worker_lives(client: Client) -> None:
    assert client.get("/healthz").status_code == 503

    WorkerBeat.objects.create(name="w", started_at=clock.now(), beat_at=clock.now())

    assert client.get("/healthz").status_code == 200
