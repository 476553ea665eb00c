"""The lists and reports whose cost must not depend on how much they show."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from xinhuo.documents.models import Delivery, Document
from xinhuo.notifications.models import Broadcast
from xinhuo.plans.models import Assignment, Escalation

from .scenes import Scene, ask_for_more, let_time_pass

PROVINCE, PREFECTURE = "province_officer", "qianxinan_officer"
OFFICER, COUNTY = "xingyi_officer", "xingyi_admin"


@dataclass(frozen=True)
class Screen:
    """One screen: its key in query_counts.json, its address, and who looks.

    ``first`` is done before looking, in the order of ``SCREENS``. ``below``: shows what was passed on, so that
    there is nothing to look at where the plan stays on one level.
    """

    key: str
    name: str
    who: str
    args: Callable[[Scene], list[Any]] = field(default=lambda _: [])
    first: Callable[[Scene], None] = field(default=lambda _: None)
    below: bool = False


def _of(name: str) -> Callable[[Scene], list[Any]]:
    return lambda scene: [getattr(scene, name).pk]


def _document(scene: Scene) -> list[Any]:
    return [scene.plan.document_id]


def _forwarded(scene: Scene) -> list[Any]:
    return [Document.objects.get(issuer=scene.cast.orgs["xingyi"], forwards__isnull=False).pk]


def _letter(scene: Scene) -> list[Any]:
    return [Delivery.objects.get(document=scene.letter, org=scene.cast.orgs["qianxinan"]).pk]


def _new_draft(scene: Scene) -> list[Any]:
    return [Document.objects.filter(issuer=scene.cast.orgs["province"], state="draft").order_by("pk")[0].pk]


def _call(scene: Scene) -> list[Any]:
    return [scene.page.call_id]


def _year(name: str) -> Callable[[Scene], list[Any]]:
    return lambda scene: [getattr(scene.year, name).pk]


def _summary_item(scene: Scene) -> list[Any]:
    assert scene.year is not None
    return [scene.year.summary.pk, scene.duty.pk]


def _county(scene: Scene) -> list[Any]:
    return [scene.cast.orgs["xingyi"].pk]


def _broadcast(_: Scene) -> list[Any]:
    return [Broadcast.objects.latest("pk").pk]


def _page_call(scene: Scene) -> list[Any]:
    return ["page", scene.page.call_id]


def _task(scene: Scene) -> list[Any]:
    return [Assignment.objects.get(duty=scene.duty, org=scene.cast.orgs["qianxinan"]).pk]


def _escalation(scene: Scene) -> list[Any]:
    found = Escalation.objects.filter(by_org=scene.cast.orgs["province"])
    return [found.get(org=scene.cast.orgs["qianxinan"]).pk]


SCREENS = (
    Screen("workbench of the department", "portal:workbench", PROVINCE),
    Screen("workbench of a prefecture", "portal:workbench", PREFECTURE, below=True),
    Screen("done", "portal:done", PREFECTURE),
    Screen("document_list", "documents:document_list", PREFECTURE),
    Screen("sent_list", "documents:sent_list", PROVINCE),
    Screen("copy_list", "documents:copy_list", "huaxi_officer"),
    Screen("document_detail", "documents:document_detail", PROVINCE, _document),
    Screen("delivery_detail", "documents:delivery_detail", PREFECTURE, _of("delivery")),
    Screen("document_cascade", "documents:document_cascade", PROVINCE, _of("delivery"), below=True),
    Screen(
        "document_detail of a forwarded one", "documents:document_detail", OFFICER, _forwarded, below=True
    ),
    Screen("plan_list", "plans:plan_list", PROVINCE),
    Screen("plan_detail", "plans:plan_detail", PROVINCE, _of("plan")),
    Screen("plan_ledger", "plans:plan_ledger", PROVINCE, _of("plan")),
    Screen("plan_check", "plans:plan_check", PROVINCE, _of("text")),
    Screen("duty_detail", "plans:duty_detail", PROVINCE, _of("duty")),
    Screen("report_list of the department", "plans:report_list", PROVINCE),
    Screen("report_list of a prefecture", "plans:report_list", PREFECTURE, below=True),
    Screen("call_detail", "plans:call_detail", PROVINCE, _call),
    Screen("call_new", "plans:call_new", PROVINCE),
    Screen("report_detail to decide", "plans:report_detail", PROVINCE, _of("page")),
    Screen("org_list", "orgs:org_list", COUNTY),
    Screen("org_tree", "orgs:org_tree", COUNTY),
    Screen("org_detail", "orgs:org_detail", COUNTY, _county),
    Screen("org_detail for an officer", "orgs:org_detail", PREFECTURE, _county),
    Screen("accounts", "people:accounts", COUNTY),
    Screen("person", "people:person", COUNTY, _of("person")),
    Screen("journal", "journal:index", COUNTY),
    Screen("message_list", "notifications:message_list", PROVINCE),
    Screen("preferences", "notifications:preferences", PROVINCE),
    Screen("channel_list", "notifications:channel_list", "province_admin"),
    Screen("outgoing_list", "notifications:outgoing_list", PROVINCE),
    Screen("broadcast_list", "notifications:broadcast_list", PROVINCE),
    Screen("broadcast_new", "notifications:broadcast_new", PROVINCE),
    Screen("broadcast_detail", "notifications:broadcast_detail", PROVINCE, _broadcast),
    Screen("proxy_list", "orgs:proxy_list", OFFICER),
    Screen("document_unreached", "documents:document_unreached", OFFICER, _forwarded, below=True),
    Screen("proxy_receipts", "documents:proxy_receipts", OFFICER),
    Screen("document_changes", "documents:document_changes", PROVINCE, _document),
    Screen("document_amend", "documents:document_amend", PROVINCE, _document),
    Screen("job_list", "jobs:job_list", PROVINCE),
    Screen("outside_list", "documents:outside_list", PREFECTURE),
    Screen("register", "slips:register", PREFECTURE),
    Screen("slip", "slips:slip", PREFECTURE, _of("slip")),
    Screen("report_print", "plans:report_print", PROVINCE, _of("page")),
    Screen("ledger_print", "plans:ledger_print", PROVINCE, _of("plan")),
    Screen("plan_print", "plans:plan_print", PROVINCE, _of("plan")),
    Screen("document_detail of a notice with a list", "documents:document_detail", PROVINCE, _of("letter")),
    Screen("delivery_detail of a notice with a list", "documents:delivery_detail", PREFECTURE, _letter),
    Screen("return_list of the department", "reporting:return_list", PROVINCE),
    Screen("return_list of a prefecture", "reporting:return_list", PREFECTURE, below=True),
    Screen("return_detail to decide", "reporting:return_detail", PROVINCE, _of("reply")),
    Screen("return_detail to fill", "reporting:return_detail", PREFECTURE, _of("filled"), below=True),
    Screen("return_template", "reporting:return_template", PREFECTURE, _of("filled")),
    Screen("round_detail", "reporting:round_detail", PROVINCE, _of("asked")),
    Screen("round_export", "reporting:round_export", PROVINCE, _of("asked")),
    Screen("document_duties", "plans:document_duties", PROVINCE, _new_draft),
    Screen("plan_answers", "plans:plan_answers", OFFICER, _year("plan"), below=True),
    Screen("plan_carry", "plans:plan_carry", OFFICER, _year("plan"), below=True),
    Screen("version_list", "plans:version_list", OFFICER, _year("plan"), below=True),
    Screen("version_detail", "plans:version_detail", OFFICER, _year("version"), below=True),
    Screen("year_end", "plans:year_end", OFFICER, below=True),
    Screen("summary_detail", "plans:summary_detail", OFFICER, _year("summary"), below=True),
    Screen("summary_item", "plans:summary_item", OFFICER, _summary_item, below=True),
    Screen("package_detail", "plans:package_detail", OFFICER, _year("package"), below=True),
    Screen("package_table", "plans:package_table", OFFICER, _year("package"), below=True),
    Screen("meeting_list", "plans:meeting_list", OFFICER, below=True),
    Screen("report_detail to fill", "plans:report_detail", PREFECTURE, _of("page"), first=ask_for_more),
    Screen("steering", "plans:steering", PROVINCE, first=let_time_pass),
    Screen("steering of a prefecture", "plans:steering", PREFECTURE, below=True),
    Screen("steering_phones", "plans:steering_phones", PROVINCE),
    Screen("steering_text", "plans:steering_text", PROVINCE, _page_call),
    Screen("task_list", "plans:task_list", PROVINCE),
    Screen("task_detail", "plans:task_detail", PROVINCE, _task),
    Screen("duty_steer", "plans:duty_steer", PROVINCE, _of("duty")),
    Screen("escalation", "plans:escalation", PROVINCE, _escalation),
    Screen("leader's page", "portal:leader", "province_leader"),
    Screen("leader's page of a prefecture", "portal:leader", "qianxinan_leader", below=True),
)
