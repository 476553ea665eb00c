"""Who may send a plan, fill a page, take it back, look it through."""

from xinhuo.core.actor import DECIDING_ROLES, Actor
from xinhuo.core.answer import ALLOWED, Answer, denied, not_now
from xinhuo.documents.rules import can_send
from xinhuo.flows.models import Process
from xinhuo.orgs.proxies import acts_for

from ..enums import PlanState, ReportState
from ..models import REPORTING, Plan, Report


def can_send_plan(actor: Actor, plan: Plan) -> Answer:
    """The issuer's working posts may send a plan once it is fixed."""
    if plan.document.issuer_id != actor.org_id:
        return denied("只有发文单位可以下达这份要点。")
    if not actor.works:
        return denied("您的岗位只能查看，不能下达文件。")
    if plan.state != PlanState.PUBLISHED:
        return not_now("这份要点还没有定稿。请先核对、定稿，再下达。")
    return can_send(actor, plan.document)


def can_call(actor: Actor) -> Answer:
    """A working post may ask the units below for a page."""
    return ALLOWED if actor.works else denied("您的岗位只能查看，不能布置报送。")


def is_inside(actor: Actor, report: Report) -> bool:
    """Whether the page is the actor's unit's own, or that of a unit it stands in for: then its draft is seen too.

    From memory where ``with_stood_for`` has read it with the page.
    """
    if report.org_id == actor.org_id:
        return True
    known: bool | None = getattr(report, "is_stood_for", None)
    return bool(acts_for(actor, report.org_id, REPORTING)) if known is None else known


def can_fill(actor: Actor, report: Report) -> Answer:
    """The unit's working posts, or those of a unit that stands in for it, fill it while it is not on its way."""
    if not is_inside(actor, report):
        return denied(f"这一页由{report.org.committee_name}填写。")
    if not actor.works:
        return denied("您的岗位只能查看，不能填写。")
    if report.cancelled_by_id is not None:
        return not_now("这一次报送已经取消，不用再填。")
    if report.state not in ReportState.EDITABLE:
        return not_now("这一页已经报上去了，正在等上级审核。要改的话，请先点“撤回”。")
    return ALLOWED


def can_look_through(actor: Actor, process: Process | None, report: Report) -> Answer:
    """The unit that asked may decide a page that lies on its desk."""
    if report.to_org_id != actor.org_id:
        return denied(f"这一页由{report.to_org.committee_name}审核。")
    if actor.role not in DECIDING_ROLES:
        return denied("您的岗位只能查看，不能审核。")
    if process is None:
        return not_now("这一页现在不在等审核：可能刚被同事办了，或者报送单位撤回了。")
    return ALLOWED


def can_accept_many(actor: Actor) -> Answer:
    """Deciding posts may accept several pages at once."""
    return ALLOWED if actor.role in DECIDING_ROLES else denied("您的岗位只能查看，不能审核。")
