"""A unit answers: filling, sending up, being asked for more, merging what came from below."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import Cast
from tests.files.samples import picture
from xinhuo.core import clock
from xinhuo.core.actor import Role
from xinhuo.core.contracts import by_kind
from xinhuo.core.errors import BadInputError, DeniedError, NotNowError
from xinhuo.files.actions import set_attachments, store_file
from xinhuo.flows.actions import set_route
from xinhuo.flows.enums import Verdict
from xinhuo.flows.models import Process, Revision, Todo
from xinhuo.orgs.models import Org
from xinhuo.reporting.actions import (
    accept_many,
    add_rows,
    recall_return,
    save_return,
    submit_return,
)
from xinhuo.reporting.actions.filling import Entry
from xinhuo.reporting.kinds import RETURN
from xinhuo.reporting.models import Return
from xinhuo.reporting.moves import UNIT_CHANGES
from xinhuo.reporting.queries.rounds import collected, with_counts
from xinhuo.reporting.rules import can_fill

from .notices import LI, WANG, WORDS, answer, fill, notice, pass_on, return_of, round_of, rule


def names(rows):
    return [row["cells"]["name"] for row in rows]


def waits(cast: Cast, unit: str) -> list[tuple[str, str]]:
    rows = Todo.objects.open().filter(org=cast.orgs[unit], kind=RETURN)
    return [(row.wait, row.title) for row in rows]


def test_a_list_is_sent_accepted_and_off_the_lists(cast: Cast) -> None:
    document = notice(cast, "qianxinan")
    ret = answer(cast, return_of(cast, document, "qianxinan"), WANG, LI)

    assert waits(cast, "qianxinan") == []
    assert waits(cast, "province") == [("decide", "黔西南州回复：《关于召开工作会议的通知》")]
    assert not can_fill(cast.qianxinan_officer, ret)

    rule(cast, ret)

    assert (ret.state, ret.accepted_late_days) == ("accepted", 0)
    assert waits(cast, "province") == []
    assert names(collected(round_of(document)).answers[0].rows) == ["王芳", "李雷"]


def test_asked_for_more_it_comes_back_with_everything_in_it(cast: Cast) -> None:
    document = notice(cast, "qianxinan")
    ret = answer(cast, return_of(cast, document, "qianxinan"), WANG)

    rule(cast, ret, Verdict.RETURN, "请补充带队领导")

    assert ret.state == "returned"
    assert waits(cast, "qianxinan") == [("correct", "请补充：黔西南州回复：《关于召开工作会议的通知》")]
    assert names(ret.rows) == ["王芳"]
    assert collected(round_of(document)).reported == 0
    answer(cast, ret, WANG, LI)
    assert collected(round_of(document)).reported == 1
    assert Revision.objects.filter(kind=RETURN).count() == 2


def test_what_was_accepted_counts_until_a_newer_one_arrives(cast: Cast) -> None:
    document = notice(cast, "qianxinan")
    ret = rule(cast, answer(cast, return_of(cast, document, "qianxinan"), WANG))
    answer(cast, ret, WANG, LI)

    assert names(collected(round_of(document)).answers[0].rows) == ["王芳", "李雷"]
    assert names(collected(round_of(document), accepted_only=True).answers[0].rows) == ["王芳"]

    rule(cast, ret, Verdict.RETURN, "多了一个")
    assert names(collected(round_of(document)).answers[0].rows) == ["王芳"]


def test_taken_back_it_does_not_count(cast: Cast) -> None:
    document = notice(cast, "qianxinan")
    ret = answer(cast, return_of(cast, document, "qianxinan"), WANG)

    recall_return(ret, by=cast.qianxinan_officer)

    assert collected(round_of(document)).reported == 0
    assert [wait for wait, _ in waits(cast, "qianxinan")] == ["fill"]
    with pytest.raises(NotNowError, match="不用撤回"):
        recall_return(ret, by=cast.qianxinan_officer)


def test_a_list_leaves_the_unit_only_when_its_leader_agreed(cast: Cast) -> None:
    document = notice(cast, "qianxinan")
    set_route(cast.orgs["qianxinan"].pk, [Role.LEADER], by=cast.qianxinan_leader)
    ret = answer(cast, return_of(cast, document, "qianxinan"), WANG)
    asked = round_of(document)

    assert collected(asked).reported == 0
    assert collected(asked).missing[0].ret == ret
    assert not Return.objects.visible_to(cast.province_officer).exists()
    assert accept_many(asked, [ret.pk], by=cast.province_officer) == 0

    from xinhuo.flows.actions import decide  # noqa: PLC0415

    decide(Process.objects.get(), Verdict.ACCEPT, by=cast.qianxinan_leader)
    assert collected(asked).reported == 1
    assert accept_many(asked, [ret.pk], by=cast.province_officer) == 1


def test_an_empty_list_is_not_sent_unless_there_is_nothing_to_report(cast: Cast) -> None:
    document = notice(cast, "qianxinan")
    ret = return_of(cast, document, "qianxinan")

    with pytest.raises(BadInputError, match="名单还是空的"):
        submit_return(ret, by=cast.qianxinan_officer)
    answer(cast, ret, nothing=True)

    found = collected(round_of(document))
    assert (found.reported, found.lines) == (1, [])
    assert found.answers[0].said["nothing"] is True


def test_a_row_with_a_wrong_cell_keeps_the_list_at_home(cast: Cast) -> None:
    ret = return_of(cast, notice(cast, "qianxinan"), "qianxinan")
    fill(cast, ret, {**WANG, "arrives": "下周", "phone": ""})

    with pytest.raises(BadInputError, match="1 行要改"):
        submit_return(ret, by=cast.qianxinan_officer)
    ret.refresh_from_db()
    assert ret.rows[0]["cells"]["arrives"] == "下周"


def test_text_and_files_are_demanded_and_travel(cast: Cast) -> None:
    document = notice(cast, "qianxinan", wanted=WORDS)
    ret = return_of(cast, document, "qianxinan")
    by = cast.qianxinan_officer

    with pytest.raises(BadInputError, match="贯彻落实情况"):
        submit_return(ret, by=by)
    fill(cast, ret, text="已传达学习。")
    with pytest.raises(BadInputError, match="附件"):
        submit_return(ret, by=by)
    file = store_file(SimpleUploadedFile("回执.jpg", picture(), "image/jpeg"), by=by)
    set_attachments(RETURN, ret.pk, [file.pk], by=by)
    see = by_kind("subjects")[RETURN].can_see_file
    assert not see(cast.province_officer, ret.pk, file.sha256)
    submit_return(ret, by=by)

    said = collected(round_of(document)).answers[0].said
    assert said["text"] == "已传达学习。"
    assert [item["name"] for item in said["files"]] == ["回执.jpg"]
    assert see(cast.province_officer, ret.pk, file.sha256)
    assert not see(cast.guiyang_officer, ret.pk, file.sha256)


def test_two_colleagues_on_one_page_one_wins_the_other_is_told(cast: Cast) -> None:
    ret = return_of(cast, notice(cast, "qianxinan", wanted=WORDS), "qianxinan")
    save_return(ret, Entry({}, 0, text="甲写的"), by=cast.qianxinan_officer)

    late = save_return(ret, Entry({}, 0, text="乙写的"), by=cast.qianxinan_leader)

    assert late.text_clash
    assert late.ret.text == "甲写的"
    assert not save_return(
        ret, Entry({}, late.ret.version, text="乙写的"), by=cast.qianxinan_leader
    ).text_clash


def test_a_save_that_changes_nothing_writes_nothing(cast: Cast) -> None:
    ret = fill(cast, return_of(cast, notice(cast, "qianxinan"), "qianxinan"), WANG)

    again = save_return(ret, Entry({"r1": WANG}, ret.version), by=cast.qianxinan_leader)

    assert again.ret.version == ret.version
    assert again.ret.saved_by == "韦州办"


def test_only_the_unit_itself_fills_and_drafts_are_its_own(cast: Cast) -> None:
    ret = return_of(cast, notice(cast, "qianxinan"), "qianxinan")

    for actor in (cast.province_officer, cast.guiyang_officer, cast.xingyi_officer):
        with pytest.raises(DeniedError, match="黔西南州教育局关工委填写"):
            save_return(ret, Entry({"r1": WANG}, 0), by=actor)
        assert not Return.objects.visible_to(actor).filter(pk=ret.pk).exists()


def test_days_late_are_frozen_when_it_is_accepted(cast: Cast) -> None:
    ret = return_of(cast, notice(cast, "qianxinan"), "qianxinan")
    Return.objects.filter(pk=ret.pk).update(due=clock.today() - dt.timedelta(days=3))

    rule(cast, answer(cast, ret, WANG))

    assert ret.accepted_late_days == 3


def test_pasted_rows_are_added_once_and_kept_with_their_faults(cast: Cast) -> None:
    ret = return_of(cast, notice(cast, "qianxinan"), "qianxinan")

    ret, number, same = add_rows(ret, [WANG, WANG, {"name": "无电话"}], by=cast.qianxinan_officer)

    assert (number, same) == (2, 1)
    assert names(ret.rows) == ["王芳", "无电话"]


def test_counts_of_a_round_agree_with_what_it_brought_together(cast: Cast) -> None:
    document = notice(cast, "qianxinan", "guiyang", "university")
    rule(cast, answer(cast, return_of(cast, document, "qianxinan"), WANG))
    answer(cast, return_of(cast, document, "guiyang"), LI)
    found = collected(round_of(document))

    (counted,) = with_counts(type(found.round).objects.filter(pk=found.round.pk))

    assert (counted.expected, counted.reported, counted.waiting) == (3, 2, 1)
    assert (found.expected, found.reported, len(found.waiting)) == (3, 2, 1)


def test_open_answers_follow_a_unit_that_moves(cast: Cast) -> None:
    document = notice(cast, "qianxinan", "guiyang")
    ret = return_of(cast, document, "qianxinan")
    assert ret.a1 == cast.orgs["qianxinan"].pk
    Return.objects.update(a1=None)

    assert UNIT_CHANGES[0].preview(cast.orgs["qianxinan"].pk) == 1
    assert UNIT_CHANGES[0].apply(cast.orgs["qianxinan"].pk) == 1
    ret.refresh_from_db()
    assert ret.a1 == cast.orgs["qianxinan"].pk
    assert Org.objects.count() == len(cast.orgs)


def test_upper_levels_read_what_was_sent_and_others_nothing(cast: Cast, client: Client) -> None:
    document = notice(cast, "qianxinan")
    below = pass_on(cast, document, "qianxinan", "xingyi")
    ret = answer(cast, return_of(cast, below, "xingyi"), WANG)

    for who, status in (("qianxinan_officer", 200), ("province_officer", 200), ("anlong_officer", 404)):
        client.force_login(cast.users[who])
        assert client.get(ret.url).status_code == status, who
