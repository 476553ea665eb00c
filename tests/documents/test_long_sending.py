"""More receivers than one chunk: a job, chunk by chunk, taken up again after a break, nobody twice."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Count
from django.test import Client

from tests.documents.conftest import Province, make_schools
from xinhuo.core.contracts import DeliveryHook
from xinhuo.documents.actions import ask_for, delivering, send_document
from xinhuo.documents.asking import Wanted
from xinhuo.documents.enums import DispatchState
from xinhuo.documents.models import Delivery, Dispatch
from xinhuo.flows.models import Todo
from xinhuo.jobs.actions import retry_job
from xinhuo.jobs.enums import JobState
from xinhuo.jobs.models import Job
from xinhuo.people.models import User
from xinhuo.reporting.models import Return

SCHOOLS = 600
Capture = Callable[..., Any]


def send_to_schools(province: Province) -> Dispatch:
    return send_document(
        province.write("兴仁"),
        to={"children_of": province.units["兴仁"].pk},
        to_label=f"{SCHOOLS} 所学校",
        by=province.by("兴仁"),
    )


def counts(dispatch: Dispatch) -> tuple[int, int, int]:
    """Deliveries, those a receiver may see, open todos."""
    rows = Delivery.objects.filter(dispatch=dispatch)
    return (
        rows.count(),
        rows.complete().count(),
        Todo.objects.open().filter(kind="documents.delivery").count(),
    )


def test_many_receivers_go_through_a_job(
    province: Province, heard: list[tuple[int, list[int]]], django_capture_on_commit_callbacks: Capture
) -> None:
    ids = make_schools(province.units, SCHOOLS)

    with django_capture_on_commit_callbacks(execute=True):
        dispatch = send_to_schools(province)
        assert counts(dispatch) == (0, 0, 0)

    dispatch.refresh_from_db()
    assert dispatch.state == DispatchState.DONE
    assert counts(dispatch) == (SCHOOLS, SCHOOLS, SCHOOLS)
    assert [len(chunk) for _, chunk in heard] == [500, 100]
    assert sorted(pk for _, chunk in heard for pk in chunk) == sorted(ids)
    assert Job.objects.get(pk=dispatch.job_id).state == JobState.DONE


def test_the_senders_page_shows_how_far_it_is(province: Province, client: Client) -> None:
    make_schools(province.units, SCHOOLS)
    dispatch = send_to_schools(province)  # the test's transaction never commits: the job stays queued
    client.force_login(User.objects.get(pk=province.by("兴仁").user_id))

    text = client.get(dispatch.document.url).content.decode()

    assert "全部办完后收文单位才看得到" in text
    assert Job.objects.get().url in text


def test_a_break_in_mid_send_is_taken_up_where_it_stopped(
    province: Province, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Capture
) -> None:
    ids = make_schools(province.units, SCHOOLS)
    calls: list[list[int]] = []

    def breaks_once(_dispatch: int, org_ids: list[int], _actor: object) -> None:
        calls.append(org_ids)
        if len(calls) == 2:
            raise RuntimeError("the disk is full")

    monkeypatch.setattr(
        delivering,
        "collect",
        lambda _name: (DeliveryHook("tests", breaks_once, lambda _dispatch, _org_ids: None),),
    )
    with django_capture_on_commit_callbacks(execute=True):
        dispatch = send_to_schools(province)
    job = Job.objects.get(pk=Dispatch.objects.get(pk=dispatch.pk).job_id)
    assert (job.state, job.cursor) == (JobState.FAILED, {"deliver": 500})
    assert counts(dispatch) == (500, 0, 0)
    assert not Delivery.objects.visible_to(province.by("黔西南")).exists()

    with django_capture_on_commit_callbacks(execute=True):
        retry_job(job, by=province.by("兴仁"))

    assert counts(dispatch) == (SCHOOLS, SCHOOLS, SCHOOLS)
    assert [len(chunk) for chunk in calls] == [500, 100, 100]
    twice = Delivery.objects.order_by().values("org").annotate(number=Count("pk")).filter(number__gt=1)
    assert not twice.exists()
    assert set(Delivery.objects.values_list("org_id", flat=True)) == set(ids)


def test_a_break_while_the_lists_are_filled_is_taken_up_too(
    province: Province, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Capture
) -> None:
    make_schools(province.units, SCHOOLS)
    real, calls = delivering.open_todos, []

    def breaks_once(dispatch: Dispatch, chunk: list[tuple[int, bool]]) -> None:
        calls.append(len(chunk))
        if len(calls) == 2:
            raise RuntimeError("killed")
        real(dispatch, chunk)

    monkeypatch.setattr(delivering, "open_todos", breaks_once)
    with django_capture_on_commit_callbacks(execute=True):
        dispatch = send_to_schools(province)
    assert counts(dispatch) == (SCHOOLS, SCHOOLS, 500)

    with django_capture_on_commit_callbacks(execute=True):
        retry_job(Job.objects.get(), by=province.by("兴仁"))

    assert counts(dispatch) == (SCHOOLS, SCHOOLS, SCHOOLS)
    assert calls == [500, 100, 100]


def test_units_that_have_it_are_not_delivered_again_by_the_job(
    province: Province, django_capture_on_commit_callbacks: Capture
) -> None:
    ids = make_schools(province.units, SCHOOLS)
    document = province.write("兴仁")
    send_document(document, to={"ids": ids[:5]}, to_label="先发的学校", by=province.by("兴仁"))

    with django_capture_on_commit_callbacks(execute=True):
        dispatch = send_document(document, to={"ids": ids}, to_label="全部学校", by=province.by("兴仁"))

    dispatch.refresh_from_db()
    assert Delivery.objects.filter(dispatch=dispatch).count() == SCHOOLS - 5
    assert [item["org"] for item in dispatch.skipped] == ids[:5]
    assert Delivery.objects.count() == SCHOOLS


def test_a_chunk_may_be_tried_again(province: Province, heard: list[tuple[int, list[int]]]) -> None:
    dispatch = province.send(province.write(), "黔西南", "铜仁")
    targets = [(province.units[key].pk, False) for key in ("黔西南", "铜仁")]

    delivering.deliver(dispatch, targets, by=province.by("省厅"))
    delivering.open_todos(dispatch, targets)

    assert counts(dispatch) == (2, 2, 2)
    assert dispatch.skipped == []
    assert [chunk for _, chunk in heard] == [sorted(pk for pk, _ in targets)] * 2


def test_every_unit_of_a_long_sending_is_asked_once_when_all_have_it(
    province: Province, django_capture_on_commit_callbacks: Capture
) -> None:
    ids = make_schools(province.units, SCHOOLS)
    document = province.write("兴仁")
    ask_for(document, Wanted().after("ready:teachers"), by=province.by("兴仁"))

    with django_capture_on_commit_callbacks(execute=True):
        send_document(
            document,
            to={"children_of": province.units["兴仁"].pk},
            to_label="全部学校",
            by=province.by("兴仁"),
        )
        assert not Return.objects.exists()

    assert sorted(Return.objects.arrived().values_list("org_id", flat=True)) == ids
    assert Todo.objects.open().filter(kind="reporting.return").count() == SCHOOLS
    assert Return.objects.values("round").distinct().count() == 1
