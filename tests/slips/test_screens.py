"""The slip on screen: one page, the step that is due, its register, its setting."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.files.samples import PDF
from xinhuo.core import clock
from xinhuo.documents.actions import receive
from xinhuo.files.queries import attachments
from xinhuo.slips.actions import set_use
from xinhuo.slips.models import Slip

from .test_slips import arrive


@pytest.fixture
def officer(cast: Cast, client: Client) -> Client:
    client.force_login(cast.users["qianxinan_officer"])
    return client


def _post(client: Client, name: str, pk: int, **data: object) -> str:
    return client.post(reverse(f"slips:{name}", args=[pk]), data, follow=True).text


def test_a_unit_turns_its_slips_on(cast: Cast, officer: Client) -> None:
    before = officer.get(reverse("documents:document_list")).text
    officer.post(reverse("slips:setting"), {"is_on": "yes"})
    after = officer.get(reverse("documents:document_list")).text

    assert "收文登记簿" not in before
    assert "收文登记簿" in after


def test_what_was_received_before_is_entered_by_hand(cast: Cast, officer: Client) -> None:
    delivery = arrive(cast)
    receive(delivery, by=cast.qianxinan_officer)
    assert "处理笺" not in officer.get(delivery.url).text
    set_use(is_on=True, by=cast.qianxinan_officer)
    assert reverse("slips:enter", args=[delivery.root_id]) in officer.get(delivery.url).text
    shown = _post(officer, "enter", delivery.root_id)

    assert "已登记：收文" in shown
    assert Slip.objects.get().delivery == delivery


def test_from_the_entry_to_the_end_by_the_pages(cast: Cast, officer: Client) -> None:
    set_use(is_on=True, by=cast.qianxinan_officer)
    receive(arrive(cast), by=cast.qianxinan_officer)
    slip, me = Slip.objects.get(), cast.qianxinan_officer.person_id
    wrong = officer.post(reverse("slips:propose", args=[slip.pk]), {"proposal": "", "needs_ruling": "on"})
    seen = slip.version
    said = _post(officer, "propose", slip.pk, proposal="拟转发。", handlers=me, needs_ruling="on", seen=seen)
    ruling = {"ruling": "同意。", "handlers": me, "on_behalf_of": "岑主任"}
    asked = officer.post(reverse("slips:rule", args=[slip.pk]), ruling)
    scan = SimpleUploadedFile("签字.pdf", PDF, "application/pdf")
    ruled = _post(officer, "rule", slip.pk, **{**ruling, "scan-new": scan})
    task = slip.tasks.get()
    done = _post(officer, "finish", task.pk, note="已转发各县。")
    closed = _post(officer, "close", slip.pk, outcome="办结。", on=clock.today().isoformat())

    assert wrong.status_code == 422
    assert "已拟办，等领导批示。" in said
    assert (asked.status_code, "还没有传领导签字的处理笺" in asked.text) == (422, True)
    assert "批示已记下" in ruled
    assert [row.label for row in attachments("slips.slip", slip.pk)] == ["签字页"]
    assert "您这一项办好了" in done
    assert "已办结。" in closed


def test_a_ruling_without_a_scan_is_kept_when_it_was_confirmed(cast: Cast, officer: Client) -> None:
    set_use(is_on=True, by=cast.qianxinan_officer)
    receive(arrive(cast), by=cast.qianxinan_officer)
    slip, me = Slip.objects.get(), cast.qianxinan_officer.person_id
    _post(officer, "propose", slip.pk, proposal="拟转发。", needs_ruling="on")
    ruling = {"ruling": "同意。", "handlers": me, "on_behalf_of": "岑主任"}
    asked = officer.post(reverse("slips:rule", args=[slip.pk]), ruling)
    digest = asked.context["rule_form"].warnings_digest
    said = _post(officer, "rule", slip.pk, **ruling, confirm_warnings=digest)

    assert "批示已记下" in said


def test_the_leader_sees_no_field_for_somebody_elses_name(cast: Cast, client: Client) -> None:
    set_use(is_on=True, by=cast.qianxinan_officer)
    receive(arrive(cast), by=cast.qianxinan_officer)
    slip = Slip.objects.get()
    client.force_login(cast.users["qianxinan_officer"])
    _post(client, "propose", slip.pk, proposal="拟转发。", needs_ruling="on")
    client.force_login(cast.users["qianxinan_leader"])
    shown = client.get(slip.url).text
    said = _post(client, "rule", slip.pk, ruling="同意。", handlers=cast.qianxinan_officer.person_id)

    assert "on_behalf_of" not in shown
    assert "批示已记下" in said


def test_a_task_leads_to_its_slip(cast: Cast, officer: Client) -> None:
    set_use(is_on=True, by=cast.qianxinan_officer)
    receive(arrive(cast), by=cast.qianxinan_officer)
    slip, me = Slip.objects.get(), cast.qianxinan_officer.person_id
    _post(officer, "propose", slip.pk, proposal="存档。", handlers=me)
    answer = officer.get(reverse("slips:task", args=[slip.tasks.get().pk]))
    desk = officer.get("/").text

    assert answer["Location"] == slip.url
    assert "去办理" in desk


def test_the_register_is_exported(cast: Cast, officer: Client) -> None:
    set_use(is_on=True, by=cast.qianxinan_officer)
    receive(arrive(cast), by=cast.qianxinan_officer)
    answer = officer.get(reverse("slips:register"), {"export": "xlsx"})
    b"".join(answer)  # read to its end, so that the file is closed

    assert "spreadsheetml" in answer["Content-Type"]
