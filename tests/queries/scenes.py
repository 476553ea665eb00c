"""The same province three times: with one row of everything on one level and on three, and with many rows.

Everything is made by the verbs. What a screen shows at all, it shows in all: only the numbers of rows differ.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import F

from tests.cast import SINCE, Cast, build_cast
from tests.files.samples import picture
from tests.plans.works import DIRECT, delivery_of, fixed_plan, later, page_of, report
from tests.reporting.notices import WANG, answer, draft, fill, pass_on, return_of, round_of
from xinhuo.core import clock
from xinhuo.documents.actions import create_document, enter_outside, receive, send_document
from xinhuo.documents.models import Delivery, Document
from xinhuo.files.actions import attach, set_attachments, store_file
from xinhuo.files.models import StoredFile
from xinhuo.flows.enums import Verdict
from xinhuo.jobs.models import Job
from xinhuo.notifications.actions import ChannelFacts, add_channel, notify, prepare_broadcast
from xinhuo.notifications.outbox import put
from xinhuo.orgs.bulk import bulk_create_units
from xinhuo.orgs.enums import Kind
from xinhuo.orgs.facts import UnitFacts, UnitSpec
from xinhuo.people.actions.accounts import open_with_password
from xinhuo.people.actions.posts import Post, add_person, appoint
from xinhuo.people.models import Appointment, Person
from xinhuo.plans.actions.checking import import_plan
from xinhuo.plans.actions.escalating import prepare_escalations
from xinhuo.plans.actions.reminding import remind
from xinhuo.plans.actions.reports import (
    ROW,
    RowInput,
    decide_report,
    prepare_rows,
    save_rows,
    stamp,
    submit_report,
)
from xinhuo.plans.actions.sending import ReportDates, forward_plan, send_plan
from xinhuo.plans.actions.serving import serve_duties
from xinhuo.plans.actions.steering import ask_extension, decide_extension, explain
from xinhuo.plans.models import Assignment, Duty, Plan, Report, ReportCall
from xinhuo.reporting.actions import take_over_rows
from xinhuo.reporting.models import Return, Round
from xinhuo.slips.actions import propose, set_use
from xinhuo.slips.models import Slip

from .year import Year, build_year

MANY = 5
SCENES = {"one row": (1, 1), "one row, three levels": (1, 3), "many rows, three levels": (MANY, 3)}


@dataclass(frozen=True)
class Scene:
    """What the screens are about. ``page`` is 黔西南州's, and waits for the department's decision."""

    cast: Cast
    plan: Plan
    duty: Duty
    page: Report
    delivery: Delivery
    person: Person
    text: Plan
    slip: Slip
    letter: Document
    reply: Return
    filled: Return
    asked: Round
    year: Year | None


def build_scene(rows: int, levels: int) -> Scene:
    """``rows`` of everything: duties, receivers, documents, files, posts, units, jobs; the plan on ``levels``."""
    cast = build_cast()
    plan = _sent(cast, rows)
    if levels > 1:
        _passed_on(cast, plan, rows)
        year = build_year(cast, rows)
    else:
        year = None
    for unit in ("guiyang", "university", "polytechnic") if rows > 1 else ():
        report(cast, unit, "7", "已开展")
    _notices(cast, rows)
    _schools(cast, rows)
    person = _person(cast, rows)
    letter = _asked(cast, plan, rows, levels)
    for number in range(rows):
        _job(cast, number)
        _message(cast, number)
    return Scene(
        cast=cast,
        plan=plan,
        duty=plan.duties.get(key="d1"),
        page=_answered(cast, rows),
        delivery=delivery_of(cast, plan, "qianxinan"),
        person=person,
        text=_imported(cast, rows),
        slip=_entered(cast, rows),
        letter=letter,
        reply=return_of(cast, letter, "guiyang"),
        filled=return_of(cast, letter, "qianxinan"),
        asked=round_of(letter),
        year=year,
    )


def _asked(cast: Cast, plan: Plan, rows: int, levels: int) -> Document:
    """A notice with a list: 贵阳市 has answered, 黔西南州 is filling and, on three levels, collects from below."""
    letter = draft(cast)
    by = cast.province_officer
    serve_duties(letter, [duty.pk for duty in plan.duties.filter(removed=False)], by=by)
    units = ("qianxinan", "guiyang", "university", "polytechnic")[: 2 if rows == 1 else 4]
    to = {"ids": [cast.orgs[unit].pk for unit in units]}
    send_document(letter, to=to, to_label="各单位", by=by)
    people = [{**WANG, "name": f"王芳{number}", "phone": f"1380000{number:04}"} for number in range(rows)]
    for unit in ("guiyang", *units[2:]):
        answer(cast, return_of(cast, letter, unit), *people)
    if levels > 1:
        counties = ("xingyi", "anlong") if rows > 1 else ("xingyi",)
        below = pass_on(cast, letter, "qianxinan", *counties)
        for unit in counties:
            answer(cast, return_of(cast, below, unit), *people)
        children = list(round_of(below).returns.values_list("pk", flat=True))
        take_over_rows(return_of(cast, letter, "qianxinan"), children, by=cast.qianxinan_officer)
    fill(cast, return_of(cast, letter, "qianxinan"), *people)
    return letter


def ask_for_more(scene: Scene) -> None:
    """The department asks again: the page is back with 黔西南州, with a remark on its first row."""
    row = scene.page.rows.order_by("pk")[0]
    _return(scene.page, {str(row.pk): "请写明参加人数"}, scene.cast)


def let_time_pass(scene: Scene) -> None:
    """Everything was due a month ago: pages, duties, receipts; causes are told, escalations wait to be looked at."""
    past = later(-30)
    ReportCall.objects.update(due=past)
    Duty.objects.filter(plan=scene.plan).update(due=past)
    Assignment.objects.update(due=past)
    Delivery.objects.update(created_at=clock.now() - dt.timedelta(days=30))
    for item in Assignment.objects.filter(by_org=scene.cast.orgs["province"]).exclude(by_org=F("org")):
        explain(item, "staff", "", by=scene.cast.province_officer)
        if item.closed_at is None:
            asker = Appointment.objects.filter(org=item.org, role="officer").first()
            assert asker is not None
            extension = ask_extension(item, later(20), "需要时间", by=asker.as_actor())
            decide_extension(extension, grant=True, answer="", by=scene.cast.province_officer)
    Assignment.objects.update(due=past)
    prepare_escalations()
    remind([scene.cast.orgs["qianxinan"].pk], by=scene.cast.province_officer)


def _return(page: Report, notes: dict[str, str], cast: Cast) -> None:
    decide_report(page, Verdict.RETURN, reason="请补充", notes=notes, by=cast.province_officer)


def _sent(cast: Cast, rows: int) -> Plan:
    """The plan with ``rows`` duties for the prefectures, sent to one unit or to all direct ones."""
    plan = fixed_plan(cast)
    first = plan.duties.get(key="d1")
    plan.duties.exclude(pk=first.pk).update(removed=rows == 1)
    for number in range(1, rows):
        Duty.objects.create(
            plan=plan,
            node=first.node,
            key=f"d1-{number}",
            position=10 + number,
            title=f"{first.title}（{number}）",
            start=first.start,
            end=first.end,
            target_kind=first.target_kind,
            target_unit=first.target_unit,
            scope=first.scope,
            due=first.due,
        )
    attach(_file(cast, "province_officer"), "documents.document", plan.document_id, by=cast.province_officer)
    one = {"ids": [cast.orgs["qianxinan"].pk]}
    copied = ("huaxi", "subcollege") if rows > 1 else ("huaxi",)
    send_plan(
        plan,
        to=DIRECT if rows > 1 else one,
        to_label="各市（州）和高校",
        copies={"ids": [cast.orgs[key].pk for key in copied]},
        copies_label="抄送单位",
        dates=ReportDates(half=later(30)),
        by=cast.province_officer,
    )
    receive(delivery_of(cast, plan, "qianxinan"), by=cast.qianxinan_officer)
    return plan


def _passed_on(cast: Cast, plan: Plan, rows: int) -> None:
    """Two levels more: 黔西南州 → counties → 兴义市's school; their pages are accepted, 兴义市 sends a newer one."""
    counties = ("xingyi", "anlong") if rows > 1 else ("xingyi",)
    for unit, to, days in (("qianxinan", counties, 20), ("xingyi", ("school",), 10)):
        by = cast.actors[f"{unit}_officer"]
        delivery = delivery_of(cast, plan, unit)
        if delivery.received_at is None:
            receive(delivery, by=by)
        forward_plan(
            delivery,
            number=f"{unit}1号",
            title="转发2026年工作要点",
            remark="",
            to={"ids": [cast.orgs[key].pk for key in to]},
            to_label="下级单位",
            dates=ReportDates(half=later(days)),
            duty_ids=[duty.pk for duty in plan.duties.all()],
            by=by,
        )
    for unit, above in (("school", "xingyi"), ("xingyi", "qianxinan")):
        page = report(cast, unit, "3", "已开展")
        decide_report(page, Verdict.ACCEPT, by=cast.actors[f"{above}_officer"])
    submit_report(page_of(cast, "xingyi"), by=cast.xingyi_officer)
    if rows > 1:
        report(cast, "anlong", "3", "已开展")


def _answered(cast: Cast, rows: int) -> Report:
    """黔西南州's page: every row with number, words and files; sent, asked about, sent again."""
    page, by = page_of(cast, "qianxinan"), cast.qianxinan_officer
    made = prepare_rows(page, by=by)
    save_rows(page, [RowInput(row.pk, Decimal(9), "已开展", stamp(row)) for row in made], by=by)
    for row in made:
        files = [_file(cast, "qianxinan_officer").pk for _ in range(rows)]
        set_attachments(ROW, row.pk, files, by=by)
    for _ in range(rows):
        submit_report(page, by=by)
        _return(page, {}, cast)
    submit_report(page, by=by)
    page.refresh_from_db()
    return page


def _notices(cast: Cast, rows: int) -> None:
    """Further documents to the same receivers, some of them received; the plan itself is the first one."""
    for number in range(1, rows):
        by = cast.province_officer
        document = create_document(
            by=by, kind="notice", title=f"通知（{number}）", text="请知悉。", due=later(9)
        )
        attach(_file(cast, "province_officer"), "documents.document", document.pk, by=by)
        send_document(
            document,
            to={"ids": [cast.orgs["qianxinan"].pk]},
            to_label="黔西南州",
            copies={"ids": [cast.orgs["huaxi"].pk]},
            copies_label="花溪区",
            by=by,
        )
        if number == 1:
            receive(delivery_of_document(document, cast), by=cast.qianxinan_officer)


def delivery_of_document(document: Document, cast: Cast) -> Delivery:
    """黔西南州's receipt of a document."""
    return Delivery.objects.get(document=document, org=cast.orgs["qianxinan"])


def _entered(cast: Cast, rows: int) -> Slip:
    """``rows`` documents from outside in 黔西南州's register, the first one with ``rows`` people to carry it out."""
    by = cast.qianxinan_officer
    set_use(is_on=True, by=by)
    for number in range(rows):
        enter_outside(by=by, outside_issuer="省关工委", title=f"来文（{number}）", came_on=clock.today())
    people = [by.person_id, cast.qianxinan_leader.person_id][:rows]
    first = Slip.objects.order_by("pk")[0]
    return propose(first, "拟转发。", handlers=people, needs_ruling=False, by=by)


def _schools(cast: Cast, rows: int) -> None:
    """``rows`` − 1 more schools below 兴义市."""
    specs = [
        UnitSpec(
            f"s{number}",
            cast.orgs["xingyi"].pk,
            UnitFacts(
                f"兴义市第{number}中学", f"兴义{number}中", Kind.JUNIOR if number % 2 else Kind.PRIMARY
            ),
            SINCE,
        )
        for number in range(2, rows + 1)
    ]
    bulk_create_units(specs, by=cast.xingyi_admin, sentence="登记学校")


def _person(cast: Cast, rows: int) -> Person:
    """One more person of 兴义市, with an account and ``rows`` posts; in the large scene colleagues too."""
    by = cast.xingyi_admin
    people = [
        add_person(Post(cast.orgs["xingyi"], "officer"), f"岑新人{number}", by=by) for number in range(rows)
    ]
    for number, person in enumerate(people):
        open_with_password(person, f"cen{number}", by=by)
    posts = [("xingyi", "leader"), ("xingyi", "observer"), ("school", "officer"), ("school", "observer")]
    for unit, role in posts[: rows - 1]:
        appoint(people[0], Post(cast.orgs[unit], role), by=by)
    return people[0]


def _job(cast: Cast, number: int) -> None:
    moment = clock.now()
    Job.objects.create(
        kind="documents.deliver",
        title=f"下发（{number}）",
        org=cast.orgs["province"],
        by_name="周敏",
        created_at=moment,
        queued_at=moment,
    )


def _message(cast: Cast, number: int) -> None:
    """A message, a group chat, something that waits to be sent there, and words to others that wait for a look."""
    org_id = cast.orgs["province"].pk
    notify("notifications.stuck", org_id=org_id, title=f"消息（{number}）", window=str(number))
    address = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7aaa-4bc4"
    channel = add_channel(ChannelFacts("wecom", f"群（{number}）", address), by=cast.province_admin)
    put(f"scene:{number}", org_id=org_id, title="消息", text="消息", channel=channel)
    to = {"ids": [cast.orgs[key].pk for key in ("qianxinan", "guiyang", "huaxi")[: 1 + number]]}
    by = cast.province_officer
    prepare_broadcast(title=f"群发（{number}）", text="请知悉。", to=to, to_label="下级单位", by=by)


def _imported(cast: Cast, rows: int) -> Plan:
    """A text that is being checked: one item under one heading, or many."""
    items = "".join(f"{number}.举办第{number}期培训班；开展调研。\n" for number in range(1, rows * 3 - 1))
    done = import_plan(by=cast.province_officer, text=f"2027年工作要点\n一、组织建设\n{items}")
    assert done.plan is not None
    return done.plan


def _file(cast: Cast, who: str) -> StoredFile:
    upload = SimpleUploadedFile("照片.jpg", picture(), "image/jpeg")
    return store_file(upload, by=cast.actors[who])
