"""The plans app."""

from collections.abc import Callable
from typing import Any

from django.apps import AppConfig
from django.urls import reverse
from django.utils.functional import cached_property

from xinhuo.core.actor import Actor
from xinhuo.core.contracts import (
    AmendmentHook,
    DeliveryHook,
    DocumentAction,
    DocumentSource,
    JobKind,
    NavItem,
    Notice,
    PanelLine,
    ProxyMatter,
    Schedule,
    Subject,
    UnitChange,
    UnitPanel,
    Verb,
)

from .kinds import (
    DUTY,
    ESCALATION,
    EXTENSION,
    LEDGER,
    MATRIX,
    MEETING,
    PACKAGE,
    PLAN,
    REPORT,
    ROW,
    SUMMARY,
    TASK,
    VERSION,
)


def _seen(model: str, lookup: str = "pk") -> Callable[[Actor, int], bool]:
    def can_see(actor: Actor, subject_id: int) -> bool:
        from . import models  # models are not loaded yet when AppConfigs are read

        found: Any = getattr(models, model).objects.visible_to(actor)
        return bool(found.filter(**{lookup: subject_id}).exists())

    return can_see


def _row_url(row_id: int) -> str:
    from .models import ReportRow  # models are not loaded yet when AppConfigs are read

    row = ReportRow.objects.only("report_id").get(pk=row_id)
    return f"{reverse('plans:report_detail', args=[row.report_id])}#row-{row_id}"


def _plan_page(plan_id: int) -> str:
    """Where the text is checked; once it is fixed that page leads on to the matrix. No query: lists call this."""
    return reverse("plans:plan_check", args=[plan_id])


def _sent_file(actor: Actor, row_id: int, sha256: str) -> bool:
    """A file on a row is the unit's own until the page it hangs on was sent up with it."""
    from xinhuo.flows.queries import was_sent  # as above
    from xinhuo.orgs.proxies import acts_for

    from .models import ReportRow

    row = ReportRow.objects.select_related("report").get(pk=row_id)
    if acts_for(actor, row.report.org_id, REPORT):
        return True
    return _seen("Report", "rows")(actor, row_id) and was_sent(REPORT, row.report_id, sha256)


def _see_duty(actor: Actor, duty_id: int) -> bool:
    return _seen("Plan", "duties")(actor, duty_id)


def _unit_lines(actor: Actor, org_id: int) -> list[PanelLine]:
    from .queries.pages import unit_lines  # as above

    return unit_lines(actor, org_id)


def _unit_lights(actor: Actor, org_id: int) -> list[PanelLine]:  # noqa: ARG001 - who sees the unit sees its lights
    from .queries.tasks import unit_lights  # as above

    return unit_lights(org_id)


def _report_version(report_id: int, org_id: int) -> str:
    from .models import Report  # as above
    from .queries.printing import report_sheet

    report = Report.objects.select_related("call", "org", "to_org").get(pk=report_id)
    return report_sheet(report, org_id).version


def _plan_version(sheet: str) -> Callable[[int, int], str]:
    def version(plan_id: int, org_id: int) -> str:
        from xinhuo.orgs.models import Org  # as above

        from .models import Plan
        from .queries import printing

        plan = Plan.objects.select_related("document").get(pk=plan_id)
        made: Any = getattr(printing, sheet)(plan, Org.objects.get(pk=org_id))
        return str(made.version)

    return version


def _plan_url(name: str) -> Callable[[int], str | None]:
    def url(document_id: int) -> str | None:
        from .models import Plan  # models are not loaded yet when AppConfigs are read

        pk = (
            Plan.objects.filter(document_id=document_id, state="published")
            .values_list("pk", flat=True)
            .first()
        )
        return reverse(name, args=[pk]) if pk else None

    return url


def _page(name: str) -> Callable[[int], str]:
    return lambda pk: reverse(f"plans:{name}", args=[pk])


def _plan_with_edition(document_id: int) -> tuple[str, str] | None:
    """The plan of a document; once its text was corrected the button says which version holds."""
    from .models import Plan  # as above

    plan = Plan.objects.filter(document_id=document_id, state="published").only("pk", "edition").first()
    if plan is None:
        return None
    label = "看落实情况" if plan.edition == 1 else f"看落实情况（现在是第{plan.edition}版）"
    return label, plan.url


def _import_url(document_id: int) -> str | None:
    """Where a draft that is no plan yet can be read into one."""
    from xinhuo.documents.models import Document  # as above

    draft = Document.objects.filter(pk=document_id, state="draft", plan__isnull=True, forwards__isnull=True)
    return f"{reverse('plans:plan_import')}?document={document_id}" if draft.exists() else None


class PlansConfig(AppConfig):
    """Plans read out of documents, duties, assignments and reports."""

    name = "xinhuo.plans"
    label = "plans"
    verbose_name = "工作要点"

    verbs = (
        Verb("plans.imported", "导入要点"),
        Verb("plans.checked", "核对要点"),
        Verb("plans.published", "要点定稿"),
        Verb("plans.called", "布置报送"),
        Verb("plans.submitted", "报送进展"),
        Verb("plans.target", "分目标"),
        Verb("plans.points", "定时间点"),
        Verb("plans.explained", "说明原因"),
        Verb("plans.extension_asked", "申请延期"),
        Verb("plans.extension_decided", "决定延期"),
        Verb("plans.closed", "办结"),
        Verb("plans.reopened", "重新打开"),
        Verb("plans.reminded", "发提醒"),
        Verb("plans.escalated", "送负责人"),
        Verb("plans.escalation_held", "升级提醒先不送"),
        Verb("plans.escalation_seen", "负责人已知道"),
        Verb("plans.answered", "对应上级落实点"),
        Verb("plans.carried", "结转落实点"),
        Verb("plans.version_staged", "上传第二版"),
        Verb("plans.version_adopted", "采用第二版"),
        Verb("plans.version_noted", "看过第二版"),
        Verb("plans.version_passed_on", "布置第二版新增的"),
        Verb("plans.summary_collected", "起草总结"),
        Verb("plans.packaged", "整理上报材料"),
        Verb("plans.result", "登记上报结果"),
        Verb("plans.met", "记录会议"),
        Verb("plans.decisions_read", "议定事项读成落实点"),
    )
    notices = (
        Notice("plans.remind", "提醒签收、报送"),
        Notice(EXTENSION, "延期有了结果"),
        Notice("plans.closed", "上级办结了落实点"),
        Notice("plans.reopened", "上级重新打开了落实点"),
        Notice(ESCALATION, "上级请负责人过问", urgent=True),
    )
    nav = (
        NavItem("plans", "工作要点", "plans:plan_list", "list-details", 20, tab=True),
        NavItem("reports", "进展报送", "plans:report_list", "table", 30, tab=True),
    )
    subjects = (
        Subject(PLAN, "工作要点", _plan_page, _seen("Plan")),
        Subject(
            REPORT,
            "进展报送",
            lambda pk: reverse("plans:report_detail", args=[pk]),
            _seen("Report"),
            version_for=_report_version,
        ),
        Subject(TASK, "落实情况", lambda pk: reverse("plans:task_detail", args=[pk]), _seen("Assignment")),
        Subject(
            EXTENSION,
            "延期",
            lambda pk: reverse("plans:extension_detail", args=[pk]),
            _seen("Assignment", "extensions"),
        ),
        Subject(
            ESCALATION,
            "升级提醒",
            lambda pk: reverse("plans:escalation", args=[pk]),
            _seen("Escalation"),
        ),
        Subject(
            LEDGER,
            "台账",
            lambda pk: reverse("plans:ledger_print", args=[pk]),
            _seen("Plan"),
            version_for=_plan_version("ledger_print"),
        ),
        Subject(
            MATRIX,
            "落实情况表",
            lambda pk: reverse("plans:plan_print", args=[pk]),
            _seen("Plan"),
            version_for=_plan_version("matrix_print"),
        ),
        Subject(ROW, "进展", _row_url, _seen("Report", "rows"), can_see_file=_sent_file),
        Subject(DUTY, "落实点", lambda pk: reverse("plans:duty_detail", args=[pk]), _see_duty),
        Subject(VERSION, "要点版本", _page("version_detail"), _seen("PlanVersion")),
        Subject(SUMMARY, "年度总结", _page("summary_detail"), _seen("Summary")),
        Subject(PACKAGE, "上报材料", _page("package_detail"), _seen("Package")),
        Subject(MEETING, "会议", _page("meeting_detail"), _seen("Meeting")),
    )

    proxy_matters = (ProxyMatter(REPORT, "进展报送", (REPORT,), ("fill", "correct")),)
    unit_panels = (
        UnitPanel("plans.lights", "承担的落实点", _unit_lights),
        UnitPanel("plans.pages", "进展报送", _unit_lines),
    )
    document_actions = (
        DocumentAction("读成工作要点", _import_url, drafts=True),
        DocumentAction("下达要点", _plan_url("plans:plan_send"), replaces_send=True),
        DocumentAction(
            "看落实情况", _plan_url("plans:plan_detail"), receivers=True, offer=_plan_with_edition
        ),
        DocumentAction("转发要点", _plan_url("plans:plan_forward"), receivers=True, replaces_forward=True),
    )

    document_sources = (
        DocumentSource(
            "plans.duties", "选为哪些落实点发文", lambda pk: reverse("plans:document_duties", args=[pk])
        ),
    )

    @cached_property
    def flows(self) -> tuple[Any, ...]:
        """The report's way up."""
        from .approvals import FLOWS  # models are not loaded yet when AppConfigs are read

        return FLOWS

    @cached_property
    def measures(self) -> tuple[Any, ...]:
        """What this app counts."""
        from .measures import MEASURES  # models are not loaded yet when AppConfigs are read

        return MEASURES

    @cached_property
    def unit_changes(self) -> tuple[UnitChange, ...]:
        """What a move of a unit touches here."""
        from .moves import UNIT_CHANGES  # as above

        return UNIT_CHANGES

    @cached_property
    def schedules(self) -> tuple[Schedule, ...]:
        """Pages come up a month before they are due."""
        from .actions.assigning import list_near_pages  # as above
        from .actions.escalating import prepare_escalations
        from .actions.reminding import remind_before

        return (
            Schedule("plans.pages", "快到期的报送进待办", list_near_pages),
            Schedule("plans.remind", "报送时限前提醒一次", remind_before),
            Schedule("plans.escalate", "超期久的请秘书长看", prepare_escalations),
        )

    @cached_property
    def job_kinds(self) -> tuple[JobKind, ...]:
        """Large archives are written by the worker."""
        from .actions.materials import JOB, run_materials_job  # as above

        return (JobKind(JOB, "打包材料", run_materials_job),)

    @cached_property
    def delivery_hooks(self) -> tuple[DeliveryHook, ...]:
        """Duties are assigned when a plan's document reaches a unit."""
        from .actions import assigning  # as above

        return (
            DeliveryHook(
                "plans.assign",
                run=assigning.assign_on_delivery,
                arrived=assigning.list_on_arrival,
                started=assigning.assign_on_start,
                describe=assigning.describe_sending,
            ),
        )

    @cached_property
    def amendment_hooks(self) -> tuple[AmendmentHook, ...]:
        """Dates and duties follow when a later document changes the plan's."""
        from .actions.amending import apply  # as above
        from .queries.amending import dates, settled, touched

        return (AmendmentHook("plans.amend", dates, touched, settled, apply),)
