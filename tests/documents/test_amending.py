"""The issuer changes its mind: one document for exactly those who got the earlier one."""

from collections.abc import Callable

import pytest
from django.test import Client

from xinhuo.core.actor import Actor, Role
from xinhuo.core.errors import BadInputError, DeniedError, NotNowError
from xinhuo.documents.actions import (
    amend_document,
    applying,
    changing,
    forward,
    receive,
    set_own_dates,
)
from xinhuo.documents.actions.terms import Terms
from xinhuo.documents.amended import Amendment
from xinhuo.documents.enums import Effect
from xinhuo.documents.models import Delivery, Document
from xinhuo.documents.queries import incoming, waiting_receipts
from xinhuo.documents.queries.cascade import Tree
from xinhuo.flows.actions import decide, set_route
from xinhuo.flows.enums import Verdict
from xinhuo.flows.models import Todo
from xinhuo.flows.queries import open_process
from xinhuo.jobs import running
from xinhuo.jobs.models import Job
from xinhuo.journal.models import Entry

from .conftest import Province, in_days, pass_on, url

pytestmark = pytest.mark.django_db


def _send(province: Province) -> Document:
    """A conference notice to two prefectures, a college to read; due in twenty days."""
    document = province.write(kind="notice", title="关于召开会议的通知", due=in_days(20))
    province.send(document, "黔西南", "铜仁", copies=("贵大",))
    document.refresh_from_db()
    return document


def _amend(province: Province, document: Document, terms: Terms, key: str = "省厅") -> Amendment:
    return amend_document(
        document, terms, number="黔教关函〔2026〕9号", title="关于延期的通知", text="", by=province.by(key)
    )


def _postpone(days: int) -> Terms:
    return Terms(Effect.POSTPONE, {"document": in_days(days)})


def _todo(province: Province, document: Document, key: str) -> Todo | None:
    delivery = Delivery.objects.get(root=document, org=province.units[key])
    return Todo.objects.open().filter(kind="documents.delivery", subject_id=delivery.pk).first()


def test_it_reaches_exactly_the_units_that_got_the_earlier_one(province: Province) -> None:
    document = _send(province)
    pass_on(province, "黔西南", "兴义", "兴仁")

    made = _amend(province, document, _postpone(30))

    got = set(Delivery.objects.filter(document=made.document).values_list("org__name", flat=True))
    assert got == set(Delivery.objects.filter(root=document).values_list("org__name", flat=True))
    assert "兴义市教育局" in got
    assert "碧江区教育局" not in got


def test_a_copy_stays_a_copy_and_is_not_reminded(province: Province) -> None:
    made = _amend(province, _send(province), _postpone(30))

    assert Delivery.objects.get(document=made.document, org=province.units["贵大"]).is_copy
    assert _todo(province, made.document, "贵大") is None
    todo = _todo(province, made.document, "铜仁")
    assert todo is not None
    assert "延期" in todo.detail


def test_dates_move_and_the_old_one_stays_known(province: Province) -> None:
    document = _send(province)
    made = _amend(province, document, _postpone(30))

    delivery = Delivery.objects.get(root=document, org=province.units["铜仁"])
    assert (delivery.due, delivery.due_before, delivery.amended_by) == (in_days(30), in_days(20), made)
    todo = _todo(province, document, "铜仁")
    assert todo is not None
    assert todo.due == in_days(30)


def test_a_unit_that_passed_it_on_earlier_is_moved_by_as_many_days(province: Province) -> None:
    document = _send(province)
    forwarded = _forward_earlier(province, 12)

    _amend(province, document, _postpone(30))

    below = Delivery.objects.get(document=forwarded, org=province.units["兴义"])
    above = Delivery.objects.get(root=document, org=province.units["黔西南"])
    assert below.due == in_days(22)
    assert above.due is not None
    assert below.due <= above.due


def _forward_earlier(province: Province, days: int) -> Document:
    delivery = receive(province.got("黔西南"), by=province.by("黔西南"))
    return forward(
        delivery,
        number="州1号",
        title="",
        remark="",
        to=province.ids("兴义"),
        to_label="兴义",
        due=in_days(days),
        by=province.by("黔西南"),
    ).document


def test_the_forwarder_may_set_its_own_date_between_the_old_one_and_the_upper(province: Province) -> None:
    document = _send(province)
    forwarded = _forward_earlier(province, 12)
    made = _amend(province, document, _postpone(30))
    by = province.by("黔西南")

    with pytest.raises(BadInputError, match="不能早于"):
        set_own_dates(made, {"document": in_days(11)}, by=by)
    with pytest.raises(BadInputError, match="不能晚于"):
        set_own_dates(made, {"document": in_days(31)}, by=by)
    assert set_own_dates(made, {"document": in_days(27)}, by=by) == 1

    below = Delivery.objects.get(document=forwarded, org=province.units["兴义"])
    assert (below.due, below.due_before) == (in_days(27), in_days(12))


def test_only_a_forwarder_sets_own_dates(province: Province) -> None:
    made = _amend(province, _send(province), _postpone(30))

    with pytest.raises(DeniedError, match="没有转发过"):
        set_own_dates(made, {"document": in_days(25)}, by=province.by("铜仁"))


def test_an_earlier_date_is_refused_since_units_would_become_late(province: Province) -> None:
    with pytest.raises(BadInputError, match="要在这之后"):
        _amend(province, _send(province), _postpone(10))


def test_applying_twice_moves_once(province: Province) -> None:
    document = _send(province)
    made = _amend(province, document, _postpone(30))
    ids = list(Delivery.objects.filter(root=document).values_list("org_id", flat=True))

    applying.apply_chunk(made, ids, by=province.by("省厅"))

    assert Delivery.objects.get(root=document, org=province.units["铜仁"]).due == in_days(30)


def test_a_second_postponement_starts_from_the_first(province: Province) -> None:
    document = _send(province)
    _amend(province, document, _postpone(30))
    _amend(province, document, _postpone(40))

    delivery = Delivery.objects.get(root=document, org=province.units["铜仁"])
    assert (delivery.due, delivery.due_before) == (in_days(40), in_days(30))


def test_a_cancelled_document_owes_nothing_and_counts_nowhere(province: Province) -> None:
    document = _send(province)
    receive(province.got("黔西南"), by=province.by("黔西南"))
    _amend(province, document, Terms(Effect.CANCEL))

    assert _todo(province, document, "铜仁") is None
    assert waiting_receipts(province.by("铜仁")) == 1  # the new document itself
    reach = Tree(document).given_by(document.pk)
    assert (reach.units, reach.received) == (0, 0)
    kept = Delivery.objects.get(root=document, org=province.units["黔西南"])
    assert kept.received_at is not None
    assert kept.cancelled_by is not None


def test_a_cancelled_document_can_neither_be_signed_for_nor_passed_on_nor_changed(province: Province) -> None:
    document = _send(province)
    _amend(province, document, Terms(Effect.CANCEL))
    delivery = Delivery.objects.get(root=document, org=province.units["铜仁"])

    with pytest.raises(NotNowError, match="已经取消"):
        receive(delivery, by=province.by("铜仁"))
    with pytest.raises(NotNowError, match="已经取消"):
        _amend(province, document, _postpone(50))


def test_a_change_is_not_changed_itself(province: Province) -> None:
    made = _amend(province, _send(province), _postpone(30))

    with pytest.raises(NotNowError, match="原来那份文件"):
        _amend(province, made.document, Terms(Effect.CORRECT))


def test_only_the_issuer_changes_a_document(province: Province) -> None:
    with pytest.raises(DeniedError, match="只有发文单位"):
        _amend(province, _send(province), _postpone(30), key="铜仁")


def test_whoever_passed_it_on_may_postpone_for_those_below_but_not_beyond_the_upper_date(
    province: Province,
) -> None:
    document = _send(province)
    forwarded = _forward_earlier(province, 12)

    with pytest.raises(BadInputError, match="不能晚于"):
        _amend(province, forwarded, _postpone(21), key="黔西南")
    _amend(province, forwarded, _postpone(18), key="黔西南")

    assert Delivery.objects.get(document=forwarded, org=province.units["兴义"]).due == in_days(18)
    assert Delivery.objects.get(root=document, org=province.units["黔西南"]).due == in_days(20)


def test_online_says_how_and_shows_it_to_everybody(
    province: Province, browse: Callable[[Actor], Client]
) -> None:
    document = _send(province)
    with pytest.raises(BadInputError, match="线上"):
        _amend(province, document, Terms(Effect.ONLINE))
    _amend(province, document, Terms(Effect.ONLINE, place="腾讯会议 123-456-789"))

    client = browse(province.by("铜仁"))
    page = client.get(
        url("delivery_detail", Delivery.objects.get(root=document, org=province.units["铜仁"]).pk)
    )
    assert "已改为线上" in page.content.decode()
    assert "123-456-789" in page.content.decode()


def test_many_receivers_are_served_by_a_job(province: Province, monkeypatch: pytest.MonkeyPatch) -> None:
    document = _send(province)
    pass_on(province, "黔西南", "兴义", "兴仁")
    monkeypatch.setattr(changing, "CHUNK", 2)
    made = _amend(province, document, _postpone(30))
    assert not incoming(province.by("铜仁")).filter(document=made.document).exists()

    job = Job.objects.get(kind="documents.amend")
    running.run(job.pk)

    job.refresh_from_db()
    assert job.state == "done", job.message
    assert Delivery.objects.filter(document=made.document).count() == 5
    dues = set(Delivery.objects.filter(root=document, is_copy=False).values_list("due", flat=True))
    assert dues == {in_days(30)}


def test_it_is_journaled_in_one_sentence(province: Province) -> None:
    _amend(province, _send(province), _postpone(30))

    entry = Entry.objects.get(verb="documents.amended")
    assert "延期" in entry.sentence
    assert "3个单位" in entry.sentence


def test_the_page_asks_before_it_sends(province: Province, browse: Callable[[Actor], Client]) -> None:
    document = _send(province)
    client = browse(province.by("省厅"))
    address = url("document_amend", document.pk)
    fields = {"effect": "postpone", "title": "延期通知", "date-document": in_days(30).isoformat()}

    look = client.post(address, fields)
    assert "发给 3 个单位" in look.content.decode()
    assert not Amendment.objects.exists()
    wrong = client.post(address, {**fields, "date-document": (in_days(5)).isoformat()})
    assert wrong.status_code == 422
    done = client.post(address, {**fields, "confirm": "1"})

    assert done.status_code == 302
    assert Amendment.objects.get().days == {"document": 10}


def test_where_the_unit_approves_nothing_changes_before_the_last_signature(
    province: Province, act: Callable[..., Actor]
) -> None:
    document = _send(province)
    leader = act("省厅", Role.LEADER)
    set_route(province.units["省厅"].pk, [Role.LEADER], by=leader)

    made = _amend(province, document, _postpone(30))
    assert Delivery.objects.get(root=document, org=province.units["铜仁"]).due == in_days(20)
    with pytest.raises(NotNowError, match="还在审签"):
        _amend(province, document, _postpone(31))
    _forward_earlier(province, 12)  # meanwhile
    dispatch = made.document.dispatches.get()
    process = open_process("documents.dispatch", dispatch.pk)
    assert process is not None
    decide(process, Verdict.ACCEPT, by=leader)

    assert Delivery.objects.get(root=document, org=province.units["铜仁"]).due == in_days(30)
    assert Delivery.objects.filter(document=made.document, org=province.units["兴义"]).exists()
