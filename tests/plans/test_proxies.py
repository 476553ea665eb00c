"""代报: the central school signs and reports for its teaching points; the county sees who did it for whom."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.cast import SINCE, Cast
from tests.files.samples import picture
from xinhuo.core import clock
from xinhuo.core.errors import DeniedError
from xinhuo.documents.actions import receive
from xinhuo.documents.models import Delivery
from xinhuo.files.models import Attachment
from xinhuo.flows.actions import recall
from xinhuo.flows.climbs import climbs
from xinhuo.flows.enums import Verdict
from xinhuo.flows.models import Todo
from xinhuo.flows.queries import open_process
from xinhuo.journal.models import Entry
from xinhuo.orgs.bulk import bulk_create_units
from xinhuo.orgs.enums import Kind
from xinhuo.orgs.facts import UnitFacts, UnitSpec
from xinhuo.orgs.models import Org, Proxy
from xinhuo.orgs.proxying import PARENT, ProxyTerms, end_proxies, set_proxies
from xinhuo.plans.actions.reports import (
    RowInput,
    decide_report,
    prepare_rows,
    save_rows,
    stamp,
    submit_report,
)
from xinhuo.plans.actions.sending import ReportDates, forward_plan
from xinhuo.plans.models import Assignment, Plan, Report, ReportCall
from xinhuo.plans.queries.duties import duty_view
from xinhuo.plans.queries.pages import call_lines, pages_to_fill_for
from xinhuo.plans.queries.work import children_tallies
from xinhuo.portal.queries import waiting

from .works import delivery_of, forwarded_plan, later

pytestmark = pytest.mark.django_db


@pytest.fixture
def points(cast: Cast) -> list[Org]:
    """Three teaching points; the county passed the plan on to them and their central school."""
    specs = [
        UnitSpec(
            f"p{number}",
            cast.orgs["school"].pk,
            UnitFacts(f"马岭{number}教学点", f"马岭{number}", Kind.TEACHING_POINT),
            SINCE,
        )
        for number in range(1, 4)
    ]
    made = sorted(
        bulk_create_units(specs, by=cast.xingyi_admin, sentence="登记").values(), key=lambda org: org.path
    )
    plan = forwarded_plan(cast)
    delivery = receive(delivery_of(cast, plan, "xingyi"), by=cast.xingyi_officer)
    forward_plan(
        delivery,
        number="兴教关〔2026〕1号",
        title="转发",
        remark="",
        to={"ids": [cast.orgs["school"].pk, *(org.pk for org in made)]},
        to_label="学校",
        dates=ReportDates(half=later(10)),
        duty_ids=[duty.pk for duty in plan.duties.all()],
        by=cast.xingyi_officer,
    )
    return made


@pytest.fixture
def stood_for(cast: Cast, points: list[Org]) -> list[Org]:
    """The central school stands in for all of them in both matters."""
    terms = ProxyTerms(("plans.report", "documents.receive"), clock.today(), reason="委托书")
    set_proxies(points, PARENT, terms, by=cast.xingyi_officer)
    return points


def _page(org: Org) -> Report:
    return Report.objects.select_related("call", "org", "to_org").get(org=org)


def _fill(cast: Cast, org: Org) -> Report:
    page, by = _page(org), cast.school_officer
    row = prepare_rows(page, by=by)[0]
    save_rows(page, [RowInput(row.pk, Decimal(2), "已开展", stamp(row))], by=by)
    submit_report(page, by=by)
    page.refresh_from_db()
    return page


def test_without_a_proxy_nobody_fills_for_another(cast: Cast, points: list[Org]) -> None:
    with pytest.raises(DeniedError, match="由马岭1教学点关工委填写"):
        save_rows(_page(points[0]), [], by=cast.school_officer)
    with pytest.raises(DeniedError):
        receive(Delivery.objects.get(org=points[0]), by=cast.school_officer)


def test_the_process_starts_from_the_unit_it_is_about(cast: Cast, stood_for: list[Org]) -> None:
    page = _fill(cast, stood_for[0])
    process = open_process("plans.report", page.pk)

    assert process is not None
    assert (process.org, process.by_org, process.by_name) == (stood_for[0], cast.orgs["school"], "王老师")
    assert (page.proxy, page.sent_by) == (cast.orgs["school"], "王老师")
    assert not Todo.objects.open().filter(org=stood_for[0], kind="plans.report").exists()
    assert "代马岭1教学点关工委把" in Entry.objects.get(verb="plans.submitted").sentence


def test_three_of_four_are_counted_as_reported_for(cast: Cast, stood_for: list[Org]) -> None:
    for org in stood_for:
        decide_report(_fill(cast, org), Verdict.ACCEPT, by=cast.xingyi_officer)

    upper = Assignment.objects.get(org=cast.orgs["xingyi"])
    tally = children_tallies([upper.pk])[upper.pk]
    assert (tally.fraction, tally.proxied, tally.total) == ("3/4", 3, 6)
    assert tally.proxied_words == "，其中代报 3 所"
    call = ReportCall.objects.get(issuer=cast.orgs["xingyi"])
    assert call_lines(cast.xingyi_officer, call=call)[0].proxied == 3
    view = duty_view(Plan.objects.get().duties.get(key="d1"), cast.xingyi_officer)
    names = {line.assignment.accepted_proxy.name for line in view.lines if line.assignment.accepted_proxy}
    assert names == {"兴义市第一小学"}


def test_the_workbench_groups_what_waits_for_each_unit(cast: Cast, stood_for: list[Org]) -> None:
    found = waiting(cast.school_officer)

    assert [group.org.name for group in found.for_others] == [org.name for org in stood_for]
    assert found.receipts == 3
    assert found.others_count == 6
    assert len(pages_to_fill_for(cast.school_officer)) == 3


def test_signing_says_who_did_it(cast: Cast, stood_for: list[Org]) -> None:
    delivery = receive(Delivery.objects.get(org=stood_for[0]), by=cast.school_officer)

    assert (delivery.received_how, delivery.received_by) == ("proxy", "王老师")
    assert delivery.recorded_by == "兴义市第一小学 王老师"


def test_what_was_asked_back_waits_for_the_proxy_again(cast: Cast, stood_for: list[Org]) -> None:
    page = _fill(cast, stood_for[0])
    decide_report(page, Verdict.RETURN, by=cast.xingyi_officer, reason="请写明人数")

    todo = Todo.objects.open().get(kind="plans.report", subject_id=page.pk)
    assert (todo.org, todo.person_id) == (stood_for[0], None)
    assert todo in Todo.objects.open().with_stood_for(cast.school_officer)


def test_the_proxy_takes_back_what_it_sent(cast: Cast, stood_for: list[Org]) -> None:
    page = _fill(cast, stood_for[0])
    process = open_process("plans.report", page.pk)
    assert process is not None
    with pytest.raises(DeniedError):
        recall(process, by=cast.anlong_officer)

    recall(process, by=cast.school_officer)

    page.refresh_from_db()
    assert page.state == "draft"


def test_after_it_has_ended_the_page_is_closed_to_it(cast: Cast, stood_for: list[Org]) -> None:
    page = _page(stood_for[0])
    prepare_rows(page, by=cast.school_officer)
    end_proxies(Proxy.objects.all(), by=cast.xingyi_officer)

    with pytest.raises(DeniedError):
        save_rows(page, [], by=cast.school_officer)
    assert waiting(cast.school_officer).for_others == []


def test_the_proxys_page_says_for_whom_and_keeps_files(
    cast: Cast, stood_for: list[Org], client: Client
) -> None:
    client.force_login(cast.users["school_officer"])
    page = _page(stood_for[0])
    shown = client.get(reverse("plans:report_detail", args=[page.pk]))
    assert "您在代马岭1教学点填报" in shown.content.decode()
    row = page.rows.get()
    address = reverse("plans:report_save", args=[page.pk])
    data = {
        f"sentence-{row.pk}": "已开展",
        f"files-{row.pk}-new": SimpleUploadedFile("照片.jpg", picture("JPEG"), "image/jpeg"),
    }
    assert client.post(address, data).status_code == 200
    file = Attachment.objects.get(kind="plans.row", subject_id=row.pk).file
    assert b"".join(client.get(file.url).streaming_content)

    client.force_login(cast.users["xingyi_officer"])
    assert client.get(file.url).status_code == 404  # a draft is the unit's and its proxy's own


def test_the_history_names_the_proxy_for_everybody(cast: Cast, stood_for: list[Org], client: Client) -> None:
    page = _fill(cast, stood_for[0])
    client.force_login(cast.users["xingyi_officer"])

    shown = client.get(reverse("plans:report_detail", args=[page.pk])).content.decode()

    assert "代报：兴义市第一小学 王老师" in shown
    assert climbs("plans.report", page.pk).processes[0].by_org == cast.orgs["school"]
