"""Paper with a check code: bound to what was printed, valid until that changes, its sealed scan beside it."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import Cast
from tests.files.samples import PDF
from tests.plans.works import later, page_of, report, sent_plan
from tests.slips.test_slips import arrive
from xinhuo.core import clock
from xinhuo.core.errors import BadInputError, DeniedError
from xinhuo.documents.actions import create_document, receive, send_document
from xinhuo.documents.models import Dispatch
from xinhuo.files.actions import store_file
from xinhuo.files.queries import attachments, visible_file
from xinhuo.flows.actions import decide, set_route
from xinhuo.flows.enums import Verdict
from xinhuo.flows.queries import open_process
from xinhuo.plans.actions.reports import RowInput, decide_report, prepare_rows, save_rows, stamp
from xinhuo.plans.models import Plan
from xinhuo.prints import codes
from xinhuo.prints.actions import keep_scan
from xinhuo.prints.models import PrintMark
from xinhuo.prints.queries import by_code, is_current
from xinhuo.prints.sheets import Box, Line, Sheet
from xinhuo.slips.actions import propose, rule, set_use
from xinhuo.slips.models import Slip


def _print(client: Client, cast: Cast, who: str, name: str, pk: int) -> PrintMark:
    client.force_login(cast.users[who])
    answer = client.post(reverse(name, args=[pk]), follow=True)
    assert answer.status_code == 200
    return PrintMark.objects.order_by("-pk")[0]


def _look_up(client: Client, mark: PrintMark) -> str:
    client.logout()
    return client.get(mark.url).text


# -- codes ------------------------------------------------------------------------------------------------------


def test_a_token_has_128_bits_and_no_two_are_alike() -> None:
    tokens = {codes.new_token() for _ in range(200)}

    assert len(tokens) == 200
    assert min(len(token) for token in tokens) >= 22


@given(st.text(alphabet=codes.LETTERS, min_size=10, max_size=10))
def test_a_code_is_found_however_it_is_typed(code: str) -> None:
    shown = codes.shown(code)
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in shown)

    assert {codes.typed(text) for text in (shown, shown.lower(), f" {code} ", wide)} == {code}


def test_a_sheet_changes_its_version_with_every_printed_word_but_not_with_what_is_signed_later() -> None:
    plain = Sheet("表", "单位", heads=("甲",), lines=(Line(("1",)),))
    other = Sheet("表", "单位", heads=("甲",), lines=(Line(("2",)),))
    slip = Sheet("笺", "单位", boxes=(Box("拟办", "转发"), Box("批示", "", is_later=True)))
    signed = Sheet("笺", "单位", boxes=(Box("拟办", "转发"), Box("批示", "同意", is_later=True)))

    assert plain.version != other.version
    assert slip.version == signed.version


# -- what is printed --------------------------------------------------------------------------------------------


def test_the_same_version_bears_the_same_code(cast: Cast, client: Client) -> None:
    sent_plan(cast)
    page = report(cast, "guiyang", "3", "已在三所学校开展")
    first = _print(client, cast, "guiyang_officer", "plans:report_print", page.pk)
    second = _print(client, cast, "guiyang_officer", "plans:report_print", page.pk)

    assert first == second


def test_a_printed_page_is_valid_until_it_says_something_else(cast: Cast, client: Client) -> None:
    sent_plan(cast)
    page = report(cast, "guiyang", "3", "已在三所学校开展")
    mark = _print(client, cast, "guiyang_officer", "plans:report_print", page.pk)
    before = _look_up(client, mark)

    decide_report(page, Verdict.RETURN, reason="请核实", by=cast.province_officer)
    assert is_current(mark)
    row = prepare_rows(page, by=cast.guiyang_officer)[0]
    save_rows(page, [RowInput(row.pk, Decimal(4), "已在四所学校开展", stamp(row))], by=cast.guiyang_officer)
    after = _look_up(client, mark)

    assert "有效。" in before
    assert "这份打印件已不是最新" in after
    assert "后来有改动" in after


def test_looking_up_shows_nothing_of_the_content(cast: Cast, client: Client) -> None:
    sent_plan(cast)
    page = report(cast, "guiyang", "3", "只有我们知道的进展")
    mark = _print(client, cast, "guiyang_officer", "plans:report_print", page.pk)
    shown = _look_up(client, mark)

    assert "贵阳市教育局" in shown
    assert mark.title in shown
    assert "只有我们知道的进展" not in shown
    assert "建立关工委" not in shown


def test_the_short_code_leads_to_the_same_page(cast: Cast, client: Client) -> None:
    sent_plan(cast)
    page = report(cast, "guiyang", "3", "已开展")
    mark = _print(client, cast, "guiyang_officer", "plans:report_print", page.pk)
    client.logout()
    found = client.get(reverse("prints:look_up"), {"code": mark.shown_code.lower()})
    wrong = client.get(reverse("prints:look_up"), {"code": "22222-22222"})

    assert found["Location"] == mark.url
    assert (wrong.status_code, "没有这个核对码" in wrong.text) == (422, True)
    assert by_code("　") is None


def test_the_qr_code_is_a_picture_of_its_own_without_style(cast: Cast, client: Client) -> None:
    sent_plan(cast)
    mark = _print(
        client, cast, "guiyang_officer", "plans:report_print", report(cast, "guiyang", "3", "好").pk
    )
    client.logout()
    answer = client.get(reverse("prints:qr", args=[mark.token]))

    assert answer["Content-Type"] == "image/svg+xml"
    assert b"style=" not in answer.content
    assert client.get(reverse("prints:qr", args=["no-such-token"])).status_code == 404


def test_a_change_in_another_prefecture_leaves_this_ones_ledger_valid(cast: Cast, client: Client) -> None:
    plan = sent_plan(cast)
    mine = report(cast, "guiyang", "3", "已开展")
    other = report(cast, "qianxinan", "5", "已开展")
    own = _print(client, cast, "guiyang_officer", "plans:ledger_print", plan.pk)
    top = _print(client, cast, "province_officer", "plans:ledger_print", plan.pk)
    matrix = _print(client, cast, "province_officer", "plans:plan_print", plan.pk)
    decide_report(other, Verdict.ACCEPT, by=cast.province_officer)
    assert [is_current(mark) for mark in (own, top, matrix)] == [True, False, False]

    decide_report(mine, Verdict.ACCEPT, by=cast.province_officer)
    assert not is_current(own)


def test_the_printed_ledger_says_what_the_workbook_says(cast: Cast, client: Client) -> None:
    plan = sent_plan(cast)
    decide_report(report(cast, "guiyang", "3", "已在三所学校开展"), Verdict.ACCEPT, by=cast.province_officer)
    client.force_login(cast.users["province_officer"])
    shown = client.get(reverse("plans:ledger_print", args=[plan.pk])).text

    for words in ("贵阳市教育局", "已在三所学校开展", "要点第1条", "（章）", "填表人"):
        assert words in shown


def test_a_ledger_too_long_for_paper_says_what_to_do(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = sent_plan(cast)
    monkeypatch.setattr("xinhuo.plans.queries.printing.MOST_LINES", 2)
    client.force_login(cast.users["province_officer"])
    answer = client.get(reverse("plans:ledger_print", args=[plan.pk]))

    assert (answer.status_code, "请用“导出台账”" in answer.text) == (409, True)
    assert Plan.objects.count() == 1


def test_a_slip_printed_to_be_signed_stays_valid_when_the_signature_is_recorded(
    cast: Cast, client: Client
) -> None:
    set_use(is_on=True, by=cast.qianxinan_officer)
    receive(arrive(cast), by=cast.qianxinan_officer)
    slip, clerk = Slip.objects.get(), cast.qianxinan_officer
    propose(slip, "拟转发各县。", handlers=[clerk.person_id], needs_ruling=True, by=clerk)
    first = _print(client, cast, "qianxinan_officer", "slips:print", slip.pk)
    propose(slip, "拟转发各县，并报数。", handlers=[clerk.person_id], needs_ruling=True, by=clerk)
    second = _print(client, cast, "qianxinan_officer", "slips:print", slip.pk)
    rule(slip, "同意。", handlers=[clerk.person_id], on_behalf_of="岑主任", by=clerk)

    assert not is_current(first)
    assert is_current(second)
    assert "有效。" in _look_up(client, second)


def test_an_approval_sheet_is_bound_to_what_is_to_be_sent(cast: Cast, client: Client) -> None:
    set_route(cast.orgs["province"].pk, ["leader"], by=cast.province_officer)
    document = create_document(by=cast.province_officer, kind="notice", title="通知", text="请报送。")
    given = {"to": {"ids": [cast.orgs["guiyang"].pk]}, "to_label": "贵阳市", "by": cast.province_officer}
    dispatch = send_document(document, due=later(9), **given)  # type: ignore[arg-type]
    mark = _print(client, cast, "province_officer", "documents:sending_print", dispatch.pk)
    process = open_process("documents.dispatch", dispatch.pk)
    assert process is not None
    decide(process, Verdict.RETURN, reason="请推迟", by=cast.province_leader)
    assert is_current(mark)
    send_document(document, due=later(12), **given)  # type: ignore[arg-type]

    assert not is_current(mark)
    assert Dispatch.objects.count() == 1


# -- the sealed scan --------------------------------------------------------------------------------------------


def test_the_sealed_scan_comes_back_with_its_date(cast: Cast, client: Client) -> None:
    sent_plan(cast)
    page = report(cast, "guiyang", "3", "已开展")
    mark = _print(client, cast, "guiyang_officer", "plans:report_print", page.pk)
    client.force_login(cast.users["guiyang_officer"])
    address = reverse("prints:mark", args=[mark.pk])
    nothing = client.post(address, {"sealed_on": clock.today().isoformat()})
    scan = SimpleUploadedFile("盖章.pdf", PDF, "application/pdf")
    kept = client.post(address, {"sealed_on": clock.today().isoformat(), "scan-new": scan}, follow=True).text
    beside = client.get(reverse("plans:report_print", args=[page.pk])).text

    assert (nothing.status_code, "还没有选文件" in nothing.text) == (422, True)
    row = attachments("prints.mark", mark.pk).get()
    assert row.label.startswith("盖章件")
    assert "盖章件已存好" in kept
    assert "盖章件 1 份" in beside
    assert "盖章.pdf" in client.get(address).text


def test_the_unit_above_sees_the_sealed_page_and_a_neighbour_does_not(cast: Cast, client: Client) -> None:
    sent_plan(cast)
    page = report(cast, "guiyang", "3", "已开展")
    mark = _print(client, cast, "guiyang_officer", "plans:report_print", page.pk)
    file = store_file(SimpleUploadedFile("盖章.pdf", PDF, "application/pdf"), by=cast.guiyang_officer)
    keep_scan(mark, file, sealed_on=clock.today(), by=cast.guiyang_officer)

    assert visible_file(cast.province_officer, file.pk) == file
    assert visible_file(cast.qianxinan_officer, file.pk) is None
    assert visible_file(cast.huaxi_officer, file.pk) is None


def test_only_the_unit_that_printed_hands_the_scan_in(cast: Cast, client: Client) -> None:
    sent_plan(cast)
    page = report(cast, "guiyang", "3", "已开展")
    mark = _print(client, cast, "guiyang_officer", "plans:report_print", page.pk)
    file = store_file(SimpleUploadedFile("盖章.pdf", PDF, "application/pdf"), by=cast.province_officer)

    with pytest.raises(DeniedError, match="由打印的单位"):
        keep_scan(mark, file, sealed_on=clock.today(), by=cast.province_officer)
    own = store_file(SimpleUploadedFile("盖章.pdf", PDF, "application/pdf"), by=cast.guiyang_officer)
    with pytest.raises(BadInputError, match="还没有到"):
        keep_scan(mark, own, sealed_on=later(2), by=cast.guiyang_officer)


def test_a_draft_is_printed_by_its_unit_only(cast: Cast, client: Client) -> None:
    sent_plan(cast)
    page = page_of(cast, "guiyang")
    client.force_login(cast.users["province_officer"])

    assert client.get(reverse("plans:report_print", args=[page.pk])).status_code == 404
