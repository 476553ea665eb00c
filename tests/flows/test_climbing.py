"""What is sent up, decided, returned, taken back — one person after the other."""

import datetime as dt
from typing import Any

import pytest

from tests.cast import Cast
from xinhuo.core import clock
from xinhuo.core.errors import BadInputError, DeniedError, NotNowError
from xinhuo.flows.actions import decide, recall
from xinhuo.flows.climbs import climbs
from xinhuo.flows.enums import ProcessState, Verdict, Wait
from xinhuo.flows.models import Decision, Process, Revision, Todo
from xinhuo.flows.queries import open_process
from xinhuo.flows.rules import can_decide, can_recall
from xinhuo.flows.todos import hand_over, open_todo
from xinhuo.journal.models import Entry
from xinhuo.people.models import Appointment

from .conftest import PAPER, Papers


def waiting(actor: Any) -> list[tuple[str, str]]:
    return [(todo.wait, todo.title) for todo in Todo.objects.open().waiting_for(actor)]


def test_sending_freezes_a_revision_and_lays_it_on_the_upper_desk(papers: Papers, cast: Cast) -> None:
    process = papers.send(cast.xingyi_officer, "qianxinan", checksums={"7": "ab"}, cite="要点第1条")

    revision = Revision.objects.get()
    assert (revision.number, revision.snapshot, revision.checksums) == (1, {"n": 1}, {"7": "ab"})
    assert (process.state, process.by_name) == (ProcessState.OPEN, "刘长庚")
    todo = Todo.objects.open().get()
    assert (todo.org, todo.wait, todo.cite) == (cast.orgs["qianxinan"], Wait.DECIDE, "要点第1条")
    assert todo.detail == "兴义市教育局关工委交来"
    assert papers.heard == [("arrived", 1, 1)]


def test_sending_twice_is_refused(papers: Papers, cast: Cast) -> None:
    papers.send(cast.xingyi_officer, "qianxinan")

    with pytest.raises(NotNowError, match="已经报上去了"):
        papers.send(cast.xingyi_officer, "qianxinan")

    assert Process.objects.count() == Revision.objects.count() == 1


def test_a_colleague_who_is_faster_by_a_blink_gives_a_reason_not_a_crash(
    papers: Papers, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers.send(cast.xingyi_officer, "qianxinan")
    monkeypatch.setattr("xinhuo.flows.actions.starting.open_process", lambda *_: None)

    with pytest.raises(NotNowError, match="已经报上去了"):
        papers.send(cast.xingyi_officer, "qianxinan")

    assert Revision.objects.count() == 1


def test_accepting_ends_the_process_and_names_the_revision(papers: Papers, cast: Cast) -> None:
    process = papers.send(cast.xingyi_officer, "qianxinan")

    process = decide(process, Verdict.ACCEPT, by=cast.qianxinan_officer)

    assert process.state == ProcessState.ACCEPTED
    assert papers.heard[-1] == ("accepted", 1, 1)
    decision = Decision.objects.get()
    assert (decision.revision, decision.by_name) == (process.revision, "韦州办")
    assert Todo.objects.open().count() == 0
    assert climbs(PAPER, 1).accepted == process.revision
    assert Entry.objects.get(verb="flows.accepted").sentence == "通过了兴义市教育局关工委的《2020年年终报送》"


def test_the_receiving_unit_decides_and_nobody_else(papers: Papers, cast: Cast) -> None:
    process = papers.send(cast.xingyi_officer, "qianxinan")

    assert can_decide(cast.qianxinan_officer, process)
    assert can_decide(cast.qianxinan_leader, process)
    for actor in (cast.xingyi_officer, cast.anlong_officer, cast.province_officer, cast.guiyang_officer):
        assert can_decide(actor, process).reason == "这一步由黔西南州教育局关工委办理。"
        with pytest.raises(DeniedError):
            decide(process, Verdict.ACCEPT, by=actor)


def test_an_observer_decides_nothing(papers: Papers, cast: Cast) -> None:
    process = papers.send(cast.qianxinan_officer, "province")

    for actor in (cast.province_observer, cast.province_admin):
        assert can_decide(actor, process).reason == "您的岗位只能查看，不能审核。"


def test_the_second_decider_learns_who_was_faster_and_when(papers: Papers, cast: Cast) -> None:
    process = papers.send(cast.qianxinan_officer, "province")
    decide(process, Verdict.ACCEPT, by=cast.province_officer)

    with pytest.raises(NotNowError) as refused:
        decide(process, Verdict.RETURN, by=cast.province_leader, reason="缺照片")

    at = Decision.objects.get().at.astimezone(clock.SHANGHAI)
    assert refused.value.reason == f"周敏已在 {at.month}月{at.day}日 {at:%H:%M} 通过了这份材料，不用再办。"
    assert Decision.objects.count() == 1


def test_a_return_needs_a_reason(papers: Papers, cast: Cast) -> None:
    process = papers.send(cast.xingyi_officer, "qianxinan")

    with pytest.raises(BadInputError, match="补充什么"):
        decide(process, Verdict.RETURN, by=cast.qianxinan_officer, reason="  ")

    assert open_process(PAPER, 1) == process


def test_a_return_lands_with_the_sender_with_the_date_of_the_task(papers: Papers, cast: Cast) -> None:
    officer = cast.xingyi_officer
    due = clock.today() + dt.timedelta(days=6)
    open_todo(
        org_id=officer.org_id, wait=Wait.FILL, kind=PAPER, subject_id=1, title="填报", cite="第3条", due=due
    )
    process = papers.send(officer, "qianxinan")
    assert waiting(officer) == []

    decide(process, Verdict.RETURN, by=cast.qianxinan_officer, reason="缺活动照片", notes={"5": "几人参加"})

    todo = Todo.objects.open().get()
    assert (todo.wait, todo.person_id, todo.detail) == (Wait.CORRECT, officer.person_id, "缺活动照片")
    assert (todo.due, todo.cite) == (due, "第3条")
    assert waiting(officer) == [("correct", "请补充：2020年年终报送")]
    assert papers.heard[-1] == ("returned", 1, 1)
    asked = climbs(PAPER, 1).asked
    assert asked is not None
    assert (asked.reason, asked.notes) == ("缺活动照片", {"5": "几人参加"})


def test_a_return_for_somebody_who_left_is_for_the_whole_unit(papers: Papers, cast: Cast) -> None:
    process = papers.send(cast.xingyi_officer, "qianxinan")
    Appointment.objects.filter(person_id=cast.xingyi_officer.person_id).update(valid_to=clock.today())

    decide(process, Verdict.RETURN, by=cast.qianxinan_officer, reason="缺照片")

    assert Todo.objects.open().get().person_id is None


def test_after_a_return_the_next_revision_climbs(papers: Papers, cast: Cast) -> None:
    first = papers.send(cast.xingyi_officer, "qianxinan")
    decide(first, Verdict.RETURN, by=cast.qianxinan_officer, reason="缺照片")

    second = papers.send(cast.xingyi_officer, "qianxinan")

    assert second.revision.number == 2
    assert waiting(cast.xingyi_officer) == []
    assert climbs(PAPER, 1).asked is None
    assert climbs(PAPER, 1).accepted is None


def test_totals_keep_the_accepted_revision_while_a_newer_one_waits(papers: Papers, cast: Cast) -> None:
    first = decide(papers.send(cast.xingyi_officer, "qianxinan"), Verdict.ACCEPT, by=cast.qianxinan_officer)
    papers.send(cast.xingyi_officer, "qianxinan")

    assert climbs(PAPER, 1).accepted == first.revision


def test_recalling_opens_the_task_again(papers: Papers, cast: Cast) -> None:
    officer = cast.xingyi_officer
    due = clock.today()
    open_todo(org_id=officer.org_id, wait=Wait.FILL, kind=PAPER, subject_id=1, title="填年终报送", due=due)
    process = papers.send(officer, "qianxinan")

    process = recall(process, by=officer)

    assert process.state == ProcessState.RECALLED
    assert papers.heard[-1] == ("recalled", 1, 1)
    todo = Todo.objects.open().get()
    assert (todo.org_id, todo.wait, todo.title, todo.due) == (officer.org_id, Wait.FILL, "填年终报送", due)


def test_recalling_a_corrected_paper_asks_for_the_correction_again(papers: Papers, cast: Cast) -> None:
    officer = cast.xingyi_officer
    decide(papers.send(officer, "qianxinan"), Verdict.RETURN, by=cast.qianxinan_officer, reason="缺照片")

    recall(papers.send(officer, "qianxinan"), by=officer)

    todo = Todo.objects.open().get()
    assert (todo.wait, todo.person_id) == (Wait.CORRECT, officer.person_id)


def test_recall_is_for_the_sending_unit_before_a_decision(papers: Papers, cast: Cast) -> None:
    process = papers.send(cast.xingyi_officer, "qianxinan")

    assert not can_recall(cast.qianxinan_officer, process)
    assert not can_recall(cast.xingyi_admin, process)
    decide(process, Verdict.ACCEPT, by=cast.qianxinan_officer)
    with pytest.raises(NotNowError, match=r"不能撤回了：韦州办已在 .* 通过了这份材料"):
        recall(process, by=cast.xingyi_officer)


def test_deciding_what_was_recalled_tells_so(papers: Papers, cast: Cast) -> None:
    process = papers.send(cast.xingyi_officer, "qianxinan")
    recall(process, by=cast.xingyi_officer)

    with pytest.raises(NotNowError, match=r"兴义市教育局关工委已在 .* 撤回了这份材料"):
        decide(process, Verdict.ACCEPT, by=cast.qianxinan_officer)


def test_a_page_of_an_older_revision_does_not_decide_the_newer_one(papers: Papers, cast: Cast) -> None:
    old_step = papers.send(cast.xingyi_officer, "qianxinan").steps.get()
    recall(open_process(PAPER, 1), by=cast.xingyi_officer)  # type: ignore[arg-type]  # it was just sent
    newer = papers.send(cast.xingyi_officer, "qianxinan")

    with pytest.raises(NotNowError, match="撤回了这份材料"):
        decide(newer, Verdict.ACCEPT, by=cast.qianxinan_officer, step_id=old_step.pk)
    with pytest.raises(NotNowError, match="请刷新"):
        decide(newer, Verdict.ACCEPT, by=cast.qianxinan_officer, step_id=0)
    decide(newer, Verdict.ACCEPT, by=cast.qianxinan_officer, step_id=newer.steps.get().pk)

    assert climbs(PAPER, 1).accepted == newer.revision


@pytest.mark.parametrize("state", ProcessState.values)
def test_a_process_makes_only_the_moves_of_its_table(papers: Papers, cast: Cast, state: str) -> None:
    process = papers.send(cast.xingyi_officer, "qianxinan")
    Process.objects.update(state=state)

    if ProcessState.MOVES[state]:
        assert decide(process, Verdict.ACCEPT, by=cast.qianxinan_officer).state in ProcessState.MOVES[state]
    else:
        for verb in (
            lambda: decide(process, Verdict.ACCEPT, by=cast.qianxinan_officer),
            lambda: decide(process, Verdict.RETURN, by=cast.qianxinan_officer, reason="缺"),
            lambda: recall(process, by=cast.xingyi_officer),
        ):
            with pytest.raises(NotNowError):
                verb()


def test_opening_the_same_todo_again_refreshes_it(papers: Papers, cast: Cast) -> None:
    given = {"org_id": cast.xingyi_officer.org_id, "wait": Wait.FILL, "kind": PAPER, "subject_id": 9}
    first = open_todo(title="旧", **given)  # type: ignore[arg-type]  # one dictionary for several types

    second = open_todo(title="新" * 300, due=clock.today(), **given)  # type: ignore[arg-type]

    assert first.pk == second.pk
    assert (Todo.objects.get().title, Todo.objects.get().due) == ("新" * 200, clock.today())


def test_a_named_todo_follows_the_post_to_the_successor(papers: Papers, cast: Cast) -> None:
    decide(
        papers.send(cast.xingyi_officer, "qianxinan"),
        Verdict.RETURN,
        by=cast.qianxinan_officer,
        reason="缺照片",
    )

    moved = hand_over(cast.orgs["xingyi"].pk, cast.xingyi_officer.person_id, cast.xingyi_admin.person_id)

    assert moved == 1
    assert Todo.objects.open().get().person_id == cast.xingyi_admin.person_id
    assert hand_over(cast.orgs["anlong"].pk, cast.xingyi_admin.person_id, 1) == 0
