"""文件处理笺: 来文登记、拟办、批示、承办、办结."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import Cast
from tests.files.samples import PDF
from tests.plans.works import later
from xinhuo.core import clock
from xinhuo.core.errors import BadInputError, DeniedError, NotNowError
from xinhuo.documents.actions import create_document, enter_outside, receive, send_document
from xinhuo.documents.models import Delivery
from xinhuo.files.actions import store_file
from xinhuo.files.queries import visible_file
from xinhuo.flows.models import Todo
from xinhuo.slips.actions import close, enter, finish, propose, rule, set_use
from xinhuo.slips.enums import Stage
from xinhuo.slips.models import Slip


@pytest.fixture
def office(cast: Cast) -> Cast:
    """黔西南州 works with slips."""
    set_use(is_on=True, by=cast.qianxinan_officer)
    return cast


def arrive(cast: Cast, title: str = "关于报送材料的通知", unit: str = "qianxinan") -> Delivery:
    """A notice of the department has reached the unit."""
    document = create_document(by=cast.province_officer, kind="notice", title=title, text="请报送。")
    to = {"ids": [cast.orgs[unit].pk]}
    send_document(document, to=to, to_label="单位", due=later(10), by=cast.province_officer)
    return Delivery.objects.get(document=document)


def entered(cast: Cast, title: str = "关于报送材料的通知") -> Slip:
    """... and was signed for."""
    receive(arrive(cast, title), by=cast.qianxinan_officer)
    return Slip.objects.order_by("-pk")[0]


def proposed(cast: Cast) -> Slip:
    """... and the officer has said what should be done."""
    ids = [cast.qianxinan_officer.person_id]
    return propose(entered(cast), "拟转发各县。", handlers=ids, needs_ruling=True, by=cast.qianxinan_officer)


def test_a_unit_without_slips_sees_nothing_of_them(cast: Cast) -> None:
    receive(arrive(cast), by=cast.qianxinan_officer)

    assert Slip.objects.count() == 0
    with pytest.raises(NotNowError, match="没有用处理笺"):
        enter(Delivery.objects.get().document, by=cast.qianxinan_officer)


def test_signing_enters_the_register_by_itself(office: Cast) -> None:
    first, second = entered(office), entered(office, "第二份")
    year = clock.today().year

    assert [item.register_number for item in (first, second)] == [f"收文〔{year}〕1号", f"收文〔{year}〕2号"]
    assert first.due == later(10)
    assert Todo.objects.open().filter(org=office.orgs["qianxinan"], wait="propose").count() == 2


def test_a_document_of_a_body_outside_goes_the_same_way(office: Cast) -> None:
    document = enter_outside(
        by=office.qianxinan_officer,
        outside_issuer="省关工委",
        title="通知",
        came_on=clock.today(),
        due=later(5),
    )
    slip = Slip.objects.get()

    assert (slip.document, slip.due) == (document, later(5))
    assert Todo.objects.open().get().detail == f"省关工委来文，{slip.register_number}"


def test_entering_twice_gives_the_same_slip(office: Cast) -> None:
    slip = entered(office)

    assert enter(slip.document, by=office.qianxinan_leader) == slip
    assert Slip.objects.count() == 1


def test_the_leader_who_logs_in_rules_and_names_who_carries_it_out(office: Cast) -> None:
    slip = proposed(office)
    asked = Todo.objects.open().get(wait="rule")
    rule(slip, "请抓紧办理。", handlers=[office.qianxinan_officer.person_id], by=office.qianxinan_leader)

    slip.refresh_from_db()
    given = Todo.objects.open().get(wait="handle")
    assert asked.role == "leader"
    assert (slip.stage, slip.ruled_by, slip.recorded_by) == (Stage.HANDLE, "岑主任", "")
    assert (given.person_id, given.detail) == (office.qianxinan_officer.person_id, "请抓紧办理。")
    assert not Todo.objects.open().filter(wait="rule").exists()


def test_the_clerk_records_what_was_signed_on_paper(office: Cast) -> None:
    slip = proposed(office)
    clerk = office.qianxinan_officer
    scan = store_file(SimpleUploadedFile("签字.pdf", PDF, "application/pdf"), by=clerk)
    with pytest.raises(DeniedError, match="代录"):
        rule(slip, "同意。", handlers=[clerk.person_id], by=clerk)
    rule(slip, "同意。", handlers=[clerk.person_id], on_behalf_of="岑主任", scan=scan, by=clerk)

    slip.refresh_from_db()
    assert (slip.ruled_by, slip.recorded_by) == ("岑主任", "韦州办")
    assert visible_file(office.qianxinan_leader, scan.pk) == scan
    assert visible_file(office.province_officer, scan.pk) is None


def test_where_nobody_leads_the_officer_is_asked(office: Cast) -> None:
    set_use(is_on=True, by=office.guiyang_officer)
    receive(arrive(office, unit="guiyang"), by=office.guiyang_officer)
    propose(Slip.objects.get(), "拟办。", handlers=[], needs_ruling=True, by=office.guiyang_officer)

    assert Todo.objects.open().waiting_for(office.guiyang_officer).get().wait == "rule"


def test_small_things_go_without_a_ruling(office: Cast) -> None:
    slip = entered(office)
    with pytest.raises(BadInputError, match="选好承办人"):
        propose(slip, "存档。", handlers=[], needs_ruling=False, by=office.qianxinan_officer)
    clerk = office.qianxinan_officer
    propose(slip, "存档。", handlers=[clerk.person_id], needs_ruling=False, by=clerk)

    slip.refresh_from_db()
    assert slip.stage == Stage.HANDLE
    assert slip.ruling == ""


def test_each_named_person_says_when_done_and_the_last_one_asks_to_close(office: Cast) -> None:
    slip = proposed(office)
    clerk, leader = office.qianxinan_officer, office.qianxinan_leader
    rule(slip, "", handlers=[clerk.person_id, leader.person_id], by=leader)
    first, second = slip.tasks.all()
    with pytest.raises(DeniedError, match="由韦州办办"):
        finish(first, "代办了", by=leader)
    finish(first, "已转发各县。", by=clerk)
    assert not Todo.objects.open().filter(wait="confirm").exists()
    finish(second, "已过问。", by=leader)

    assert Todo.objects.open().get(wait="confirm").title == f"办结：《{slip.document.title}》"
    close(slip, "已转发并汇总。", on=clock.today(), by=clerk)
    slip.refresh_from_db()
    assert (slip.stage, slip.closed_on, slip.closed_by) == (Stage.CLOSED, clock.today(), "韦州办")
    assert not Todo.objects.open().filter(org=office.orgs["qianxinan"]).exists()


def test_closing_takes_what_still_waited_off_the_lists(office: Cast) -> None:
    slip = proposed(office)
    rule(slip, "", handlers=[office.qianxinan_officer.person_id], by=office.qianxinan_leader)
    with pytest.raises(BadInputError, match="还没有到"):
        close(slip, "办了。", on=later(1), by=office.qianxinan_officer)
    close(slip, "办了。", on=clock.today(), by=office.qianxinan_officer)

    assert not Todo.objects.open().filter(org=office.orgs["qianxinan"]).exists()
    with pytest.raises(NotNowError, match="韦州办已经办结"):
        close(slip, "再办。", on=clock.today(), by=office.qianxinan_leader)


def test_two_at_once_one_wins_and_the_other_is_told(office: Cast) -> None:
    slip = proposed(office)
    handlers = [office.qianxinan_officer.person_id]
    rule(slip, "同意。", handlers=handlers, by=office.qianxinan_leader)

    with pytest.raises(NotNowError, match="岑主任"):
        rule(slip, "不同意。", handlers=handlers, on_behalf_of="岑主任", by=office.qianxinan_officer)


def test_a_proposal_written_on_an_old_page_overwrites_nothing(office: Cast) -> None:
    slip = entered(office)
    seen = slip.version
    propose(slip, "先拟的。", handlers=[], needs_ruling=True, by=office.qianxinan_officer)

    with pytest.raises(NotNowError, match="韦州办刚刚改过"):
        propose(slip, "后拟的。", handlers=[], needs_ruling=True, by=office.qianxinan_leader, seen=seen)
    slip.refresh_from_db()
    assert slip.proposal == "先拟的。"


def test_only_the_own_unit_sees_and_works_on_its_slips(office: Cast) -> None:
    slip = entered(office)

    assert Slip.objects.visible_to(office.qianxinan_leader).get() == slip
    assert not Slip.objects.visible_to(office.province_officer).exists()
    with pytest.raises(DeniedError):
        propose(slip, "拟办。", handlers=[], needs_ruling=True, by=office.province_officer)


def test_a_copy_for_reading_is_not_entered(office: Cast) -> None:
    document = create_document(by=office.province_officer, kind="notice", title="抄送件", text="请知悉。")
    send_document(
        document,
        to={"ids": [office.orgs["guiyang"].pk]},
        to_label="贵阳市",
        copies={"ids": [office.orgs["qianxinan"].pk]},
        copies_label="黔西南州",
        by=office.province_officer,
    )
    receive(Delivery.objects.get(org=office.orgs["qianxinan"]), by=office.qianxinan_officer)

    assert Slip.objects.count() == 0
