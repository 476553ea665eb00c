"""Who may steer: causes, more time, closing, reminders, escalations."""

from collections.abc import Iterable

from xinhuo.core.actor import DECIDING_ROLES, Actor, Role
from xinhuo.core.answer import ALLOWED, Answer, denied, not_now

from ..dates import due_of
from ..enums import EscalationState, ExtensionState
from ..models import Assignment, Duty, Escalation, Extension, Report


def can_steer(actor: Actor) -> Answer:
    """Working posts remind, telephone and prepare texts for the group."""
    return ALLOWED if actor.works else denied("您的岗位只能查看，不能发提醒。")


def can_explain(actor: Actor, item: Assignment) -> Answer:
    """The unit itself says why it is late, or the unit that gave the duty records it."""
    if actor.org_id not in (item.org_id, item.by_org_id):
        return denied("原因由承担单位或者布置单位填写。")
    return ALLOWED if actor.works else denied("您的岗位只能查看，不能填写原因。")


def can_explain_page(actor: Actor, report: Report) -> Answer:
    """The same for a whole page."""
    if actor.org_id not in (report.org_id, report.to_org_id):
        return denied("原因由报送单位或者要这一页的单位填写。")
    return ALLOWED if actor.works else denied("您的岗位只能查看，不能填写原因。")


def can_ask_extension(actor: Actor, item: Assignment) -> Answer:
    """The unit that holds a duty with a date may ask for more time; one answer at a time."""
    if item.org_id != actor.org_id or item.by_org_id == actor.org_id:
        return denied("延期由承担单位向布置单位申请。")
    if not actor.works:
        return denied("您的岗位只能查看，不能申请延期。")
    if item.closed_at is not None:
        return not_now("这一项已经办结，不用延期。")
    if due_of(item) is None:
        return not_now("这一项没有写明时限，不用延期。")
    if item.extensions.filter(state=ExtensionState.ASKED).exists():
        return not_now("已经申请过延期，正在等上级决定。")
    return ALLOWED


def can_decide_extension(actor: Actor, extension: Extension) -> Answer:
    """The unit that gave the duty decides."""
    if extension.assignment.by_org_id != actor.org_id:
        return denied("延期由布置这一项的单位决定。")
    if actor.role not in DECIDING_ROLES:
        return denied("您的岗位只能查看，不能决定延期。")
    if extension.state != ExtensionState.ASKED:
        return not_now(f"这次申请已经有了结果：{extension.get_state_display()}。")
    return ALLOWED


def can_steer_duty(actor: Actor, duty: Duty, given: Iterable[Assignment]) -> Answer:
    """Working posts of a unit that gave a duty to others set targets and close; the issuer sets the time points."""
    mine = any(item.by_org_id == actor.org_id for item in given)
    if not mine and duty.plan.document.issuer_id != actor.org_id:
        return denied("只有布置这个落实点的单位可以定目标、办结。")
    return ALLOWED if actor.works else denied("您的岗位只能查看，不能定目标、办结。")


def can_set_points(actor: Actor, duty: Duty) -> Answer:
    """The issuer's working posts say how much is expected by when."""
    if duty.plan.document.issuer_id != actor.org_id:
        return denied("时间点由发文单位定。")
    if not actor.works:
        return denied("您的岗位只能查看，不能定时间点。")
    if duty.standing:
        return not_now("常态工作不按百分比看，不用定时间点。")
    return ALLOWED if duty.due else not_now("这个落实点没有时限，请先在要点里写明时限。")


def can_set_target(actor: Actor, item: Assignment) -> Answer:
    """The unit that gave the duty says how much of it this unit is to do."""
    if item.by_org_id != actor.org_id:
        return denied("目标由布置这一项的单位定。")
    if not actor.works:
        return denied("您的岗位只能查看，不能定目标。")
    return not_now("这一项已经办结。要改目标，请先重新打开。") if item.closed_at else ALLOWED


def can_close(actor: Actor, item: Assignment) -> Answer:
    """The unit that gave the duty closes it once there is something to close."""
    if item.by_org_id != actor.org_id:
        return denied("办结由布置这一项的单位决定。")
    if actor.role not in DECIDING_ROLES:
        return denied("您的岗位只能查看，不能办结。")
    if item.closed_at is not None:
        return not_now("这一项已经办结了。")
    return ALLOWED


def can_reopen(actor: Actor, item: Assignment) -> Answer:
    """Who may close may also reopen."""
    if item.by_org_id != actor.org_id:
        return denied("重新打开由布置这一项的单位决定。")
    if actor.role not in DECIDING_ROLES:
        return denied("您的岗位只能查看，不能重新打开。")
    return ALLOWED if item.closed_at else not_now("这一项没有办结，不用重新打开。")


def can_look_at(actor: Actor, escalation: Escalation) -> Answer:
    """A working post of the unit that prepared it decides whether the leader is told."""
    if escalation.by_org_id != actor.org_id:
        return denied("送不送由上级单位的秘书长或者经办人决定。")
    if not actor.works:
        return denied("您的岗位只能查看，不能决定送不送。")
    if escalation.state != EscalationState.PREPARED:
        return not_now(f"这份升级提醒已经办过：{escalation.get_state_display()}。")
    return ALLOWED


def can_note(actor: Actor, escalation: Escalation) -> Answer:
    """The unit it is about says that it knows; its leader, or who stands in."""
    if escalation.org_id != actor.org_id:
        return denied("这份提醒由收到的单位确认。")
    if not actor.works:
        return denied("您的岗位只能查看，不能确认。")
    if escalation.state != EscalationState.RELEASED:
        return not_now("这份提醒已经确认过了。")
    return ALLOWED


def can_see_leaders_page(actor: Actor) -> Answer:
    """For those who lead, watch or keep the office together."""
    wanted = (Role.LEADER, Role.SECRETARY, Role.OBSERVER)
    return ALLOWED if actor.role in wanted else denied("这一页给本单位负责人、秘书长和观察员看。")
