"""A notice that asks for a list is changed later, and a unit is answered for by another."""

import pytest

from tests.cast import Cast
from xinhuo.core import clock
from xinhuo.documents.actions import amend_document, receive
from xinhuo.documents.actions.terms import Terms
from xinhuo.documents.amended import DOCUMENT
from xinhuo.documents.enums import Effect
from xinhuo.documents.models import Delivery, Document
from xinhuo.documents.queries.amendable import targets_of
from xinhuo.flows.models import Todo
from xinhuo.flows.queries import open_process
from xinhuo.orgs.proxying import ProxyTerms, set_proxies
from xinhuo.reporting.actions import submit_return
from xinhuo.reporting.enums import RoundState
from xinhuo.reporting.kinds import RETURN
from xinhuo.reporting.models import Return
from xinhuo.reporting.rules import can_fill

from .notices import WANG, answer, fill, in_days, notice, pass_on, return_of, round_of

pytestmark = pytest.mark.django_db


def _amend(cast: Cast, document: Document, terms: Terms) -> None:
    amend_document(
        document, terms, number="黔教关〔2026〕19号", title="变更", text="", by=cast.province_officer
    )


def test_a_postponed_list_moves_with_its_document_down_the_cascade(cast: Cast) -> None:
    document = notice(cast, "qianxinan", "guiyang")
    below = pass_on(cast, document, "qianxinan", "xingyi")

    _amend(cast, document, Terms(Effect.POSTPONE, {DOCUMENT: in_days(30)}))

    assert round_of(document).due == in_days(30)
    assert round_of(below).due == in_days(25)
    assert return_of(cast, below, "xingyi").due == in_days(25)
    dues = Todo.objects.open().filter(kind=RETURN, org=cast.orgs["guiyang"]).values_list("due", flat=True)
    assert set(dues) == {in_days(30)}


def test_a_cancelled_notice_ends_its_list_and_takes_it_off_the_lists(cast: Cast) -> None:
    document = notice(cast, "qianxinan", "guiyang")
    sent = answer(cast, return_of(cast, document, "guiyang"), WANG)

    _amend(cast, document, Terms(Effect.CANCEL))

    assert round_of(document).state == RoundState.CLOSED
    assert not Todo.objects.open().filter(kind=RETURN, wait="fill").exists()
    assert Return.objects.get(pk=sent.pk).state == "submitted"


def test_who_stands_in_answers_a_list_for_the_unit(cast: Cast) -> None:
    document = notice(cast, "guiyang")
    ret = return_of(cast, document, "guiyang")
    assert not can_fill(cast.qianxinan_officer, ret)
    terms = ProxyTerms((RETURN,), clock.today(), reason="委托书")
    set_proxies([cast.orgs["guiyang"]], cast.orgs["qianxinan"], terms, by=cast.province_officer)

    fill(cast, ret, WANG, by="qianxinan_officer")
    submit_return(ret, by=cast.qianxinan_officer)

    process = open_process(RETURN, ret.pk)
    assert process is not None
    assert (process.org, process.by_org) == (cast.orgs["guiyang"], cast.orgs["qianxinan"])
    assert Return.objects.visible_to(cast.qianxinan_officer).filter(pk=ret.pk).exists()


def test_who_has_answered_is_not_reminded_of_the_change(cast: Cast) -> None:
    document = notice(cast, "qianxinan", "guiyang")
    receive(Delivery.objects.get(document=document, org=cast.orgs["guiyang"]), by=cast.guiyang_officer)
    answer(cast, return_of(cast, document, "guiyang"), WANG)

    targets = targets_of(document)

    assert cast.orgs["guiyang"].pk in targets.copies
    assert cast.orgs["qianxinan"].pk in targets.to
