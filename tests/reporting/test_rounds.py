"""A notice asks units for an answer: who is asked, when, and what changes when the date moves or it is cancelled."""

import datetime as dt

import pytest

from tests.cast import Cast
from xinhuo.core.errors import BadInputError, DeniedError, NotNowError
from xinhuo.documents.actions import ask_for, send_document
from xinhuo.documents.asking import Wanted
from xinhuo.documents.models import Dispatch
from xinhuo.flows.models import Todo
from xinhuo.reporting.actions import close_round, list_returns, move_due, open_returns
from xinhuo.reporting.enums import RoundState
from xinhuo.reporting.kinds import RETURN
from xinhuo.reporting.models import Return, Round
from xinhuo.reporting.rules import can_fill

from .notices import CONFERENCE, LI, WANG, answer, draft, in_days, notice, pass_on, return_of, round_of, rule


def fill_todos() -> list[Todo]:
    return list(Todo.objects.open().filter(kind=RETURN, wait__in=("fill", "correct")).order_by("org_id"))


def test_each_unit_that_got_the_notice_as_work_has_it_on_its_list(cast: Cast) -> None:
    document = notice(cast, "qianxinan", "university", copies=("guiyang",))

    todos = fill_todos()

    assert {todo.org_id for todo in todos} == {cast.orgs["qianxinan"].pk, cast.orgs["university"].pk}
    assert todos[0].title == "回复：《关于召开工作会议的通知》"
    assert "参会回执" in todos[0].detail
    assert todos[0].due == document.due
    assert todos[0].cite == "黔教关〔2026〕9号"
    assert not Return.objects.filter(org=cast.orgs["guiyang"]).exists()


def test_a_notice_that_asks_for_nothing_opens_no_round(cast: Cast) -> None:
    notice(cast, "qianxinan", wanted=Wanted())

    assert not Round.objects.exists()


def test_asking_a_chunk_twice_changes_nothing(cast: Cast) -> None:
    asked = round_of(notice(cast, "qianxinan"))
    ids = [cast.orgs["qianxinan"].pk]

    open_returns(asked, ids, due=in_days(3))
    list_returns(asked, ids)

    assert Return.objects.count() == 1
    assert len(fill_todos()) == 1
    assert Return.objects.get().due == asked.due


def test_nobody_sees_the_question_before_the_sending_is_complete(cast: Cast) -> None:
    asked = round_of(notice(cast, "qianxinan"))
    open_returns(asked, [cast.orgs["guiyang"].pk], due=None)

    assert not Return.objects.visible_to(cast.guiyang_officer).exists()
    list_returns(asked, [cast.orgs["guiyang"].pk])
    assert Return.objects.visible_to(cast.guiyang_officer).exists()


def test_units_left_out_at_first_come_into_the_same_round_with_their_own_date(cast: Cast) -> None:
    document = notice(cast, "qianxinan")

    to = {"ids": [cast.orgs["guiyang"].pk]}
    send_document(document, to=to, to_label="贵阳市", due=in_days(30), by=cast.province_officer)

    assert Round.objects.count() == 1
    assert return_of(cast, document, "guiyang").due == in_days(30)
    assert return_of(cast, document, "qianxinan").due == document.due


def test_passed_on_the_same_is_asked_of_those_below(cast: Cast) -> None:
    document = notice(cast, "qianxinan")
    below = pass_on(cast, document, "qianxinan", "xingyi", "anlong")

    asked = round_of(below)

    assert asked.upstream == round_of(document)
    assert asked.form == round_of(document).form
    assert asked.asker == cast.orgs["qianxinan"]
    assert asked.due == document.due - dt.timedelta(days=5)
    assert asked.returns.count() == 2


def test_a_unit_may_pass_the_notice_on_and_answer_alone(cast: Cast) -> None:
    pass_on(cast, notice(cast, "qianxinan"), "qianxinan", "xingyi", ask_below=False)

    assert Round.objects.count() == 1


def test_what_is_asked_is_fixed_once_units_were_asked(cast: Cast) -> None:
    document = notice(cast, "qianxinan")

    with pytest.raises(NotNowError, match="已经下发"):
        ask_for(document, Wanted(wants_text=True), by=cast.province_officer)


def test_a_list_that_cannot_be_filled_is_not_sent(cast: Cast) -> None:
    document = draft(cast, Wanted().after("add"))

    with pytest.raises(BadInputError, match="没有写名称"):
        send_document(
            document, to={"ids": [cast.orgs["qianxinan"].pk]}, to_label="州", by=cast.province_officer
        )
    assert not Dispatch.objects.exists()


def test_a_colleagues_columns_are_not_overwritten(cast: Cast) -> None:
    document = draft(cast)
    seen = document.ask.form.version
    ask_for(document, CONFERENCE.after("drop:remark"), by=cast.province_leader, seen=seen)

    with pytest.raises(NotNowError, match="同事刚刚改过"):
        ask_for(document, CONFERENCE.after("drop:room"), by=cast.province_officer, seen=seen)


def test_a_postponed_date_moves_everybody_who_has_not_finished_and_those_below(cast: Cast) -> None:
    document = notice(cast, "qianxinan", "university")
    below = pass_on(cast, document, "qianxinan", "xingyi")
    done = rule(cast, answer(cast, return_of(cast, document, "university"), WANG))

    move_due(round_of(document), in_days(40), by=cast.province_officer)

    assert return_of(cast, document, "qianxinan").due == in_days(40)
    assert return_of(cast, below, "xingyi").due == in_days(35)
    assert {todo.due for todo in fill_todos()} == {in_days(40), in_days(35)}
    assert return_of(cast, document, "university").due == done.due == document.due


def test_a_date_brought_forward_leaves_the_dates_others_gave_alone(cast: Cast) -> None:
    document = notice(cast, "qianxinan")
    below = pass_on(cast, document, "qianxinan", "xingyi")

    move_due(round_of(document), in_days(18), by=cast.province_officer)

    assert return_of(cast, document, "qianxinan").due == in_days(18)
    assert return_of(cast, below, "xingyi").due == in_days(15)


def test_ending_a_round_takes_it_off_all_lists_and_makes_nobody_late(cast: Cast) -> None:
    document = notice(cast, "qianxinan", "university")
    below = pass_on(cast, document, "qianxinan", "xingyi")

    close_round(round_of(document), by=cast.province_officer)

    assert fill_todos() == []
    assert set(Round.objects.values_list("state", flat=True)) == {RoundState.CLOSED}
    assert not can_fill(cast.xingyi_officer, return_of(cast, below, "xingyi"))
    assert set(Return.objects.values_list("accepted_late_days", flat=True)) == {None}
    with pytest.raises(NotNowError, match="已经结束"):
        close_round(round_of(document), by=cast.province_officer)
    with pytest.raises(NotNowError, match="已经结束"):
        move_due(round_of(document), in_days(50), by=cast.province_officer)


def test_only_the_unit_that_asks_moves_and_ends(cast: Cast) -> None:
    asked = round_of(notice(cast, "qianxinan"))

    for actor in (cast.qianxinan_officer, cast.province_observer):
        with pytest.raises(DeniedError):
            move_due(asked, in_days(40), by=actor)
        with pytest.raises(DeniedError):
            close_round(asked, by=actor)


def test_what_came_before_the_end_can_still_be_decided(cast: Cast) -> None:
    document = notice(cast, "qianxinan")
    ret = answer(cast, return_of(cast, document, "qianxinan"), WANG, LI)
    close_round(round_of(document), by=cast.province_officer)

    assert rule(cast, ret).state == "accepted"
