"""经办 → 秘书长 → 负责人: what a unit does before its paper leaves it."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.cast import Cast
from xinhuo.core.actor import Actor, Role
from xinhuo.core.errors import BadInputError, DeniedError, NotNowError
from xinhuo.files.actions import store_file
from xinhuo.files.models import StoredFile
from xinhuo.files.rules import can_see_file
from xinhuo.flows.actions import decide, recall, set_route
from xinhuo.flows.enums import ProcessState, Verdict
from xinhuo.flows.models import Decision, Process, Todo
from xinhuo.flows.queries import history, was_sent
from xinhuo.people.models import Appointment

from .conftest import PAPER, Papers

BOTH = [Role.SECRETARY, Role.LEADER]
LATER: dict[str, Any] = {"scan_later": True}


@pytest.fixture(autouse=True)
def route(papers: Papers, cast: Cast) -> None:
    set_route(cast.orgs["province"].pk, BOTH, by=cast.province_leader)


def send(papers: Papers, by: Actor) -> Process:
    """The province reports to itself in these tests: any unit would do as the receiver."""
    return papers.send(by, "guiyang")


def desks(process: Process) -> list[tuple[str, str, bool]]:
    return [(step.org.short_name, step.role, step.is_inner) for step in process.steps.select_related("org")]


def scan(by: Actor) -> StoredFile:
    out = BytesIO()
    Image.new("L", (20, 20), 200).save(out, "JPEG")
    return store_file(SimpleUploadedFile("签字页.jpg", out.getvalue()), by=by)


def test_inner_steps_stand_before_the_receiving_unit(papers: Papers, cast: Cast) -> None:
    process = send(papers, cast.province_officer)

    assert desks(process) == [
        ("省教育厅", "secretary", True),
        ("省教育厅", "leader", True),
        ("贵阳市", "", False),
    ]
    assert papers.heard == []
    assert Todo.objects.open().get().role == Role.SECRETARY


def test_each_post_agrees_in_turn_and_then_the_paper_leaves(papers: Papers, cast: Cast) -> None:
    process = send(papers, cast.province_officer)

    with pytest.raises(DeniedError, match="由秘书长办理"):
        decide(process, Verdict.ACCEPT, by=cast.province_leader)
    decide(process, Verdict.ACCEPT, by=cast.province_secretary)
    assert Todo.objects.open().get().role == Role.LEADER
    assert papers.heard == []
    decide(process, Verdict.ACCEPT, by=cast.province_leader)

    assert papers.heard == [("arrived", 1, 1)]
    assert Todo.objects.open().get().org == cast.orgs["guiyang"]
    assert decide(process, Verdict.ACCEPT, by=cast.guiyang_officer).state == ProcessState.ACCEPTED


@pytest.mark.parametrize(
    ("sender", "roles"),
    [
        ("province_officer", ["secretary", "leader", ""]),
        ("province_secretary", ["leader", ""]),
        ("province_leader", [""]),
    ],
)
def test_nobody_signs_their_own_letter_again(
    papers: Papers, cast: Cast, sender: str, roles: list[str]
) -> None:
    process = send(papers, cast.actors[sender])

    assert [role for _, role, _ in desks(process)] == roles


def test_an_officer_records_a_signature_on_paper_by_name_only(papers: Papers, cast: Cast) -> None:
    process = send(papers, cast.province_secretary)

    for name in ("", "   "):
        with pytest.raises(DeniedError, match="代录批示"):
            decide(process, Verdict.ACCEPT, by=cast.province_officer, on_behalf_of=name)
    page = scan(cast.province_officer)
    decide(process, Verdict.ACCEPT, by=cast.province_officer, on_behalf_of=" 赵厅长 ", scan_id=page.pk)

    decision = Decision.objects.get()
    assert (decision.by_name, decision.on_behalf_of, decision.scan_id) == ("周敏", "赵厅长", page.pk)
    assert papers.heard == [("arrived", 1, 1)]


def test_a_scan_without_a_name_is_refused(papers: Papers, cast: Cast) -> None:
    process = send(papers, cast.province_leader)

    with pytest.raises(BadInputError, match="哪位领导"):
        decide(process, Verdict.ACCEPT, by=cast.guiyang_officer, scan_id=scan(cast.guiyang_officer).pk)


def test_a_scan_that_the_person_may_not_see_is_refused(papers: Papers, cast: Cast) -> None:
    process = send(papers, cast.province_secretary)
    foreign = scan(cast.huaxi_officer)

    with pytest.raises(DeniedError, match="找不到签字页"):
        decide(process, Verdict.ACCEPT, by=cast.province_officer, on_behalf_of="赵厅长", scan_id=foreign.pk)

    assert Decision.objects.count() == 0


def test_a_scan_of_an_inner_step_stays_inside(papers: Papers, cast: Cast) -> None:
    process = send(papers, cast.province_secretary)
    inner, outer = scan(cast.province_officer), scan(cast.guiyang_officer)
    decide(process, Verdict.ACCEPT, by=cast.province_officer, on_behalf_of="赵厅长", scan_id=inner.pk)
    decide(process, Verdict.ACCEPT, by=cast.guiyang_officer, on_behalf_of="市主任", scan_id=outer.pk)

    assert can_see_file(cast.province_observer, inner)
    assert not can_see_file(cast.guiyang_officer, inner)
    assert can_see_file(cast.province_officer, outer)
    papers.visible = False
    assert not can_see_file(cast.province_officer, outer)


def test_a_stale_page_never_signs_for_the_next_desk(papers: Papers, cast: Cast) -> None:
    process = send(papers, cast.province_officer)
    first = process.steps.get(order=0)
    decide(
        process, Verdict.ACCEPT, by=cast.province_officer, on_behalf_of="钱秘书", **LATER, step_id=first.pk
    )

    with pytest.raises(NotNowError, match=r"周敏（代录钱秘书批示）已在 .* 通过了"):
        decide(process, Verdict.ACCEPT, by=cast.province_officer, on_behalf_of="钱秘书", step_id=first.pk)

    assert process.steps.filter(done_at__isnull=True).count() == 2


def test_an_inner_return_never_reaches_the_other_unit(papers: Papers, cast: Cast) -> None:
    process = send(papers, cast.province_officer)

    decide(process, Verdict.RETURN, by=cast.province_secretary, reason="数字再核一下")

    assert [event for event, _, _ in papers.heard] == ["returned"]
    assert Todo.objects.open().get().person_id == cast.province_officer.person_id
    assert history(PAPER, 1, viewer=cast.guiyang_officer) == []
    assert history(PAPER, 1) == []
    [own] = history(PAPER, 1, viewer=cast.province_officer)
    assert [step.decision.reason for step in own.shown_steps if step.done_at] == ["数字再核一下"]  # type: ignore[attr-defined]  # to_attr


def test_others_see_what_left_the_unit_without_its_inner_steps(papers: Papers, cast: Cast) -> None:
    process = send(papers, cast.province_secretary)
    assert history(PAPER, 1, viewer=cast.guiyang_officer) == []
    decide(process, Verdict.ACCEPT, by=cast.province_leader, reason="同意")
    decide(process, Verdict.ACCEPT, by=cast.guiyang_officer)

    [outside] = history(PAPER, 1, viewer=cast.guiyang_officer)
    [inside] = history(PAPER, 1, viewer=cast.province_observer)

    assert [step.decision.by_name for step in outside.shown_steps] == ["罗市办"]  # type: ignore[attr-defined]
    assert [step.decision.by_name for step in inside.shown_steps] == ["赵厅长", "罗市办"]  # type: ignore[attr-defined]


def test_a_file_counts_as_sent_once_it_left_the_unit(papers: Papers, cast: Cast) -> None:
    process = papers.send(cast.province_secretary, "guiyang", checksums={"4": "abc"})
    assert not was_sent(PAPER, 1, "abc")

    decide(process, Verdict.ACCEPT, by=cast.province_leader)

    assert was_sent(PAPER, 1, "abc")
    assert not was_sent(PAPER, 1, "abd")
    assert not was_sent(PAPER, 2, "abc")


def test_recall_works_from_an_inner_desk_too(papers: Papers, cast: Cast) -> None:
    process = send(papers, cast.province_officer)
    decide(process, Verdict.ACCEPT, by=cast.province_secretary)

    recall(process, by=cast.province_officer)

    assert Process.objects.get().state == ProcessState.RECALLED
    assert [todo.org for todo in Todo.objects.open()] == [cast.orgs["province"]]


def test_a_step_whose_post_nobody_holds_waits_for_any_working_post(papers: Papers, cast: Cast) -> None:
    Appointment.objects.filter(role=Role.SECRETARY).delete()

    send(papers, cast.province_officer)

    todo = Todo.objects.open().get()
    assert todo.role == ""
    assert Todo.objects.open().waiting_for(cast.province_officer).get() == todo


def test_a_changed_route_does_not_touch_what_is_on_its_way(papers: Papers, cast: Cast) -> None:
    process = send(papers, cast.province_officer)

    set_route(cast.orgs["province"].pk, [], by=cast.province_admin)

    assert len(desks(process)) == 3
    assert len(desks(papers.send(cast.province_officer, "guiyang", subject_id=2))) == 1


def test_a_route_is_set_by_the_units_own_people_in_its_order(cast: Cast) -> None:
    province = cast.orgs["province"].pk

    for actor in (cast.province_observer, cast.qianxinan_leader):
        with pytest.raises(DeniedError):
            set_route(province, [], by=actor)
    for roles in ([Role.LEADER, Role.SECRETARY], [Role.LEADER, Role.LEADER], ["officer"]):
        with pytest.raises(BadInputError, match="秘书长 → 负责人"):
            set_route(province, roles, by=cast.province_officer)
    assert str(set_route(province, [Role.LEADER], by=cast.province_officer)) == "负责人"
    assert str(set_route(province, [], by=cast.province_officer)) == "不设内部审签"
