"""A conference notice with 参会回执: some prefectures have answered, one collects from its counties, some are silent."""

import datetime as dt
import random
from collections.abc import Callable, Mapping
from typing import Any

from xinhuo.core import clock
from xinhuo.documents.actions import (
    amend_document,
    ask_for,
    create_document,
    forward,
    receive,
    send_document,
)
from xinhuo.documents.actions.terms import Terms
from xinhuo.documents.amended import DOCUMENT as OWN_DATE
from xinhuo.documents.asking import Wanted
from xinhuo.documents.enums import DocumentKind, Effect
from xinhuo.documents.kinds import DOCUMENT
from xinhuo.documents.models import Delivery, Document
from xinhuo.flows.actions import decide
from xinhuo.flows.enums import Verdict
from xinhuo.flows.queries import open_process
from xinhuo.orgs.enums import Kind
from xinhuo.orgs.models import Org
from xinhuo.plans.actions.serving import serve_duties
from xinhuo.reporting.actions import save_return, submit_return
from xinhuo.reporting.actions.filling import Entry
from xinhuo.reporting.kinds import RETURN
from xinhuo.reporting.models import Return

from .names import synthetic_name
from .year import PROVINCE, QIANXINAN, Scene

DUE_DAYS, EARLIER_DAYS, POSTPONED_DAYS = 12, 4, 10
TITLE = "关于召开全省教育系统关工委工作现场会的通知"
DRAFT_TITLE = "关于报送骨干老师名单的通知"
TEXT = """各市（州）教育局关工委：

经研究，定于下月中旬召开全省教育系统关工委工作现场会。现将有关事项通知如下：

一、参会人员
各市（州）教育局关工委负责同志1人、业务骨干1至3人。

二、回执
请于时限前填报参会回执，由各市（州）汇总后一次报来。
"""
ANSWERED = {"520100": "accept", "520300": "accept", "520400": "wait", "520600": "wait", "522600": "return"}
COUNTIES = {"522328": "wait", "522323": "wait"}
WHY = "请补上带队负责同志的到达日期。"
POSTS = ("常务副主任", "秘书长", "副主任", "办公室主任", "科员")


def hold_conference(scene: Scene, say: Callable[[str], None]) -> None:
    """The notice goes out, answers come in."""
    _draft(scene)
    say("发一份要回执的会议通知，部分市（州）已经回复……")
    document = _send(scene)
    for code, outcome in ANSWERED.items():
        _answer(scene, document, scene.units[code], outcome)
    below = _pass_on(scene, document)
    for code, outcome in COUNTIES.items():
        _answer(scene, below, scene.units[code], outcome)
    _postpone(scene, document)


def _draft(scene: Scene) -> None:
    """One more notice that is still being written: what it asks for can be looked at and changed."""
    by = scene.officer(scene.units[PROVINCE])
    document = create_document(
        by=by,
        kind=DocumentKind.NOTICE,
        title=DRAFT_TITLE,
        text="请各市（州）报送本地骨干老师名单，每个县（市、区）至少1人。",
        due=clock.today() + dt.timedelta(days=2 * DUE_DAYS),
        is_demo=True,
    )
    ask_for(document, Wanted().after("ready:teachers"), by=by)


def _send(scene: Scene) -> Document:
    by = scene.officer(scene.units[PROVINCE])
    today = clock.today()
    document = create_document(
        by=by,
        kind=DocumentKind.NOTICE,
        number=f"演示函〔{today.year}〕12号",
        title=TITLE,
        signed_on=today,
        text=TEXT,
        due=today + dt.timedelta(days=DUE_DAYS),
        is_demo=True,
    )
    ask_for(document, Wanted().after("ready:conference"), by=by)
    duties = scene.plan.duties.filter(removed=False, title__contains="培训")[:1]
    serve_duties(document, [duty.pk for duty in duties], by=by)
    send_document(document, to={"kinds": [Kind.PREFECTURE]}, to_label="9 个市（州）", by=by)
    return document


def _pass_on(scene: Scene, document: Document) -> Document:
    """黔西南州 asks its counties before it answers."""
    org = scene.units[QIANXINAN]
    by = scene.officer(org)
    delivery = receive(Delivery.objects.get(root=document, org=org), by=by)
    dispatch = forward(
        delivery,
        number=f"演示函〔{clock.today().year}〕7号",
        title=f"转发《{document.title}》",
        remark="请各县（市、区）报参会人员，由州里汇总后统一报省。",
        to={"kinds": [Kind.COUNTY]},
        to_label="黔西南州各县（市、区）",
        due=clock.today() + dt.timedelta(days=DUE_DAYS - EARLIER_DAYS),
        by=by,
    )
    return dispatch.document


def _answer(scene: Scene, document: Document, org: Org, outcome: str) -> None:
    by = scene.officer(org)
    delivery = Delivery.objects.filter(document=document, org=org).first()
    if delivery is None:
        return
    receive(delivery, by=by)
    ret = Return.objects.get(round__kind=DOCUMENT, round__subject_id=document.pk, org=org)
    people = {f"p{number}": _person(org, scene.rng) for number in range(scene.rng.randrange(2, 5))}
    save_return(ret, Entry(people, 0), by=by)
    submit_return(ret, by=by)
    process = open_process(RETURN, ret.pk)
    if process is None or outcome == "wait":
        return
    above = scene.officer(document.issuer)
    verdict = Verdict.ACCEPT if outcome == "accept" else Verdict.RETURN
    decide(process, verdict, by=above, reason="" if outcome == "accept" else WHY)


def _person(org: Org, rng: random.Random) -> Mapping[str, Any]:
    """Somebody made up; the telephone numbers lie in no range that is assigned."""
    who = synthetic_name(rng, "older" if rng.random() < 0.4 else "middle")
    arrives = clock.today() + dt.timedelta(days=rng.randrange(18, 21))
    return {
        "name": who.name,
        "sex": "男" if who.gender == "M" else "女",
        "unit": org.name,
        "post": rng.choice(POSTS),
        "phone": f"0859-000{rng.randrange(1000, 9999)}",
        "arrives": arrives.isoformat(),
        "room": rng.choice("是是否"),
    }


def _postpone(scene: Scene, document: Document) -> None:
    """One document moves the date for everybody; the dates set below move along."""
    today = clock.today()
    new = today + dt.timedelta(days=DUE_DAYS + POSTPONED_DAYS)
    amend_document(
        document,
        Terms(Effect.POSTPONE, {OWN_DATE: new}),
        number=f"演示函〔{today.year}〕15号",
        title="关于现场会延期召开的通知",
        text="因会场调整，现场会延期召开，参会回执的时限相应推迟。已经报来的不用再报。",
        by=scene.officer(scene.units[PROVINCE]),
    )
