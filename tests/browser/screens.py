"""Every screen of the site with somebody who may open it, and the province behind it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth import get_user_model

from tests.access.world import World, build_world
from tests.cast import SINCE, Cast
from tests.plans.works import delivery_of, later, page_of, report
from xinhuo.core import clock
from xinhuo.documents.actions import create_document, enter_outside, receive, send_document
from xinhuo.documents.models import Delivery, Dispatch, Document
from xinhuo.flows.actions import set_route
from xinhuo.flows.enums import Verdict
from xinhuo.orgs.actions import set_contact
from xinhuo.orgs.bulk import bulk_create_units
from xinhuo.orgs.enums import Kind
from xinhuo.orgs.facts import UnitFacts, UnitSpec
from xinhuo.orgs.proxies import matters
from xinhuo.orgs.proxying import PARENT, ProxyTerms, set_proxies
from xinhuo.people.actions.posts import Post, appoint
from xinhuo.people.models import Person
from xinhuo.plans.actions.checking import import_plan
from xinhuo.plans.actions.reports import decide_report
from xinhuo.plans.actions.sending import ReportDates, forward_plan
from xinhuo.plans.models import Plan, Report, ReportCall
from xinhuo.reporting.models import Return
from xinhuo.slips.actions import propose, set_use
from xinhuo.slips.models import Slip

from .steps import SAMPLE

NOT_SCREENS = {
    "core:mode": "a switch",
    "documents:audience": "a part of other pages",
    "documents:delivery_receive": "a button",
    "documents:document_autosave": "a part of the draft's page",
    "documents:receive_chosen": "a button",
    "documents:record_chosen": "a button",
    "documents:outside_answer": "a button",
    "documents:outside_forward": "a button",
    "documents:sending_decide": "a button",
    "documents:sending_post": "a button",
    "documents:sending_recall": "a button",
    "files:file": "the file itself",
    "files:upload": "a part of other pages",
    "healthz": "for machines",
    "metrics": "for machines",
    "jobs:cancel": "a button",
    "jobs:progress": "a part of other pages",
    "jobs:retry": "a button",
    "jobs:settle": "a button",
    "notifications:broadcast_drop": "a button",
    "notifications:broadcast_release": "a button",
    "notifications:channel_switch": "a button",
    "notifications:channel_test": "a button",
    "notifications:message_open": "a button",
    "notifications:message_read_all": "a button",
    "notifications:outgoing_again": "a button",
    "notifications:outgoing_drop": "a button",
    "notifications:outgoing_settle": "a button",
    "notifications:preference_confirm": "a button",
    "people:batch_open": "a button; its page is reached by pressing it",
    "people:logout": "a button",
    "people:reopen": "a button",
    "people:sign_out_others": "a button",
    "people:switch": "a button",
    "people:units": "a part of other pages",
    "people:upload_template": "a workbook",
    "plans:call_accept": "a button",
    "plans:call_go": "leads on to the own page",
    "plans:duty_close": "a button",
    "plans:duty_points": "a button",
    "plans:duty_targets": "a button",
    "plans:escalation_hold": "a button",
    "plans:escalation_note": "a button",
    "plans:escalation_release": "a button",
    "plans:receipt_go": "leads on to the own receipt",
    "plans:steering_qr": "a picture",
    "plans:steering_remind": "a button",
    "plans:task_close": "a button",
    "plans:task_explain": "a button",
    "plans:task_extend": "a button",
    "plans:task_reopen": "a button",
    "plans:plan_doubt": "a button",
    "plans:plan_edit": "a part of the checking page",
    "plans:plan_ledger": "a workbook",
    "plans:plan_reread": "a button",
    "plans:plan_undo": "a button",
    "plans:materials_docx": "a Word file",
    "plans:materials_zip": "an archive",
    "plans:meeting_read": "a button",
    "plans:package_files": "a button",
    "plans:package_names": "a button",
    "plans:package_result": "a button",
    "plans:package_table": "a workbook",
    "plans:package_zip": "an archive",
    "orgs:proxy_end": "a button",
    "plans:report_decide": "a button",
    "plans:report_help": "a button",
    "plans:report_recall": "a button",
    "plans:report_save": "a part of the report's page",
    "plans:report_submit": "a button",
    "prints:qr": "a picture",
    "slips:close": "a button",
    "slips:finish": "a button",
    "slips:propose": "a button",
    "slips:rule": "a button",
    "slips:task": "leads on to the slip",
    "reporting:return_decide": "a button",
    "reporting:return_recall": "a button",
    "reporting:return_save": "a part of the answer's page",
    "reporting:return_submit": "a button",
    "reporting:return_template": "a workbook",
    "reporting:round_accept": "a button",
    "reporting:round_export": "a workbook",
    "plans:summary_collect": "a button",
    "plans:summary_docx": "a Word file",
    "plans:version_adopt": "a button",
    "plans:version_hand_on": "a button",
    "plans:version_noted": "a button",
}
"""Addresses that are no page of their own, and why."""


@dataclass(frozen=True)
class Stage:
    """The world of the access matrix, and what more there is to look at."""

    world: World
    text: Plan
    notice: Delivery
    returned: Report
    asked: Dispatch
    slip: Slip
    unread: Document
    for_other: Report

    def org(self, key: str) -> int:
        """A unit's id."""
        return self.world.cast.orgs[key].pk

    def person(self, key: str) -> int:
        """A person's id."""
        return self.world.cast.actors[key].person_id


def build_stage() -> Stage:
    """Everything a screen can show, in every state it has: waiting, asked again, being checked."""
    world = build_world()
    cast = world.cast
    for key in ("province", "qianxinan"):
        set_contact(cast.orgs[key], name="王办", phone="0851-85280000", by=cast.province_admin)
    first = Person.objects.get(pk=cast.province_officer.person_id)
    appoint(first, Post(cast.orgs["qianxinan"], "observer"), by=cast.province_admin)
    receive(delivery_of(cast, world.plan, "guiyang"), by=cast.guiyang_officer)
    returned = report(cast, "anlong", "3", "已在三所学校开展")
    note = {str(returned.rows.get().pk): "请写明学校"}
    decide_report(returned, Verdict.RETURN, reason="请写明参加人数", notes=note, by=cast.qianxinan_officer)
    get_user_model().objects.filter(username="school_officer").update(must_change_password=True)
    done = import_plan(by=cast.province_officer, text=SAMPLE.read_text("utf-8"))
    assert done.plan is not None
    unread = _to_points(world)
    for_other = Report.objects.get(org__short_name="马岭2")
    asked, slip = _office(cast)
    return Stage(world, done.plan, _notice(world), returned, asked, slip, unread, for_other)


def _office(cast: Cast) -> tuple[Dispatch, Slip]:
    """In 黔西南州 a notice waits for the leader's signature, and a slip for his words."""
    by = cast.qianxinan_officer
    set_route(cast.orgs["qianxinan"].pk, ["leader"], by=by)
    set_use(is_on=True, by=by)
    document = create_document(by=by, kind="notice", title="关于召开例会的通知", text="请参加。")
    asked = send_document(document, to={"ids": [cast.orgs["anlong"].pk]}, to_label="安龙县", by=by)
    enter_outside(by=by, outside_issuer="某某教育基金会", title="关于捐书的函", came_on=clock.today())
    slip = Slip.objects.get(org=cast.orgs["qianxinan"])
    return asked, propose(slip, "拟请各县登记。", handlers=[by.person_id], needs_ruling=True, by=by)


def _to_points(world: World) -> Document:
    """A notice to two teaching points without accounts, for which the central school stands in."""
    cast = world.cast
    made = bulk_create_units(
        [
            UnitSpec(
                f"p{number}",
                cast.orgs["school"].pk,
                UnitFacts(f"兴义市马岭第{number}教学点", f"马岭{number}", Kind.TEACHING_POINT),
                SINCE,
            )
            for number in (1, 2)
        ],
        by=cast.xingyi_admin,
        sentence="登记教学点",
    )
    terms = ProxyTerms([matter.key for matter in matters()], clock.today(), reason="代报委托书")
    set_proxies(list(made.values())[:1], PARENT, terms, by=cast.xingyi_officer)
    set_proxies(list(made.values())[1:], cast.orgs["xingyi"], terms, by=cast.xingyi_officer)
    plan = world.plan.document.all_deliveries.get(org=cast.orgs["xingyi"])
    forward_plan(
        plan,
        number="兴教关〔2026〕3号",
        title="转发2026年工作要点",
        remark="",
        to={"ids": [org.pk for org in made.values()]},
        to_label="教学点",
        dates=ReportDates(half=ReportCall.objects.get(issuer=cast.orgs["xingyi"], kind="half").due),
        duty_ids=[duty.pk for duty in world.plan.duties.all()],
        by=cast.xingyi_officer,
    )
    return Document.objects.get(number="兴教关〔2026〕3号")


def _notice(world: World) -> Delivery:
    """A document that is no plan, received by 贵阳市 and not yet by others."""
    cast = world.cast
    document = create_document(
        by=cast.province_officer,
        kind="notice",
        title="关于报送材料的通知",
        number="黔教关函〔2026〕2号",
        text="请报送。",
    )
    send_document(
        document,
        to={"ids": [cast.orgs[key].pk for key in ("guiyang", "university", "qianxinan")]},
        to_label="三个单位",
        copies={"ids": [cast.orgs["huaxi"].pk]},
        copies_label="花溪区",
        by=cast.province_officer,
    )
    return receive(Delivery.objects.get(document=document, org=cast.orgs["guiyang"]), by=cast.guiyang_officer)


@dataclass(frozen=True)
class Screen:
    """An address by name, who opens it (nobody = signed out), with what.

    ``fill`` are fields and values to type, ``press`` what is clicked then, one after the other; the last click leads
    to the page that is looked at, or opens a drawer (``drawer``).
    """

    name: str
    who: str
    args: Callable[[Stage], list[Any]] = field(default=lambda _: [])
    query: str = ""
    fill: dict[str, str] = field(default_factory=dict)
    press: tuple[str, ...] = ()
    drawer: bool = False
    status: int = 200


def _world(key: str) -> Callable[[Stage], list[Any]]:
    return lambda stage: [getattr(stage.world, key).pk]


def _stage(key: str) -> Callable[[Stage], list[Any]]:
    return lambda stage: [getattr(stage, key).pk]


def _org(key: str) -> Callable[[Stage], list[Any]]:
    return lambda stage: [stage.org(key)]


def _person(key: str) -> Callable[[Stage], list[Any]]:
    return lambda stage: [stage.person(key)]


def _year(key: str) -> Callable[[Stage], list[Any]]:
    return lambda stage: [getattr(stage.world.year, key).pk]


def _summary_item(stage: Stage) -> list[Any]:
    return [stage.world.year.summary.pk, stage.world.year.duty.pk]


def _plan_paper(stage: Stage) -> list[Any]:
    return [stage.world.plan.document_id]


def _changed_paper(stage: Stage) -> list[Any]:
    return [stage.world.amendment.amends_id]


def _fillable(stage: Stage) -> list[Any]:
    return [page_of(stage.world.cast, "guiyang").pk]


def _printed(stage: Stage) -> list[Any]:
    return [stage.world.mark.token]


def _asked_of_counties(stage: Stage) -> list[Any]:
    return [stage.world.ret.round_id]


def _merging(stage: Stage) -> list[Any]:
    """黔西南州's answer, into which those of its counties go."""
    return [Return.objects.get(round=stage.world.ret.round.upstream).pk]


def _asked_delivery(stage: Stage) -> list[Any]:
    asked = stage.world.ret.round
    return [Delivery.objects.get(document=asked.subject_id, org=stage.org("xingyi")).pk]


def _asking(stage: Stage) -> list[Any]:
    return [stage.world.ret.round.upstream.subject_id]


READY_LIST = "button[value='ready:conference']"
WRONG = {"td[data-type=date] input >> nth=0": "下周"}
LATER = {"input[name=date-half]": later(45).isoformat(), "input[name=number]": "黔教关〔2026〕9号"}
DATE = {"input[name=year]": later(40).isoformat(), "input[name=number]": "筑教关〔2026〕5号"}
DRAWER = "main a[hx-target='#drawer']:visible"
SUBMIT, NEXT = "main form button[type=submit]:not([hidden])", ".xh-actionbar .btn-primary"
PROVINCE, PREFECTURE, CITY = "province_officer", "qianxinan_officer", "guiyang_officer"
COUNTY, ADMIN, TOP = "xingyi_officer", "xingyi_admin", "province_admin"

SCREENS = (
    Screen("people:login", ""),
    Screen("people:login", "", press=(SUBMIT,), status=422),
    Screen("people:welcome", "", lambda stage: [stage.world.token]),
    Screen("people:first_password", "school_officer"),
    Screen("portal:workbench", PROVINCE),
    Screen("core:more", PROVINCE),
    Screen("documents:sent_list", PROVINCE),
    Screen("documents:document_detail", PROVINCE, _plan_paper),
    Screen(
        "documents:document_detail",
        PROVINCE,
        _plan_paper,
        "?show=all",
        press=(DRAWER,),
        drawer=True,
    ),
    Screen("documents:document_cascade", PROVINCE, _world("delivery")),
    Screen("plans:plan_import", PROVINCE),
    Screen("plans:plan_check", PROVINCE, _stage("text")),
    Screen("plans:plan_check", PROVINCE, _stage("text"), "?edit=2.11"),
    Screen("plans:plan_publish", PROVINCE, _stage("text")),
    Screen("plans:plan_list", PROVINCE),
    Screen("plans:plan_detail", PROVINCE, _world("plan")),
    Screen("plans:plan_detail", PROVINCE, _world("plan"), press=(DRAWER,), drawer=True),
    Screen("plans:plan_source", PROVINCE, _world("plan")),
    Screen("plans:plan_compare", PROVINCE, _world("plan")),
    Screen("plans:plan_send", PROVINCE, _world("plan")),
    Screen("plans:duty_detail", PROVINCE, _world("duty")),
    Screen("portal:workbench", PREFECTURE),
    Screen("portal:done", PREFECTURE),
    Screen("portal:leader", "province_leader"),
    Screen("plans:steering", PREFECTURE),
    Screen("plans:steering", PROVINCE),
    Screen("plans:steering_phones", PREFECTURE),
    Screen("plans:steering_text", PREFECTURE, lambda stage: ["page", stage.world.page.call_id]),
    Screen("plans:task_list", PREFECTURE),
    Screen("plans:task_detail", PREFECTURE, _world("duty_task")),
    Screen("plans:task_detail", COUNTY, _world("duty_task")),
    Screen("plans:extension_detail", PREFECTURE, _world("extension")),
    Screen("plans:duty_steer", PROVINCE, _world("duty")),
    Screen("plans:escalation", PREFECTURE, _world("escalation")),
    Screen("plans:report_explain", COUNTY, _world("page")),
    Screen("plans:report_list", PREFECTURE),
    Screen("plans:report_detail", PREFECTURE, _world("page")),
    Screen("plans:call_detail", PREFECTURE, lambda stage: [stage.world.page.call_id]),
    Screen("plans:call_new", PREFECTURE),
    Screen("reporting:return_list", PREFECTURE),
    Screen("reporting:return_detail", PREFECTURE, _merging),
    Screen("reporting:return_detail", PREFECTURE, _merging, fill=WRONG, press=(NEXT,), status=422),
    Screen("reporting:return_detail", PREFECTURE, _merging, press=("button[value=take]",)),
    Screen("reporting:return_detail", PREFECTURE, _world("ret")),
    Screen("reporting:round_detail", PREFECTURE, _asked_of_counties),
    Screen("documents:document_detail", PROVINCE, _asking, "?show=all"),
    Screen("documents:document_list", PREFECTURE),
    Screen("orgs:org_detail", PREFECTURE, _org("qianxinan")),
    Screen("plans:report_detail", "anlong_officer", _stage("returned")),
    Screen("plans:plan_forward", CITY, _world("plan")),
    Screen("plans:plan_forward", CITY, _world("plan"), press=(NEXT,), status=422),
    Screen("plans:plan_forward", CITY, _world("plan"), fill=DATE, press=("#to-counties", NEXT)),
    Screen("plans:report_detail", CITY, _fillable),
    Screen("plans:report_detail", CITY, _fillable, press=(NEXT,), status=422),
    Screen("documents:delivery_detail", CITY, _stage("notice")),
    Screen("documents:delivery_forward", CITY, _stage("notice")),
    Screen("documents:copy_list", "huaxi_officer"),
    Screen("documents:document_new", COUNTY),
    Screen("documents:document_edit", COUNTY, _world("draft")),
    Screen("documents:document_ask", COUNTY, _world("draft")),
    Screen("documents:document_ask", COUNTY, _world("draft"), press=(READY_LIST,)),
    Screen("plans:document_duties", COUNTY, _world("draft")),
    Screen("reporting:return_detail", COUNTY, _world("ret")),
    Screen("reporting:round_detail", COUNTY, _world("asked")),
    Screen("documents:delivery_detail", COUNTY, _asked_delivery),
    Screen("documents:document_send", COUNTY, _world("draft")),
    Screen("documents:document_send", COUNTY, _world("draft"), press=("#to-schools", NEXT)),
    Screen("documents:document_amend", COUNTY, _world("notice")),
    Screen("documents:document_amend", COUNTY, _world("notice"), "?effect=cancel"),
    Screen("documents:document_amend", COUNTY, _world("notice"), "?effect=online", press=(NEXT,), status=422),
    Screen("documents:document_amend", COUNTY, _world("notice"), "?effect=correct", press=(NEXT,)),
    Screen("documents:document_amend", PROVINCE, _plan_paper),
    Screen("documents:document_amend", PROVINCE, _plan_paper, fill=LATER, press=(NEXT,)),
    Screen("documents:document_changes", COUNTY, _changed_paper),
    Screen("documents:document_detail", COUNTY, lambda stage: [stage.world.amendment.document_id]),
    Screen("documents:amendment_dates", COUNTY, _world("amendment")),
    Screen("documents:document_unreached", COUNTY, lambda stage: [stage.unread.pk]),
    Screen("documents:proxy_receipts", COUNTY),
    Screen("orgs:proxy_list", COUNTY),
    Screen("orgs:proxy_set", COUNTY),
    Screen("orgs:proxy_set", COUNTY, press=(NEXT,), status=422),
    Screen("orgs:proxy_set", COUNTY, press=("input[name=kinds][value=teaching_point]", NEXT)),
    Screen("portal:workbench", COUNTY),
    Screen("plans:report_list", COUNTY),
    Screen("plans:report_detail", COUNTY, lambda stage: [stage.for_other.pk]),
    Screen("plans:report_detail", COUNTY, _world("page")),
    Screen("documents:sending", PREFECTURE, _stage("asked")),
    Screen("documents:sending", "qianxinan_leader", _stage("asked")),
    Screen("documents:sending", COUNTY, _world("sending")),
    Screen("documents:sending_print", PREFECTURE, _stage("asked")),
    Screen("documents:outside_list", COUNTY),
    Screen("documents:outside_new", COUNTY),
    Screen("documents:outside_new", COUNTY, press=(NEXT,), status=422),
    Screen("documents:outside_edit", COUNTY, _world("entered")),
    Screen("documents:outside_detail", COUNTY, _world("entered")),
    Screen("documents:document_outside", COUNTY, _world("draft")),
    Screen("slips:slip", COUNTY, _world("slip")),
    Screen("slips:slip", PREFECTURE, _stage("slip")),
    Screen("slips:slip", "qianxinan_leader", _stage("slip")),
    Screen("slips:slip", PREFECTURE, _stage("slip"), press=(SUBMIT,), status=422),
    Screen("slips:enter", COUNTY, _world("entered")),
    Screen("slips:register", COUNTY),
    Screen("slips:setting", COUNTY),
    Screen("slips:print", COUNTY, _world("slip")),
    Screen("prints:mark", COUNTY, _world("mark")),
    Screen("prints:public", "", _printed),
    Screen("prints:look_up", ""),
    Screen("prints:look_up", "", query="?code=22222", status=422),
    Screen("plans:report_print", COUNTY, _world("page")),
    Screen("plans:ledger_print", PROVINCE, _world("plan")),
    Screen("plans:plan_print", PROVINCE, _world("plan")),
    Screen("plans:plan_answers", COUNTY, _year("plan")),
    Screen("plans:plan_carry", COUNTY, _year("plan")),
    Screen("plans:plan_detail", COUNTY, _year("plan")),
    Screen("plans:version_list", COUNTY, _year("plan")),
    Screen("plans:version_detail", COUNTY, _year("version")),
    Screen("plans:version_detail", COUNTY, _year("first")),
    Screen("plans:year_end", COUNTY),
    Screen("plans:year_end_of", COUNTY, lambda _: [2026]),
    Screen("plans:summary_detail", COUNTY, _year("summary")),
    Screen("plans:summary_item", COUNTY, _summary_item),
    Screen("plans:package_new", COUNTY, lambda _: [2026]),
    Screen("plans:package_new", COUNTY, lambda _: [2026], press=(SUBMIT,), status=422),
    Screen("plans:package_detail", COUNTY, _year("package")),
    Screen("plans:meeting_list", COUNTY),
    Screen("plans:meeting_new", COUNTY),
    Screen("plans:meeting_detail", COUNTY, _year("meeting")),
    Screen("plans:meeting_edit", COUNTY, _year("meeting")),
    Screen("jobs:job_list", COUNTY),
    Screen("jobs:job_detail", COUNTY, _world("job")),
    Screen("flows:route", COUNTY),
    Screen("flows:scan", COUNTY, _world("decision")),
    Screen("notifications:message_list", COUNTY),
    Screen("notifications:message_list", "huaxi_officer"),
    Screen("notifications:preferences", COUNTY),
    Screen("notifications:outgoing_list", COUNTY),
    Screen("notifications:outgoing_detail", COUNTY, _world("outgoing")),
    Screen("notifications:broadcast_list", COUNTY),
    Screen("notifications:broadcast_new", COUNTY),
    Screen("notifications:broadcast_new", COUNTY, press=(SUBMIT,), status=422),
    Screen("notifications:broadcast_detail", COUNTY, _world("broadcast")),
    Screen("people:me", COUNTY),
    Screen("people:password", COUNTY),
    Screen("notifications:channel_list", ADMIN),
    Screen("notifications:channel_list", COUNTY),
    Screen("notifications:channel_new", ADMIN),
    Screen("notifications:channel_new", ADMIN, press=(SUBMIT,), status=422),
    Screen("notifications:channel_change", ADMIN, _world("channel")),
    Screen("people:accounts", ADMIN),
    Screen("people:add", ADMIN),
    Screen("people:add", ADMIN, press=(SUBMIT,), status=422),
    Screen("people:upload", ADMIN),
    Screen("people:batch", ADMIN, _world("batch")),
    Screen("people:batch", ADMIN, _world("batch"), press=(SUBMIT,)),
    Screen("people:person", ADMIN, _person("xingyi_officer")),
    Screen("people:change", ADMIN, _world("person")),
    Screen("people:appoint", ADMIN, _world("person")),
    Screen("people:give", ADMIN, _world("person")),
    Screen("people:reset", ADMIN, _person("xingyi_officer")),
    Screen("people:close", ADMIN, _person("xingyi_officer")),
    Screen("people:end_post", ADMIN, _world("post")),
    Screen("people:reset", ADMIN, _person("xingyi_officer"), press=(SUBMIT,)),
    Screen("journal:index", ADMIN),
    Screen("journal:index", PREFECTURE, status=403),
    Screen("orgs:org_list", TOP),
    Screen("orgs:org_tree", TOP),
    Screen("orgs:org_branch", TOP, _org("qianxinan")),
    Screen("orgs:org_detail", TOP, _org("polytechnic")),
    Screen("orgs:org_detail", TOP, lambda _: [999999], status=404),
    Screen("orgs:org_create", TOP, _org("xingyi")),
    Screen("orgs:org_change", TOP, _org("xingyi")),
    Screen("orgs:org_contact", TOP, _org("xingyi")),
    Screen("orgs:org_second_line", TOP, _org("polytechnic")),
    Screen("orgs:org_second_line_end", TOP, _world("line")),
)
