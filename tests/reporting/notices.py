"""A notice that asks for an answer, sent, forwarded and answered by the verbs."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tests.cast import Cast
from xinhuo.core import clock
from xinhuo.documents.actions import ask_for, create_document, forward, receive, send_document
from xinhuo.documents.asking import Wanted
from xinhuo.documents.enums import DocumentKind
from xinhuo.documents.models import Delivery, Document
from xinhuo.flows.actions import decide
from xinhuo.flows.enums import Verdict
from xinhuo.flows.models import Process
from xinhuo.flows.queries import open_process
from xinhuo.reporting.actions import save_return, submit_return
from xinhuo.reporting.actions.filling import Entry
from xinhuo.reporting.kinds import RETURN
from xinhuo.reporting.models import Return, Round

CONFERENCE = Wanted().after("ready:conference")
DAYS = 20
WANG = {"name": "王芳", "unit": "兴义一中", "phone": "13800000001", "room": "是"}
LI = {"name": "李雷", "unit": "兴义二中", "phone": "13800000002", "room": "否"}
ZHANG = {"name": "张三", "unit": "安龙一中", "phone": "13800000003", "room": "否"}


def in_days(days: int) -> dt.date:
    """A date from today."""
    return clock.today() + dt.timedelta(days=days)


def draft(cast: Cast, wanted: Wanted = CONFERENCE, *, by: str = "province") -> Document:
    """A draft that asks for an answer."""
    actor = cast.actors[f"{by}_officer"]
    document = create_document(
        by=actor,
        kind=DocumentKind.NOTICE,
        number="黔教关〔2026〕9号",
        title="关于召开工作会议的通知",
        text="请派人参会。",
        due=in_days(DAYS),
    )
    ask_for(document, wanted, by=actor)
    return document


def notice(
    cast: Cast,
    *units: str,
    wanted: Wanted = CONFERENCE,
    copies: tuple[str, ...] = (),
    by: str = "province",
) -> Document:
    """The same, sent to units."""
    document = draft(cast, wanted, by=by)
    send_document(
        document,
        to={"ids": [cast.orgs[unit].pk for unit in units]},
        to_label="选定的单位",
        copies={"ids": [cast.orgs[unit].pk for unit in copies]} if copies else None,
        copies_label="抄送",
        by=cast.actors[f"{by}_officer"],
    )
    return document


def pass_on(cast: Cast, document: Document, unit: str, *units: str, **more: Any) -> Document:
    """A unit receives the notice and forwards it, five days earlier."""
    by = cast.actors[f"{unit}_officer"]
    delivery = Delivery.objects.get(root=document.root_or_self, org=cast.orgs[unit])
    if delivery.received_at is None:
        delivery = receive(delivery, by=by)
    dispatch = forward(
        delivery,
        number=f"{unit}9号",
        title="",
        remark="",
        to={"ids": [cast.orgs[key].pk for key in units]},
        to_label="下级单位",
        due=delivery.due - dt.timedelta(days=5) if delivery.due else None,
        by=by,
        **more,
    )
    return dispatch.document


def round_of(document: Document) -> Round:
    """The round of a document."""
    return Round.objects.select_related("form", "asker", "upstream").get(
        kind="documents.document", subject_id=document.pk
    )


def return_of(cast: Cast, document: Document, unit: str) -> Return:
    """The unit's answer to the document that asked it."""
    rows = Return.objects.select_related("round__form", "round__asker", "org")
    return rows.get(round=round_of(document), org=cast.orgs[unit])


def fill(cast: Cast, ret: Return, *rows: Mapping[str, str], by: str = "", **more: Any) -> Return:
    """Rows typed by the unit's officer."""
    key = next(key for key, org in cast.orgs.items() if org.pk == ret.org_id)
    actor = cast.actors[by or f"{key}_officer"]
    ret.refresh_from_db()
    typed = {f"r{number}": row for number, row in enumerate(rows, 1)}
    return save_return(ret, Entry(typed, ret.version, **more), by=actor).ret


def answer(cast: Cast, ret: Return, *rows: Mapping[str, str], **more: Any) -> Return:
    """Filled and sent up."""
    key = next(key for key, org in cast.orgs.items() if org.pk == ret.org_id)
    fill(cast, ret, *rows, **more)
    submit_return(ret, by=cast.actors[f"{key}_officer"])
    ret.refresh_from_db()
    return ret


def rule(cast: Cast, ret: Return, verdict: Verdict = Verdict.ACCEPT, reason: str = "") -> Return:
    """The unit that asked decides."""
    key = next(key for key, org in cast.orgs.items() if org.pk == ret.round.asker_id)
    process = open_process(RETURN, ret.pk)
    assert isinstance(process, Process)
    decide(process, verdict, by=cast.actors[f"{key}_officer"], reason=reason)
    ret.refresh_from_db()
    return ret


WORDS = replace(Wanted(), wants_text=True, text_help="贯彻落实情况", wants_files=True)
