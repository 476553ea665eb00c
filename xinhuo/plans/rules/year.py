"""Who may link duties across levels and years, bring a second version in, and close the year."""

from xinhuo.core.actor import Actor
from xinhuo.core.answer import ALLOWED, Answer, denied, not_now
from xinhuo.documents.enums import DocumentState

from ..enums import EditionState, PlanState
from ..models import Plan, PlanVersion


def can_link(actor: Actor, plan: Plan) -> Answer:
    """The issuer's working posts say which duty above, or of last year, a duty goes with."""
    if plan.document.issuer_id != actor.org_id:
        return denied(f"这份文件由{plan.document.issuer.committee_name}印发，由它选对应的落实点。")
    if not actor.works:
        return denied("您的岗位只能查看。对应落实点请找本单位的经办人。")
    return ALLOWED


def can_carry(actor: Actor) -> Answer:
    """A working post may carry its unit's duties over into a new year."""
    return ALLOWED if actor.works else denied("您的岗位只能查看。结转请找本单位的经办人。")


def can_revise(actor: Actor, plan: Plan) -> Answer:
    """The issuer's working posts may bring a second version of a fixed plan in."""
    if plan.document.issuer_id != actor.org_id:
        return denied(f"这份文件由{plan.document.issuer.committee_name}印发，更正要由它来办。")
    if not actor.works:
        return denied("您的岗位只能查看。更正文件请找本单位的经办人。")
    if plan.state != PlanState.PUBLISHED:
        return not_now("这份要点还没有定稿，直接在核对页上改就行。")
    if plan.document.state == DocumentState.ASKED:
        return not_now("这份文件正在本单位审签，审签的是现在这一版。请等审签完，或者撤回来，再更正。")
    return ALLOWED


def can_note(actor: Actor) -> Answer:
    """A working post says for its unit that it has read what changed, and hands new duties on."""
    return ALLOWED if actor.works else denied("您的岗位只能查看。请找本单位的经办人。")


def can_adopt(actor: Actor, version: PlanVersion) -> Answer:
    """A version that waits may be adopted once, while the plan is still the one it was compared with."""
    answer = can_revise(actor, version.plan)
    if not answer:
        return answer
    if version.state == EditionState.ADOPTED:
        return not_now("这一版已经采用了，不用再办。")
    if version.state == EditionState.DROPPED:
        return not_now("同事后来又传了一份，这一份没有采用。请看最新的一份。")
    if version.number != version.plan.edition + 1:
        return not_now(f"要点已经改到第{version.plan.edition}版，请重新上传，和现在的比较。")
    return ALLOWED


def can_close_year(actor: Actor) -> Answer:
    """Working posts write the unit's summary, its packages and its minutes."""
    return ALLOWED if actor.works else denied("您的岗位只能查看。年底材料请找本单位的经办人。")
