"""Drafting and sending: what is frozen, who is skipped, what is refused."""

import datetime as dt

import pytest

from tests.documents.conftest import Province, in_days
from xinhuo.core.actor import Role
from xinhuo.core.errors import BadInputError, DeniedError, NotNowError
from xinhuo.documents.actions import create_document, receive, save_document, send_document
from xinhuo.documents.enums import DispatchState, DocumentState
from xinhuo.documents.models import Delivery, Dispatch, Document
from xinhuo.flows.models import Todo
from xinhuo.journal.models import Entry

Heard = list[tuple[int, list[int]]]


def waiting(province: Province, key: str) -> list[tuple[str, str, dt.date | None]]:
    rows = Todo.objects.open().filter(org=province.units[key])
    return [(row.wait, row.title, row.due) for row in rows]


def test_sending_delivers_once_and_asks_for_a_receipt(province: Province, heard: Heard) -> None:
    document = province.write(number="黔教办函〔2020〕38号")

    dispatch = province.send(document, "黔西南", "铜仁", copies=("贵大",), due=in_days(30))

    document.refresh_from_db()
    assert (dispatch.state, document.state) == (DispatchState.DONE, DocumentState.SENT)
    assert document.sent_at is not None
    got = {row.org_id: row for row in Delivery.objects.filter(document=document)}
    units = province.units
    assert set(got) == {units["黔西南"].pk, units["铜仁"].pk, units["贵大"].pk}
    copy = got[units["贵大"].pk]
    assert (copy.is_copy, copy.due) == (True, None)
    assert (got[units["铜仁"].pk].is_copy, got[units["铜仁"].pk].due) == (False, in_days(30))
    assert waiting(province, "黔西南") == [("receive", "签收：《2020年工作要点》", in_days(30))]
    assert heard == [(dispatch.pk, sorted([units["黔西南"].pk, units["铜仁"].pk]))]
    assert Entry.objects.get(verb="documents.sent").sentence == (
        "下发《2020年工作要点》（黔教办函〔2020〕38号），发给2个单位，抄送1个单位"
    )


def test_copies_owe_nothing(province: Province, heard: Heard) -> None:
    document = province.write()

    province.send(document, "黔西南", copies=("贵大",))

    assert waiting(province, "贵大") == []
    assert heard == [(Dispatch.objects.get().pk, [province.units["黔西南"].pk])]


def test_deliveries_know_their_ancestors(province: Province) -> None:
    province.send(province.write(), "一小", "黔西南")

    units = province.units
    school, prefecture = province.got("一小"), province.got("黔西南")
    assert (school.a1, school.a2, school.a3) == (units["黔西南"].pk, units["兴义"].pk, units["一小"].pk)
    assert (prefecture.a1, prefecture.a2, prefecture.a3) == (units["黔西南"].pk, None, None)


def test_the_audience_is_frozen(province: Province) -> None:
    document = province.write()

    dispatch = send_document(
        document, to={"kinds": ["prefecture"]}, to_label="2 个市（州）", by=province.by("省厅")
    )

    units = province.units
    assert dispatch.to.org_ids == [units["黔西南"].pk, units["铜仁"].pk]
    assert (dispatch.to.label, dispatch.to.owner_id) == ("2 个市（州）", units["省厅"].pk)
    assert dispatch.to.frozen_at is not None


def test_sending_again_reaches_only_those_who_were_left_out(province: Province) -> None:
    document = province.write()
    province.send(document, "黔西南")
    first = province.got("黔西南")

    again = province.send(document, "黔西南", "铜仁")

    assert again.skipped == [
        {
            "org": province.units["黔西南"].pk,
            "name": "黔西南州教育局",
            "why": "已由贵州省教育厅关工委发送过这份文件",
        }
    ]
    assert province.got("黔西南").pk == first.pk
    assert Delivery.objects.filter(dispatch=again).count() == 1
    assert len(waiting(province, "黔西南")) == 1


def test_a_unit_named_twice_gets_it_as_work(province: Province) -> None:
    province.send(province.write(), "黔西南", copies=("黔西南", "铜仁"))

    assert province.got("黔西南").is_copy is False
    assert province.got("铜仁").is_copy is True


def test_a_copy_becomes_work_when_it_is_sent_as_work(province: Province, heard: Heard) -> None:
    document = province.write()
    province.send(document, "铜仁", copies=("黔西南",))
    receive(province.got("黔西南"), by=province.by("黔西南"))

    again = province.send(document, "黔西南", due=in_days(9))

    delivery = province.got("黔西南")
    assert (delivery.is_copy, delivery.dispatch_id, delivery.due) == (False, again.pk, in_days(9))
    assert (delivery.received_at, delivery.received_by) == (None, "")
    assert waiting(province, "黔西南") == [("receive", "签收：《2020年工作要点》", in_days(9))]
    assert heard[-1] == (again.pk, [province.units["黔西南"].pk])


@pytest.mark.parametrize(
    ("criteria", "message"),
    [
        ({"ids": []}, "没有选中任何单位"),
        ({"kinds": ["special"]}, "没有选中任何单位"),
        ({"kind": ["prefecture"]}, "不认识的筛选条件"),
    ],
)
def test_sending_to_nobody_is_explained(
    province: Province, criteria: dict[str, list[str]], message: str
) -> None:
    document = province.write()

    with pytest.raises(BadInputError, match=message):
        send_document(document, to=criteria, to_label="", by=province.by("省厅"))

    document.refresh_from_db()
    assert (document.state, Dispatch.objects.count()) == (DocumentState.DRAFT, 0)


def test_sending_to_the_own_unit_is_explained(province: Province) -> None:
    with pytest.raises(BadInputError, match="不用再发给自己"):
        province.send(province.write(), "省厅", "铜仁")


def test_sending_where_everybody_has_it_is_explained(province: Province) -> None:
    document = province.write()
    province.send(document, "铜仁")

    with pytest.raises(BadInputError, match="铜仁市教育局已由贵州省教育厅关工委发送过"):
        province.send(document, "铜仁")


@pytest.mark.parametrize(
    ("fields", "message"), [({"title": " "}, "标题"), ({"text": " \n"}, "没有正文，也没有附件")]
)
def test_an_unfinished_document_is_not_sent(province: Province, fields: dict[str, str], message: str) -> None:
    with pytest.raises(BadInputError, match=message):
        province.send(province.write(**fields), "铜仁")


def test_only_working_posts_of_the_issuer_send(province: Province) -> None:
    document = province.write()

    for actor in (
        province.act("省厅", Role.OBSERVER),
        province.act("省厅", Role.ADMIN),
        province.by("黔西南"),
    ):
        with pytest.raises(DeniedError):
            send_document(document, to=province.ids("兴义"), to_label="", by=actor)
    with pytest.raises(DeniedError, match="只能查看"):
        create_document(by=province.act("省厅", Role.OBSERVER), title="通知")


def test_the_line_decides_for_a_college_that_answers_to_two(province: Province) -> None:
    by_bureau = province.write(line="bureau", title="甲")
    by_college = province.write(line="college", title="乙")
    any_line = province.write(title="丙")
    everybody = {"kinds": ["prefecture", "vocational_college"]}
    for document in (by_bureau, by_college, any_line):
        send_document(document, to=everybody, to_label="", by=province.by("省厅"))

    got = set(
        Delivery.objects.filter(org=province.units["铜仁职院"]).values_list("document__title", flat=True)
    )
    skipped = Dispatch.objects.get(document=by_bureau).skipped

    assert got == {"乙", "丙"}
    assert [(item["name"], item["why"]) for item in skipped] == [
        ("铜仁职业技术学院", "这份文件走市州县条线，由铜仁市教育局关工委转发")
    ]


def test_the_second_superior_reaches_its_college_only_in_its_line(province: Province) -> None:
    mine = province.write("铜仁", line="bureau", title="甲")
    theirs = province.write("铜仁", line="college", title="乙")

    province.send(mine, "铜仁职院")
    with pytest.raises(BadInputError, match="走高校条线，由贵州省教育厅关工委发送"):
        province.send(theirs, "铜仁职院")

    assert province.got("铜仁职院").document_id == mine.pk


def test_a_unit_of_another_branch_is_out_of_reach(province: Province) -> None:
    with pytest.raises(BadInputError, match="没有选中任何单位"):
        province.send(province.write("铜仁"), "兴义")


def test_what_was_sent_stays_as_it_was(province: Province) -> None:
    document = province.write()
    province.send(document, "铜仁")

    with pytest.raises(NotNowError, match="已经下发"):
        save_document(document, by=province.by("省厅"), text="改过")

    document.refresh_from_db()
    assert document.text == "各市（州）教育局："


def test_two_people_saving_one_draft_lose_nothing(province: Province) -> None:
    document = province.write()
    seen = Document.objects.get(pk=document.pk).version
    save_document(document, by=province.act("省厅", name="王敏"), seen=seen, title="王敏改的标题")

    with pytest.raises(NotNowError, match="王敏在"):
        save_document(document, by=province.by("省厅"), seen=seen, title="另一个标题")

    document.refresh_from_db()
    assert (document.title, document.by_name) == ("王敏改的标题", "王敏")


def test_saving_nothing_new_writes_nothing(province: Province) -> None:
    document = province.write()
    before = Document.objects.get(pk=document.pk).version

    save_document(document, by=province.by("省厅"), seen="older", title="2020年工作要点")

    assert Document.objects.get(pk=document.pk).version == before
    assert not Entry.objects.filter(verb="documents.saved").exists()


def test_autosaving_journals_a_person_once(province: Province) -> None:
    document = province.write()
    for number in range(3):
        document = save_document(
            document, by=province.by("省厅"), seen=document.version, title=f"第{number}稿"
        )

    assert list(Entry.objects.filter(verb="documents.saved").values_list("fields", flat=True)) == [["title"]]
