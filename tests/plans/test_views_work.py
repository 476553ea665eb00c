"""The screens of the work side, over HTTP."""

from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from xinhuo.core.actor import Role
from xinhuo.core.workbook import read_rows
from xinhuo.documents.actions import receive
from xinhuo.documents.models import Document
from xinhuo.files.actions import attach, store_file
from xinhuo.files.queries import attachments
from xinhuo.flows.actions import decide, set_route
from xinhuo.flows.enums import Verdict
from xinhuo.flows.queries import open_process
from xinhuo.plans.actions.reports import prepare_rows
from xinhuo.plans.kinds import ROW
from xinhuo.plans.models import Duty, Report, ReportRow

from .works import delivery_of, fixed_plan, forwarded_plan, later, page_of, report, sent_plan

pytestmark = pytest.mark.django_db


def _as(cast: Cast, who: str) -> Client:
    client = Client()
    client.force_login(cast.users[who])
    return client


def _html(client: Client, name: str, *args: object, **query: object) -> str:
    response = client.get(reverse(f"plans:{name}", args=args), query)
    assert response.status_code == 200, (name, response.status_code)
    return response.content.decode()


def test_the_matrix_lists_duties_and_receivers(cast: Cast) -> None:
    plan = forwarded_plan(cast)

    html = _html(_as(cast, "province_officer"), "plan_detail", plan.pk)

    assert "推动校点联合建立关工委" in html
    assert "高校直报" in html
    assert "黔西南：下级2个单位报了0个" in html


def test_filters_answer_with_the_table_alone_for_htmx(cast: Cast) -> None:
    plan = sent_plan(cast)
    client = _as(cast, "province_officer")

    response = client.get(
        reverse("plans:plan_detail", args=[plan.pk]),
        {"q": "高校"},
        headers={"HX-Request": "true", "HX-Target": "matrix"},
    )

    html = response.content.decode()
    assert html.strip().startswith('<section class="card" id="matrix">')
    assert "建立健全高校" in html
    assert "校点联合" not in html


def test_a_county_of_another_prefecture_does_not_see_the_plan_it_never_got(cast: Cast) -> None:
    plan = forwarded_plan(cast)

    response = _as(cast, "huaxi_officer").get(reverse("plans:plan_detail", args=[plan.pk]))

    assert response.status_code == 404


def test_the_drawer_shows_the_original_words_and_every_unit(cast: Cast) -> None:
    forwarded_plan(cast)
    duty = Duty.objects.get(key="d1")

    html = _html(_as(cast, "qianxinan_officer"), "duty_detail", duty.pk)

    assert "<mark>1.推动校点联合建立关工委。</mark>" in html
    assert "兴义市" in html
    assert "贵阳市" not in html


def test_autosave_keeps_what_was_typed(cast: Cast) -> None:
    forwarded_plan(cast)
    client = _as(cast, "xingyi_officer")
    page = page_of(cast, "xingyi")
    _html(client, "report_detail", page.pk)
    row = ReportRow.objects.get(report=page)

    response = client.post(
        reverse("plans:report_save", args=[page.pk]),
        {f"number-{row.pk}": "４６", f"sentence-{row.pk}": "已建46所", f"seen-{row.pk}": ""},
        headers={"HX-Request": "true", "HX-Target": "check"},
    )

    row.refresh_from_db()
    assert response.status_code == 200
    assert (row.number, row.sentence) == (Decimal(46), "已建46所")


def test_a_number_that_is_none_is_said_beside_its_row_and_kept(cast: Cast) -> None:
    forwarded_plan(cast)
    client = _as(cast, "xingyi_officer")
    page = page_of(cast, "xingyi")
    row = prepare_rows(page, by=cast.xingyi_officer)[0]

    response = client.post(
        reverse("plans:report_submit", args=[page.pk]),
        {f"number-{row.pk}": "四十多", f"sentence-{row.pk}": "写了很多字", f"seen-{row.pk}": ""},
    )

    html = response.content.decode()
    page.refresh_from_db()
    assert response.status_code == 422
    assert "“四十多”不是数字" in html
    assert 'value="四十多"' in html
    assert "写了很多字" in html
    assert page.state == "draft"


def test_submitting_reading_and_deciding_over_http(cast: Cast) -> None:
    forwarded_plan(cast)
    county, prefecture = _as(cast, "xingyi_officer"), _as(cast, "qianxinan_officer")
    page = page_of(cast, "xingyi")
    row = prepare_rows(page, by=cast.xingyi_officer)[0]
    data = {f"number-{row.pk}": "46", f"sentence-{row.pk}": "已建46所", f"seen-{row.pk}": ""}

    sent = county.post(reverse("plans:report_submit", args=[page.pk]), data)
    read = _html(prefecture, "report_detail", page.pk)
    decided = prefecture.post(
        reverse("plans:report_decide", args=[page.pk]), {"verdict": "return", "reason": "请附照片"}
    )
    asked = _html(county, "report_detail", page.pk)

    assert (sent.status_code, decided.status_code) == (302, 302)
    assert "已建46所" in read
    assert "请附照片" in asked


def test_the_list_of_a_call_accepts_many(cast: Cast) -> None:
    forwarded_plan(cast)
    pages = [report(cast, "xingyi", "46"), report(cast, "anlong", "20")]
    client = _as(cast, "qianxinan_officer")

    html = _html(client, "call_detail", pages[0].call_id)
    response = client.post(
        reverse("plans:call_accept", args=[pages[0].call_id]), {"report": [page.pk for page in pages]}
    )

    assert "兴义市教育局" in html
    assert response.status_code == 302
    assert set(Report.objects.filter(pk__in=[page.pk for page in pages]).values_list("state", flat=True)) == {
        "accepted"
    }


def test_a_page_out_of_turn_is_asked_for_on_screen(cast: Cast) -> None:
    sent_plan(cast)
    client = _as(cast, "province_officer")
    duty = Duty.objects.get(key="d2")

    wrong = client.post(reverse("plans:call_new"), {"title": "9月进展", "due": ""})
    right = client.post(
        reverse("plans:call_new"), {"title": "9月进展", "due": later(5).isoformat(), "duties": [duty.pk]}
    )

    assert (wrong.status_code, right.status_code) == (422, 302)
    assert Report.objects.filter(call__kind="request").count() == 2


def test_the_ledger_has_a_row_per_duty_and_unit(cast: Cast) -> None:
    plan = forwarded_plan(cast)
    page = report(cast, "xingyi", "46", "=HYPERLINK(1)")
    process = open_process("plans.report", page.pk)
    assert process is not None
    decide(process, Verdict.ACCEPT, by=cast.qianxinan_officer)

    response = _as(cast, "qianxinan_officer").get(reverse("plans:plan_ledger", args=[plan.pk]))

    import io  # noqa: PLC0415 - only this test reads a workbook back

    rows = read_rows(io.BytesIO(b"".join(response.streaming_content)))
    assert [(row["单位"], row["状态"], row["进展"]) for row in rows] == [
        ("黔西南州教育局", "还没报", ""),
        ("兴义市教育局", "已审核", "=HYPERLINK(1)"),
        ("安龙县教育局", "还没报", ""),
    ]


def test_the_source_page_marks_the_duty(cast: Cast) -> None:
    plan = sent_plan(cast)
    duty = Duty.objects.get(key="d3")

    html = _html(_as(cast, "guiyang_officer"), "plan_source", plan.pk, duty=duty.pk)

    assert '<mark id="marked" tabindex="-1">3.举办全省培训班。</mark>' in html


def test_the_workbench_lists_what_waits(cast: Cast) -> None:
    sent_plan(cast)

    html = _as(cast, "guiyang_officer").get("/").content.decode()

    assert "罗市办同志，有 2 件事等您办" in html
    assert "报送2026年上半年进展" in html


def test_the_dates_set_before_stand_in_the_form_for_further_units(cast: Cast) -> None:
    plan = sent_plan(cast)

    html = _html(_as(cast, "province_officer"), "plan_send", plan.pk)

    assert f'value="{later(30).isoformat()}"' in html
    assert f'value="{later(60).isoformat()}"' in html


def test_saving_a_page_opened_before_keeps_the_photo_a_colleague_added(cast: Cast) -> None:
    forwarded_plan(cast)
    page = page_of(cast, "xingyi")
    row = prepare_rows(page, by=cast.xingyi_officer)[0]
    photo = store_file(ContentFile(b"%PDF-1.4\n%%EOF\n", "photo.pdf"), by=cast.xingyi_officer)
    attach(photo, ROW, row.pk, by=cast.xingyi_officer)
    address = reverse("plans:report_save", args=[page.pk])
    typed = {f"sentence-{row.pk}": "办了", f"number-{row.pk}": "", f"seen-{row.pk}": ""}

    client = _as(cast, "xingyi_officer")
    client.post(address, typed)
    after_saving = attachments(ROW, row.pk).count()
    client.post(address, {**typed, f"files-{row.pk}-remove": photo.pk})

    assert (after_saving, attachments(ROW, row.pk).count()) == (1, 0)


def test_the_last_look_warns_of_a_missing_number_and_of_dates_gone_by(cast: Cast) -> None:
    plan = fixed_plan(cast)
    Document.objects.filter(pk=plan.document_id).update(number="")
    Duty.objects.filter(plan=plan).update(due=later(5))
    first = Duty.objects.filter(plan=plan).order_by("pk").first()
    assert first is not None
    client = _as(cast, "province_officer")
    address = reverse("plans:plan_send", args=[plan.pk])
    typed = {"to_groups": "prefectures", "year": later(30).isoformat()}

    in_time = client.post(address, typed).content.decode()
    Duty.objects.filter(pk=first.pk).update(due=later(-1))
    late = client.post(address, typed).content.decode()

    assert "还没有文号" in in_time
    assert "时限已经过了" not in in_time
    assert "1 个落实点的时限已经过了" in late


@pytest.mark.parametrize("ticked", [1, 0])
def test_the_last_look_counts_only_the_duties_that_are_ticked(cast: Cast, ticked: int) -> None:
    plan = sent_plan(cast)
    receive(delivery_of(cast, plan, "qianxinan"), by=cast.qianxinan_officer)
    duty = Duty.objects.get(plan=plan, assignments__org=cast.orgs["qianxinan"])
    typed = {"title": "转发", "to_groups": "counties", "year": later(30).isoformat()}

    client = _as(cast, "qianxinan_officer")
    address = reverse("plans:plan_forward", args=[plan.pk])
    html = client.post(address, {**typed, **({"duty": duty.pk} if ticked else {})}).content.decode()

    assert f"<dt>落实点</dt><dd>{ticked} 个" in html


def test_a_page_that_waits_inside_the_unit_is_not_said_to_be_sent(cast: Cast) -> None:
    forwarded_plan(cast)
    set_route(cast.xingyi_officer.org_id, [Role("leader")], by=cast.xingyi_officer)
    page = page_of(cast, "xingyi")
    row = prepare_rows(page, by=cast.xingyi_officer)[0]

    typed = {f"sentence-{row.pk}": "办了", "send_with_gaps": "on"}
    client = _as(cast, "xingyi_officer")
    response = client.post(reverse("plans:report_submit", args=[page.pk]), typed, follow=True)

    assert "先由本单位负责人审签" in response.content.decode()
