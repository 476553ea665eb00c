"""One record of everything, owned by 兴义市, so that every door has something behind it."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.cast import Cast, build_cast
from tests.plans.levels import published, sent_to
from tests.plans.works import delivery_of, forwarded_plan, later, page_of, report
from tests.reporting.notices import LI, WANG, answer, notice, pass_on, return_of, round_of
from xinhuo.core import clock
from xinhuo.core.workbook import SheetSpec, read_rows, write_workbook
from xinhuo.documents.actions import (
    amend_document,
    create_document,
    enter_outside,
    receive,
    send_document,
    send_outside,
)
from xinhuo.documents.actions.terms import Terms
from xinhuo.documents.amended import Amendment
from xinhuo.documents.enums import DocumentKind, Effect
from xinhuo.documents.models import Delivery, Dispatch, Document
from xinhuo.files.actions import attach, set_attachments, store_file
from xinhuo.files.models import StoredFile
from xinhuo.flows.actions import decide
from xinhuo.flows.enums import Verdict
from xinhuo.flows.models import Decision, Process
from xinhuo.jobs.models import Job
from xinhuo.notifications.actions import ChannelFacts, add_channel, notify, prepare_broadcast
from xinhuo.notifications.enums import SendState
from xinhuo.notifications.models import Broadcast, Channel, Message, Outgoing
from xinhuo.notifications.outbox import put
from xinhuo.orgs.models import OrgLine
from xinhuo.people.actions.accounts import invite
from xinhuo.people.actions.batches import stage_batch
from xinhuo.people.actions.posts import Post, add_person
from xinhuo.people.models import AccountBatch, Appointment, Person
from xinhuo.plans.actions.editions import adopt_version, stage_version
from xinhuo.plans.actions.meetings import record_meeting
from xinhuo.plans.actions.packages import choose_files, create_package
from xinhuo.plans.actions.reports import (
    ROW,
    RowInput,
    decide_report,
    prepare_rows,
    save_rows,
    stamp,
    submit_report,
)
from xinhuo.plans.actions.sending import ReportDates, forward_plan
from xinhuo.plans.actions.steering import ask_extension
from xinhuo.plans.actions.summaries import collect_summary
from xinhuo.plans.models import (
    Assignment,
    Duty,
    Escalation,
    Extension,
    Meeting,
    Package,
    PackageItem,
    Plan,
    PlanVersion,
    Report,
    ReportCall,
    Summary,
)
from xinhuo.plans.reading import read_text
from xinhuo.prints.actions import mark_sheet
from xinhuo.prints.models import PrintMark
from xinhuo.reporting.models import Return, Round
from xinhuo.slips.actions import propose, set_use
from xinhuo.slips.models import Slip, SlipTask
from xinhuo.slips.queries import slip_sheet

OWN = "兴义市教育局关工委2026年工作要点\n\n一、活动\n1.各学校办好读书活动，年内读书十次。\n2.召开总结会。\n"


@dataclass(frozen=True)
class Year:
    """What 兴义市 makes in the course of a year."""

    plan: Plan
    version: PlanVersion
    first: PlanVersion
    summary: Summary
    duty: Duty
    package: Package
    item: PackageItem
    meeting: Meeting


@dataclass(frozen=True)
class World:
    """What lies behind the doors."""

    cast: Cast
    plan: Plan
    duty: Duty
    delivery: Delivery
    draft: Document
    page: Report
    call: ReportCall
    file: StoredFile
    job: Job
    person: Person
    post: Appointment
    token: str
    batch: AccountBatch
    line: OrgLine
    duty_task: Assignment
    extension: Extension
    escalation: Escalation
    decision: Decision
    message: Message
    channel: Channel
    outgoing: Outgoing
    broadcast: Broadcast
    entered: Document
    answer: Document
    sending: Dispatch
    slip: Slip
    task: SlipTask
    mark: PrintMark
    ret: Return
    asked: Round
    year: Year
    notice: Document
    amendment: Amendment


def build_world() -> World:
    """Build it by the real verbs."""
    cast = build_cast()
    plan = forwarded_plan(cast)
    by = cast.xingyi_officer
    delivery = delivery_of(cast, plan, "xingyi")
    receive(delivery, by=by)
    delivery.refresh_from_db()
    forward_plan(
        delivery,
        number="兴教关〔2026〕1号",
        title="转发2026年工作要点",
        remark="",
        to={"ids": [cast.orgs["school"].pk]},
        to_label="兴义一小",
        dates=ReportDates(half=later(10)),
        duty_ids=[duty.pk for duty in plan.duties.all()],
        by=by,
    )
    draft = create_document(by=by, kind=DocumentKind.NOTICE, title="关于报送材料的通知", text="请报送材料。")
    file = store_file(_picture(), by=by)
    attach(file, "documents.document", draft.pk, by=by)
    person = add_person(Post(cast.orgs["xingyi"], "officer"), "岑新人", by=cast.xingyi_admin)
    ret, asked = _replies(cast)
    return World(
        cast=cast,
        plan=plan,
        duty=Duty.objects.get(key="d1"),
        delivery=delivery,
        draft=draft,
        page=report(cast, "xingyi", "46", "已建46所"),
        call=ReportCall.objects.get(issuer=cast.orgs["xingyi"], kind="half"),
        file=file,
        job=_job(cast),
        person=person,
        post=Appointment.objects.get(person=person),
        token=invite(person, "cenxinren", by=cast.xingyi_admin).token,
        batch=_batch(cast),
        line=OrgLine.objects.get(),
        duty_task=Assignment.objects.get(duty__key="d1", org=cast.orgs["xingyi"]),
        extension=_extension(cast),
        escalation=_escalation(cast),
        decision=_decision(cast),
        **_messages(cast),
        **_office(cast),
        ret=ret,
        asked=asked,
        notice=_notice(cast),
        year=_year(cast),
        amendment=_amended(cast, plan),
    )


def _notice(cast: Cast) -> Document:
    """A notice of 兴义市 to its school, not signed for yet."""
    by = cast.xingyi_officer
    notice = create_document(by=by, kind="notice", title="关于开会的通知", text="请参加。", due=later(12))
    send_document(notice, to={"ids": [cast.orgs["school"].pk]}, to_label="兴义一小", by=by)
    notice.refresh_from_db()
    return notice


def _amended(cast: Cast, plan: Plan) -> Amendment:
    """黔西南州 postpones the half-year pages it asked its counties for; 兴义市 had passed them on."""
    document = Document.objects.get(root=plan.document, issuer=cast.orgs["qianxinan"])
    terms = Terms(Effect.POSTPONE, {"half": later(25)})
    return amend_document(
        document,
        terms,
        number="州教关〔2026〕9号",
        title="关于半年进展延期报送的通知",
        text="",
        by=cast.qianxinan_officer,
    )


def _extension(cast: Cast) -> Extension:
    """兴义市 asked 黔西南州 for more time."""
    item = Assignment.objects.get(duty__key="d1", org=cast.orgs["xingyi"])
    return ask_extension(item, later(200), "学校正在合并", by=cast.xingyi_officer)


def _escalation(cast: Cast) -> Escalation:
    """What 黔西南州 has ready about 兴义市, not released yet."""
    page = Report.objects.get(org=cast.orgs["anlong"], call__kind="half")
    late = {
        "kind": "page",
        "id": page.pk,
        "title": "报送《上半年进展》",
        "due": later(-9).isoformat(),
        "url": page.url,
    }
    return Escalation.objects.create(
        org=cast.orgs["xingyi"], by_org=cast.orgs["qianxinan"], items=[late], prepared_at=clock.now()
    )


def _year(cast: Cast) -> Year:
    """兴义市's own plan in its second version with a third one staged; its school's work accepted, summed up, packed."""
    by = cast.xingyi_officer
    plan = sent_to(
        cast, "xingyi", published(cast, "xingyi", OWN), to={"kinds": ["primary"]}, half=10, year=40
    )
    first = stage_version(plan, read_text(OWN.replace("十次", "二十次")), by=by)
    adopt_version(first, {}, by=by)
    page = page_of(cast, "school")
    rows = prepare_rows(page, by=cast.school_officer)
    row = next(item for item in rows if item.assignment.duty.plan_id == plan.pk)
    save_rows(page, [RowInput(row.pk, None, "已读书五次。", stamp(row))], by=cast.school_officer)
    stored = store_file(_picture(), by=cast.school_officer)
    set_attachments(ROW, row.pk, [stored.pk], by=cast.school_officer)
    submit_report(page, by=cast.school_officer)
    page.refresh_from_db()
    decide_report(page, Verdict.ACCEPT, by=by)
    package = create_package(
        title="读书作品", to_name="教育部关工委", pattern="{单位}-{题名}", year=2026, by=by
    )
    choose_files(package, [(row.assignment_id, stored.pk)], by=by)
    package.refresh_from_db()
    plan.refresh_from_db()
    return Year(
        plan=plan,
        version=stage_version(plan, read_text(OWN.replace("十次", "三十次")), by=by),
        first=first,
        summary=collect_summary(2026, by=by),
        duty=row.assignment.duty,
        package=package,
        item=package.items.get(),
        meeting=record_meeting(
            None,
            by=by,
            title="总结会",
            held_on=clock.today(),
            place="",
            chair="",
            agenda="",
            attended="",
            minutes="",
            decisions="各学校报名单",
        ),
    )


def _decision(cast: Cast) -> Decision:
    """兴义市 accepts its school's page as its leader signed on paper; the signed page is still to come."""
    report(cast, "school", "2", "已建2个")
    process = Process.objects.get(org=cast.orgs["school"])
    decide(process, Verdict.ACCEPT, by=cast.xingyi_officer, on_behalf_of="刘主任", scan_later=True)
    return Decision.objects.get(revision=process.revision)


def _office(cast: Cast) -> dict[str, Any]:
    """Inside the office of 兴义市: what came from outside, its slip, an answer that was approved, a print."""
    by = cast.xingyi_officer
    set_use(is_on=True, by=by)
    entered = enter_outside(
        by=by, outside_issuer="省关工委", title="关于捐书的函", came_on=clock.today(), text="请登记受助学校。"
    )
    slip = propose(Slip.objects.get(), "拟转发学校。", handlers=[by.person_id], needs_ruling=False, by=by)
    answer = create_document(
        by=by, kind=DocumentKind.LETTER, title="关于捐书的复函", text="已登记。", answers=entered
    )
    sheet = slip_sheet(slip, slip.tasks.all())
    return {
        "entered": entered,
        "answer": answer,
        "sending": send_outside(answer, whom="省关工委", by=by),
        "slip": slip,
        "task": slip.tasks.get(),
        "mark": mark_sheet("slips.slip", slip.pk, sheet, by=by),
    }


def _replies(cast: Cast) -> tuple[Return, Round]:
    """A notice with a list went down to the school; 兴义市 has answered, and collects from its school."""
    first = notice(cast, "qianxinan")
    second = pass_on(cast, first, "qianxinan", "xingyi")
    third = pass_on(cast, second, "xingyi", "school")
    return answer(cast, return_of(cast, second, "xingyi"), WANG, LI), round_of(third)


def _picture() -> SimpleUploadedFile:
    image = BytesIO()
    Image.new("RGB", (8, 8), "red").save(image, "JPEG")
    return SimpleUploadedFile("照片.jpg", image.getvalue(), "image/jpeg")


def _messages(cast: Cast) -> dict[str, Any]:
    """A message to 兴义市, its group chat, a post there that failed, and words to its school that wait for a look."""
    org = cast.orgs["xingyi"]
    words = {"title": "会议改到下周三", "detail": "地点不变，请相互转告。"}
    notify("notifications.stuck", org_id=org.pk, url="/plans/", **words)
    address = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7aaa-4bc4"
    channel = add_channel(ChannelFacts("wecom", "工作群", address), by=cast.xingyi_admin)
    outgoing = put("world", org_id=org.pk, title="会议改到下周三", text="地点不变", channel=channel)
    assert outgoing is not None
    outgoing.state, outgoing.message = SendState.FAILED, "机器人不收（93000）：invalid webhook url"
    outgoing.save()
    broadcast = prepare_broadcast(
        title="请看新的通知",
        text="请在周五前看一遍。",
        to={"children_of": org.pk},
        to_label="1 所学校",
        by=cast.xingyi_officer,
    )
    message = Message.objects.get(person_id=cast.xingyi_officer.person_id, key="notifications.stuck")
    return {"message": message, "channel": channel, "outgoing": outgoing, "broadcast": broadcast}


def _job(cast: Cast) -> Job:
    return Job.objects.create(
        kind="documents.deliver",
        title="下发",
        org=cast.orgs["xingyi"],
        by_person_id=cast.xingyi_officer.person_id,
        by_name="刘长庚",
        created_at=clock.now(),
        queued_at=clock.now(),
    )


def _batch(cast: Cast) -> AccountBatch:
    book = write_workbook(
        [
            SheetSpec(
                "账号", ["单位", "姓名", "职务", "角色", "手机"], [["兴义一小", "黄老师", "", "经办人", ""]]
            )
        ]
    )
    return stage_batch("账号.xlsx", read_rows(BytesIO(book)), by=cast.xingyi_admin)
