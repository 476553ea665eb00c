"""Who may fill, take back, look through, and keep a round."""

from xinhuo.core.actor import DECIDING_ROLES, Actor
from xinhuo.core.answer import ALLOWED, Answer, denied, not_now
from xinhuo.orgs import proxies

from .enums import ReturnState, RoundState
from .kinds import RETURN
from .models import Form, Return, Round


def acts_for(actor: Actor, ret: Return) -> bool:
    """Whether the actor's unit answers here: for itself, and for a unit it stands in for (``orgs.proxies``).

    From memory where ``with_stood_for`` has read it with the answer.
    """
    if actor.org_id == ret.org_id:
        return True
    known: bool | None = getattr(ret, "is_stood_for", None)
    return bool(proxies.acts_for(actor, ret.org_id, RETURN)) if known is None else known


def can_fill(actor: Actor, ret: Return) -> Answer:
    """Working posts of the unit that answers, as long as the answer is not on its way and the round is open."""
    if not acts_for(actor, ret):
        return denied(f"这份回复由{ret.org.committee_name}填写。")
    if not actor.works:
        return denied("您的岗位只能查看，不能填写。")
    if ret.round.state != RoundState.OPEN:
        return not_now("这次收集已经结束，不用再填了。需要补报的，请打电话给来文单位。")
    if ret.state not in ReturnState.EDITABLE:
        return not_now("这份回复已经报上去了，正在等上级审核。要改的话，请先点“撤回来改”。")
    return ALLOWED


def can_keep_round(actor: Actor, asked: Round) -> Answer:
    """The unit that asks changes the date, ends the round, accepts what came."""
    if asked.asker_id != actor.org_id:
        return denied(f"这次收集由{asked.asker.committee_name}办理。")
    if actor.role not in DECIDING_ROLES:
        return denied("您的岗位只能查看，不能办理。")
    return ALLOWED


def can_create_form(actor: Actor) -> Answer:
    """Working posts say what is asked."""
    return ALLOWED if actor.works else denied("您的岗位只能查看，不能设置名单。")


def can_edit_form(actor: Actor, form: Form) -> Answer:
    """What is asked can be changed until the first unit was asked."""
    if form.org_id != actor.org_id:
        return denied("这份名单由上级设置，不能改动栏目。")
    if not actor.works:
        return denied("您的岗位只能查看，不能设置名单。")
    if form.rounds.exists():
        return not_now("这份名单已经发下去了，栏目不能再改。要改的话，请另发一份通知。")
    return ALLOWED
