"""The plans app."""

from collections.abc import Callable
from typing import Any

from django.apps import AppConfig
from django.urls import reverse
from django.utils.functional import cached_property

from xinhuo.core.actor import Actor
from xinhuo.core.contracts import (
    DeliveryHook,
    DocumentAction,
    JobKind,
    NavItem,
    PanelLine,
    Schedule,
    Subject,
    UnitPanel,
    Verb,
)

from .kinds import MEETING, PACKAGE, PLAN, REPORT, ROW, SUMMARY, VERSION


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

    from .models import ReportRow

    row = ReportRow.objects.select_related("report").get(pk=row_id)
    if row.report.org_id == actor.org_id:
        return True
    return _seen("Report", "rows")(actor, row_id) and was_sent(REPORT, row.report_id, sha256)


def _unit_lines(actor: Actor, org_id: int) -> list[PanelLine]:
    from .queries.pages import unit_lines  # as above

    return unit_lines(actor, org_id)


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
    nav = (
        NavItem("plans", "工作要点", "plans:plan_list", "list-details", 20, tab=True),
        NavItem("reports", "进展报送", "plans:report_list", "table", 30, tab=True),
    )
    subjects = (
        Subject(PLAN, "工作要点", _plan_page, _seen("Plan")),
        Subject(REPORT, "进展报送", lambda pk: reverse("plans:report_detail", args=[pk]), _seen("Report")),
        Subject(ROW, "进展", _row_url, _seen("Report", "rows"), can_see_file=_sent_file),
        Subject(VERSION, "要点版本", _page("version_detail"), _seen("PlanVersion")),
        Subject(SUMMARY, "年度总结", _page("summary_detail"), _seen("Summary")),
        Subject(PACKAGE, "上报材料", _page("package_detail"), _seen("Package")),
        Subject(MEETING, "会议", _page("meeting_detail"), _seen("Meeting")),
    )

    unit_panels = (UnitPanel("plans.pages", "进展报送", _unit_lines),)
    document_actions = (
        DocumentAction("读成工作要点", _import_url, drafts=True),
        DocumentAction("下达要点", _plan_url("plans:plan_send"), replaces_send=True),
        DocumentAction(
            "看落实情况", _plan_url("plans:plan_detail"), receivers=True, offer=_plan_with_edition
        ),
        DocumentAction("转发要点", _plan_url("plans:plan_forward"), receivers=True, replaces_forward=True),
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
    def schedules(self) -> tuple[Schedule, ...]:
        """Pages come up a month before they are due."""
        from .actions.assigning import list_near_pages  # as above

        return (Schedule("plans.pages", "快到期的报送进待办", list_near_pages),)

    @cached_property
    def job_kinds(self) -> tuple[JobKind, ...]:
        """Large archives are written by the worker."""
        from .actions.materials import JOB, run_materials_job  # as above

        return (JobKind(JOB, "打包材料", run_materials_job),)

    @cached_property
    def delivery_hooks(self) -> tuple[DeliveryHook, ...]:
        """Duties are assigned when a plan's document reaches a unit."""
        from .actions.assigning import assign_on_delivery, list_on_arrival  # as above

        return (DeliveryHook("plans.assign", assign_on_delivery, list_on_arrival),)
