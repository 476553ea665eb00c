"""Who may do what with a slip of the own unit."""

from xinhuo.core.actor import Actor, Role
from xinhuo.core.answer import ALLOWED, Answer, denied, not_now
from xinhuo.core.dates_zh import date_time

from .enums import Stage
from .models import Slip, SlipTask

SETTERS = (Role.LEADER, Role.OFFICER, Role.SECRETARY, Role.ADMIN)


def can_set_use(actor: Actor) -> Answer:
    """A unit decides for itself whether it works with slips."""
    return (
        ALLOWED
        if actor.has_role(*SETTERS)
        else denied("用不用处理笺，由本单位的负责人、经办人或管理员设置。")
    )


def can_work_on(actor: Actor, slip: Slip) -> Answer:
    """A working post of the slip's unit."""
    if slip.org_id != actor.org_id:
        return denied("处理笺由本单位自己办。")
    return ALLOWED if actor.works else denied("您的岗位只能查看。办文请找本单位的经办人。")


def can_propose(actor: Actor, slip: Slip) -> Answer:
    """Until the leader has spoken, the proposal may be written and rewritten."""
    answer = can_work_on(actor, slip)
    if answer and slip.stage not in (Stage.PROPOSE, Stage.RULE):
        return not_now(f"已经{_past(slip)}，拟办意见不能再改。")
    return answer


def can_rule(actor: Actor, slip: Slip, on_behalf_of: str = "-") -> Answer:
    """The leader; or another working post that records what the leader wrote on paper and says whose words it is."""
    answer = can_work_on(actor, slip)
    if not answer:
        return answer
    if slip.stage == Stage.PROPOSE:
        return not_now("还没有拟办意见。请先拟办，再请领导批示。")
    if slip.stage != Stage.RULE:
        return not_now(f"已经{_past(slip)}，不用再批。")
    if actor.role != Role.LEADER and not on_behalf_of.strip():
        return denied("批示由负责人作。领导在纸上批的，请写明是哪位领导批的，由您代录。")
    return ALLOWED


def can_finish(actor: Actor, task: SlipTask) -> Answer:
    """The named person says what came of it, once."""
    answer = can_work_on(actor, task.slip)
    if not answer:
        return answer
    if task.person_id != actor.person_id:
        return denied(f"这一项由{task.person_name}办。要替他办结的，请直接办结这张处理笺。")
    if task.slip.stage != Stage.HANDLE or task.done_at is not None:
        return not_now("这一项已经办过了。")
    return ALLOWED


def can_close(actor: Actor, slip: Slip) -> Answer:
    """Any working post of the unit closes what is being carried out."""
    answer = can_work_on(actor, slip)
    if not answer:
        return answer
    if slip.stage == Stage.CLOSED:
        return not_now(f"{slip.closed_by}已经办结了，不用再办。")
    return ALLOWED if slip.stage == Stage.HANDLE else not_now("还没有批示和承办人，不能办结。")


def _past(slip: Slip) -> str:
    if slip.stage == Stage.CLOSED:
        return f"由{slip.closed_by}办结"
    if slip.ruled_at is None:
        return "交承办"
    recorded = f"（{slip.recorded_by}代录）" if slip.recorded_by else ""
    return f"由{slip.ruled_by}{recorded}在 {date_time(slip.ruled_at)} 批示"
