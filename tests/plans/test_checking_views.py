"""The screens of importing and checking, over HTTP: who may open them, how they are shown."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast
from xinhuo.documents.models import Document
from xinhuo.plans.actions.checking import import_plan, publish_plan
from xinhuo.plans.models import Duty, Node, Plan, PlanEdit

from .desk import body, client_of, url
from .sample import SAMPLE
from .small import TEXT

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_an_uploaded_file_leads_to_the_desk(cast: Cast, encoding: str) -> None:
    upload = SimpleUploadedFile("要点.txt", SAMPLE.read_text(encoding="utf-8").encode(encoding))

    answer = client_of(cast).post(reverse("plans:plan_import"), {"upload": upload}, follow=True)

    found = Plan.objects.get()
    assert answer.redirect_chain == [(url("plan_check", found), 302)]
    assert "疑点 7 处" in body(answer)
    assert Node.objects.filter(plan=found).count() == 31


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ({}, "请选一个文件，或者把正文贴进来"),
        ({"text": " \n "}, "请选一个文件，或者把正文贴进来"),
        ({"upload": SimpleUploadedFile("空.txt", b"")}, "空的"),
        ({"upload": SimpleUploadedFile("要点.txt", bytes(range(256)) * 20)}, "认不出"),
        ({"text": "一", "upload": SimpleUploadedFile("要点.txt", b"1.\xe4\xb8\x80")}, "只要一样"),
    ],
)
def test_what_cannot_be_read_is_explained_and_what_was_pasted_stays(
    cast: Cast, data: dict[str, Any], why: str
) -> None:
    answer = client_of(cast).post(reverse("plans:plan_import"), data)

    assert answer.status_code == 422
    assert why in body(answer)
    assert not Document.objects.exists()


def test_a_file_that_can_only_be_kept_leads_to_its_draft(cast: Cast) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("OFD.xml", "<ofd:OFD/>")
    upload = SimpleUploadedFile("扫描件.ofd", content.getvalue())

    answer = client_of(cast).post(reverse("plans:plan_import"), {"upload": upload})

    assert answer["Location"] == Document.objects.get().url
    assert not Plan.objects.exists()


def test_a_draft_that_is_already_here_is_read(cast: Cast, plan: Plan) -> None:
    moment = plan.created_at
    draft = Document.objects.create(
        issuer=cast.orgs["province"],
        kind="notice",
        title="通知",
        text=TEXT,
        created_at=moment,
        updated_at=moment,
    )
    address = f"{reverse('plans:plan_import')}?document={draft.pk}"
    client = client_of(cast)

    assert "识别，去核对" in body(client.get(address))
    answer = client.post(address)

    assert answer["Location"] == url("plan_check", draft.plan)
    assert client_of(cast, "guiyang_officer").get(address).status_code == 404
    assert client.get(f"{reverse('plans:plan_import')}?document=abc").status_code == 404


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("province_officer", 200),
        ("province_secretary", 200),
        ("province_observer", 403),
        ("province_admin", 403),
        ("guiyang_officer", 404),
        ("xingyi_officer", 404),
        ("university_officer", 404),
    ],
)
def test_who_may_open_the_desk(cast: Cast, plan: Plan, who: str, status: int) -> None:
    client = client_of(cast, who)

    assert client.get(url("plan_check", plan)).status_code == status
    assert client.get(url("plan_publish", plan)).status_code == status
    if status != 200:
        for name in ("plan_edit", "plan_undo", "plan_doubt", "plan_reread", "plan_publish"):
            assert client.post(url(name, plan), {"version": "0", "op": "promote:1.2"}).status_code == status
    if status == 403:
        assert "经办人" in body(client.get(url("plan_check", plan)))
    assert not PlanEdit.objects.exists()


def test_an_observer_is_told_why_importing_is_not_for_him(cast: Cast) -> None:
    answer = client_of(cast, "province_observer").get(reverse("plans:plan_import"))

    assert answer.status_code == 403
    assert "导入文件请找本单位的经办人" in body(answer)


def test_the_desk_of_a_fixed_plan_leads_to_the_plan(cast: Cast, plan: Plan) -> None:
    publish_plan(plan, version=0, by=cast.province_officer)

    client = client_of(cast)
    assert client.get(url("plan_check", plan))["Location"] == plan.url
    assert client.post(url("plan_edit", plan), {"version": "0", "op": "promote:1.2"}).status_code == 409


@pytest.mark.parametrize("query", ["", "?edit=1.1", "?only=open", "?page=9", "?edit=nonsense&page=x"])
def test_the_desk_needs_few_queries_whatever_the_size(cast: Cast, plan: Plan, query: str) -> None:
    client = client_of(cast)
    client.get(url("plan_check", plan))
    lines = "".join(f"{n}.推动第{n}所学校开展活动。\n" for n in range(1, 200))
    large = import_plan(by=cast.province_officer, text=f"2020年工作要点\n{lines}").plan
    assert large is not None

    counts = []
    for each in (plan, large):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(f"{url('plan_check', each)}{query}").status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1]
    assert counts[0] <= MOST_QUERIES, [query["sql"][:120] for query in queries.captured_queries]


def test_a_long_plan_is_shown_in_pages(cast: Cast) -> None:
    lines = "".join(f"{n}.推动第{n}所学校开展活动。\n" for n in range(1, 150))
    large = import_plan(by=cast.province_officer, text=f"2020年工作要点\n{lines}").plan
    assert large is not None
    client = client_of(cast)

    first = body(client.get(url("plan_check", large)))
    last = body(client.get(f"{url('plan_check', large)}?page=3"))
    opened = body(client.get(f"{url('plan_check', large)}?edit=100"))

    assert 'id="row-1"' in first
    assert 'id="row-149"' not in first
    assert 'id="row-149"' in last
    assert 'id="node-100-text"' in opened


def test_pressing_a_button_without_scripts_comes_back_to_the_paragraph(
    plan: Plan, post: Callable[..., HttpResponse]
) -> None:
    answer = post(op="promote:1.2", edit="1.2")

    assert answer.status_code == 302
    assert answer["Location"] == f"{url('plan_check', plan)}?edit=1.2#row-1_2"
    assert Node.objects.get(plan=plan, key="1.2").depth == 1


def test_htmx_gets_the_desk_alone(post: Callable[..., HttpResponse]) -> None:
    answer = post(op="confirm:1.2:on", htmx=True)

    html = body(answer)
    assert html.strip().startswith('<div id="desk"')
    assert "条目已核对 <b>1/3</b>" in html
    assert "刚才：核对“丙校开展活动”" in html


def test_a_check_mark_can_be_taken_off(plan: Plan, post: Callable[..., HttpResponse]) -> None:
    post(op="confirm:1.2:on")
    assert Duty.objects.get(plan=plan, key="1.2-0").confirmed
    post(op="confirm:1.2:off")
    assert not Duty.objects.get(plan=plan, key="1.2-0").confirmed
