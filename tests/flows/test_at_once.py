"""Two people at the same moment, in two threads over a real database."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from tests.cast import Cast, build_cast
from xinhuo.core.errors import NotNowError
from xinhuo.flows.actions import decide, recall
from xinhuo.flows.enums import ProcessState, Verdict
from xinhuo.flows.models import Decision, Process, Revision, Todo

from .conftest import Papers

ROUNDS = 6
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """The cast, committed: threads see only what is."""
    return build_cast()


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """Do all works at the same moment; the answer of each is its value or its refusal."""
    barrier = Barrier(len(works))

    def start(work: Callable[[], Any]) -> Any:
        connection.ensure_connection()
        barrier.wait(timeout=20)
        try:
            return work()
        except NotNowError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(start, works))


def refusals(answers: list[Any]) -> Iterator[str]:
    return (answer.reason for answer in answers if isinstance(answer, NotNowError))


def test_two_deciders_one_wins_and_the_other_sees_who_was_faster(papers: Papers, cast: Cast) -> None:
    for number in range(1, ROUNDS + 1):
        process = papers.send(cast.qianxinan_officer, "province", subject_id=number)

        answers = at_once(
            lambda process=process: decide(process, Verdict.ACCEPT, by=cast.province_officer),
            lambda process=process: decide(process, Verdict.RETURN, by=cast.province_leader, reason="缺照片"),
        )

        decision = Decision.objects.get(revision=process.revision)
        (reason,) = refusals(answers)
        assert reason.startswith(f"{decision.by_name}已在 ")
        process.refresh_from_db()
        won = ProcessState.ACCEPTED if decision.verdict == Verdict.ACCEPT else ProcessState.RETURNED
        assert process.state == won
    assert Decision.objects.count() == ROUNDS
    assert [event for event, _, _ in papers.heard].count("arrived") == ROUNDS
    assert len(papers.heard) == 2 * ROUNDS


def test_recall_against_decision_has_one_winner(papers: Papers, cast: Cast) -> None:
    for number in range(1, ROUNDS + 1):
        process = papers.send(cast.qianxinan_officer, "province", subject_id=number)

        answers = at_once(
            lambda process=process: decide(process, Verdict.ACCEPT, by=cast.province_officer),
            lambda process=process: recall(process, by=cast.qianxinan_officer),
        )

        (reason,) = refusals(answers)
        process.refresh_from_db()
        decided = Decision.objects.filter(revision=process.revision).exists()
        assert process.state == (ProcessState.ACCEPTED if decided else ProcessState.RECALLED)
        assert ("通过了" if decided else "撤回了") in reason
        assert Todo.objects.open().filter(subject_id=number).count() == (0 if decided else 1)


def test_two_officers_sending_the_same_paper_send_it_once(papers: Papers, cast: Cast) -> None:
    for number in range(1, ROUNDS + 1):
        answers = at_once(
            *[lambda number=number: papers.send(cast.qianxinan_officer, "province", subject_id=number)] * 3
        )

        assert len(list(refusals(answers))) == 2
        assert Process.objects.filter(subject_id=number).count() == 1
        assert Revision.objects.filter(subject_id=number).count() == 1
        assert Todo.objects.open().filter(subject_id=number).count() == 1
